internal import FoundationEssentials

/// A build's log in CodeBuild's own words.
enum BuildLogText {
    /// `[Container] 2026/11/23 21:51:07.123456 MESSAGE`, in UTC.
    static func container(_ message: String, at time: Date) -> String {
        "[Container] \(timestamp(time)) \(message)"
    }

    /// `2026/11/23 21:51:07.123456`
    static func timestamp(_ time: Date) -> String {
        let micros = Int64((time.timeIntervalSince1970 * 1_000_000).rounded(.down))
        let whole = Date(timeIntervalSince1970: Double(micros.quotientAndRemainder(dividingBy: 1_000_000).quotient))
        // 2026-11-23T21:51:07Z
        let text = whole.formatted(.iso8601)
        let date = text.prefix(10).split(separator: "-").joined(separator: "/")
        return "\(date) \(text.dropFirst(11).prefix(8)).\(padded(micros % 1_000_000))"
    }

    /// The lines after a phase.
    static func complete(_ phase: String, succeeded: Bool, code: String, message: String) -> [String] {
        [
            "Phase complete: \(phase) State: \(succeeded ? "SUCCEEDED" : "FAILED")",
            "Phase context status code: \(code) Message: \(message)",
        ]
    }

    /// What is wrong with a command that failed: the message of its phase's context.
    static func failure(_ command: String, status: Int32) -> String {
        "Error while executing command: \(command). Reason: exit status \(status)"
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}

/// CodeBuild's mask: a secret's exact value becomes `***`; anything made of it, such as its base64, passes.
struct SecretMask: Sendable {
    private var values: [String] = []

    /// Masks one more value.
    mutating func add(_ value: String) {
        guard !value.isEmpty, !values.contains(value) else { return }
        values.append(value)
        // The longer first: one value may be a part of another.
        values.sort { ($0.utf8.count, $1) > ($1.utf8.count, $0) }
    }

    /// The text with every value masked.
    func apply(_ text: String) -> String {
        values.reduce(text) { text, value in
            text.contains(value)
                ? text.split(separator: value, omittingEmptySubsequences: false).joined(separator: "***") : text
        }
    }
}
