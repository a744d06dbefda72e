/// Statements of PowerShell with blocks (about_Language_Keywords).
extension ShellScanner {
    /// Programs that change the folder, by the names that they have in a POSIX shell.
    private static let aliases = [
        "set-location": "cd", "sl": "cd", "chdir": "cd", "push-location": "pushd", "pop-location": "popd",
    ]

    mutating func addPowerShell(_ word: ShellWord, at start: Int, to builder: inout CommandBuilder) {
        let lower = word.text.lowercased()
        switch lower {
        case "if":
            builder.open("if")
            blocks.append(.header(.test))
        case "while":
            builder.open("while")
            blocks.append(.header(.loop))
        case "foreach" where comesNext(UInt8(ascii: "(")), "for" where comesNext(UInt8(ascii: "(")):
            builder.open("for")
            let header = readParentheses()
            for word in Self.loopHeader(header) { builder.add(word, at: start) }
            builder.endCommand(.semicolon)
            blocks.append(.header(.loop))
        case "try" where comesNext(UInt8(ascii: "{")), "finally" where comesNext(UInt8(ascii: "{")),
            "do" where comesNext(UInt8(ascii: "{")):
            builder.open("{")
            blocks.append(.header(lower == "do" ? .repeated : .always))
        case "catch":
            skip(to: UInt8(ascii: "{"))
            builder.open("if")
            blocks.append(.header(.test))
        case "switch":
            skip(to: UInt8(ascii: "{"))
            index = min(index + 1, bytes.count)
            builder.open("if")
            blocks.append(.arms(0, isDefault: false))
        case "param" where comesNext(UInt8(ascii: "(")): _ = readParentheses()
        case "function", "filter": addFunction(word, at: start, to: &builder)
        default:
            var word = word
            if let name = Self.aliases[lower] { word.text = name }
            builder.add(word, at: start)
        }
    }

    private mutating func addFunction(_ word: ShellWord, at start: Int, to builder: inout CommandBuilder) {
        skipBlanks()
        let name = readWord(nil)
        if comesNext(UInt8(ascii: "(")) { _ = readParentheses() }
        guard comesNext(UInt8(ascii: "{")), !name.text.isEmpty else {
            builder.add(word, at: start)
            return builder.add(name, at: start)
        }
        index += 1
        builder.open("function")
        builder.add(name, at: start)
        _ = builder.beginBody()
        blocks.append(.body(.always))
    }

    mutating func readPowerShellBlock(_ byte: UInt8, _ builder: inout CommandBuilder) -> Bool {
        index += 1
        switch (byte, blocks.last) {
        case (UInt8(ascii: "{"), .header(let header)):
            builder.endCommand(.semicolon)
            switch header {
            case .test: builder.connect("then")
            case .loop: builder.connect("do")
            case .always, .repeated: break
            }
            blocks[blocks.count - 1] = .body(header)
        case (UInt8(ascii: "{"), .arms(let count, let isDefault)):
            if isDefault {
                builder.connect("else")
            } else {
                if count > 0 { builder.connect("elif") }
                builder.connect("then")
            }
            blocks[blocks.count - 1] = .arms(count + 1, isDefault: false)
            blocks.append(.arm)
        case (UInt8(ascii: "}"), .body(let header)):
            builder.endCommand(.semicolon)
            blocks.removeLast()
            end(header, &builder)
        case (UInt8(ascii: "}"), .arm):
            builder.endCommand(.semicolon)
            blocks.removeLast()
        case (UInt8(ascii: "}"), .arms):
            builder.close()
            blocks.removeLast()
        case (UInt8(ascii: "("), _), (UInt8(ascii: "{"), _):
            builder.endCommand(.openParenthesis)
            blocks.append(.group)
        default:
            builder.endCommand(.closeParenthesis)
            if case .group? = blocks.last { blocks.removeLast() }
        }
        return true
    }

    /// Goes past the end of a block, and into what else belongs to its statement.
    private mutating func end(_ header: Header, _ builder: inout CommandBuilder) {
        let end = index
        skipBlanks(lines: true)
        switch header {
        case .test where take("elseif"):
            builder.connect("elif")
            return blocks.append(.header(.test))
        case .test where take("else"):
            builder.connect("else")
            return blocks.append(.header(.always))
        // What decides about another turn follows in parentheses.
        case .repeated where take("while") || take("until"): break
        default: index = end
        }
        builder.close()
    }

    /// Whether that byte stands next, behind blanks and lines; what is before it is then passed over.
    private mutating func comesNext(_ byte: UInt8) -> Bool {
        let start = index
        skipBlanks(lines: true)
        if current == byte { return true }
        index = start
        return false
    }

    /// `<# ... #>`
    mutating func skipComment() {
        index += 2
        while let byte = current, byte != UInt8(ascii: "#") || peek() != UInt8(ascii: ">") { _ = byte; index += 1 }
        index = min(index + 2, bytes.count)
    }

    private mutating func skip(to byte: UInt8) {
        while let next = current, next != byte {
            if next == UInt8(ascii: "(") { _ = readParentheses() } else { index += 1 }
        }
    }

    /// What stands between a parenthesis and the one that closes it.
    private mutating func readParentheses() -> String {
        let start = min(index + 1, bytes.count)
        var depth = 0
        var quote: UInt8?
        while let byte = current {
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return String(decoding: bytes[start..<(index - 1)], as: UTF8.self) }
            }
        }
        isIncomplete = true
        return String(decoding: bytes[start..<bytes.count], as: UTF8.self)
    }

    /// `$i in @("a", "b")` as `i in a b`, `$i in 1..3` as `i in {1..3}`; words that are not known as a variable that nobody sets.
    private static func loopHeader(_ text: String) -> [ShellWord] {
        let parts = text.split(maxSplits: 2, whereSeparator: \.isWhitespace).map(String.init)
        let name = ShellWord(text: parts.first.map { $0.filter { $0 == "_" || $0.isLetter || $0.isNumber } } ?? "_")
        guard parts.count == 3, parts[1].lowercased() == "in" else { return [name] }
        var list = parts[2][...]
        if list.hasPrefix("@("), list.hasSuffix(")") { list = list.dropFirst(2).dropLast() }
        let items = list.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let ends = list.split(separator: ".").compactMap { Int($0) }
        if ends.count == 2, list == "\(ends[0])..\(ends[1])" {
            return [name, ShellWord(text: "in"), ShellWord(text: "{\(list)}")]
        }
        let literals = items.compactMap { item -> String? in
            guard let quote = item.first, quote == "\"" || quote == "'", item.last == quote, item.count > 2,
                !item.contains("$"), !item.contains("`")
            else { return nil }
            return String(item.dropFirst().dropLast())
        }
        let words =
            literals.count == items.count
            ? literals.map { ShellWord(text: $0) } : [ShellWord(text: "$__items", hasExpansion: true)]
        return [name, ShellWord(text: "in")] + words
    }
}
