/// Splits a shell text into commands and words. It never fails: what it cannot follow it marks as incomplete.
struct ShellScanner {
    /// The text, which must outlive the scanner.
    let bytes: UnsafeBufferPointer<UInt8>
    let dialect: BuildShell
    var index = 0
    var isIncomplete = false
    var isTooDeep = false
    /// How many substitutions are open.
    var depth = 0
    /// Deeper ones would overflow the stack, and no honest text has them.
    static let deepestNesting = 64
    /// The blocks of cmd or PowerShell that are open.
    var blocks: [Block] = []
    /// Whose heredoc it is: the command's of that number, or a loop's that is closed.
    private enum HeredocOwner {
        case command(Int)
        case loop(ShellLoop)
    }

    private var heredocs: [(delimiter: String, stripsTabs: Bool, expands: Bool, owner: HeredocOwner)] = []

    /// Words that open or continue a compound command: what follows is a command of its own.
    private enum Reserved { case opener, closer, connector }
    /// By their length, since a look at a few is shorter than a hash.
    private static let reserved: [[(word: String, kind: Reserved)]] = {
        let words: [(Reserved, [String])] = [
            (.opener, ["if", "while", "until", "for", "case", "select", "{", "function"]),
            (.closer, ["fi", "done", "esac", "}"]), (.connector, ["then", "elif", "else", "do", "!", "time", "in"]),
        ]
        let all = words.flatMap { kind, words in words.map { (word: $0, kind: kind) } }
        return (0...8).map { length in all.filter { $0.word.utf8.count == length } }
    }()

    private static func reserved(_ word: String) -> Reserved? {
        let length = word.utf8.count
        return length < reserved.count ? reserved[length].first { $0.word == word }?.kind : nil
    }

