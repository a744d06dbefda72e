internal import Core

/// Puts words together into commands and keeps account of what they are nested in.
struct CommandBuilder {
    enum Separator {
        case newline, semicolon, background, and, or, pipe, openParenthesis, closeParenthesis, caseArm
    }

    /// An open compound command.
    private struct Frame {
        let keyword: String
        /// Whether its commands run only sometimes, as far as has been read: not those of a header.
        var isConditional: Bool
        /// The function whose body it is.
        var function: String?
        /// The parentheses that were open before it.
        let parentheses: Int
        /// `function name()` was read, and its `{` comes next.
        var awaitsBrace = false
        /// What is open around it.
        let surroundings: ShellSurroundings
        /// Which compound command of the text it is.
        let number: Int
        /// How many of its branches have begun.
        var arms = 0
        /// Whether a pattern of `case` comes next.
        var awaitsPattern = false
        /// Whether that pattern matches whatever there is.
        var matchesAll = false
        /// Whether it matches the options that ask for help.
        var isHelp = false
        /// What `case` compares, once it was read, and the patterns of the arm that comes next.
        var subject: ShellWord?
        var patterns: [ShellWord] = []
        /// How many commands there were before those that decide on the next branch of `if`.
        var commandsBefore = 0

        /// Whether what decides on its next branch is read.
        var isInCondition = false
        /// Whether `!` turns that.
        var isNegated = false
        /// What decides on its first branch.
        var condition: ShellBranch.Condition?
        /// Whether it is `while read`, whose commands run once for each line.
        var readsLines = false

        /// Whether its commands run once for each of some words or lines.
        var isOverItems: Bool { keyword == "for" || readsLines }
        /// Whether its commands run as often as something out of sight decides.
        var isOpenLoop: Bool { !readsLines && (keyword == "while" || keyword == "until" || keyword == "select") }
    }

    /// What was read of the next command.
    private struct Draft {
        var words: [ShellWord] = []
        var assignments: [ShellWord] = []
        var start: Int?
        var streams = ShellStreams()

        var isEmpty: Bool { words.isEmpty && assignments.isEmpty }
    }

    private(set) var commands: [ShellCommand] = []
    /// Whether more is open than any honest text has. What follows the commands goes down as deep as they do.
    private(set) var isTooDeep = false
    private var frames: [Frame] = []
    private var groups: [Int] = []
    private var nextGroup = 0
    private var draft = Draft()
    private var pendingFunction: String?
    private var surroundings = ShellSurroundings()
    /// What is open around each parenthesis.
    private var groupSurroundings: [ShellSurroundings] = []
    private var nextBranch = 0
    private var inHeader = false
    private var loops: [ShellLoop] = []
    /// The loop that was closed, as long as its redirections may follow.
    private(set) var closedLoop: ShellLoop?

    private static let helpOptions: Set = ["-h", "--help", "-help", "help", "h"]
    private static let tests: Set = ["[", "[[", "test", "grep", "which", "type", "command"]

    /// How many compound commands are open.
    var depth: Int { frames.count }
    /// How many parentheses are open.
    var parentheses: Int { groups.count }
    /// Whether the next word is a program or a reserved word.
    var expectsCommand: Bool { draft.words.isEmpty && !inHeader }

    mutating func add(_ word: consuming ShellWord, at offset: Int) {
        if draft.start == nil { draft.start = offset }
        pendingFunction = nil
        if draft.words.isEmpty, Self.isAssignment(word.text) {
            draft.assignments.append(word)
        } else {
            if draft.words.isEmpty { draft.words.reserveCapacity(8) }
            draft.words.append(word)
        }
    }

    /// `if`, `while`, `{`...; `for` and `case` have words before the commands.
    mutating func open(_ keyword: String) {
        if keyword == "{", frames.last?.awaitsBrace == true {
            frames[frames.count - 1].awaitsBrace = false
            return
        }
        guard frames.count < ShellScanner.deepestNesting else { return isTooDeep = true }
        frames.append(
            Frame(
                keyword: keyword, isConditional: keyword == "case" || keyword == "select",
                function: keyword == "{" ? pendingFunction : nil, parentheses: groups.count,
                surroundings: surroundings, number: nextBranch, awaitsPattern: keyword == "case",
                commandsBefore: commands.count, isInCondition: keyword == "if"))
        nextBranch += 1
        // A body counts its own branches: it runs where it is called.
        let isBody = keyword == "function" || keyword == "{" && pendingFunction != nil
        surroundings = ShellSurroundings(inside: isBody ? [] : surroundings.branches)
        pendingFunction = nil
        inHeader = ["for", "case", "select", "function"].contains(keyword)
        if ["for", "while", "until", "select"].contains(keyword) {
            loops.append(
                ShellLoop(
                    keyword: keyword, number: nextBranch - 1, depth: depth, groups: groups.count,
                    branches: surroundings.branches.count))
        }
    }

