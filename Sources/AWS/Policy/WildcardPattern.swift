/// A text with `*` (any run of characters, also none) and `?` (any one character), as IAM policies have them.
struct WildcardPattern: Sendable, Hashable {
    private enum Token: Sendable, Hashable {
        case exactly(Unicode.Scalar)
        case anyOne
        case anyRun
    }

    private let tokens: [Token]

    /// The pattern as it is written, without variables.
    init(_ text: some StringProtocol) {
        tokens = text.unicodeScalars.map(Self.token)
    }

    /// The pattern with its policy variables (`${aws:username}`, `${*}`) replaced: a value from the request stands for
    /// itself, wildcards in it included. nil where the request has no such value: then nothing matches (IAM User Guide,
    /// "Policy variables").
    init?(_ text: some StringProtocol, variables: (String) -> String?) {
        var tokens: [Token] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            if first == "$", rest.dropFirst().first == "{", let close = rest.firstIndex(of: "}") {
                let name = String(String.UnicodeScalarView(rest[..<close].dropFirst(2)))
                let value: String? = ["*", "?", "$"].contains(name) ? name : variables(name)
                guard let value else { return nil }
                tokens += value.unicodeScalars.map(Token.exactly)
                rest = rest[rest.index(after: close)...]
            } else {
                tokens.append(Self.token(first))
                rest = rest.dropFirst()
            }
        }
        self.tokens = tokens
    }

    private static func token(_ scalar: Unicode.Scalar) -> Token {
        switch scalar {
        case "*": .anyRun
        case "?": .anyOne
        default: .exactly(scalar)
        }
    }

    /// Whether the whole of `text` fits. Takes at most pattern times text steps: the last `*` is the only one to come
    /// back to.
    func matches(_ text: some StringProtocol) -> Bool {
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
