/// Reads the part of HCL (HCL native syntax specification) that bake files are written in: blocks with labels, texts, lists and
/// maps of texts. Any other expression stands as `${...}`, which no variable resolves.
struct HCLScanner {
    /// `kind "label" { members }`
    struct Block: Hashable {
        let kind: String
        let label: String?
        var members: [String: Value] = [:]
    }

    /// A member's value.
    indirect enum Value: Hashable {
        case text(String)
        case list([Value])
        case map([String: Value])

        var text: String? { if case .text(let text) = self { text } else { nil } }
        /// The texts of a list.
        var list: [String]? { if case .list(let list) = self { list.compactMap(\.text) } else { nil } }
        /// The texts of a map.
        var map: [String: String]? { if case .map(let map) = self { map.compactMapValues(\.text) } else { nil } }
    }

    private let characters: [Character]
    private var index = 0

    init(_ text: String) { characters = Array(text) }

    private var current: Character? { index < characters.count ? characters[index] : nil }

    /// The blocks at the top; nil where the text is no HCL.
    mutating func blocks() -> [Block]? {
        var blocks: [Block] = []
        skipBlank()
        while current != nil {
            guard let kind = name() else { return nil }
            skipBlank()
            if current == "=" {
                // A variable in the short form of older files.
                index += 1
                _ = value()
                skipBlank()
                continue
            }
            let label = current == "\"" ? quoted() : nil
            skipBlank()
            guard current == "{", let members = body() else { return nil }
            blocks.append(Block(kind: kind, label: label, members: members))
            skipBlank()
        }
        return blocks
    }

    private mutating func body() -> [String: Value]? {
        var members: [String: Value] = [:]
        index += 1
        while true {
            skipBlank()
            guard let character = current else { return nil }
            if character == "}" {
                index += 1
                return members
            }
            if character == "," {
                index += 1
                continue
            }
            guard let key = character == "\"" ? quoted() : name() else { return nil }
            skipBlank()
            if current == "=" || current == ":" {
                index += 1
                members[key] = value()
            } else {
                // A block within the block.
                if current == "\"" { _ = quoted() }
                skipBlank()
                guard current == "{", body() != nil else { return nil }
            }
        }
    }

    private mutating func value() -> Value {
        skipBlank()
        switch current {
        case "\"":
            let text = quoted()
            return isAtEnd ? .text(text) : expression()
        case "[":
            var list: [Value] = []
            index += 1
            while true {
                skipBlank()
                guard let character = current else { return .list(list) }
                if character == "]" {
                    index += 1
                    return .list(list)
                }
                if character == "," {
                    index += 1
                } else {
                    list.append(value())
                }
            }
        case "{":
            return .map(body() ?? [:])
        case "<": return heredoc()
        default: return expression()
        }
    }

    /// Whether a value ends here.
    private var isAtEnd: Bool {
        var place = index
        while place < characters.count, characters[place] == " " || characters[place] == "\t" { place += 1 }
        return place == characters.count || ",]}#\n\r\n/".contains(characters[place])
    }

    /// A number, a name, or something that has to be computed, up to where the value ends.
    private mutating func expression() -> Value {
        let start = index
        var depth = 0
        while let character = current {
            if depth == 0, ",]}".contains(character) || character.isNewline || character == "#" { break }
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if character == "\"" { _ = quoted() } else { index += 1 }
        }
        var text = String(characters[start..<index])
        while text.last?.isWhitespace == true { text.removeLast() }
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
        if !isPlain { return .text("${...}") }
        let isLiteral = ["true", "false"].contains(text) || text.first?.isNumber == true
        return text == "null" || text.isEmpty ? .text("") : .text(isLiteral ? text : "${\(text)}")
    }

    private mutating func quoted() -> String {
        var text = ""
        index += 1
        while let character = current, character != "\"" {
            if character == "$", index + 1 < characters.count, characters[index + 1] == "{" {
                var depth = 0
                repeat {
                    guard let inner = current else { return text }
                    if inner == "{" { depth += 1 }
                    if inner == "}" { depth -= 1 }
                    text.append(inner)
                    index += 1
                } while depth > 0 || text.last == "$"
                continue
            }
            if character == "\\", index + 1 < characters.count {
                index += 1
                text.append(characters[index] == "n" ? "\n" : characters[index])
            } else {
                text.append(character)
            }
            index += 1
        }
        index += 1
        return text
    }

    private mutating func heredoc() -> Value {
        while let character = current, character == "<" || character == "-" { _ = character; index += 1 }
        let delimiter = line().filter { !$0.isWhitespace }
        var lines: [String] = []
        while index < characters.count {
            let next = line()
            if next.drop(while: \.isWhitespace).filter({ !$0.isWhitespace }) == delimiter { break }
            lines.append(next)
        }
        return .text(lines.joined(separator: "\n"))
    }

    private mutating func line() -> String {
        let start = index
        while let character = current, !character.isNewline { _ = character; index += 1 }
        defer { index += 1 }
        return String(characters[start..<index])
    }

    private mutating func name() -> String? {
        let start = index
        while let character = current, character.isLetter || character.isNumber || "_-.".contains(character) {
            index += 1
        }
        return index == start ? nil : String(characters[start..<index])
    }

    private mutating func skipBlank() {
        while let character = current {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            if character.isWhitespace {
                index += 1
            } else if character == "#" || character == "/" && next == "/" {
                _ = line()
            } else if character == "/", next == "*" {
                index += 2
                while index < characters.count, !(characters[index - 1] == "*" && characters[index] == "/") {
                    index += 1
                }
                index += 1
            } else {
                return
            }
        }
    }
}
