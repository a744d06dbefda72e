/// What CodeBuild does when a phase fails (build-spec-ref, `on-failure`).
public enum OnFailure: Sendable, Hashable {
    /// End the build.
    case abort
    /// Go on with the next phase.
    case proceed
    /// Run the phase again, up to `count` times, when the error message matches `pattern`.
    case retry(count: Int, pattern: String)

    /// How often RETRY runs a phase again unless it says so.
    public static let defaultRetries = 3

    /// `ABORT`, `CONTINUE`, `RETRY`, `RETRY-count`, `RETRY-regex`, `RETRY-count-regex`; nil for anything else. A count
    /// is 0 to 100.
    public init?(_ text: String) {
        // The user guide writes them as RETRY and as Retry.
        let text = text.hasPrefix("Retry") ? "RETRY" + text.dropFirst("RETRY".count) : text
        switch text {
        case "ABORT": self = .abort
        case "CONTINUE": self = .proceed
        case "RETRY": self = .retry(count: Self.defaultRetries, pattern: ".*")
        default:
            guard text.hasPrefix("RETRY-") else { return nil }
            let rest = text.dropFirst("RETRY-".count)
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let tail = rest.dropFirst(digits.count)
            guard let count = Int(digits), tail.isEmpty || tail.hasPrefix("-") else {
                guard !rest.isEmpty else { return nil }
                self = .retry(count: Self.defaultRetries, pattern: String(rest))
                return
            }
            guard count <= 100, tail.count != 1 else { return nil }
            self = .retry(count: count, pattern: tail.isEmpty ? ".*" : String(tail.dropFirst()))
        }
    }
}
