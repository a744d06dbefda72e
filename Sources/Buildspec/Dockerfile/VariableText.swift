/// A text with `$NAME` and `${NAME...}` in it, as sh and BuildKit's lexer (frontend/dockerfile/shell) put values in.
struct VariableText {
    /// What a variable stands for.
    enum Value: Hashable {
        /// This text, for sure.
        case known(String)
        /// This text unless something out of sight sets another one.
        case likely(String)
        /// Set, with variables or substitutions in its text that the files do not tell.
        case partial(String)
        /// Nothing that the files tell.
        case unknown
    }

    /// The text with its known values; a variable without one stays as it was written.
    private(set) var text = ""
    /// Whether every variable had a value.
    private(set) var isResolved = true
    /// Whether every value is sure.
    private(set) var isSure = true

    /// What a variable stands for that is set to it.
    var value: Value { isResolved ? (isSure ? .known(text) : .likely(text)) : .partial(text) }

    /// Words within words are read by recursion; no honest one is longer.
    private static let longestWord = 2048
    /// Values that double each other grow past any memory; no honest one is longer.
    private static let longestText = 1 << 16

    private let escape: Character
    private let quotes: Bool

    /// Puts values in. `escape` is the character that takes `$` its meaning; `quotes` whether quotes are removed.
    init(
        _ written: String, escape: Character = "\\", quotes: Bool = false, value: (_ name: String) -> Value
    ) {
        (self.escape, self.quotes) = (escape, quotes)
        // Most words have nothing to put in.
        guard written.utf8.contains(where: { "$`'\"\\".utf8.contains($0) || $0 == escape.asciiValue }) else {
            text = written
            return
        }
        var rest = written[...]
        var quote: Character?
        while let character = rest.first {
            if character == escape, quote != "'", let next = rest.dropFirst().first {
                text.append(next)
                rest = rest.dropFirst(2)
            } else if quotes, character == "'" || character == "\"", quote == nil || quote == character {
                quote = quote == nil ? character : nil
                rest = rest.dropFirst()
            } else if character == "$", quote != "'" {
                rest = expand(rest, value: value)
            } else {
                if character == "`", escape != "`" { isResolved = false }
                text.append(character)
                rest = rest.dropFirst()
            }
        }
    }

    /// Puts back what a mark stood for.
    mutating func restore(_ mark: String, as original: String) {
        text = text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: original)
    }

    /// Takes one expansion from the start of `rest` and returns what follows it.
    private mutating func expand(_ rest: Substring, value: (String) -> Value) -> Substring {
        let after = rest.dropFirst()
        if after.first == "{" {
            guard let end = Self.closingBrace(after) else {
                isResolved = false
                text += rest
                return ""
            }
            let body = after[after.index(after: after.startIndex)..<end]
            let written = rest[...end]
            expandBraces(body, written: written, value: value)
            return after[after.index(after: end)...]
        }
        if after.hasPrefix("(...)") {
            isResolved = false
            text += "$(...)"
            return after.dropFirst(5)
        }
        let isPosition = after.first.map { $0.isASCII && $0.isNumber } ?? false
        let name = isPosition ? after.prefix(1) : after.prefix(while: Self.isNameCharacter)
        guard !name.isEmpty else {
            isResolved = isResolved && !(after.first.map { "(@*#?!$-".contains($0) } ?? false)
            text.append("$")
            return after
        }
        put(value(String(name)), written: "$" + name)
        return after.dropFirst(name.count)
    }

    private mutating func expandBraces(_ body: Substring, written: Substring, value: (String) -> Value) {
        let name = body.prefix(while: Self.isNameCharacter)
        let tail = body.dropFirst(name.count)
        let found = value(String(name))
        // All items of an array.
        if tail == "[@]" || tail == "[*]" { return put(found, written: String(written)) }
        guard let sign = tail.first else { return put(found, written: String(written)) }
        if "%#/".contains(sign), !name.isEmpty { return change(found, by: tail, written: written) }
        let isColon = sign == ":"
        guard let mode = isColon ? tail.dropFirst().first : sign, !name.isEmpty, tail.utf8.count < Self.longestWord
        else { return leave(written) }
        let word = VariableText(
            String(tail.dropFirst(isColon ? 2 : 1)), escape: escape, quotes: quotes, value: value)
        switch (mode, found) {
        case ("-", .known(let text)), ("=", .known(let text)), ("?", .known(let text)):
            if isColon, text.isEmpty { take(word) } else { append(text) }
        case ("-", .likely(let text)), ("=", .likely(let text)), ("?", .likely(let text)):
            isSure = false
            if isColon, text.isEmpty { take(word) } else { append(text) }
        case ("-", .partial(let text)), ("=", .partial(let text)), ("?", .partial(let text)):
            leave(Substring(text))
        case ("-", .unknown), ("=", .unknown):
            isSure = false
            take(word)
        case ("+", .known(let text)):
            if !isColon || !text.isEmpty { take(word) }
        case ("+", .likely(let text)):
            isSure = false
            if !isColon || !text.isEmpty { take(word) }
        case ("+", .partial):
            // Something in it may be set, and mostly is.
            isSure = false
            take(word)
        case ("+", .unknown): isSure = false
        default: leave(written)
        }
    }

    /// Puts in what a pattern makes of the value.
    private mutating func change(_ value: Value, by expansion: Substring, written: Substring) {
        switch value {
        case .known(let text), .likely(let text):
            guard let changed = ValuePattern.apply(expansion, to: text) else { return leave(written) }
            if case .likely = value { isSure = false }
            append(changed)
        case .partial, .unknown: leave(written)
        }
    }

    private mutating func take(_ other: VariableText) {
        append(other.text)
        isResolved = isResolved && other.isResolved
        isSure = isSure && other.isSure
    }

    private mutating func append(_ value: String) {
        guard text.utf8.count + value.utf8.count <= Self.longestText else { return isResolved = false }
        text += value
    }

    private mutating func leave(_ written: Substring) {
        text += written
        isResolved = false
    }

    private mutating func put(_ value: Value, written: String) {
        switch value {
        case .known(let value): append(value)
        case .likely(let value):
            append(value)
            isSure = false
        case .partial(let value):
            append(value)
            isResolved = false
        case .unknown:
            text += written
            isResolved = false
        }
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        guard let byte = character.asciiValue else { return false }
        return switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func closingBrace(_ text: Substring) -> Substring.Index? {
        var depth = 0
        for index in text.indices {
            if text[index] == "{" { depth += 1 }
            if text[index] == "}" {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
