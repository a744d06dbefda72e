internal import FoundationEssentials

/// Moments in ISO 8601, as AWS and the programs around it write them: with or without a fraction of a second, with `Z`, `UTC` or an
/// offset.
enum ISO8601 {
    static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    static func date(_ text: String) -> Date? {
        let zoned = text.hasSuffix("UTC") ? String(text.dropLast(3)) + "Z" : text
        return (try? Date(zoned, strategy: .iso8601))
            ?? (try? Date(zoned, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
