internal import Core

/// Puts values into a text, byte by byte: what stands behind ``VariableText``.
struct VariableFiller {
    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// The text so far.
    private(set) var bytes: [UInt8] = []
    /// Whether every variable had a value.
    private(set) var isResolved = true
    /// Whether every value is sure.
    private(set) var isSure = true
    private let escape: UInt8?
    private let quotes: Bool

    /// Words within words are read by recursion; no honest one is longer.
    private static let longestWord = 2048
    private static let singleQuote = UInt8(ascii: "'")
    private static let doubleQuote = UInt8(ascii: "\"")
    private static let backquote = UInt8(ascii: "`")
    private static let dollar = UInt8(ascii: "$")

    init(escape: UInt8?, quotes: Bool) { (self.escape, self.quotes) = (escape, quotes) }

    /// Whether a byte stands for itself.
    func isPlain(_ byte: UInt8) -> Bool {
        byte != Self.dollar && byte != Self.backquote && byte != Self.singleQuote && byte != Self.doubleQuote
            && byte != escape
    }

    /// Takes a whole text.
    mutating func fill(_ text: UnsafeBufferPointer<UInt8>, _ source: some VariableSource) {
        bytes.reserveCapacity(2 * text.count)
        var rest = text[...]
        var quote: UInt8?
        while let byte = rest.first {
            if byte == escape, quote != Self.singleQuote, rest.count > 1 {
                bytes.append(rest[rest.startIndex + 1])
                rest = rest.dropFirst(2)
            } else if quotes, byte == Self.singleQuote || byte == Self.doubleQuote, quote == nil || quote == byte {
                quote = quote == nil ? byte : nil
                rest = rest.dropFirst()
            } else if byte == Self.dollar, quote != Self.singleQuote {
                rest = expand(rest, source)
            } else {
                if byte == Self.backquote, escape != Self.backquote { isResolved = false }
                let end = rest.dropFirst().firstIndex { !isPlain($0) } ?? rest.endIndex
                put(rest[..<end])
                rest = rest[end...]
            }
        }
    }

    /// Takes one expansion from the start of `rest` and returns what follows it.
    private mutating func expand(_ rest: Bytes, _ source: some VariableSource) -> Bytes {
        let after = rest.dropFirst()
        guard let first = after.first else {
            bytes.append(Self.dollar)
            return after
        }
        if first == UInt8(ascii: "{") {
            guard let end = Self.closingBrace(after) else {
                leave(rest)
                return rest[rest.endIndex...]
            }
            expandBraces(after[..<end].dropFirst(), written: rest[...end], source)
            return after[(end + 1)...]
        }
        if after.starts(with: "(...)".utf8) {
            leave(rest.prefix(6))
            return rest.dropFirst(6)
        }
        let name = ASCII.isDigit(first) ? after.prefix(1) : after.prefix(while: ASCII.isName)
        guard !name.isEmpty else {
            isResolved = isResolved && !"(@*#?!$-".utf8.contains(first)
            bytes.append(Self.dollar)
            return after
        }
        put(source.value(Self.text(name)), written: rest[..<name.endIndex])
        return after[name.endIndex...]
    }

    private mutating func expandBraces(_ body: Bytes, written: Bytes, _ source: some VariableSource) {
        let name = body.prefix(while: ASCII.isName)
        let tail = body[name.endIndex...]
        let found = source.value(Self.text(name))
        // All items of an array.
        if tail.elementsEqual("[@]".utf8) || tail.elementsEqual("[*]".utf8) { return put(found, written: written) }
        guard let sign = tail.first else { return put(found, written: written) }
        if "%#/@".utf8.contains(sign), !name.isEmpty { return change(found, by: tail, written: written) }
        let isColon = sign == UInt8(ascii: ":")
        guard let mode = isColon ? tail.dropFirst().first : sign, !name.isEmpty, tail.count < Self.longestWord
        else { return leave(written) }
        let word = VariableText(
            Self.text(tail.dropFirst(isColon ? 2 : 1)), escape: escape, quotes: quotes, from: source)
        switch (Unicode.Scalar(mode), found) {
        case ("-", .known(let text)), ("=", .known(let text)), ("?", .known(let text)):
            if isColon, text.isEmpty { take(word) } else { put(text) }
        case ("-", .likely(let text)), ("=", .likely(let text)), ("?", .likely(let text)):
            isSure = false
            if isColon, text.isEmpty { take(word) } else { put(text) }
        case ("-", .partial(let text)), ("=", .partial(let text)), ("?", .partial(let text)):
            bytes += text.utf8
            isResolved = false
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
    private mutating func change(_ value: VariableText.Value, by expansion: Bytes, written: Bytes) {
        switch value {
        case .known(let text), .likely(let text):
            guard let changed = ValuePattern.apply(Self.text(expansion)[...], to: text) else { return leave(written) }
            if case .likely = value { isSure = false }
            put(changed)
        case .partial, .unknown:
            guard expansion.first == UInt8(ascii: "@") else { return leave(written) }
            // As what any other command prints.
            put("$(...)")
            isResolved = false
        }
    }

    private mutating func take(_ other: VariableText) {
        put(other.text)
        isResolved = isResolved && other.isResolved
        isSure = isSure && other.isSure
    }

    private mutating func put(_ value: VariableText.Value, written: Bytes) {
        switch value {
        case .known(let value): put(value)
        case .likely(let value):
            put(value)
            isSure = false
        case .partial(let value):
            put(value)
            isResolved = false
        case .unknown: leave(written)
        }
    }

    private mutating func put(_ value: String) {
        guard bytes.count + value.utf8.count <= VariableText.longestText else { return isResolved = false }
        bytes += value.utf8
    }

    private mutating func put(_ part: Bytes) { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: part)) }

    private mutating func leave(_ written: Bytes) {
        put(written)
        isResolved = false
    }

    private static func text(_ part: Bytes) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: part), as: UTF8.self)
    }

    private static func closingBrace(_ text: Bytes) -> Int? {
        var depth = 0
        for index in text.indices {
            if text[index] == UInt8(ascii: "{") { depth += 1 }
            if text[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
