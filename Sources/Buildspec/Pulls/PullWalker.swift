/// Follows commands in the order in which a build runs them, and notes what they pull.
struct PullWalker {
    /// A command's place.
    struct Place {
        var phase: PhaseName?
        var line: Int
        var certainty = Certainty.certain
        /// Whether it happens each time the branch that it stands in is taken: what it sets is then set there.
        var isSureInBranch = true
        /// Why a word of the command may be another one: what it pulls is then at most likely.
        var doubt: String?
        /// Where the command is written, if not in the file itself.
        var origin: String?
        var isRetried = false
        var user = "root"
        /// Where the function that this stands in is called.
        var call: Int?
    }

    /// A function that the commands define, at its place.
    struct Function {
        var commands: [ShellCommand] = []
        var lines: [Int: Int] = [:]
        let shell: BuildShell
        let place: Place
        var isCalled = false
    }

    /// The files, those that the commands wrote among them.
    var checkout: CheckoutReader
    var state: ShellState
    var pulls: [ImagePull] = []
    var seen: Set<ImagePull> = []
    /// Docker Hub logins and where they stand.
    private(set) var logins: [(line: Int, phase: PhaseName?, user: String)] = []
    /// The logins of scripts and of texts for other shells.
    private(set) var scriptLogins: [PullSurvey.ScriptLogin] = []
    /// The scripts that are open, so that none is followed in a circle.
    var open: [String] = []
    /// What the command before it hands to a command through a pipe, as far as the text tells.
    var piped: String?
    /// The program that hands it on.
    var feeder: Program?
    var functions: [String: Function] = [:]
    /// The variables that the commands around it set for make.
    var makeSettings: [String: VariableText.Value] = [:]
    /// How many names `mktemp` made up.
    var temporaries = 0
    /// The files that hold the id of an image that was built here.
    var imageFiles: Set<String> = []
    /// Where what is followed was left, and is not behind yet.
    var exits: [Exit] = []
    /// The commands of the text that is followed which changed the logins, by where they begin, with the logins before them.
    var loginChanges: [(offset: Int, before: Set<ShellState.LoginOwner>)] = []
    /// How many branches are open around the command of which nothing tells whether they are taken.
    var openBranches = 0
    /// Whether what is followed may run again with other values.
    var isRepeated = false
    /// Whether a file of settings was read that is not known.
    var hasUnknownSettings = false
    /// Whether nothing runs any more up to the end of what was left.
    var isOver = false
    /// How much may still be followed, in commands.
    var budget = 20_000
    /// Whether so much was followed that no honest file has more.
    var isSpent: Bool { budget <= 0 }

    static let deepest = 8

    init(_ checkout: CheckoutReader, variables: ShellVariables = ShellVariables()) {
        self.checkout = checkout
        state = ShellState(variables: variables)
    }

    /// Takes from what may still be done; false where less than that is left.
    mutating func spend(_ count: Int) -> Bool {
        guard count < budget else { return false }
        budget -= count
        return true
    }

    /// Follows a shell text; `line` gives the line of an offset in it.
    mutating func walk(_ text: String, shell: BuildShell, at place: Place, line: (Int) -> Int) {
        walk(ShellScript(text, shell: shell), shell: shell, at: place, line: line)
    }

    /// Follows a shell text that is split already.
    mutating func walk(
        _ script: ShellScript, shell: BuildShell, at place: Place, line: (Int) -> Int
    ) {
        walk(script.commands[...], in: 0, shell: shell, at: place, line: line)
        if script.isTooDeep { budget = 0 }
    }

    /// Follows what functions hold that nothing was seen to call.
    mutating func finish() {
        for (name, function) in functions.sorted(by: { $0.key < $1.key }) where !function.isCalled {
            var place = function.place
            (place.certainty, place.isSureInBranch) = (.unknown, false)
            place.origin = "in function \(name), which nothing here is seen to call"
            upTo(.shell) {
                $0.walk(function.commands[...], in: 0, shell: function.shell, at: place) {
                    function.lines[$0] ?? place.line
                }
            }
        }
    }

