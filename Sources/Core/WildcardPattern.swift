/// A text with `*` (any run of characters, also none) and `?` (any one character), as IAM policies and a shell's file names have them
/// (IAM User Guide, "Resource"; POSIX, 2.13).
public struct WildcardPattern: Sendable, Hashable {
    /// A part of the pattern.
    public enum Token: Sendable, Hashable {
        /// This character.
        case exactly(Unicode.Scalar)
        /// `?`
        case anyOne
        /// `*`
        case anyRun

        /// What a character of a pattern stands for.
        public init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "*": self = .anyRun
            case "?": self = .anyOne
            default: self = .exactly(scalar)
            }
        }
    }

    private let tokens: [Token]

    /// A pattern of its parts.
    public init(_ tokens: [Token]) { self.tokens = tokens }

    /// The pattern as it is written.
    public init(_ text: some StringProtocol) { tokens = text.unicodeScalars.map(Token.init) }

    /// Whether the whole of `text` fits. Takes at most pattern times text steps: the last `*` is the only one to come
    /// back to.
    public func matches(_ text: some StringProtocol) -> Bool {
        let text = Array(text.unicodeScalars)
        var (token, at) = (0, 0)
        var star: (token: Int, at: Int)?
        while at < text.count {
            if token < tokens.count, tokens[token] == .anyRun {
                star = (token, at)
                token += 1
            } else if token < tokens.count, tokens[token] == .anyOne || tokens[token] == .exactly(text[at]) {
                token += 1
                at += 1
            } else if let last = star {
                star = (last.token, last.at + 1)
                (token, at) = (last.token + 1, last.at + 1)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyRun }
    }
}
