internal import Core
internal import FoundationEssentials

/// The `Retry-After` field: seconds, or a date (RFC 9110, sections 10.2.3 and 5.6.7).
enum RetryAfter {
    /// The seconds to wait from `now`; nil where the field cannot be read.
    static func seconds(_ value: String, now: Date) -> Int? {
        let text = value.trimmed
        if let seconds = Int(text) {
            // Docker Hub's web interface sends the moment itself, in seconds since 1970.
            return seconds > 1_000_000_000 ? max(0, seconds - Int(now.timeIntervalSince1970)) : max(0, seconds)
        }
        return date(text).map { max(0, Int($0.timeIntervalSince(now).rounded(.up))) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not read.
    private static func date(_ text: String) -> Date? {
        let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }.map(String.init)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]), let month = months.firstIndex(of: parts[2]),
            let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6]),
            (1...31).contains(day), (1970...9999).contains(year), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        // Days since 1970 of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
        let shifted = month < 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month < 2 ? month + 10 : month - 2) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return Date(timeIntervalSince1970: Double(((days * 24 + hour) * 60 + minute) * 60 + second))
    }
}
