import Core
import Foundation
import Registry
import TestSupport
import Testing

@testable import Buildspec

/// A parser, texts that it reads, and what must hold of each text whatever it holds: that it ends is one of these.
struct FuzzTarget: Sendable, CustomTestStringConvertible {
    let name: String
    let fixtures: [String]
    /// What is wrong with the answer; nil where all is well.
    let violation: @Sendable (String) -> String?
    var testDescription: String { name }

    static let all = [
        FuzzTarget(name: "buildspec", fixtures: buildspecs) { lint($0, "buildspec.yml") },
        FuzzTarget(name: "editor", fixtures: buildspecs, violation: edit),
        FuzzTarget(name: "yaml", fixtures: buildspecs + composeFiles, violation: yaml),
        FuzzTarget(name: "dockerfile", fixtures: dockerfiles) { lint($0, "Dockerfile") },
        FuzzTarget(name: "compose", fixtures: composeFiles) { lint($0, "compose.yml") },
        FuzzTarget(name: "environment", fixtures: environmentFiles, violation: environment),
        FuzzTarget(name: "shell", fixtures: scripts, violation: shell),
        FuzzTarget(name: "makefile", fixtures: makefiles, violation: makefile),
        FuzzTarget(name: "reference", fixtures: references, violation: reference),
    ]

    private static let buildspecs =
        LintTests.cases.map(\.text) + LoginEditorTests.cases.map(\.before) + LintTests.blocks.map(\.text)
    private static let dockerfiles = (DockerfileTests.cases + DockerfileFormTests.cases).map(\.text)
    private static let composeFiles =
        PullSurveyTests.cases.flatMap(\.files.values).filter { $0.contains("services:") }
        + ComposeFormTests.cases.map(\.text) + [
            "services:\n  a: &a\n    image: ${A:-b}:${T?no}\n  c:\n    <<: *a\n    build: {context: ., target: x}\n",
            "include: [x.yml]\nservices:\n  a: {extends: {service: b}, profiles: [p]}\n  b: {image: c}\n",
        ]
    private static let environmentFiles = [
        "# one\nexport A = 'b c' # two\nB: \"x\\n${A:-y}\"\r\nC=a#b $B\n", "\u{FEFF}A=\"b\nc\"\nD\n!\nE='f\n",
    ]
    private static let scripts = (PullSurveyTests.cases + ToolOptionTests.cases).map(\.commands)
    private static let makefiles =
        [
            "A := b\nall: build\n\t@docker build \\\n\t  -t $(A) .\n.PHONY: all\nbuild: ; docker pull a\n%.o: %.c\n\tcc $<\n",
            "ifeq ($(A),b)\nx:\n\tdocker pull a\nendif\ninclude other.mk\ndefine f\na\nendef\n",
        ] + (MakeTests.textCases + MakeTests.branchCases + MakeTests.functionCases).map(\.makefile)
    private static let references = [
        "alpine", "docker.io/library/alpine:3", "localhost:5000/a/b@sha256:" + String(repeating: "a", count: 64),
        "[::1]:5000/a:b", "a.b.c/d_e/f__g-h.i:J_k", "$REGISTRY/app:${TAG:-latest}", "index.docker.io/a", "A/b",
    ]

    /// Every place that a report names is one of the text, and the report does not depend on who asks.
    private static func lint(_ text: String, _ name: String) -> String? {
        let checkout = CheckoutReader { $0.count < 40 ? text : nil }
        let report = Linter.report(on: text, path: name, place: name, in: checkout)
        let source = SourceText(text)
        for pull in report.pulls where !(1...source.lineCount).contains(pull.line) {
            return "a pull on line \(pull.line) of \(source.lineCount)"
        }
        for finding in report.findings {
            guard (1...source.lineCount).contains(finding.line) else { return "\(finding) is on no line" }
            let length = source.lineText(finding.line).unicodeScalars.count
            guard (1...length + 1).contains(finding.column) else { return "\(finding) is beyond its line" }
        }
        return report.error == nil || report.pulls.isEmpty && report.findings.isEmpty
            ? nil : "refused, and yet findings"
    }

