internal import Core

/// A file as the rules see it.
struct LintSubject {
    /// A shell command of a buildspec at its place.
    final class Command: Sendable {
        let phase: PhaseName
        let shell: ShellCommand
        /// Where the command after it in the same text begins, or the text ends.
        let end: Int
        private let holder: BuildspecDocument.Command

        /// `holder` is the buildspec's command that holds it.
        init(_ shell: ShellCommand, to end: Int, of holder: BuildspecDocument.Command, in phase: PhaseName) {
            (self.shell, self.end, self.holder, self.phase) = (shell, end, holder, phase)
        }

        var program: Program { shell.program }
        var position: Position { holder.position(at: shell.offset) }
        /// The position's line, which is quicker to tell.
        var line: Int { holder.line(at: shell.offset) }
        /// Where the buildspec's command that holds it begins.
        var item: Position { holder.position }
        /// The text of the buildspec's command that holds it.
        var text: String { holder.text }
    }

    /// A `docker login`, with what it logs in to.
    typealias Login = (command: Command, target: DockerAction.LoginTarget, passwordInArguments: Bool)

    let text: String
    let survey: PullSurvey
    let checkout: CheckoutReader
    /// The buildspec; nil for other files.
    let document: BuildspecDocument?
    let root: YAMLNode?
    /// Every shell command that a buildspec shows, those inside substitutions and inner shells left out.
    let commands: [Command]
    /// The `docker login` commands, with what they log in to.
    private(set) var logins: [Login]
    let source: SourceText
    /// Pulls that Docker Hub counts to an address.
    let anonymousPulls: [ImagePull]
    /// Whether findings get their repairs, each of which takes another reading of the file.
    var findsRepairs = false

    init(
        text: String, source: SourceText, survey: PullSurvey, checkout: CheckoutReader, document: BuildspecDocument?,
        root: YAMLNode?, scripts: [BuildspecDocument.Script]
    ) {
        (self.text, self.survey, self.checkout, self.document, self.root) = (text, survey, checkout, document, root)
        self.source = source
        anonymousPulls = survey.pulls.filter {
            $0.isDockerHub == true && $0.isAuthenticated == false && !$0.isElsewhere && $0.certainty != .unknown
        }
        var commands: [Command] = []
        for (phase, command, script) in scripts {
            for (index, shell) in script.commands.enumerated() {
                let isLast = index + 1 == script.commands.count
                let end = isLast ? command.text.utf8.count : script.commands[index + 1].offset
                commands.append(Command(shell, to: end, of: command, in: phase))
            }
        }
        self.commands = commands
        logins = commands.compactMap { command in
            if command.shell.isPlain { return nil }
            // `$(aws ecr get-login)` is the login that it prints.
            let isEvaluated = command.program.traits.contains(.evaluator)
            let printed = command.shell.words.dropFirst(isEvaluated ? 1 : 0).first
                .flatMap { $0.substitutions.first?.commands.first }
            let program = printed?.program ?? command.program
            // Nobody runs it where it is only shown.
            if program.name == "aws", printed == nil, !command.shell.isPiped { return nil }
            guard case .login(let target, let inArguments) = program.dockerAction() ?? program.wrapped?.dockerAction()
            else { return nil }
            return (command, target, inArguments)
        }
        if let variables = document?.environment.variables, !variables.isEmpty {
            for (index, login) in logins.enumerated() where login.target == .unknown {
                let words = Self.filled(login.command.program.words, with: variables)
                if case .login(let target, _) = Program(words).dockerAction() { logins[index].target = target }
            }
        }
    }

    /// The words of a login's command, with the values of variables that the file sets.
    func words(of login: Login) -> ArraySlice<ShellWord> {
        Self.filled(login.command.program.words, with: document?.environment.variables ?? [:])
    }

    private static func filled(
        _ words: ArraySlice<ShellWord>, with variables: [String: Located<String>]
    ) -> ArraySlice<ShellWord> {
        guard !variables.isEmpty, words.contains(where: \.hasExpansion) else { return words }
        return words.map { word in
            guard word.hasExpansion else { return word }
            let text = VariableText(word.text) { variables[$0].map { .likely($0.value) } ?? .unknown }
            return text.isResolved ? ShellWord(text: text.text) : word
        }[...]
    }

    /// Where the command of a pull stands: of several on its line the one that names the image, else the first that may pull.
    func place(of pull: ImagePull) -> Position {
        let here = commands.filter { $0.phase == pull.phase && $0.line == pull.line }
        let named = pull.image.map { image in here.first { $0.shell.words.contains { $0.text == image.text } } } ?? nil
        let command = named ?? here.first { $0.program.dockerAction()?.mayPull == true }
        return command?.position ?? delegation(among: here, line: pull.line)
    }

    /// Where the command stands that leads to a script's login.
    func place(of login: PullSurvey.ScriptLogin) -> Position {
        delegation(among: commands.filter { $0.phase == login.phase && $0.line == login.line }, line: login.line)
    }

    private func delegation(among here: [Command], line: Int) -> Position {
        here.first { $0.program.delegation() != nil }?.position ?? start(of: line)
    }

    /// Whether the shell has a login's password in a word, from a variable: in its arguments, or handed on by `echo`.
    func holdsPassword(_ login: Login) -> Bool {
        if login.passwordInArguments { return true }
        return printer(of: login.command)?.shell.words.contains(where: \.hasExpansion) ?? false
    }

    /// Whether such a password would be read in a log: CodeBuild masks what comes from Secrets Manager or the Parameter Store.
    func showsPassword(_ login: Login) -> Bool {
        guard holdsPassword(login) else { return false }
        let words = (login.passwordInArguments ? login.command : printer(of: login.command))?.shell.words ?? []
        return !words.contains { isMasked($0.text) }
    }

    /// Whether a word names a variable that CodeBuild masks in its log: its whole value, as it came.
    func isMasked(_ text: String) -> Bool {
        guard let environment = document?.environment else { return false }
        return [environment.secrets.keys, environment.parameters.keys].joined().contains { name in
            text.names(name)
                && !["${\(name):", "${\(name)#", "${\(name)%", "${\(name)/"].contains(where: text.contains)
        }
    }

    /// The `echo` or `printf` that hands its text to a command; nil where there is none.
    func printer(of command: Command) -> Command? {
        feeder(of: command).flatMap { ["echo", "printf"].contains($0.program.name) ? $0 : nil }
    }

    /// The command whose output is a command's input; nil where there is none.
    func feeder(of command: Command) -> Command? {
        guard let index = commands.firstIndex(where: { $0 === command }), index > 0 else { return nil }
        let before = commands[index - 1]
        return before.shell.isPiped && before.item == command.item ? before : nil
    }

    /// Whether PowerShell reads the commands.
    var isPowerShell: Bool { document?.environment.shell?.value == .powershell }

    /// A line without the blanks around it.
    func lineText(_ line: Int) -> String { source.lineText(line).trimmed }

    private func start(of line: Int) -> Position {
        // The dash of a sequence's item is no part of the command behind it.
        let lead = source.line(line).prefix { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "-") }
        return Position(line: line, column: lead.count + 1)
    }

}
