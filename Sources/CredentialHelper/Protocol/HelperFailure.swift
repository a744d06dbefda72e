internal import Core
internal import HTTP

/// Why there is no login, for the person who reads the build's log. Never with a secret in it.
struct HelperFailure: Error, Equatable {
    /// What failed, on one line: the protocol's answer on standard output.
    var message: String
    /// What to do next; may have several lines.
    var hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    /// An error of a room below. One of no known type keeps its words to itself: they may be anything.
    init(_ error: any Error) {
        switch error {
        case let error as HelperFailure: self = error
        case let error as UnthrottleError: self.init(error.description, hint: error.hint)
        case let error as TransportError: self.init(error.forPeople)
        default: self.init("the helper failed")
        }
    }

    /// The message and what to do, on lines of their own.
    var complaint: String {
        let lines = [message] + (hint?.split(separator: "\n").map { "  \($0)" } ?? [])
        return lines.joined(separator: "\n") + "\n"
    }
}
