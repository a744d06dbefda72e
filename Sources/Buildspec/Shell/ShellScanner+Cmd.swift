/// Commands of cmd.exe, as its own help texts describe them.
extension ShellScanner {
    private static let comparisons: Set = ["equ", "neq", "lss", "leq", "gtr", "geq"]
    private static let unary: Set = ["exist", "defined", "errorlevel", "cmdextversion"]

    mutating func addCmd(_ word: ShellWord, at start: Int, to builder: inout CommandBuilder) {
        // What stands behind @ is not shown.
        let name = word.text.drop { $0 == "@" }
        // Two colons are a label that nothing jumps to, and serve as a comment.
        if name.hasPrefix(":") { return skipLine() }
        // Programs have their names in any case; a path is looked for as it is written.
        let isName = name.utf8.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
        let lower = isName ? name.lowercased() : ""
        switch lower {
        case "rem": skipLine()
        // The script that it calls comes next.
        case "call": break
        case "if":
            readCondition()
            builder.open("if")
            builder.connect("then")
            skipBlanks()
            let isBlock = current == UInt8(ascii: "(")
            if isBlock { index += 1 }
            blocks.append(isBlock ? .ifBlock : .ifLine)
        default:
            var word = word
            if isName, !lower.isEmpty { word.text = lower }
            builder.add(word, at: start)
        }
    }

    mutating func readCmdBlock(_ byte: UInt8, _ builder: inout CommandBuilder) -> Bool {
        switch byte {
        case UInt8(ascii: "("):
            index += 1
            if builder.expectsCommand {
                builder.open("{")
                blocks.append(.plain)
            } else {
                builder.endCommand(.openParenthesis)
                blocks.append(.group)
            }
        case UInt8(ascii: ")"):
            endLines(&builder)
            index += 1
            switch blocks.last {
            case .plain:
                builder.endCommand(.semicolon)
                builder.close()
                blocks.removeLast()
            case .ifBlock:
                builder.endCommand(.semicolon)
                blocks.removeLast()
                readElse(&builder)
            default:
                builder.endCommand(.closeParenthesis)
                _ = blocks.popLast()
            }
        default: return false
        }
        return true
    }

    /// Ends each `if` that has no parenthesis where its line ends.
    mutating func endLines(_ builder: inout CommandBuilder) {
        while case .ifLine? = blocks.last {
            builder.endCommand(.semicolon)
            builder.close()
            blocks.removeLast()
        }
    }

    private mutating func readElse(_ builder: inout CommandBuilder) {
        skipBlanks()
        guard take("else") else { return builder.close() }
        builder.connect("else")
        skipBlanks()
        let isBlock = current == UInt8(ascii: "(")
        if isBlock { index += 1 }
        blocks.append(isBlock ? .ifBlock : .ifLine)
    }

    /// `not exist file`, `/i "%A%"=="b"`, `%A% equ 1`: up to the command.
    private mutating func readCondition() {
        var word = conditionWord()
        while ["not", "/i"].contains(word.lowercased()) { word = conditionWord() }
        if Self.unary.contains(word.lowercased()) {
            _ = conditionWord()
        } else if word.hasSuffix("==") {
            _ = conditionWord()
        } else if !word.contains("==") {
            let kept = index
            let sign = conditionWord()
            if sign == "==" || Self.comparisons.contains(sign.lowercased()) {
                _ = conditionWord()
            } else if !sign.hasPrefix("==") {
                index = kept
            }
        }
    }

    /// A word with its quotes.
    private mutating func conditionWord() -> String {
        skipBlanks()
        let start = index
        var isQuoted = false
        while let byte = current, byte != 0x0A, isQuoted || byte != 0x20 && byte != 0x09 && byte != 0x0D {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }
}
