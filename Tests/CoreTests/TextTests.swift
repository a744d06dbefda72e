import FoundationEssentials
import TestSupport
import Testing

@testable import Core

@Suite("Texts")
struct TextTests {
    @Test(
        "percent-encoding as RFC 3986 has it",
        arguments: [
            ("a b", "a%20b"), ("é", "%C3%A9"), ("a/b", "a%2Fb"), ("-._~", "-._~"), ("%", "%25"), ("+", "%2B"), ("", ""),
        ])
    func percent(plain: String, encoded: String) {
        #expect(PercentEncoding.encode(plain) == encoded)
        #expect(PercentEncoding.decode(encoded) == plain)
    }

    @Test("decoding lets stand what is no escape")
    func decode() {
        #expect(PercentEncoding.decode("100%") == "100%")
        #expect(PercentEncoding.decode("%zz%4") == "%zz%4")
        #expect(PercentEncoding.decode("a+b", plusIsSpace: true) == "a b")
        #expect(PercentEncoding.decode("a+b") == "a+b")
    }

    @Test("blanks at the ends", arguments: [("  a b\n", "a b"), ("", ""), (" \t\r\n", ""), ("x", "x")])
    func trimmed(text: String, expected: String) {
        #expect(text.trimmed == expected)
    }

    @Test("the nearest names come first, far ones not at all")
    func nearest() {
        let names = ["web", "webapp", "api", "billing-service"]
        #expect(Nearest.names(to: "wev", among: names) == ["web"])
        #expect(Nearest.names(to: "bilingservice", among: names) == ["billing-service"])
        #expect(Nearest.names(to: "zzzzzzzz", among: names) == [])
    }

    @Test("a UUID has its version and variant")
    func uuid() {
        let uuid = Dice.seeded(1).uuid()
        #expect(uuid.count == 36)
        #expect(Array(uuid)[14] == "4")
        #expect("89ab".contains(Array(uuid)[19]))
    }
}
