/// Words: quotes, escapes and expansions.
extension ShellScanner {
    private static let quote = UInt8(ascii: "'")
    private static let doubleQuote = UInt8(ascii: "\"")
    private static let backquote = UInt8(ascii: "`")
    private static let backslash = UInt8(ascii: "\\")
    private static let dollar = UInt8(ascii: "$")

    /// Reads one word; `closing` ends it where it ends the substitution around it.
    mutating func readWord(_ closing: UInt8?) -> ShellWord {
        if let plain = plainWord() { return plain }
        var word = WordBuilder()
        swap(&word.bytes, &spare)
        word.bytes.removeAll(keepingCapacity: true)
        let start = index
        var quotedEnd: Int?
        loop: while let byte = current, byte != closing {
            if takeRun(into: &word, while: Self.isPlain) { continue }
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"):
                if dialect == .cmd, byte == UInt8(ascii: ";") {
                    word.append(byte)
                    index += 1
                } else {
                    break loop
                }
            case UInt8(ascii: "("): break loop
            case UInt8(ascii: "{") where dialect == .powershell, UInt8(ascii: "}") where dialect == .powershell:
                break loop
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                guard dialect.isPosix, peek() == UInt8(ascii: "(") else { break loop }
                index += 2
                word.substitutions.append(nested(UInt8(ascii: ")")))
                word.hasExpansion = true
            case Self.quote where dialect != .cmd, Self.doubleQuote:
                let isFirst = index == start
                if byte == Self.quote { readSingleQuoted(&word) } else { readDoubleQuoted(&word) }
                if isFirst { quotedEnd = index }
            default: readPlain(byte, &word)
            }
        }
        swap(&word.bytes, &spare)
        return ShellWord(
            text: String(decoding: spare, as: UTF8.self), hasExpansion: word.hasExpansion,
            substitutions: word.substitutions, isQuoted: quotedEnd == index)
    }

    /// A word of bytes that mean themselves in every shell, as most are; nil for any other.
    private mutating func plainWord() -> ShellWord? {
        var end = index
        while end < bytes.count, Self.isPlain(bytes[end]) { end += 1 }
        guard end > index, end == bytes.count || Self.isBlank(bytes[end]) else { return nil }
        defer { index = end }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[index..<end]), as: UTF8.self)
        return ShellWord(text: text, hasExpansion: false, substitutions: [])
    }

    /// Takes the bytes from here on that mean themselves; false where there is none.
    private mutating func takeRun(into word: inout WordBuilder, while isTaken: (UInt8) -> Bool) -> Bool {
        var end = index
        while end < bytes.count, isTaken(bytes[end]) { end += 1 }
        guard end > index else { return false }
        word.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
        index = end
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "@"),
            UInt8(ascii: "+"), UInt8(ascii: ","), 0x80...:
            true
        default: false
        }
    }

    /// One unquoted or double-quoted byte with what belongs to it: an escape, an expansion, or itself.
    private mutating func readPlain(_ byte: UInt8, _ word: inout WordBuilder, quoted: Bool = false) {
        switch byte {
        case Self.dollar where dialect != .cmd: readDollar(&word)
        case Self.backquote where dialect.isPosix:
            index += 1
            word.substitute(nested(Self.backquote))
        case Self.backslash where dialect.isPosix, Self.backquote where dialect == .powershell,
            UInt8(ascii: "^") where dialect == .cmd && !quoted:
            guard let next = peek() else {
                index += 1
                return
            }
            let keepsEscape = quoted && dialect.isPosix && !"$`\"\\\n".utf8.contains(next)
            if keepsEscape { word.append(byte) }
            if next != 0x0A { word.append(next) }
            index += 2
        case UInt8(ascii: "%") where dialect == .cmd:
            word.hasExpansion = true
            word.append(byte)
            index += 1
        default:
            word.append(byte)
            index += 1
        }
    }

    private mutating func readSingleQuoted(_ word: inout WordBuilder) {
        index += 1
        _ = takeRun(into: &word) { $0 != Self.quote }
        closeQuote()
    }

    private mutating func readDoubleQuoted(_ word: inout WordBuilder) {
        index += 1
        while let byte = current, byte != Self.doubleQuote {
            if takeRun(into: &word, while: { Self.isPlain($0) || $0 == 0x20 }) { continue }
            readPlain(byte, &word, quoted: true)
        }
        closeQuote()
    }

    private mutating func closeQuote() {
        if current == nil { isIncomplete = true } else { index += 1 }
    }

    private mutating func readDollar(_ word: inout WordBuilder) {
        word.hasExpansion = true
        switch peek() {
        case UInt8(ascii: "("):
            index += 2
            word.substitute(nested(UInt8(ascii: ")")))
        case UInt8(ascii: "{"):
            while let byte = current {
                word.append(byte)
                index += 1
                if byte == UInt8(ascii: "}") { return }
            }
            isIncomplete = true
        case Self.quote where dialect.isPosix:
            index += 2
            while let byte = current, byte != Self.quote {
                if byte == Self.backslash { index += 1 }
                word.append(current ?? byte)
                index += 1
            }
            closeQuote()
        default:
            word.append(Self.dollar)
            index += 1
        }
    }

    /// The script inside a substitution; the index ends behind its closing byte. Offsets inside count from the whole
    /// text.
    mutating func nested(_ closing: UInt8) -> ShellScript {
        guard depth < Self.deepestNesting else {
            (isIncomplete, index) = (true, bytes.count)
            return ShellScript(commands: [], isIncomplete: true)
        }
        var inner = ShellScanner(bytes, dialect: dialect)
        (inner.index, inner.depth) = (index, depth + 1)
        let script = inner.script(until: closing)
        index = inner.index
        isTooDeep = isTooDeep || inner.isTooDeep
        if current == closing { index += 1 } else { isIncomplete = true }
        return script
    }
}

/// A word in the making, in bytes.
private struct WordBuilder {
    var bytes: [UInt8] = []
    var hasExpansion = false
    var substitutions: [ShellScript] = []

    /// A command substitution: what it prints stands for it where that can be told.
    mutating func substitute(_ script: ShellScript) {
        hasExpansion = true
        substitutions.append(script)
        append(contentsOf: script.printedText ?? "$(...)")
    }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }
    mutating func append(contentsOf text: String) { bytes += text.utf8 }
    mutating func append(contentsOf run: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: run) }
}
