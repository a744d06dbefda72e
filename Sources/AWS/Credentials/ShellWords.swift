internal import Core

/// Splits a command into words by the shell's rules for quotes and backslashes, as Python's `shlex.split` does; nothing is expanded.
enum ShellWords {
    /// The words; throws `invalidInput` for a quote that is not closed or a backslash at the end. The text is not shown.
    static func split(_ text: String) throws -> [String] {
        var (words, word, quote) = ([String](), String?.none, Unicode.Scalar?.none)
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            switch (quote, scalar) {
            case (nil, "'"), (nil, "\""):
                quote = scalar
                word = word ?? ""
            case (let open?, _) where open == scalar: quote = nil
            case (nil, " "), (nil, "\t"), (nil, "\r"), (nil, "\n"):
                word.map { words.append($0) }
                word = nil
            case (nil, "\\"), ("\"", "\\"):
                guard let next = rest.popFirst() else { throw refusal("a backslash at its end") }
                // Within double quotes a backslash is one unless it stands before a quote or another.
                if quote == "\"", next != "\"", next != "\\" { word = (word ?? "") + "\\" }
                word = (word ?? "") + String(next)
            default: word = (word ?? "") + String(scalar)
            }
        }
        if quote != nil { throw refusal("a quote that is not closed") }
        return words + [word].compactMap { $0 }
    }

    private static func refusal(_ what: String) -> UnthrottleError {
        UnthrottleError(.invalidInput, "the command has \(what)")
    }
}