    mutating func single(
        _ command: ShellCommand, before next: ShellCommand?, shell: BuildShell, at place: Place, line: (Int) -> Int
    ) {
        budget -= 1
        guard budget > 0 else { return }
        // Most commands have nothing to do with docker.
        if command.isPlain, functions.isEmpty {
            piped = nil
            return
        }
        var here = place
        here.line = line(command.offset)
        let logins = state.logins
        defer {
            // What it logs in is sure within it, and not behind it.
            let isSwallowed = command.isPiped && !state.hasPipefail
            if isSwallowed || command.mayFail(before: next) { state.logins.formIntersection(logins) }
            if state.logins != logins { loginChanges.append((command.offset, logins)) }
        }
        // Branches that are all taken for sure leave it sure; how often a loop goes round, nobody knows.
        let isDecided =
            openBranches == 0 && !command.branches.isEmpty && shell.isPosix
            && command.loops.allSatisfy { $0.keyword == "for" }
        if command.conditionInLoop == .sometimes, !isDecided {
            here.certainty = max(here.certainty, .likely)
            if command.conditionInBranch == .sometimes { here.isSureInBranch = false }
        }
        if !exits.isEmpty { here.certainty = max(here.certainty, .likely) }
        if command.hasSubstitutions {
            for word in command.words { walk(word.substitutions, shell: shell, at: here) }
            for word in command.assignments { walk(word.substitutions, shell: shell, at: here) }
        }
        // A variable alone is no program of PowerShell's, but what it hands on.
        guard shell == .powershell, command.words.first?.text.hasPrefix("$") == true else {
            let command = command.hasSubstitutions ? withPrinted(of: command) : command
            let words = shell.isPosix ? command : command.inPosixWords
            if shell == .powershell, words.hidesDockerArguments {
                return unknown("docker may pull; its words come from a variable", at: here)
            }
            let choices = alternatives(for: words)
            if choices.isEmpty { return run(words, at: here) }
            return inEach(of: choices) { $0.run(words, at: here) }
        }
        if let value = command.powershellValue { run(value.inPosixWords, at: here) }
        if let word = command.inPosixWords.powershellAssignment {
            state.scope.assign(word, certain: here.isSureInBranch)
        }
    }

    private mutating func walk(_ substitutions: [ShellScript], shell: BuildShell, at place: Place) {
        for inner in substitutions {
            upTo(.shell) { $0.walk(inner.commands[...], in: 0, shell: shell, at: place) { _ in place.line } }
        }
    }

    private mutating func run(_ command: ShellCommand, at place: Place) {
        let certain = place.isSureInBranch
        if command.words.isEmpty {
            // `IMAGE=<account>.example.com/app` is a text to be filled in: for the shell a file that this command reads.
            let isPlaceholder = command.streams.input != nil
            for word in command.assignments {
                if isPlaceholder { state.scope.forget(word); continue }
                state.scope.assign(withPrinted(word), certain: certain)
            }
            return
        }
        var program = command.program
        var place = place
        if let first = command.words.first, first.hasExpansion,
            let words = state.scope.words(of: first.text) ?? knownProgram(first, &place)
        {
            // `"$@"` runs what stands in the call.
            if ShellScope.allPositions.contains(first.text) { place.line = place.call ?? place.line }
            program = Program((words + command.words.dropFirst())[...])
        }
        place.user = program.user ?? state.user
        let kept = command.assignments.map { word in
            let name = String(word.text.prefix { $0 != "=" && $0 != "+" })
            return (name: name, value: state.variables[name])
        }
        let choices = state.variables.choices
        for word in command.assignments { state.scope.assign(word, certain: true) }
        defer {
            for variable in kept.reversed() { state.variables[variable.name] = variable.value }
            if !kept.isEmpty { state.variables.choices = choices }
        }

        // What goes to the log alone is nobody's input.
        let isRead = command.isPiped || command.streams.output != nil || program.name == "tee"
        let output = isRead ? printed(by: program, command.streams) : nil
        write(output, program, command.streams, isCertain: place.certainty == .certain)
        if feeder != nil {
            if command.words.contains(where: { $0.text == "xargs" }) { editFed(program, input: piped) }
            feeder = nil
        }
        if command.isPiped { feeder = program }
        noteConfiguration(output, program, command.streams, at: place)
        let input = piped
        piped = command.isPiped ? output : nil
        // Something stands before the program.
        if program.words.startIndex > 0,
            runOnItems(program, of: command, input ?? inputText(of: command.streams), at: place)
        {
            return
        }
        if let text = program.innerScript() {
            // What it evaluates may set anything.
            let isOpen =
                program.traits.contains(.evaluator) && program.words.dropFirst().contains(where: \.hasExpansion)
            hasUnknownSettings = hasUnknownSettings || isOpen
            return nested(text, shell: program.innerShell, at: place)
        }
        if program.readsCommands, let text = input ?? inputText(of: command.streams) {
            return nested(text, shell: .sh, at: place)
        }
        if program.traits.contains(.builtin), runBuiltin(program, command.streams, at: place) { return }
        // Behind `command` or `sudo`, and by a path, it is the program of that name.
        let isDirect = program.words.startIndex == 0 && program.words.first?.text.contains("/") == false
        if isDirect, !functions.isEmpty, let name = program.name, functions[name] != nil {
            // In a pipe it has a shell of its own.
            return upTo(command.isPiped ? .shell : .function) { $0.call(name, program.words.dropFirst(), at: place) }
        }
        act(program, at: place, input: input.map { .some($0) } ?? inputText(of: command.streams))
    }

