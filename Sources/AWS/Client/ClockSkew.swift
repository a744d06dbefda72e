internal import FoundationEssentials
internal import Synchronization

/// How far this machine's clock is behind the services', learnt from a refusal's Date header, as the newer SDKs do.
final class ClockSkew: Sendable {
    private static let codes: Set<String> = [
        "RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException", "SignatureDoesNotMatch",
        "RequestInTheFuture", "AuthFailure",
    ]
    /// A smaller difference is not what a service refuses (its window is five minutes).
    private static let least = 240.0
    private let offset = Mutex(0.0)

    func corrected(_ now: Date) -> Date { now.addingTimeInterval(offset.withLock { $0 }) }

    /// Whether the refusal is the clock's fault and the offset has been put right, so that one more attempt makes sense.
    func learns(from error: AWSError, dateHeader: String?, now: Date) -> Bool {
        guard Self.codes.contains(error.code), let dateHeader,
            let theirs = Self.date(dateHeader)
        else { return false }
        let needed = theirs.timeIntervalSince(now)
        return offset.withLock { offset in
            guard abs(needed - offset) >= Self.least else { return false }
            offset = needed
            return true
        }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, IMF-fixdate); nil for the two obsolete forms.
    static func date(_ header: String) -> Date? {
        let parts = header.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2, let month = months.firstIndex(of: parts[2])
        else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return SigV4.date("\(parts[3])\(number)\(parts[1])T\(parts[4].filter { $0 != ":" })Z")
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
