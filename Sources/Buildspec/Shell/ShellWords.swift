internal import Core

/// One word of a shell command after quote removal.
public struct ShellWord: Sendable, Hashable {
    /// The word without its quotes; expansions stand in it as they were written (`$REGISTRY/app`).
    public var text: String
    /// Whether the shell puts something else in place of a part of the word.
    public var hasExpansion = false
    /// What stands inside `$(...)`, backquotes or `<(...)`.
    public var substitutions: [ShellScript] = []
    /// Whether all of it stands in one pair of quotes: it is then one word, and no pattern.
    var isQuoted = false

    /// Whether it is what a command prints or hands over and nobody here can tell, in part or all of it.
    var isUntold: Bool {
        !substitutions.isEmpty && (!text.utf8.contains(UInt8(ascii: "/")) || text.contains("$(...)"))
    }

    /// A blank within an item of an array, whose items have blanks before them: a character for private use.
    static let blankInItem = "\u{E020}"
}

/// A loop around a command.
public struct ShellLoop: Sendable, Hashable {
    /// `for`, `while`, `until` or `select`.
    public let keyword: String
    /// What stands between `for` and `do`: the variable, `in` and the words.
    public internal(set) var header: [ShellWord] = []
    /// What it reads: `done < file`.
    var input: ShellLoopInput?
    /// Which compound command of the text it is.
    let number: Int
    /// How many compound commands are open inside it.
    let depth: Int
    /// How many parentheses are open around it.
    let groups: Int
    /// In how many branches it stands.
    let branches: Int
}

/// What a loop reads line by line.
enum ShellLoopInput: Sendable, Hashable {
    /// `done < file`
    case file(String)
    /// `done <<END` and `done <<< text`; `expands` is whether values are put in.
    case text(String, expands: Bool)
    /// `done < <(commands)`
    case output(ShellScript)
}

/// A command of its own: words up to the next operator.
///
/// It never changes, and each place that follows it shares it: a copy of all that it holds would cost more than following it.
public final class ShellCommand: Sendable {
    /// When the shell comes to it.
    public enum Condition: Sendable, Hashable {
        /// Whenever the commands before it succeeded.
        case always
        /// Only sometimes: inside `if`, a loop, a function or `case`, after `||`, or after a test and `&&`.
        case sometimes
    }

    /// The words; the first is the program, leading assignments are not among them.
    public let words: [ShellWord]
    /// `NAME=value` before the program.
    public let assignments: [ShellWord]
    /// Where the command starts, in UTF-8 bytes from the start of the text.
    public let offset: Int
    /// When it runs.
    public let condition: Condition
    /// Whether it stands on the top level of the text, not inside a group, a subshell, a compound command or a
    /// substitution.
    public let isTopLevel: Bool
    /// Whether the shell goes on without waiting for it.
    public let isBackground: Bool
    /// Whether the next command reads its output.
    public let isPiped: Bool
    /// Whether it stands behind `||`.
    let isAlternative: Bool
    /// The loops that it stands in, the outermost first.
    public let loops: [ShellLoop]
    /// Where its input comes from and its output goes to, as far as the text says so.
    let streams: ShellStreams
    /// When it runs, each time its `for` loops come round and its function is called.
    let conditionInLoop: Condition
    /// The function in whose body it stands.
    let function: String?
    /// The numbers of the parentheses around it, the outermost first: subshells, which keep folder and variables to themselves.
    let groups: [Int]
    /// The branches around it, the outermost first; in a function those within its body.
    let branches: [ShellBranch]
    /// When it runs, each time its branch is taken.
    let conditionInBranch: Condition
    /// The program that the words run.
    let program: Program
    /// Whether substitutions stand in its words.
    let hasSubstitutions: Bool
    /// Whether it runs a program that has nothing to do with docker, and leaves nothing behind that another command could take.
    let isPlain: Bool

    init(
        words: [ShellWord], assignments: [ShellWord] = [], offset: Int, condition: Condition = .always,
        isTopLevel: Bool = true, isBackground: Bool = false, isPiped: Bool = false, isAlternative: Bool = false,
        loops: [ShellLoop] = [],
        streams: ShellStreams = ShellStreams(), conditionInLoop: Condition = .always, function: String? = nil,
        groups: [Int] = [], branches: [ShellBranch] = [], conditionInBranch: Condition = .always
    ) {
        (self.words, self.assignments, self.offset, self.condition) = (words, assignments, offset, condition)
        (self.isTopLevel, self.isBackground, self.isPiped) = (isTopLevel, isBackground, isPiped)
        (self.loops, self.streams, self.conditionInLoop) = (loops, streams, conditionInLoop)
        (self.function, self.groups) = (function, groups)
        (self.branches, self.conditionInBranch) = (branches, conditionInBranch)
        self.isAlternative = isAlternative
        let program = Program(words[...])
        let hasSubstitutions =
            words.contains { !$0.substitutions.isEmpty } || assignments.contains { !$0.substitutions.isEmpty }
        isPlain = assignments.isEmpty && !isPiped && streams.output == nil && !hasSubstitutions && program.isPlain
        (self.program, self.hasSubstitutions) = (program, hasSubstitutions)
    }

