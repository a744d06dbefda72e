import Core
import FoundationEssentials
import Testing

@Suite("JSON as text")
struct JSONTextTests {
    static let values: [JSON] = [
        nil, true, false, 0, -1, .integer(.max), .integer(.min), .number(0.1), .number(-2.5e-9), .number(1e300),
        .number(3),
        "", "plain", "a\"b\\c/d", "\u{0}\u{7}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}", "é\u{2028}日本\u{1F600}", [], [:],
        [1, [], [:], "x"],
        ["b": 1, "a": ["z": nil, "é": [true], "": ""], "B": [[]]],
    ]

    @Test("is what JSONEncoder writes, on one line and indented", arguments: values, [false, true])
    func text(_ value: JSON, pretty: Bool) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        let expected = String(decoding: try encoder.encode(value), as: UTF8.self)
        #expect(value.text(pretty: pretty) == expected)
        #expect(try JSON(parsing: value.text(pretty: pretty)) == JSON(parsing: expected))
    }
}
