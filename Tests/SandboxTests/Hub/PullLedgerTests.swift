import FoundationEssentials
import Testing

@testable import Sandbox

@Suite("The pull ledger and the login lock")
struct PullLedgerTests {
    private func at(_ second: Double) -> Date { Date(timeIntervalSince1970: second) }

    @Test(
        "The window rolls: a pull counts from its second until a whole window later",
        arguments: [
            ([0.0, 10, 20], 20.0, 3), ([0, 10, 20], 99.9, 3), ([0, 10, 20], 100, 2), ([0, 10, 20], 115, 1),
            ([0, 10, 20], 120, 0), ([], 0, 0),
        ])
    func rolls(pulls: [Double], now: Double, used: Int) {
        var ledger = PullLedger(window: 100)
        let allowed = pulls.map { ledger.pull(by: "a", limit: .pulls(3), at: at($0)) }
        #expect(!allowed.contains(false))
        #expect(ledger.used(by: "a", at: at(now)) == used)
    }

    @Test("A refused pull is not booked, and each source has its own count")
    func refusals() {
        var ledger = PullLedger(window: 100)
        let pulls = [("a", 1, 0.0), ("a", 1, 99), ("b", 1, 99), ("a", 1, 100), ("c", 0, 0)]
        let allowed = pulls.map { ledger.pull(by: $0, limit: .pulls($1), at: at($2)) }
        #expect(allowed == [true, false, true, true, false])
    }

    @Test("An account without a limit is booked and never refused")
    func unlimited() {
        var ledger = PullLedger(window: 100)
        let allowed = (0..<50).map { ledger.pull(by: "a", limit: .unlimited, at: at(Double($0))) }
        #expect(!allowed.contains(false))
        #expect(ledger.used(by: "a", at: at(50)) == 50)
    }

    @Test(
        "Ten wrong logins in a row lock a name for ten minutes after the last",
        arguments: [(9, 0.0, false), (10, 0, true), (10, 599, true), (10, 600, false), (12, 1, true)])
    func lock(wrong: Int, later: Double, isLocked: Bool) {
        var logins = LoginGuard()
        for _ in 0..<wrong { logins.failed("u", at: at(1000)) }
        #expect(logins.isLocked("u", at: at(1000 + later)) == isLocked)
        #expect(!logins.isLocked("someone-else", at: at(1000)))
    }

    @Test("A right login forgets the wrong ones")
    func forgets() {
        var logins = LoginGuard()
        for _ in 0..<9 { logins.failed("u", at: at(0)) }
        logins.succeeded("u")
        logins.failed("u", at: at(1))
        #expect(!logins.isLocked("u", at: at(1)))
    }
}

@Suite("Byte ranges")
struct ByteRangeTests {
    @Test(
        "As the distribution specification's conformance tests ask",
        arguments: [
            (nil, .whole), ("bytes=0-", .part(0..<1000)), ("bytes=500-599", .part(500..<600)),
            ("bytes=500-", .part(500..<1000)), ("bytes=-200", .part(800..<1000)), ("bytes=-5000", .part(0..<1000)),
            ("bytes=900-5000", .part(900..<1000)), ("bytes=999-999", .part(999..<1000)),
            ("bytes=500-0", .unsatisfiable), ("bytes=1000-", .unsatisfiable), ("bytes=5000-10000", .unsatisfiable),
            ("bytes=-0", .unsatisfiable), ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
            ("bytes=+1-5", .whole), ("bytes=0-1,5-9", .whole), ("items=0-1", .whole),
            ("bytes=99999999999999999999-", .whole),
        ] as [(String?, ByteRange)])
    func parses(header: String?, range: ByteRange) {
        #expect(ByteRange(header, size: 1000) == range)
    }

    @Test("An empty body has no range", arguments: ["bytes=0-", "bytes=-1", "bytes=0-0"])
    func emptyBody(header: String) {
        #expect(ByteRange(header, size: 0) == .unsatisfiable)
    }
}
