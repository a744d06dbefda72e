import AWS
import FoundationEssentials
import NIOHTTP1

/// A service's clock that is off, as far as signatures and the Date header show it (IAM User Guide, "Troubleshoot Signature Version 4").
struct ServerClock: Sendable {
    private let now: Date

    /// A clock that is so many seconds ahead of this machine's.
    init(ahead seconds: Double) {
        now = Date().addingTimeInterval(seconds)
    }

    /// Why a signature does not hold at this time; nil where it does.
    func objection(to head: HTTPRequestHead) -> String? {
        let signed = head.headers.first(name: "x-amz-date") ?? ""
        guard let date = SigV4.date(signed) else { return "X-Amz-Date is missing" }
        guard abs(date.timeIntervalSince(now)) > 300 else { return nil }
        return date < now
            ? "Signature expired: \(signed) is now earlier than the present time (\(SigV4.timestamp(now)) - 5 min.)"
            : "Signature not yet current: \(signed) is still later than the present time (\(SigV4.timestamp(now)) + 5 min.)"
    }

    /// The Date header (RFC 9110, IMF-fixdate).
    var header: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: now)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String {
            let text = String(number ?? 0)
            return text.count < 2 ? "0\(text)" : text
        }
        return
            "\(days[(parts.weekday ?? 1) - 1]), \(two(parts.day)) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }
}
