import Testing

@testable import Buildspec

@Suite("A text within a text")
struct StringSearchTests {
    @Test(
        "is found byte for byte",
        arguments: [
            ("abc", "abc", true), ("abc", "bc", true), ("abc", "", true), ("", "", true), ("", "a", false),
            ("aab", "ab", true), ("ababac", "abac", true), ("abc", "abcd", false), ("a\r\nb", "\n", true),
            ("a longer text than fits a small string", "small string", true), ("日本語", "本", true), ("日本語", "語日", false),
        ])
    func contains(_ text: String, _ part: String, _ expected: Bool) {
        #expect(text.contains(part) == expected)
        #expect(("x" + text + "x").dropFirst().dropLast().contains(part) == expected)
    }
}
