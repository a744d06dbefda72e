import Core
import Foundation
import Testing

@testable import Buildspec

/// Broken and odd texts, made from fixtures and from what once failed by seeded mutations: no parser may crash or hang, and what
/// must hold of its answer holds. `UNTHROTTLE_FUZZ_ROUNDS` and `UNTHROTTLE_FUZZ_SEED` make it run longer, or elsewhere.
@Suite("Mutated files", .serialized)
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

    @Test("every parser ends, with an answer that holds together, or an error", arguments: FuzzTarget.all)
    func mutations(of target: FuzzTarget) throws {
        var generator = Generator(state: Self.seed)
        let seeds = target.fixtures + FuzzCorpus.texts(of: target).map(\.text)
        let unfinished = FuzzCorpus.unfinished(of: target)
        for _ in 0..<Self.rounds {
            let text = Self.mutate(seeds.randomElement(using: &generator) ?? "", &generator)
            // A crash leaves nobody to write it.
            try? Data(text.utf8).write(to: URL(fileURLWithPath: unfinished))
            guard let violation = target.violation(text) else { continue }
            Issue.record("\(violation): \(text.debugDescription)")
            let kept = unfinished.dropLast("unfinished".count) + "failure-\(text.utf8.count)-\(Self.seed)"
            try? FileManager.default.moveItem(atPath: unfinished, toPath: String(kept))
            return
        }
        try? FileManager.default.removeItem(atPath: unfinished)
    }

    @Test("what once failed does not fail again", arguments: FuzzTarget.all)
    func kept(target: FuzzTarget) throws {
        for (name, text) in FuzzCorpus.texts(of: target) {
            #expect(target.violation(text) == nil, "Tests/FuzzCorpus/\(target.name)/\(name)")
        }
        for text in target.fixtures { #expect(target.violation(text) == nil, "\(text.debugDescription)") }
    }

    @Test(
        "hostile nesting ends",
        arguments: [
            "$(", "${A:-", "`", "<(", "(", "{ ", "if ", "bash -c '", "case x in ", "<<E ", "while a; do ",
            "for i in a b; do ",
            "if a; then ", "a && ",
        ])
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