    mutating func close() {
        if let frame = frames.popLast() { surroundings = frame.surroundings.goingOn }
        closedLoop = nil
        while let last = loops.last, last.depth > depth { closedLoop = loops.removeLast() }
    }

    /// `done < file`: every command of the closed loop learns of it.
    mutating func feed(_ loop: ShellLoop, from input: ShellLoopInput) {
        for index in commands.indices.reversed() {
            guard let level = commands[index].loops.firstIndex(of: loop) else { return }
            commands[index] = commands[index].readingInLoop(level, from: input)
        }
    }

    /// The next branch of the innermost compound command; `isCondition` for what decides between two of them.
    private mutating func beginArm(
        isElse: Bool = false, isCondition: Bool = false, isHelp: Bool = false,
        if condition: ShellBranch.Condition? = nil, test: ShellTest? = nil
    ) {
        guard let frame = frames.last else { return }
        let branch = ShellBranch(
            number: frame.number, arm: isCondition ? nil : frame.arms, isElse: isElse, groups: groups.count,
            isHelp: isHelp, condition: condition, test: test)
        if !isCondition { frames[frames.count - 1].arms += 1 }
        surroundings = ShellSurroundings(inside: frame.surroundings.branches + [branch])
    }

    /// `then`, `do`, `!`: the next word is a command.
    mutating func connect(_ keyword: String) {
        inHeader = false
        if ["then", "elif", "else", "do"].contains(keyword), !frames.isEmpty {
            frames[frames.count - 1].isConditional = true
        }
        guard frames.last?.keyword == "if" else { return }
        switch keyword {
        case "!" where frames.last?.isInCondition == true: frames[frames.count - 1].isNegated = true
        case "then":
            let test = testOfBranch()
            frames[frames.count - 1].isInCondition = false
            beginArm(if: conditionOfFirstBranch(), test: test)
        case "elif":
            frames[frames.count - 1].condition = nil
            (frames[frames.count - 1].isNegated, frames[frames.count - 1].isInCondition) = (false, true)
            frames[frames.count - 1].commandsBefore = commands.count
            beginArm(isCondition: true)
        case "else":
            if case .held(let start)? = frames.last?.condition {
                beginArm(isElse: true, if: .failed(start))
            } else {
                beginArm(isElse: true)
            }
        default: return
        }
    }

    /// The one command that decides on a branch of `if`, where it compares texts.
    private func testOfBranch() -> ShellTest? {
        guard let frame = frames.last, commands.count == frame.commandsBefore + 1, let command = commands.last,
            !command.isPiped, command.assignments.isEmpty, command.loops == loops
        else { return nil }
        return ShellTest.command(command.words, isNegated: frame.isNegated)
    }

    /// What decides on the first branch of `if`; nil for the others.
    private mutating func conditionOfFirstBranch() -> ShellBranch.Condition? {
        guard let frame = frames.last, frame.arms == 0, let start = surroundings.lastStart else { return nil }
        let condition: ShellBranch.Condition = frame.isNegated ? .failed(start) : .held(start)
        frames[frames.count - 1].condition = condition
        return condition
    }

    /// `name()`: a function's body follows. False where no name stands before the parentheses.
    mutating func beginFunction() -> Bool {
        guard draft.words.count == 1, draft.assignments.isEmpty else { return false }
        let name = draft.words[0].text
        (draft.words, draft.start) = ([], nil)
        if inHeader, frames.last?.keyword == "function" {
            (inHeader, frames[frames.count - 1].function, frames[frames.count - 1].awaitsBrace) = (false, name, true)
        } else {
            pendingFunction = name
        }
        return true
    }

    /// `function name {`: what follows is the body. False for any other brace.
    mutating func beginBody() -> Bool {
        guard inHeader, frames.last?.keyword == "function", draft.words.count == 1 else { return false }
        frames[frames.count - 1].function = draft.words[0].text
        (draft.words, draft.start, inHeader) = ([], nil, false)
        return true
    }

    /// Where the words read so far get their input from, or send their output to.
    mutating func redirect(_ change: (inout ShellStreams) -> Void) { change(&draft.streams) }

    /// The lines of a heredoc of the command with that number.
    mutating func setHeredoc(_ text: String, of command: Int, expands: Bool) {
        guard commands.indices.contains(command) else { return }
        var streams = commands[command].streams
        (streams.heredoc, streams.expandsHeredoc) = (text, expands)
        commands[command] = commands[command].with(streams: streams)
    }

