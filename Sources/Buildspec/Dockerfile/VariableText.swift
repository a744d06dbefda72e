internal import Core

/// What gives variables their values.
protocol VariableSource {
    func value(_ name: String) -> VariableText.Value
}

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
    static let longestText = 1 << 16

    private let escape: UInt8?
    private let quotes: Bool

    /// Puts values in. `escape` is the ASCII character that takes `$` its meaning; `quotes` whether quotes are removed.
    init(_ written: String, escape: UInt8? = nil, quotes: Bool = false, from source: borrowing some VariableSource) {
        (self.escape, self.quotes) = (escape, quotes)
        let isPlain = { (byte: UInt8) in !Self.isSpecial(byte) && byte != escape }
        // Most words have nothing to put in.
        if written.utf8.allSatisfy(isPlain) {
            text = written
            return
        }
        var rest = written.utf8[...]
        var quote: UInt8?
        while let byte = rest.first {
            if byte == escape, quote != Self.singleQuote, let next = Substring(rest.dropFirst()).first {
                text.append(next)
                rest = rest.dropFirst(1 + next.utf8.count)
            } else if quotes, byte == Self.singleQuote || byte == Self.doubleQuote, quote == nil || quote == byte {
                quote = quote == nil ? byte : nil
                rest = rest.dropFirst()
            } else if byte == Self.dollar, quote != Self.singleQuote {
                rest = expand(rest, source)
            } else {
                if byte == Self.backquote, escape != Self.backquote { isResolved = false }
                let plain = rest[..<(rest.dropFirst().firstIndex { !isPlain($0) } ?? rest.endIndex)]
                text += Substring(plain)
                rest = rest[plain.endIndex...]
            }
        }
    }

    /// The same with values by a closure.
    init(_ written: String, escape: UInt8? = nil, quotes: Bool = false, value: (_ name: String) -> Value) {
        self = withoutActuallyEscaping(value) { value in
            VariableText(written, escape: escape, quotes: quotes, from: VariableClosure(value: value))
        }
    }

    private struct VariableClosure: VariableSource {
        let value: (String) -> Value
        func value(_ name: String) -> Value { value(name) }
    }

    /// A text that has no variables.
    init(_ text: String) { (self.text, escape, quotes) = (text, nil, false) }

    private static let singleQuote = UInt8(ascii: "'")
    private static let doubleQuote = UInt8(ascii: "\"")
    private static let backquote = UInt8(ascii: "`")
    private static let dollar = UInt8(ascii: "$")
    private static let openBrace = UInt8(ascii: "{")

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == dollar || byte == backquote || byte == singleQuote || byte == doubleQuote
    }

    /// Puts back what a mark stood for.
    mutating func restore(_ mark: String, as original: String) {
        text = text.replacing(mark, by: original)
    }

    /// Takes one expansion from the start of `rest` and returns what follows it.
    private mutating func expand(
        _ rest: Substring.UTF8View, _ source: borrowing some VariableSource
    ) -> Substring.UTF8View {
        let after = rest.dropFirst()
        guard let first = after.first else {
            text += "$"
            return after
        }
        if first == Self.openBrace {
            guard let end = Self.closingBrace(after) else {
                leave(Substring(rest))
                return after[after.endIndex...]
            }
            let body = Substring(after[after.index(after: after.startIndex)..<end])
            expandBraces(body, written: Substring(rest[...end]), source)
            return after[after.index(after: end)...]
        }
        if after.starts(with: "(...)".utf8) {
            leave("$(...)")
            return after.dropFirst(5)
        }
        let name = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) ? after.prefix(1) : Self.name(after)
        guard !name.isEmpty else {
            isResolved = isResolved && !"(@*#?!$-".utf8.contains(first)
            text += "$"
            return after
        }
        put(source.value(String(Substring(name))), written: Substring(rest[..<name.endIndex]))
        return after[name.endIndex...]
    }

    private mutating func expandBraces(
        _ body: Substring, written: Substring, _ source: borrowing some VariableSource
    ) {
        let name = Substring(Self.name(body.utf8))
        let tail = body[name.endIndex...]
        let found = source.value(String(name))
        // All items of an array.
        if tail == "[@]" || tail == "[*]" { return put(found, written: written) }
        guard let sign = tail.first else { return put(found, written: written) }
        if "%#/".contains(sign), !name.isEmpty { return change(found, by: tail, written: written) }
        let isColon = sign == ":"
        guard let mode = isColon ? tail.dropFirst().first : sign, !name.isEmpty, tail.utf8.count < Self.longestWord
        else { return leave(written) }
        let word = VariableText(
            String(tail.dropFirst(isColon ? 2 : 1)), escape: escape, quotes: quotes, from: source)
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

    private mutating func put(_ value: Value, written: Substring) {
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

    /// The name at the start of a text.
    private static func name(_ text: Substring.UTF8View) -> Substring.UTF8View {
        text.prefix(while: ASCII.isName)
    }

    private static func closingBrace(_ text: Substring.UTF8View) -> Substring.Index? {
        var (depth, index) = (0, text.startIndex)
        while index < text.endIndex {
            if text[index] == openBrace { depth += 1 }
            if text[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
            text.formIndex(after: &index)
        }
        return nil
    }
}
