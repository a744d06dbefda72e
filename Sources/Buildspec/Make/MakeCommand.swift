internal import Core

/// A command of a recipe as its shell gets it.
struct MakeCommand: Hashable {
    /// The command, without what make itself reads: `@`, `-`, `+`.
    var text: String
    /// The values that are not sure, for the shell variables ``name(of:)`` in its text.
    var values: [String] = []
    /// Whether it stands in a branch of a conditional.
    var isConditional: Bool
    /// Whether its words come from a variable that may be set otherwise.
    var isDoubtful: Bool
    /// A function of make in it that may hide a command.
    var hidden: String?

    /// The name of the shell variable that holds a value that is not sure. No Makefile has one of that name.
    static func name(of number: Int) -> String { "__make_\(number)" }

    /// A recipe's line as commands: the lines of a value of several have a shell of their own each, unless one shell reads all.
    static func all(
        of line: String, in variables: MakeVariables, locals: [String: String], isConditional: Bool, hasOneShell: Bool
    ) -> [MakeCommand] {
        let text = MakeText(line, in: variables, locals: locals)
        let lines = text.text.split(whereSeparator: \.isNewline).map { program(of: $0, in: variables) }
        // An empty text may hide something, too.
        if lines.isEmpty, text.hidden != nil {
            return [MakeCommand(text: "", isConditional: isConditional, isDoubtful: false, hidden: text.hidden)]
        }
        return (hasOneShell && !lines.isEmpty ? [lines.joined(separator: "\n")] : lines.map(String.init)).map { line in
            var command = MakeCommand(text: "", isConditional: isConditional, isDoubtful: text.isDoubtful)
            command.hidden = text.hidden ?? (line.hasPrefix(MakeText.unresolved) ? text.written.trimmed : nil)
            command.read(line)
            return command
        }
    }

    /// A line without make's own marks, and without a variable before the program that nothing sets: for make it is empty.
    private static func program(of line: Substring, in variables: MakeVariables) -> Substring {
        var line = line
        while true {
            line = line.drop { $0.isWhitespace || "@-+".contains($0) }
            guard line.hasPrefix("${"), let end = line.firstIndex(of: "}") else { return line }
            let name = line[..<end].dropFirst(2)
            let rest = line[line.index(after: end)...]
            guard MakeSyntax.isShellName(String(name)), variables.find(String(name)) == nil else { return line }
            guard
                rest.first.map({ $0.isLetter || "@-+".contains($0) }) == true
                    || rest.first?.isWhitespace == true && !ProgramTraits.of(firstWord(of: rest)).isEmpty
            else { return line }
            line = rest
        }
    }

    private static func firstWord(of text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
    }

    /// Puts variables in place of what stands between marks.
    private mutating func read(_ line: String) {
        var rest = Array(line.utf8)[...]
        var out: [UInt8] = []
        var quotes = Quotes()
        while let start = rest.firstIndex(of: MakeText.opening),
            let end = rest[start...].firstIndex(of: MakeText.closing)
        {
            out += rest[..<start]
            quotes.read(rest[..<start])
            let value = rest[(start + 1)..<end]
            if quotes.isQuoted || quotes.mayNameProgram {
                // A variable is none between single quotes, and the name of a file is shown as it is written.
                out += value
                isDoubtful = true
            } else {
                out += "${\(Self.name(of: values.count))}".utf8
                values.append(String(decoding: value, as: UTF8.self))
            }
            quotes.read(value)
            rest = rest[(end + 1)...]
        }
        text = MakeText.plain(String(decoding: out + rest, as: UTF8.self))
    }
}

extension MakeCommand {
    /// What the shell makes of a variable at a place of its text.
    private struct Quotes {
        private var quote: UInt8?
        private var isEscaped = false
        /// Whether a text follows that a quoted word ends: `<<'EOF'`.
        private var isDocument = false
        private var word: [UInt8] = []
        /// Whether only words stand before this one behind which a program's name may stand.
        private var isFirst = true
        /// Whether a word before this one reads a file of commands.
        private var hasShell = false

        private static let single = UInt8(ascii: "'")
        private static let double = UInt8(ascii: "\"")
        private static let backslash = UInt8(ascii: "\\")

        /// How many `${` are open: what stands in them may be shown as it is written.
        private var braces = 0

        /// Whether the shell puts nothing in here, or not for sure.
        var isQuoted: Bool { quote == Self.single || isDocument || braces > 0 }

        /// Whether the word here may be a program's name, or that of a file with commands.
        var mayNameProgram: Bool { isFirst ? !word.contains(UInt8(ascii: "=")) : hasShell }

        private static let keywords: Set = ["do", "then", "else", "elif", "if", "while", "until", "!", "{", "time"]

        private mutating func finishWord() {
            defer { word = [] }
            guard !word.isEmpty, !word.contains(UInt8(ascii: "=")) else { return }
            let text = String(decoding: word, as: UTF8.self)
            let traits = ProgramTraits.of(CheckoutReader.name(of: text))
            hasShell = hasShell || !traits.isDisjoint(with: [.shell, .interpreter, .sourcing])
            let leads =
                Self.keywords.contains(text) || traits.contains(.runner) || text.hasPrefix("-")
                || text.first?.isNumber == true
            isFirst = isFirst && leads
        }

        mutating func read(_ bytes: ArraySlice<UInt8>) {
            for byte in bytes { read(byte) }
        }

        private mutating func read(_ byte: UInt8) {
            if byte == UInt8(ascii: "{"), word.last == MakeSyntax.dollar { braces += 1 }
            if byte == UInt8(ascii: "}"), braces > 0 { braces -= 1 }
            if isEscaped {
                isEscaped = false
            } else if byte == Self.backslash, quote != Self.single {
                isEscaped = true
                return
            } else if byte == quote {
                quote = nil
                return
            } else if quote == nil, byte == Self.single || byte == Self.double {
                if endsWithHeredoc { isDocument = true }
                quote = byte
                return
            } else if quote == nil, byte <= 0x20 || ";&|()`".utf8.contains(byte) {
                finishWord()
                if ";&|(`\n".utf8.contains(byte) { (isFirst, hasShell) = (true, false) }
                return
            }
            word.append(byte)
        }

        /// `<<`, `<<-`
        private var endsWithHeredoc: Bool {
            word.suffix(2).elementsEqual("<<".utf8) || word.suffix(3).elementsEqual("<<-".utf8)
        }
    }
}
