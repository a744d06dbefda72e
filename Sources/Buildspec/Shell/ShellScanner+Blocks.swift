/// The blocks of cmd and PowerShell, as the compound commands of a POSIX shell that they come to.
extension ShellScanner {
    /// What is open around what is read.
    enum Block {
        /// A parenthesis or brace that is a group of its own.
        case group
        /// `( )` of cmd.
        case plain
        /// `if` of cmd up to the end of its line, or with its parenthesis up to that.
        case ifLine, ifBlock
        /// What stands between the keyword and the brace of a PowerShell block.
        case header(Header)
        /// A PowerShell block.
        case body(Header)
        /// The braces of `switch`, in which each pattern has a block: how many had one, and whether the next is the default.
        case arms(Int, isDefault: Bool)
        case arm
    }

    /// What a PowerShell keyword makes of its block.
    enum Header { case test, loop, always, repeated }

    /// The first word of a command, or any other one.
    mutating func addWindows(_ word: ShellWord, at start: Int, to builder: inout CommandBuilder) {
        if case .arms(let count, _)? = blocks.last {
            // The pattern of an arm.
            blocks[blocks.count - 1] = .arms(count, isDefault: word.text.lowercased() == "default")
            return
        }
        let isQuoted = bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "\"")
        guard builder.expectsCommand, !word.hasExpansion, !isQuoted else { return builder.add(word, at: start) }
        if dialect == .cmd {
            addCmd(word, at: start, to: &builder)
        } else {
            addPowerShell(word, at: start, to: &builder)
        }
    }

    /// Takes a byte that opens or closes a block; false for any other.
    mutating func readBlock(_ byte: UInt8, _ builder: inout CommandBuilder) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            return dialect == .cmd ? readCmdBlock(byte, &builder) : readPowerShellBlock(byte, &builder)
        default: return false
        }
    }

    mutating func skipBlanks(lines: Bool = false) {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0D || lines && byte == 0x0A { index += 1 }
    }

    mutating func skipLine() {
        while let byte = current, byte != 0x0A { _ = byte; index += 1 }
    }

    /// Whether that word stands here, in any case; it is then taken.
    mutating func take(_ word: String) -> Bool {
        let end = index + word.utf8.count
        guard end <= bytes.count, zip(bytes[index..<end], word.utf8).allSatisfy({ $0 | 0x20 == $1 }) else {
            return false
        }
        if end < bytes.count, bytes[end] | 0x20 >= UInt8(ascii: "a"), bytes[end] | 0x20 <= UInt8(ascii: "z") {
            return false
        }
        index = end
        return true
    }
}