    /// The memory of the word that is being read, kept for the next one.
    var spare: [UInt8] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, dialect: BuildShell) {
        self.bytes = bytes
        self.dialect = dialect
    }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }
    func peek(_ distance: Int = 1) -> UInt8? { index + distance < bytes.count ? bytes[index + distance] : nil }

    /// Reads commands until the closing byte of a substitution, or to the end.
    mutating func script(until closing: UInt8?) -> ShellScript {
        var builder = CommandBuilder()
        while let byte = current, !builder.isTooDeep {
            if byte == closing, builder.parentheses == 0 { break }
            if skipBlank() { continue }
            if byte == UInt8(ascii: "#") && dialect != .cmd {
                skipLine()
            } else if byte == 0x0A {
                index += 1
                builder.endCommand(.newline)
                if !blocks.isEmpty { endLines(&builder) }
                readHeredocs(&builder)
            } else if byte == UInt8(ascii: "<"), dialect == .powershell, peek() == UInt8(ascii: "#") {
                skipComment()
            } else if let length = redirection() {
                readRedirection(length, &builder)
            } else if dialect.isPosix, byte == UInt8(ascii: "("), emptyParentheses() != nil, builder.beginFunction() {
                index += emptyParentheses() ?? 2
            } else if !dialect.isPosix, readBlock(byte, &builder) {
                continue
            } else if let separator = separator(byte) {
                builder.endCommand(separator)
            } else {
                let start = index
                var word = readWord(closing)
                if current == UInt8(ascii: "("), dialect.isPosix, word.text.hasSuffix("="), word.text != "=" {
                    readArray(into: &word)
                }
                if index == start { index += 1 }
                add(word, at: start, to: &builder)
            }
        }
        builder.endCommand(.newline)
        if !blocks.isEmpty { endLines(&builder) }
        isIncomplete = isIncomplete || builder.depth != 0 || builder.parentheses != 0
        isTooDeep = isTooDeep || builder.isTooDeep
        return ShellScript(commands: builder.commands, isIncomplete: isIncomplete, isTooDeep: isTooDeep)
    }

    private mutating func add(_ word: consuming ShellWord, at start: Int, to builder: inout CommandBuilder) {
        guard dialect.isPosix else { return addWindows(word, at: start, to: &builder) }
        if word.text == "{", bytes[start] == UInt8(ascii: "{"), builder.beginBody() { return }
        guard builder.expectsCommand, !word.hasExpansion else { return builder.add(word, at: start) }
        let isQuoted = bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "\"")
        switch isQuoted ? nil : Self.reserved(word.text) {
        case .opener: builder.open(word.text)
        case .closer: builder.close()
        case .connector: builder.connect(word.text)
        case nil: builder.add(word, at: start)
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

    /// `NAME=(one two)`: its words, with a blank before each, so that `NAME+=(three)` adds one.
    private mutating func readArray(into word: inout ShellWord) {
        index += 1
        var items: [String] = []
        while let byte = current, byte != UInt8(ascii: ")") {
            if byte == UInt8(ascii: "#") {
                skipLine()
            } else if byte == 0x0A || skipBlank() {
                index += byte == 0x0A ? 1 : 0
            } else {
                let start = index
                let item = readWord(UInt8(ascii: ")"))
                if index == start { index += 1 }
                items.append(item.text)
                word.hasExpansion = word.hasExpansion || item.hasExpansion
                word.substitutions += item.substitutions
            }
        }
        if current == nil { isIncomplete = true } else { index += 1 }
        for item in items { word.text += " " + item.replacing(" ", by: ShellWord.blankInItem) }
    }

    /// The length of `()` here, blanks between them or not; nil where there is something else.
    private func emptyParentheses() -> Int? {
        var length = 1
        while let byte = peek(length), byte == 0x20 || byte == 0x09 { length += 1 }
        return peek(length) == UInt8(ascii: ")") ? length + 1 : nil
    }

    private mutating func readRedirection(_ prefix: Int, _ builder: inout CommandBuilder) {
        let isOutput = prefix == 0 || prefix == 1 && current == UInt8(ascii: "1")
        index += prefix
        let sign = current
        var operatorText = ""
        while let byte = current, byte == sign || "&|-".utf8.contains(byte) || byte == UInt8(ascii: ">") {
            if byte == UInt8(ascii: "-"), operatorText != "<<" { break }
            operatorText.unicodeScalars.append(Unicode.Scalar(byte))
            index += 1
        }
        while let byte = current, byte == 0x20 || byte == 0x09 { _ = byte; index += 1 }
        guard let first = current, first != 0x0A else { return }
        // `done < <(commands)`
        if operatorText == "<", first == sign, peek() == UInt8(ascii: "("), let loop = builder.closedLoop,
            dialect.isPosix
        {
            index += 2
            builder.feed(loop, from: .output(nested(UInt8(ascii: ")"))))
            return
        }
        let target = readWord(nil)
        guard dialect.isPosix else { return }
        switch operatorText {
        case "<<", "<<-":
            let isQuoted = "'\"\\".utf8.contains(first)
            let owner = builder.closedLoop.map(HeredocOwner.loop) ?? .command(builder.commands.count)
            heredocs.append((target.text, operatorText == "<<-", !isQuoted, owner))
        case "<<<": builder.redirect { ($0.heredoc, $0.expandsHeredoc) = (target.text, target.hasExpansion) }
        case "<": builder.redirect { $0.input = target.text }
        case ">" where isOutput, ">>" where isOutput, ">|" where isOutput:
            builder.redirect { ($0.output, $0.appends) = (target.text, operatorText == ">>") }
        default: return
        }
    }

    private mutating func readHeredocs(_ builder: inout CommandBuilder) {
        for heredoc in heredocs {
            var found = false
            var body = ""
            while index < bytes.count, !found {
                let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
                var line = bytes[index..<end]
                if line.last == 0x0D { line = line.dropLast() }
                if heredoc.stripsTabs { line = line.drop { $0 == 0x09 } }
                let text = String(decoding: line, as: UTF8.self)
                found = text == heredoc.delimiter
                if !found { body += text + "\n" }
                index = min(end + 1, bytes.count)
            }
            isIncomplete = isIncomplete || !found
            switch heredoc.owner {
            case .command(let number): builder.setHeredoc(body, of: number, expands: heredoc.expands)
            case .loop(let loop): builder.feed(loop, from: .text(body, expands: heredoc.expands))
            }
        }
        heredocs = []
    }
}