    mutating func endCommand(_ separator: Separator) {
        if let frame = frames.last, frame.awaitsPattern {
            endPattern(separator)
        } else {
            finish(separator)
            switch separator {
            case .openParenthesis:
                groupSurroundings.append(surroundings)
                surroundings = ShellSurroundings(inside: surroundings.branches)
                groups.append(nextGroup)
                nextGroup += 1
            case .closeParenthesis:
                // The parenthesis behind the pattern of a case arm closes nothing.
                if let frame = frames.last, frame.keyword == "case", frame.parentheses >= groups.count {
                    beginArm()
                    break
                }
                _ = groups.popLast()
                if let outer = groupSurroundings.popLast() { surroundings = outer.goingOn }
            case .caseArm:
                guard frames.last?.keyword == "case" else { break }
                frames[frames.count - 1].awaitsPattern = true
            default: break
            }
        }
        if separator == .newline || separator == .semicolon || separator == .closeParenthesis { inHeader = false }
    }

    /// The words of `a|b)`, and of the header before the first of them, are no commands.
    private mutating func endPattern(_ separator: Separator) {
        let last = frames.count - 1
        let words = take().words
        if words.contains(where: { $0.text == "*" }) { frames[last].matchesAll = true }
        if words.contains(where: { Self.helpOptions.contains($0.text) }) { frames[last].isHelp = true }
        // The header's words come before those of the first pattern.
        var patterns = words[...]
        if frames[last].subject == nil, words.count > 1, words[1].text == "in" {
            frames[last].subject = words[0]
            patterns = words[2...]
        }
        frames[last].patterns += patterns
        guard separator == .closeParenthesis else { return }
        let test = frames[last].subject.map { ShellTest.matches($0, frames[last].patterns) }
        frames[last].patterns = []
        beginArm(
            isElse: frames[last].matchesAll, isHelp: frames[last].isHelp && !frames[last].matchesAll,
            test: frames[last].matchesAll ? nil : test)
        (frames[last].awaitsPattern, frames[last].matchesAll, frames[last].isHelp) = (false, false, false)
    }

    /// What was read of a command that is over: the next one begins.
    private mutating func take() -> Draft {
        var taken = Draft()
        swap(&taken, &draft)
        return taken
    }

    private mutating func finish(_ separator: Separator) {
        var draft = take()
        var isEmpty = draft.isEmpty
        if isEmpty, let loop = closedLoop, let input = draft.streams.loopInput { feed(loop, from: input) }
        if isEmpty, draft.streams.input != nil {
            // `$(< file)` prints the file.
            if closedLoop == nil, commands.isEmpty, frames.isEmpty {
                (draft.start, isEmpty) = (draft.start ?? 0, false)
            }
        }
        closedLoop = nil
        let isTest = separator == .and && draft.words.first.map { Self.tests.contains($0.text) } ?? false
        if inHeader, !draft.words.isEmpty, let last = loops.indices.last, loops[last].depth == depth {
            loops[last].header = draft.words
        }
        if inHeader, let name = draft.words.first?.text, frames.last?.keyword == "function" {
            frames[frames.count - 1].function = name
        }
        if let last = frames.last, last.keyword == "while", !last.isConditional, draft.words.first?.text == "read" {
            frames[frames.count - 1].readsLines = true
        }
        if !inHeader, let start = draft.start, !isEmpty {
            // `x && NAME=a || NAME=b` sets one of two.
            // So does `x && exit` with what follows.
            let exits =
                surroundings.isAfterAnd && draft.words.first.map { ProgramTraits.of($0.text).contains(.exit) } ?? false
            if exits || separator == .or && draft.words.isEmpty {
                surroundings.guardLast(&nextBranch, groups: groups.count)
            }
            let isGuarded = !surroundings.branches.isEmpty
            let isInBranch = frames.contains { $0.isConditional && !$0.isOverItems }
            let isInBody = frames.contains { $0.isConditional || $0.function != nil }
            commands.append(
                ShellCommand(
                    words: draft.words, assignments: draft.assignments, offset: start,
                    condition: isInBody || isGuarded ? .sometimes : .always,
                    isTopLevel: depth == 0 && parentheses == 0, isBackground: separator == .background,
                    isPiped: separator == .pipe, isAlternative: surroundings.isAfterOr, loops: loops,
                    streams: draft.streams,
                    conditionInLoop: isInBranch || isGuarded ? .sometimes : .always,
                    function: frames.last { $0.function != nil }?.function, groups: groups,
                    branches: surroundings.branches,
                    conditionInBranch: frames.contains { $0.isConditional && $0.isOpenLoop } ? .sometimes : .always))
        }
        surroundings.pass(
            separator, at: draft.start, isTest: isTest, isEmpty: isEmpty, &nextBranch, groups: groups.count,
            test: isTest ? .command(draft.words, isNegated: false) : nil)
    }

    /// `NAME=value`, `NAME+=value`.
    private static func isAssignment(_ text: String) -> Bool {
        guard let first = text.utf8.first, !ASCII.isDigit(first), first != UInt8(ascii: "=") else { return false }
        for byte in text.utf8 where !ASCII.isName(byte) && byte != UInt8(ascii: "+") {
            return byte == UInt8(ascii: "=")
        }
        return false
    }
}
