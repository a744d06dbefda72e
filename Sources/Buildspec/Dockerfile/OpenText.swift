internal import Core

/// A text with variables that have no value: only what stands around them is sure.
struct OpenText {
    /// What stands before, between and behind the variables, as parts of the text.
    let literals: [Substring]

    /// Splits a text at `$NAME`, `${...}` and `$(...)`.
    init(_ text: String) {
        var literals: [Substring] = []
        var rest = text.utf8[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            literals.append(Substring(rest[..<dollar]))
            let after = rest[rest.index(after: dollar)...]
            if after.first == UInt8(ascii: "{") || after.first == UInt8(ascii: "(") {
                rest = Self.behindBracket(after)
            } else {
                rest = after.drop(while: ASCII.isName)
            }
        }
        self.literals = literals + [Substring(rest)]
    }

    /// The words of a text; a blank within `${...}` or `$(...)` parts none.
    static func words(in text: String) -> [Substring] {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text.split(whereSeparator: \.isWhitespace) }
        var words: [Substring] = []
        var start: String.Index?
        var rest = text.utf8[...]
        while let byte = rest.first {
            let here = rest.startIndex
            let after = rest.dropFirst()
            if byte <= 0x20 {
                if let begin = start { words.append(text[begin..<here]) }
                start = nil
                rest = after
                continue
            }
            start = start ?? here
            let isBracket = after.first == UInt8(ascii: "{") || after.first == UInt8(ascii: "(")
            rest = byte == UInt8(ascii: "$") && isBracket ? behindBracket(after) : after
        }
        if let begin = start { words.append(text[begin...]) }
        return words
    }

    /// The text with `sample` for each of its variables.
    func filled(with sample: String) -> String { literals.joined(separator: sample) }

    /// Whether values for the variables can make it `name`.
    func matches(_ name: String) -> Bool {
        guard let first = literals.first, let last = literals.last, name.hasPrefix(first) else { return false }
        if literals.count == 1 { return name == first }
        var rest = name.dropFirst(first.count)
        guard rest.hasSuffix(last) else { return false }
        rest = rest.dropLast(last.count)
        for literal in literals.dropFirst().dropLast() where !literal.isEmpty {
            guard let found = rest.firstRange(of: literal) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    private static func behindBracket(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "("): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: ")"): depth -= 1
            default: break
            }
            if depth == 0 { return text[text.index(after: index)...] }
        }
        return text[text.endIndex...]
    }
}
