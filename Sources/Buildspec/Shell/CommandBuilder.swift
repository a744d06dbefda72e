/// Puts words together into commands and keeps account of what they are nested in.
struct CommandBuilder {
    enum Separator {
        case newline, semicolon, background, and, or, pipe, openParenthesis, closeParenthesis, caseArm
    }

    private(set) var commands: [ShellCommand] = []
    /// How many compound commands are open.
    private(set) var depth = 0
    /// How many parentheses are open.
    private(set) var parentheses = 0
    private var words: [ShellWord] = []
    private var assignments: [ShellWord] = []
    private var start: Int?
    private var afterOr = false
    private var afterTest = false
    private var inHeader = false
    private var loops: [ShellLoop] = []

    private static let tests: Set = ["[", "[[", "test"]

    /// Whether the next word is a program or a reserved word.
    var expectsCommand: Bool { words.isEmpty && !inHeader }

    mutating func add(_ word: ShellWord, at offset: Int) {
        start = start ?? offset
        if words.isEmpty, Self.isAssignment(word.text) {
            assignments.append(word)
        } else {
            words.append(word)
        }
    }

    /// `if`, `while`, `{`...; `for` and `case` have words before the commands.
    mutating func open(_ keyword: String) {
        depth += 1
        inHeader = ["for", "case", "select", "function"].contains(keyword)
        if ["for", "while", "until", "select"].contains(keyword) {
            loops.append(ShellLoop(keyword: keyword, depth: depth))
        }
    }

    mutating func close() {
        depth = max(depth - 1, 0)
        while let last = loops.last, last.depth > depth { loops.removeLast() }
    }

    /// `then`, `do`, `!`: the next word is a command.
    mutating func connect() { inHeader = false }

    mutating func endCommand(_ separator: Separator) {
        finish(separator)
        switch separator {
        case .openParenthesis: parentheses += 1
        case .closeParenthesis: parentheses = max(parentheses - 1, 0)
        default: break
        }
        if separator == .newline || separator == .semicolon || separator == .closeParenthesis { inHeader = false }
    }

    private mutating func finish(_ separator: Separator) {
        defer {
            words = []
            assignments = []
            start = nil
        }
        let isTest = words.first.map { Self.tests.contains($0.text) } ?? false
        if inHeader, !words.isEmpty, let last = loops.indices.last, loops[last].depth == depth {
            loops[last].header = words
        }
        if !inHeader, let start, !words.isEmpty || !assignments.isEmpty {
            let isNested = depth > 0 || parentheses > 0
            commands.append(
                ShellCommand(
                    words: words, assignments: assignments, offset: start,
                    condition: depth > 0 || afterOr || afterTest ? .sometimes : .always, isTopLevel: !isNested,
                    isBackground: separator == .background, isPiped: separator == .pipe, loops: loops))
        }
        switch separator {
        case .or: (afterOr, afterTest) = (true, false)
        case .and: afterTest = afterTest || isTest
        case .pipe: break
        case .newline, .semicolon, .background, .caseArm, .openParenthesis, .closeParenthesis:
            (afterOr, afterTest) = (false, false)
        }
    }

    /// `NAME=value`, `NAME+=value`.
    private static func isAssignment(_ text: String) -> Bool {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), let first = text.utf8.first,
            !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return false }
        return equals > text.startIndex
            && text.utf8[..<equals].allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"):
                    true
                default: false
                }
            }
    }
}
