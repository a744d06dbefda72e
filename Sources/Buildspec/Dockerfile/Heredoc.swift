internal import Core

/// A heredoc that an instruction opens (BuildKit, frontend/dockerfile/parser, `heredocsFromLine`).
struct Heredoc: Hashable {
    /// The line that ends it.
    let name: String
    /// `<<-`: whether its lines may begin with tabs.
    let stripsTabs: Bool

    /// Those of an instruction, in the order of their texts. `text` is what follows its name and its flags.
    static func all(in text: String) -> [Heredoc] {
        guard text.contains("<<"), !isJSON(text) else { return [] }
        return words(of: text).compactMap(Heredoc.init)
    }

    /// `<<NAME`, `<<-NAME`, `<<"NAME"`, with a file number before them or not; nil for any other word.
    private init?(_ word: String) {
        let rest = word.drop { $0.isASCII && $0.isNumber }
        guard rest.hasPrefix("<<") else { return nil }
        stripsTabs = rest.dropFirst(2).hasPrefix("-")
        let written = rest.dropFirst(stripsTabs ? 3 : 2)
        guard !written.isEmpty, !written.contains("<") else { return nil }
        name = Self.withoutQuotes(written)
        guard !name.isEmpty else { return nil }
    }

    /// The words with their quotes and backslashes, whatever escape the file has; none where a quote stays open.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        var isEscaped = false
        for character in text {
            if !isEscaped, quote == nil, character.isWhitespace {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            word.append(character)
            if isEscaped {
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            }
        }
        return quote == nil ? words + (word.isEmpty ? [] : [word]) : []
    }

    private static func withoutQuotes(_ word: Substring) -> String {
        var plain = ""
        var isEscaped = false
        for character in word {
            if isEscaped || !"\\\"'".contains(character) {
                plain.append(character)
                isEscaped = false
            } else {
                isEscaped = character == "\\"
            }
        }
        return plain
    }

    /// Whether it is the JSON form of an instruction, which no shell reads: an array of strings.
    private static func isJSON(_ text: String) -> Bool {
        guard text.hasPrefix("["), let items = (try? JSON(parsing: text))?.array else { return false }
        return items.allSatisfy { $0.string != nil }
    }
}