    /// A variable or a substitution that holds the program's name.
    private func knownProgram(_ word: ShellWord, _ place: inout Place) -> [ShellWord]? {
        let text = state.expand(word.text)
        guard text.isResolved, !text.text.isEmpty else {
            guard let name = ShellScript.program(atPath: text.text) else { return nil }
            place.doubt = place.doubt ?? "what names its program may name another one"
            return [ShellWord(text: name)]
        }
        // A path may be a script of the checkout, which is followed by its path.
        let isDocker = ["/docker", "/docker-compose", "/podman"].contains { text.text.hasSuffix($0) }
        guard isDocker || !text.text.contains("/") else { return nil }
        if !text.isSure { place.doubt = place.doubt ?? "what names its program may name another one" }
        return [ShellWord(text: text.text)]
    }

    // What the readers of single programs report.

    mutating func note(_ found: FoundPull, at place: Place, config: String? = nil) {
        let sure = found
        var found = found.under(place.certainty, "its command runs only sometimes")
        if let doubt = place.doubt { found = found.under(.likely, doubt) }
        let origin = place.origin.map { " (\($0))" } ?? ""
        let pull = ImagePull(
            image: found.image.map(state.located), phase: place.phase, line: place.line,
            isAuthenticated: state.isLoggedIn(user: place.user, config: config), certainty: found.certainty,
            why: found.why + origin, isInRetryLoop: place.isRetried, user: place.user,
            isDelegated: found.isDelegated)
        // What a loop or a second call says again is said already.
        if !exits.isEmpty, pull.certainty == .likely, wasSure(pull, beforeExit: sure, origin) { return }
        if seen.insert(pull).inserted { pulls.append(pull) }
    }

    /// Something that may pull and is no program that this reads, nor docker.
    /// `names` are those of the script or the tasks.
    mutating func noteDelegation(_ why: String, _ names: [String], at place: Place) {
        note(
            FoundPull(nil, line: place.line, .unknown, why, isDelegated: !names.contains(where: TaskName.saysDocker)),
            at: place)
    }

    mutating func noteLogin(at place: Place, config: String?) {
        logins.append((place.line, place.phase, place.user))
        if place.isSureInBranch { state.logIn(user: place.user, config: config) }
    }

    /// Any login of a script, with the words of its command.
    mutating func noteScriptLogin(
        _ words: ArraySlice<ShellWord>, _ target: DockerAction.LoginTarget, passwordInArguments: Bool, at place: Place
    ) {
        // A function that nobody calls is one of the file's own commands, which are judged as they stand. Those in a text of their
        // own are not: `bash -c "docker login"`.
        guard place.origin != nil || open.last == "", place.certainty != .unknown else { return }
        scriptLogins.append(
            PullSurvey.ScriptLogin(
                origin: place.origin, line: place.line, phase: place.phase, target: target,
                passwordInArguments: passwordInArguments, hosts: DockerCommandLine.hosts(in: words)))
    }

    /// A configuration that holds logins, where it was written.
    mutating func noteConfigurationLogin(at place: Place) {
        logins.append((place.line, place.phase, place.user))
        if place.isSureInBranch { state.isAlwaysLoggedIn = true }
    }
}
