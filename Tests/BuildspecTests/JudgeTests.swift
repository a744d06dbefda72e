import Core
import Foundation
import TestSupport
import Testing

@testable import Buildspec

/// Real files, read by this program and by PyYAML and dockerfile-parse, which share no code with it.
@Suite("Real files, judged by other parsers")
struct JudgeTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let corpus = environment["UNTHROTTLE_CORPUS"]

    /// The judge's answer for each file of a folder; nil, said aloud, where there is no corpus or no Python for it.
    private static func judge(_ kind: String, _ folder: String) async throws -> [String: JSON]? {
        guard let corpus else {
            print("Skipped: UNTHROTTLE_CORPUS names no folder of real files.")
            return nil
        }
        return try await answer(kind, "\(corpus)/\(folder)")
    }

    private static func answer(_ kind: String, _ path: String) async throws -> [String: JSON]? {
        let python = environment["UNTHROTTLE_PYTHON"] ?? "python3"
        let script = "\(Checkout.root)/Tests/Judges/buildspec_judge.py"
        let outcome = try await Tool("env").run([python, script, kind, path])
        guard outcome.status == 0 else {
            print(
                "Skipped: \(python) has no PyYAML or no dockerfile-parse (Scripts/requirements.txt): \(outcome.errors.suffix(200))"
            )
            return nil
        }
        return try JSON(parsing: outcome.output).object
    }

    private static func text(_ folder: String, _ name: String) throws -> String {
        let path = "\(corpus ?? "")/\(folder)/\(name)"
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    @Test("a file is accepted or refused as PyYAML does")
    func yaml() async throws {
        guard let answers = try await Self.judge("yaml", "buildspecs") else { return }
        try #require(!answers.isEmpty)
        for (name, answer) in answers {
            let refusal: String?
            do {
                _ = try YAMLReader.read(
                    SourceText(try Self.text("buildspecs", name)), path: name, allowsRepeatedKeys: true)
                refusal = nil
            } catch {
                refusal = "\(error)"
            }
            if answer == .bool(true) {
                #expect(refusal == nil, "\(name): \(refusal ?? "")")
            } else if refusal == nil {
                // PyYAML also refuses tags that it does not know; the file must then be no buildspec.
                #expect(throws: UnthrottleError.self, "\(name)") {
                    try BuildspecDocument(parsing: try Self.text("buildspecs", name), path: name)
                }
            }
        }
    }

    @Test("an edited file is for PyYAML the old document plus the command", arguments: LoginMeans.allCases)
    func edits(_ means: LoginMeans) async throws {
        try await withTemporaryFolder { folder in
            var texts = Dictionary(uniqueKeysWithValues: LoginEditorTests.cases.map { ($0.name, $0.before) })
            if let corpus = Self.corpus {
                for name in try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/buildspecs") {
                    texts[name] = try Self.text("buildspecs", name)
                }
            }
            var names: [String: String] = [:]
            for (index, (name, text)) in texts.enumerated() {
                guard let document = try? BuildspecDocument(parsing: text, path: name),
                    case .inserted(let edited, _, _)? = try? LoginEditor.insertLogin(
                        into: text, path: name, means: means)
                else { continue }
                let shell = document.environment.shell?.value ?? BuildShell(guessedFrom: document)
                let variables = LoginVariables(declaredIn: document) ?? .usual
                let isTraced = edited.contains(LoginCommand.traced(with: variables))
                #expect(!isTraced || text.contains("set -"), "\(name)")
                let command = LoginCommand.text(means, for: shell, with: variables, isTraced: isTraced)
                let parts = ["before": text, "after": edited, "command": command]
                for (end, part) in parts {
                    try Data(part.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(index).\(end)"))
                }
                names["\(index)"] = name
            }
            #expect(names.count >= LoginEditorTests.cases.count)
            guard let answers = try await Self.answer("login", folder) else { return }
            #expect(answers.count == names.count)
            for (index, answer) in answers { #expect(answer == .bool(true), "\(names[index] ?? index)") }
        }
    }

    @Test("the images after FROM are those that dockerfile-parse finds")
    func dockerfiles() async throws {
        guard let answers = try await Self.judge("dockerfile", "dockerfiles") else { return }
        try #require(!answers.isEmpty)
        var compared = 0
        for (name, answer) in answers {
            guard let file = try? Dockerfile(parsing: try Self.text("dockerfiles", name), path: name) else {
                Issue.record("\(name) is refused")
                continue
            }
            let own = file.pulls().filter { $0.why.hasPrefix("FROM") }.map(\.image.text)
            // A variable without a value is nothing for the judge, and stays visible here.
            let judged = (answer.array ?? []).compactMap(\.string)
            // The judge leaves an argument that is declared a second time as it is written.
            if (own + judged).contains(where: { $0.contains("$") }) { continue }
            compared += 1
            #expect(own == judged, "\(name)")
        }
        #expect(compared * 2 > answers.count)
    }

    @Test("each image of a service without build is found as PyYAML shows it")
    func compose() async throws {
        guard let answers = try await Self.judge("compose", "compose") else { return }
        try #require(!answers.isEmpty)
        for (name, answer) in answers {
            guard let file = try? ComposeFile(parsing: try Self.text("compose", name), path: name) else {
                Issue.record("\(name) is refused")
                continue
            }
            let own = file.services.filter { $0.build == nil }.compactMap(\.image?.value).sorted()
            #expect(own == (answer.array ?? []).compactMap(\.string), "\(name)")
        }
    }
}
