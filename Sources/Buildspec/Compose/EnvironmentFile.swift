internal import Core

/// The lines `NAME=value` of a file as compose reads them (compose-go, dotenv): `.env`, `--env-file`, `env_file` of an include.
enum EnvironmentFile {
    private static let mark = "\u{FEFF}"

    /// The variables that it sets. `environment` comes before those that the file set above.
    static func values(
        of text: String, environment: (String) -> VariableText.Value
    ) -> [String: VariableText.Value] {
        var values: [String: VariableText.Value] = [:]
        func value(_ name: String) -> VariableText.Value {
            switch environment(name) {
            case .unknown: values[name] ?? .unknown
            case let told: told
            }
        }
        var rest = text.hasPrefix(mark) ? text.dropFirst() : text[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            if rest.hasPrefix("export ") { rest = rest.dropFirst("export ".count).drop(while: isBlank) }
            guard !rest.isEmpty else { return values }
            let name = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber || ".-[]".contains($0) }
            let sign = rest.dropFirst(name.count).drop(while: isBlank)
            guard !name.isEmpty, let first = sign.first, first == "=" || first == ":" else {
                rest = rest.drop { !$0.isNewline }
                continue
            }
            let written = sign.dropFirst()
            if let (quoted, quote, tail) = quoted(written.drop(while: isBlank)) {
                // Single quotes keep everything as it stands.
                values[String(name)] =
                    quote == "'" ? .likely(String(quoted)) : likely(unescaped(quoted), value)
                rest = tail.drop { !$0.isNewline }
            } else {
                let line = written.prefix { !$0.isNewline }
                values[String(name)] = likely(withoutComment(line).trimmed, value)
                rest = written.dropFirst(line.count)
            }
        }
    }

    /// Something in the environment of the build may set it otherwise.
    private static func likely(
        _ text: String, _ value: (String) -> VariableText.Value
    ) -> VariableText.Value {
        let text = ComposeVariables.expand(text, value: value)
        return text.isResolved ? .likely(text.text) : .partial(text.text)
    }

    /// The text between quotes, over as many lines as it has, and what follows it; nil where none begins or ends.
    private static func quoted(_ text: Substring) -> (text: Substring, quote: Character, tail: Substring)? {
        guard let quote = text.first, quote == "\"" || quote == "'" else { return nil }
        var isEscaped = false
        for index in text.indices.dropFirst() {
            if text[index] == quote, !isEscaped {
                return (text[text.index(after: text.startIndex)..<index], quote, text[text.index(after: index)...])
            }
            isEscaped = text[index] == "\\" && !isEscaped
        }
        return nil
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                // A dollar sign that compose is to leave alone is doubled.
                result += ["n": "\n", "r": "\r", "t": "\t", "$": "$$"][character] ?? String(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static func withoutComment(_ line: Substring) -> Substring {
        for (index, next) in zip(line.indices, line.indices.dropFirst()) where isBlank(line[index]) && line[next] == "#"
        {
            return line[..<index]
        }
        return line
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
