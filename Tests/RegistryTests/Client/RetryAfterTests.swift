import FoundationEssentials
import Testing

@testable import Registry

@Suite("Retry-After")
struct RetryAfterTests {
    @Test(
        "seconds, dates and what is neither",
        arguments: [
            ("60", 60), (" 0 ", 0), ("-5", 0), ("", nil), ("soon", nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 10), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
            ("Sun, 31 Foo 1994 08:49:37 GMT", nil),
        ] as [(String, Int?)])
    func read(_ value: String, _ expected: Int?) {
        #expect(RetryAfter.seconds(value, now: Date(timeIntervalSince1970: 784_111_767)) == expected)
    }

    @Test("a moment since 1970, as Docker Hub's web interface sends it, is no wait of 50 years")
    func moment() {
        #expect(RetryAfter.seconds("1700000030", now: Date(timeIntervalSince1970: 1_700_000_000)) == 30)
    }

    @Test(
        "leap days",
        arguments: [("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800), ("Tue, 01 Mar 2050 00:00:00 GMT", 2_529_705_600)])
    func leap(_ value: String, _ expected: Int) {
        #expect(RetryAfter.seconds(value, now: Date(timeIntervalSince1970: 0)) == expected)
    }
}
