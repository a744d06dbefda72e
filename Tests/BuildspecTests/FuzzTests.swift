import Core
import Foundation
import Testing

@testable import Buildspec

/// Broken and odd texts, made from fixtures by seeded mutations: no parser may crash or hang, and none may read what the editor
/// would break. `UNTHROTTLE_FUZZ_ROUNDS` and `UNTHROTTLE_FUZZ_SEED` make it run longer, or elsewhere.
@Suite("Mutated files")
struct FuzzTests {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    static let environment = ProcessInfo.processInfo.environment
    static let rounds = environment["UNTHROTTLE_FUZZ_ROUNDS"].flatMap(Int.init) ?? 400
    static let seed = environment["UNTHROTTLE_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    static let fixtures =
        LintTests.cases.map(\.text) + DockerfileTests.cases.map(\.text) + PullSurveyTests.cases.map(\.commands)
        + PullSurveyTests.cases.flatMap(\.files.values)

    /// Pieces that parsers trip over.
    static let pieces = [
        "\n", "\r\n", "\t", "\"", "'", "`", "${", "}", "$(", ")", "<<EOF", "\\", "|", ": ", "- ", "[", "{", "&a ", "*a",
        "<<: ",
        "#", "\u{FEFF}", "\u{0}", "\u{85}", "é", "FROM ", "--from=", "docker pull ", "%", ";;", "case x in", "for i in",
        "done",
    ]

    static func mutate(_ text: String, _ generator: inout Generator) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0...scalars.count, using: &generator)
            let length = min(Int.random(in: 0...8, using: &generator), scalars.count - place)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: scalars.removeSubrange(place..<place + length)
            case 1: scalars.insert(contentsOf: scalars[place..<place + length], at: place)
            default:
                scalars.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").unicodeScalars, at: place)
            }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    @Test("every parser ends, with a result or an error; an edit is proved or refused")
    func mutations() {
        var generator = Generator(state: Self.seed)
        var read = 0
        for _ in 0..<Self.rounds {
            let text = Self.mutate(Self.fixtures.randomElement(using: &generator) ?? "", &generator)
            let checkout = CheckoutReader { _ in text }
            for name in ["buildspec.yml", "Dockerfile", "compose.yml"] {
                let report = Linter.report(on: text, path: name, place: name, in: checkout)
                read += report.error == nil ? 1 : 0
            }
            for shell in [BuildShell.sh, .powershell, .cmd] { _ = ShellScript(text, shell: shell) }
            _ = Makefile(text).recipes(for: [])
            guard case .inserted(let edited, _, _)? = try? LoginEditor.insertLogin(into: text, path: "b") else {
                continue
            }
            let again = try? LoginEditor.insertLogin(into: edited, path: "b")
            guard case .alreadyThere? = again else {
                Issue.record("a second edit changes again: \(text.debugDescription)")
                continue
            }
        }
        #expect(read > Self.rounds / 10, "mutations leave hardly any file that can be read, so this proves little")
    }

    @Test(
        "hostile nesting ends",
        arguments: ["$(", "${A:-", "`", "<(", "(", "{ ", "if ", "bash -c '", "case x in ", "<<E "])
    func hostileNesting(_ piece: String) {
        let command = "docker pull " + String(repeating: piece, count: 20_000)
        for shell in [BuildShell.sh, .powershell, .cmd] { _ = CommandReading(command, shell: shell) }
        let text = "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        \(command)\n"
        let report = Linter.report(on: text, path: "buildspec.yml", place: "buildspec.yml", in: .empty)
        #expect(report.kind == .buildspec)
    }

    @Test("generated Dockerfiles: each image after FROM is found, with its line")
    func generatedDockerfiles() throws {
        var generator = Generator(state: Self.seed)
        for _ in 0..<100 {
            var lines: [String] = []
            var expected: [String] = []
            for stage in 0..<Int.random(in: 1...5, using: &generator) {
                for _ in 0..<Int.random(in: 0...3, using: &generator) where stage > 0 {
                    lines.append(
                        ["# a: FROM x", "", "RUN a \\\n  b", "RUN <<E\nFROM y\nE", "LABEL a=\"FROM z\""].randomElement(
                            using: &generator) ?? "")
                }
                let line = lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false).count
                expected.append("\(lines.isEmpty ? 1 : line + 1) image\(stage):\(stage)")
                lines.append("FROM image\(stage):\(stage) AS s\(stage)")
            }
            let text = lines.joined(separator: "\n")
            let pulls = try Dockerfile(parsing: text, path: "D").pulls().map { "\($0.line) \($0.image.text)" }
            #expect(pulls == expected, "\(text)")
        }
    }
}
