/// A text that must never be printed: a password, a token, a secret key.
///
/// Its description, its debug description and its mirror are `•••`, and it is not `Codable`, so that neither a log line,
/// an error, a plan nor a dump of an enclosing value can show it. `reveal()` is the only way to the text; search for its
/// callers to see every place where a secret leaves the program.
public struct Secret: Sendable {
    private let text: String

    /// Wraps `text`.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that must send or store it.
    public func reveal() -> String { text }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { text.isEmpty }
}

extension Secret: Equatable {
    /// Compares in a time that does not tell where two secrets of one length differ.
    public static func == (left: Secret, right: Secret) -> Bool {
        let (a, b) = (Array(left.text.utf8), Array(right.text.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Three dots, whatever the secret.
    public var description: String { "•••" }
    /// Three dots, whatever the secret.
    public var debugDescription: String { description }
    /// A mirror with no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
