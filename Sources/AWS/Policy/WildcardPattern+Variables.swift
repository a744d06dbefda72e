internal import Core

extension WildcardPattern {
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
                tokens.append(Token(first))
                rest = rest.dropFirst()
            }
        }
        self.init(tokens)
    }
}
