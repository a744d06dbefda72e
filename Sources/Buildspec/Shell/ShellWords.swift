/// One word of a shell command after quote removal.
public struct ShellWord: Sendable, Hashable {
    /// The word without its quotes; expansions stand in it as they were written (`$REGISTRY/app`).
    public var text: String
    /// Whether the shell puts something else in place of a part of the word.
    public var hasExpansion = false
    /// What stands inside `$(...)`, backquotes or `<(...)`.
    public var substitutions: [ShellScript] = []
}

/// A loop around a command.
public struct ShellLoop: Sendable, Hashable {
    /// `for`, `while`, `until` or `select`.
    public let keyword: String
    /// What stands between `for` and `do`: the variable, `in` and the words.
    public internal(set) var header: [ShellWord] = []
    /// How many compound commands are open inside it.
    let depth: Int
}

/// A command of its own: words up to the next operator.
public struct ShellCommand: Sendable, Hashable {
    /// When the shell comes to it.
    public enum Condition: Sendable, Hashable {
        /// Whenever the commands before it succeeded.
        case always
        /// Only sometimes: inside `if`, a loop, a function or `case`, after `||`, or after a test and `&&`.
        case sometimes
    }

    /// The words; the first is the program, leading assignments are not among them.
    public var words: [ShellWord]
    /// `NAME=value` before the program.
    public var assignments: [ShellWord]
    /// Where the command starts, in UTF-8 bytes from the start of the text.
    public let offset: Int
    /// When it runs.
    public let condition: Condition
    /// Whether it stands on the top level of the text, not inside a group, a subshell, a compound command or a
    /// substitution.
    public let isTopLevel: Bool
    /// Whether the shell goes on without waiting for it.
    public var isBackground = false
    /// Whether the next command reads its output.
    public var isPiped = false
    /// The loops that it stands in, the outermost first.
    public var loops: [ShellLoop] = []
}

/// A shell text as its commands in the order in which they stand.
public struct ShellScript: Sendable, Hashable {
    /// The commands.
    public var commands: [ShellCommand]
    /// Whether the text ended where the shell would still wait: an open quote, bracket or `if`.
    public var isIncomplete: Bool

    /// Reads a text as bash splits it (Bash Reference Manual, 3.1 and 3.2), or as PowerShell or cmd do, roughly.
    public init(_ text: String, shell: BuildShell = .sh) {
        var scanner = ShellScanner(Array(text.utf8), dialect: shell)
        self = scanner.script(until: nil)
    }

    init(commands: [ShellCommand], isIncomplete: Bool) {
        self.commands = commands
        self.isIncomplete = isIncomplete
    }
}
