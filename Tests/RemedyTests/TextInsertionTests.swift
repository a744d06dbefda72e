import Testing

@testable import Remedy

@Suite("A piece of text put into another")
struct TextInsertionTests {
    @Test(
        "goes in and comes out again, byte for byte",
        arguments: [
            ("a\nc\n", "a\nb\nc\n", 2, "b\n"), ("", "x", 1, "x"), ("a\r\nc\r\n", "a\r\nb\r\nc\r\n", 2, "b\r\n"),
            // The piece begins as what follows it does: the whole line is taken.
            ("  - docker pull a\n", "  - docker login\n  - docker pull a\n", 1, "  - docker login\n"),
            ("[a, c]", "[a, b, c]", 1, "b, "), ("é\n", "é\nü\n", 2, "ü\n"),
        ])
    func roundTrip(old: String, new: String, line: Int, piece: String) throws {
        let insertion = try #require(TextInsertion(from: old, to: new))
        #expect((insertion.line, insertion.piece) == (line, piece))
        #expect(insertion.inserting(into: old) == new)
        #expect(insertion.removing(from: new) == old)
    }

    @Test("no insertion", arguments: [("a", "a"), ("ab", "a"), ("abc", "axcd"), ("ab", "ba1")])
    func none(old: String, new: String) {
        #expect(TextInsertion(from: old, to: new) == nil)
    }

    @Test("another text than the plan saw is refused, both ways")
    func changed() throws {
        let insertion = try #require(TextInsertion(from: "a\n", to: "a\nb\n"))
        #expect(insertion.inserting(into: "a \n") == nil)
        #expect(insertion.removing(from: "a\nB\n") == nil)
        #expect(insertion.inserting(into: "a\nb\n") == nil)
    }
}