    /// A second edit changes nothing; the first one keeps every byte and says its line.
    private static func edit(_ text: String) -> String? {
        for means in LoginMeans.allCases {
            guard
                case .inserted(let edited, _, let line)? = try? LoginEditor.insertLogin(
                    into: text, path: "b", means: means)
            else { continue }
            let (old, new) = (Array(text.utf8), Array(edited.utf8))
            let head = zip(old, new).prefix { $0 == $1 }.count
            guard old[head...].elementsEqual(new.suffix(old.count - head)) else { return "bytes changed" }
            let lines = edited.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard lines.indices.contains(line - 1),
                lines[line - 1].contains(means == .login ? "docker login" : "unthrottle")
            else { return "the login is not on line \(line)" }
            guard case .alreadyThere? = try? LoginEditor.insertLogin(into: edited, path: "b", means: means) else {
                return "a second edit changes again"
            }
        }
        return nil
    }

    /// Places are in the text; the first error, too, names one.
    private static func yaml(_ text: String) -> String? {
        let source = SourceText(text)
        do {
            guard let root = try YAMLReader.read(source, path: "x", allowsRepeatedKeys: true) else { return nil }
            return (1...source.lineCount + 1).contains(root.position.line) ? nil : "a document on no line"
        } catch {
            let line = UnthrottleErrorText(message: "\(error)", hint: nil).line
            return (1...source.lineCount + 1).contains(line) ? nil : "an error on line \(line) of \(source.lineCount)"
        }
    }

    /// Commands stand in the text, those of the top level in its order.
    private static func shell(_ text: String) -> String? {
        for shell in [BuildShell.sh, .powershell, .cmd] {
            let offsets = ShellScript(text, shell: shell).commands.map(\.offset)
            guard offsets.allSatisfy({ (0...text.utf8.count).contains($0) }) else { return "a command beyond the text" }
            guard offsets == offsets.sorted() else { return "commands out of order in \(shell)" }
            _ = CommandReading(text, shell: shell)
        }
        return nil
    }

    /// Names are names.
    private static func environment(_ text: String) -> String? {
        let values = EnvironmentFile.values(of: text) { _ in .unknown }
        guard
            let name = values.keys.first(where: { $0.isEmpty || $0.contains { $0.isWhitespace || "=:$".contains($0) } })
        else { return nil }
        return "a variable of the name '\(name)'"
    }

    private static func makefile(_ text: String) -> String? {
        let makefile = Makefile(text)
        let recipes = makefile.recipes(for: []) + makefile.recipes(for: ["all", "build", "nosuch"])
        return recipes.contains { $0.target.contains("\n") } ? "a target of two lines" : nil
    }

    /// What is read and written in full is read as the same again.
    private static func reference(_ text: String) -> String? {
        _ = ImageName(text)
        guard let read = try? ImageReference(text) else { return nil }
        guard let again = try? ImageReference(read.canonical) else { return "\(read.canonical) is refused" }
        return again.canonical == read.canonical && again.isDockerHub == read.isDockerHub
            ? nil : "\(again) is not \(read)"
    }
}

/// Texts on which a parser once failed, kept in `Tests/FuzzCorpus`, a folder for each target. A failure of ``FuzzTests`` puts its text
/// there; one that crashed or hung is `unfinished`, since nothing was left to rename it.
enum FuzzCorpus {
    static let folder = "\(Checkout.root)/Tests/FuzzCorpus"

    static func texts(of target: FuzzTarget) -> [(name: String, text: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(target.name)")) ?? []
        return names.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(target.name)/\(name)")
                .map { (name, String(decoding: $0, as: UTF8.self)) }
        }
    }

    /// Where the text that is being tried stands meanwhile; nothing where the checkout cannot be written.
    static func unfinished(of target: FuzzTarget) -> String {
        let path = "\(folder)/\(target.name)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return "\(path)/unfinished"
    }
}
