import Core
import Testing

@testable import Buildspec

@Suite("Where a scalar's text stands in the file")
struct ScalarLayoutTests {
    @Test(
        "columns behind escapes, folds and characters of several bytes",
        arguments: [
            ("'echo ''a'' && docker pull x'", "5:24"), (#""echo \"a\" \u00e9 && docker pull x""#, "5:31"),
            (#""echo a\ndocker pull x""#, "5:18"), (#""echo \x41\x20\U0001F600é && docker pull x""#, "5:38"),
            (#""echo \N\_\L\P\/ && docker pull x""#, "5:29"), (#""é; docker pull x""#, "5:13"),
            ("\"echo \\\"a\\\" \\\n          && echo \\t \\\"; docker pull x\"", "6:26"),
            ("'it''s\n          ''; docker pull x'", "6:15"),
            (">\n        echo a &&\n        docker pull x", "7:9"),
            ("|\n        echo \"a\" '' && docker pull x", "6:24"), ("echo a; docker pull x", "5:17"),
        ])
    func positions(_ scalar: String, _ expected: String) throws {
        let text = "version: 0.2\nphases:\n  build:\n    commands:\n      - \(scalar)\n"
        let document = try BuildspecDocument(parsing: text, path: "b.yml")
        let command = try #require(document.everyCommand.first?.command)
        let offset = try #require(command.text.firstRange(of: "docker pull"))
        let position = command.position(
            at: command.text.utf8.distance(from: command.text.startIndex, to: offset.lowerBound))
        #expect("\(position.line):\(position.column)" == expected)
    }

    @Test("a text of many escapes")
    func many() throws {
        let count = 100_000
        let text =
            "version: 0.2\nphases:\n  build:\n    commands:\n      - \""
            + String(repeating: "\\\"", count: count) + "; docker pull x\"\n"
        let command = try #require(try BuildspecDocument(parsing: text, path: "b.yml").everyCommand.first?.command)
        #expect(command.position(at: count + 2) == Position(line: 5, column: 10 + 2 * count + 2))
    }
}
