internal import FoundationEssentials

/// Dates of HTTP (RFC 9110, section 5.6.7, IMF-fixdate).
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ date: Date) -> String {
        let stamp = Array(SigV4.timestamp(date).utf8)
        func digits(_ range: Range<Int>) -> String { String(decoding: stamp[range], as: UTF8.self) }
        let second = Int64(date.timeIntervalSince1970.rounded(.down))
        let past = second >= 0 ? second / 86400 : (second - 86399) / 86400
        // 1 January 1970 was a Thursday.
        let weekday = Int(((past + 4) % 7 + 7) % 7)
        let month = (Int(digits(4..<6)) ?? 1) - 1
        return "\(days[weekday]), \(digits(6..<8)) \(months[month]) \(digits(0..<4)) "
            + "\(digits(9..<11)):\(digits(11..<13)):\(digits(13..<15)) GMT"
    }

    static func date(_ text: String) -> Date? { ClockSkew.date(text) }
}