    /// The same command with other words.
    func with(words: [ShellWord], assignments: [ShellWord]) -> ShellCommand {
        changed(words: words, assignments: assignments)
    }

    /// The same command with other input.
    func with(streams: ShellStreams) -> ShellCommand { changed(streams: streams) }

    /// The same command outside of its function, in those of its loops that stand in the function.
    func outsideFunction(loops: [ShellLoop]) -> ShellCommand { changed(loops: loops, function: .some(nil)) }

    /// The same command where the loop of that number around it reads something.
    func readingInLoop(_ level: Int, from input: ShellLoopInput) -> ShellCommand {
        var loops = self.loops
        loops[level].input = input
        return changed(loops: loops)
    }

    /// Whether what follows in the text runs although this fails, or is not done yet: `login || true`, `login &`.
    func mayFail(before next: ShellCommand?) -> Bool {
        if isBackground { return true }
        guard let next, next.isAlternative, next.words.count == 1 else { return false }
        return next.words[0].text == "true" || next.words[0].text == ":"
    }

    /// Whether the build may go on where it fails: what stands behind `||` neither ends it nor tries again.
    func isIgnoredWhereItFails(before next: ShellCommand?) -> Bool {
        mayFail(before: next)
            || next.map { $0.isAlternative && !$0.failsShell && $0.program.dockerAction() == nil } ?? false
    }

    private func changed(
        words: [ShellWord]? = nil, assignments: [ShellWord]? = nil, loops: [ShellLoop]? = nil,
        streams: ShellStreams? = nil, function: String?? = nil
    ) -> ShellCommand {
        ShellCommand(
            words: words ?? self.words, assignments: assignments ?? self.assignments, offset: offset,
            condition: condition, isTopLevel: isTopLevel, isBackground: isBackground, isPiped: isPiped,
            isAlternative: isAlternative, loops: loops ?? self.loops, streams: streams ?? self.streams,
            conditionInLoop: conditionInLoop,
            function: function ?? self.function, groups: groups, branches: branches,
            conditionInBranch: conditionInBranch)
    }
}

extension ShellCommand: Hashable {
    /// By everything that the text says.
    public static func == (left: ShellCommand, right: ShellCommand) -> Bool {
        left.words == right.words && left.assignments == right.assignments && left.offset == right.offset
            && left.condition == right.condition && left.isAlternative == right.isAlternative
            && left.isTopLevel == right.isTopLevel
            && left.isBackground == right.isBackground && left.isPiped == right.isPiped && left.loops == right.loops
            && left.streams == right.streams && left.conditionInLoop == right.conditionInLoop
            && left.function == right.function && left.groups == right.groups
            && left.branches == right.branches && left.conditionInBranch == right.conditionInBranch
    }

    /// By its words and its place.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words)
        hasher.combine(offset)
    }
}

/// The redirections of a command that matter to what it builds.
struct ShellStreams: Sendable, Hashable {
    /// The lines of `<<`, or the word of `<<<`.
    var heredoc: String?
    /// Whether the shell puts values into the heredoc: not where its delimiter is quoted.
    var expandsHeredoc = true
    /// The file after `<`.
    var input: String?
    /// The file after `>` or `>>`.
    var output: String?
    /// `>>`
    var appends = false

    /// What a loop reads that has them behind its `done`.
    var loopInput: ShellLoopInput? {
        heredoc.map { .text($0, expands: expandsHeredoc) } ?? input.map(ShellLoopInput.file)
    }
}

/// A shell text as its commands in the order in which they stand.
public struct ShellScript: Sendable, Hashable {
    /// The commands.
    public var commands: [ShellCommand]
    /// Whether the text ended where the shell would still wait: an open quote, bracket or `if`.
    public var isIncomplete: Bool
    /// Whether so much is open in it at one place that the rest was not read.
    var isTooDeep = false

    /// Reads a text as bash splits it (Bash Reference Manual, 3.1 and 3.2), or as PowerShell or cmd do, roughly.
    public init(_ text: String, shell: BuildShell = .sh) {
        var text = text
        self = text.withUTF8 { bytes in
            var scanner = ShellScanner(bytes, dialect: shell)
            return scanner.script(until: nil)
        }
    }

    init(commands: [ShellCommand], isIncomplete: Bool, isTooDeep: Bool = false) {
        (self.commands, self.isIncomplete, self.isTooDeep) = (commands, isIncomplete, isTooDeep)
    }
}
