/// Splits a shell text into commands and words. It never fails: what it cannot follow it marks as incomplete.
struct ShellScanner {
    let bytes: [UInt8]
    let dialect: BuildShell
    var index = 0
    var isIncomplete = false
    /// How many substitutions are open.
    var depth = 0
    /// Deeper ones would overflow the stack, and no honest text has them.
    static let deepestNesting = 64
    private var heredocs: [(delimiter: String, stripsTabs: Bool)] = []

    /// Words that open or continue a compound command: what follows is a command of its own.
    private static let openers: Set = ["if", "while", "until", "for", "case", "select", "{", "function"]
    private static let closers: Set = ["fi", "done", "esac", "}"]
    private static let connectors: Set = ["then", "elif", "else", "do", "!", "time", "in"]

    init(_ bytes: [UInt8], dialect: BuildShell) {
        self.bytes = bytes
        self.dialect = dialect
    }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }
    func peek(_ distance: Int = 1) -> UInt8? { index + distance < bytes.count ? bytes[index + distance] : nil }

    /// Reads commands until the closing byte of a substitution, or to the end.
    mutating func script(until closing: UInt8?) -> ShellScript {
        var builder = CommandBuilder()
        while let byte = current {
            if byte == closing, builder.parentheses == 0 { break }
            if skipBlank() { continue }
            if byte == UInt8(ascii: "#") && dialect != .cmd {
                while let byte = current, byte != 0x0A { _ = byte; index += 1 }
            } else if byte == 0x0A {
                index += 1
                builder.endCommand(.newline)
                skipHeredocs()
            } else if let length = redirection() {
                readRedirection(length)
            } else if let separator = separator(byte) {
                builder.endCommand(separator)
            } else {
                let start = index
                let word = readWord(closing)
                if index == start { index += 1 }
                add(word, at: start, to: &builder)
            }
        }
        builder.endCommand(.newline)
        isIncomplete = isIncomplete || builder.depth != 0 || builder.parentheses != 0
        return ShellScript(commands: builder.commands, isIncomplete: isIncomplete)
    }

    private func add(_ word: ShellWord, at start: Int, to builder: inout CommandBuilder) {
        guard dialect.isPosix, builder.expectsCommand, !word.hasExpansion else { return builder.add(word, at: start) }
        let isQuoted = [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[start])
        if !isQuoted, Self.openers.contains(word.text) {
            builder.open(word.text)
        } else if !isQuoted, Self.closers.contains(word.text) {
            builder.close()
        } else if !isQuoted, Self.connectors.contains(word.text) {
            builder.connect()
        } else {
            builder.add(word, at: start)
        }
    }

    private mutating func skipBlank() -> Bool {
        guard let byte = current else { return false }
        if byte == 0x20 || byte == 0x09 || byte == 0x0D {
            index += 1
            return true
        }
        let continuation: UInt8 =
            switch dialect {
            case .sh, .bash: UInt8(ascii: "\\")
            case .powershell: UInt8(ascii: "`")
            case .cmd: UInt8(ascii: "^")
            }
        guard byte == continuation else { return false }
        if peek() == 0x0A {
            index += 2
        } else if peek() == 0x0D, peek(2) == 0x0A {
            index += 3
        } else {
            return false
        }
        return true
    }

    private mutating func separator(_ byte: UInt8) -> CommandBuilder.Separator? {
        let twice = peek() == byte
        switch byte {
        case UInt8(ascii: ";") where dialect != .cmd:
            index += twice ? 2 : 1
            return twice ? .caseArm : .semicolon
        case UInt8(ascii: "&"):
            index += twice ? 2 : 1
            if dialect == .powershell, !twice { return .semicolon }
            return twice ? .and : dialect == .cmd ? .semicolon : .background
        case UInt8(ascii: "|"):
            index += twice || peek() == UInt8(ascii: "&") ? 2 : 1
            return twice ? .or : .pipe
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            index += 1
            return byte == UInt8(ascii: "(") ? .openParenthesis : .closeParenthesis
        case UInt8(ascii: "{") where dialect == .powershell, UInt8(ascii: "}") where dialect == .powershell:
            index += 1
            return byte == UInt8(ascii: "{") ? .openParenthesis : .closeParenthesis
        default: return nil
        }
    }

    /// The length of a redirection operator here, with the number before it (`2>`, `<<-`, `&>`); nil where there is
    /// none.
    private func redirection() -> Int? {
        var length = 0
        while let byte = peek(length), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { length += 1 }
        if length == 0, current == UInt8(ascii: "&"), peek() == UInt8(ascii: ">") { length = 1 }
        guard let sign = peek(length), sign == UInt8(ascii: "<") || sign == UInt8(ascii: ">") else { return nil }
        if peek(length + 1) == UInt8(ascii: "(") { return nil }  // a process substitution is a word
        return length
    }

    private mutating func readRedirection(_ prefix: Int) {
        index += prefix
        let sign = current
        var operatorText = ""
        while let byte = current, byte == sign || "&|-".utf8.contains(byte) || byte == UInt8(ascii: ">") {
            if byte == UInt8(ascii: "-"), operatorText != "<<" { break }
            operatorText.unicodeScalars.append(Unicode.Scalar(byte))
            index += 1
        }
        while let byte = current, byte == 0x20 || byte == 0x09 { _ = byte; index += 1 }
        guard current != 0x0A else { return }
        let target = readWord(nil)
        if dialect.isPosix, operatorText == "<<" || operatorText == "<<-" {
            heredocs.append((target.text, operatorText == "<<-"))
        }
    }

    private mutating func skipHeredocs() {
        for heredoc in heredocs {
            var found = false
            while index < bytes.count, !found {
                let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
                var line = bytes[index..<end]
                if line.last == 0x0D { line = line.dropLast() }
                if heredoc.stripsTabs { line = line.drop { $0 == 0x09 } }
                found = String(decoding: line, as: UTF8.self) == heredoc.delimiter
                index = min(end + 1, bytes.count)
            }
            isIncomplete = isIncomplete || !found
        }
        heredocs = []
    }
}
