/// What one command of a buildspec does with docker.
public struct CommandReading: Sendable, Hashable {
    /// A docker action in the command.
    public struct Use: Sendable, Hashable {
        /// What it does.
        public let action: DockerAction
        /// Where its shell command starts, in UTF-8 bytes from the start of the command's text.
        public let offset: Int
        /// Whether it always happens when the command runs, and nothing goes on where it fails.
        public let isCertain: Bool
        /// Whether it stands on the top level of the text, so that a line can be put before it.
        public let isTopLevel: Bool
    }

    /// The docker actions, in the order in which they stand.
    public private(set) var uses: [Use] = []
    /// Programs and scripts that may use docker out of this file's sight: `make`, `./deploy.sh`, `cdk`, ...
    public private(set) var delegations: [String] = []
    /// Whether it only waits: `sleep`, or a loop around `docker info`.
    public private(set) var isWait = false

    /// Reads a command's text.
    public init(_ text: String, shell: BuildShell = .sh) {
        let script = ShellScript(text, shell: shell)
        read(script, shell: shell, isCertain: true, offset: nil)
        uses.sort { $0.offset < $1.offset }
        isWait =
            !script.commands.isEmpty && delegations.isEmpty && uses.allSatisfy { $0.action == .query }
            && (!uses.isEmpty || script.commands.allSatisfy { $0.words.first?.text == "sleep" })
    }

    private mutating func read(_ script: ShellScript, shell: BuildShell, isCertain: Bool, offset: Int?) {
        var mayBeOver = false
        for (index, command) in script.commands.enumerated() {
            if command.exit == .shell, command.groups.isEmpty {
                if command.condition == .always { return }
                mayBeOver = true
            }
            for word in command.words + command.assignments {
                for inner in word.substitutions {
                    read(inner, shell: shell, isCertain: isCertain, offset: command.offset)
                }
            }
            let program = command.program
            let next = script.commands[(index + 1)...].first
            let certain =
                isCertain && !mayBeOver && command.condition == .always && !command.isIgnoredWhereItFails(before: next)
            let place = offset ?? command.offset
            let wrapped = command.isPlain ? nil : program.wrapped
            let heredoc = program.readsCommands ? command.streams.heredoc : nil
            if let text = program.innerScript() ?? heredoc ?? wrapped?.innerScript() {
                // The inner text's offsets say nothing about the outer one.
                var inner = CommandReading()
                inner.read(
                    ShellScript(text, shell: program.innerShell), shell: program.innerShell, isCertain: certain,
                    offset: place)
                uses += inner.uses.map {
                    Use(action: $0.action, offset: place, isCertain: $0.isCertain, isTopLevel: command.isTopLevel)
                }
                delegations += inner.delegations
            } else if let action = program.dockerAction() ?? wrapped?.dockerAction() {
                uses.append(
                    Use(
                        action: action, offset: place, isCertain: certain,
                        isTopLevel: command.isTopLevel && offset == nil))
            } else if let name = program.delegation() ?? wrapped?.delegation() {
                delegations.append(name)
            }
        }
    }

    private init() {}
}
