internal import Core

/// The program that a shell command runs, behind `sudo`, `env`, `timeout` and their like.
struct Program: Hashable {
    /// The program and its arguments.
    private(set) var words: ArraySlice<ShellWord>
    /// The program's name without its folder; nil for a value that the text does not tell.
    private(set) var name: String?
    /// The user that `sudo` or `doas` names, root where it names none; nil where the program runs as whoever runs the shell.
    private(set) var user: String?

    /// What the name alone says.
    private(set) var traits: ProgramTraits = []

    private static let dockerPackages: Set = [
        "docker", "docker.io", "docker-ce", "docker-ce-cli", "docker-engine", "docker-cli",
    ]

    init(_ words: ArraySlice<ShellWord>) {
        let name = Self.name(words.first)
        let traits = name.map(ProgramTraits.of) ?? []
        (self.words, self.name, self.traits) = (words, name, traits)
        if !traits.isDisjoint(with: [.runner, .textRunner]) { skipRunners() }
    }

    /// Takes off what only says how to run what follows, or as whom.
    private mutating func skipRunners() {
        while traits.contains(.runner), skipPrefix() { readName() }
        if name == "runuser", let dashes = words.firstIndex(where: { $0.text == "--" }), dashes + 1 < words.endIndex {
            let options = OptionWords(words[..<dashes], valued: ["-u", "--user", "-g", "--group", "-G"])
            words = words[(dashes + 1)...]
            readName()
            user = options.values("-u", "--user").last ?? "root"
            return
        }
        guard name == "su" || name == "runuser" else { return }
        let line = OptionWords(
            words.dropFirst(), valued: ["-c", "--command", "-s", "--shell", "-g", "--group", "-G", "-w"])
        user = line.operands.first { $0.text != "-" }?.text ?? "root"
    }

    /// Takes the name of what the first word runs.
    private mutating func readName() {
        name = Self.name(words.first)
        traits = name.map(ProgramTraits.of) ?? []
    }

    /// A program's or script's name without its folder, whose parts `/` or `\` separate.
    static func lastPart(of path: String) -> String {
        path.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last.map { String(Substring($0)) }
            ?? path
    }

    private static func name(_ word: ShellWord?) -> String? {
        guard let word, !word.hasExpansion else { return nil }
        var name = word.text
        // Most are names alone.
        guard !name.utf8.allSatisfy({ ASCII.isName($0) || $0 == UInt8(ascii: "-") }) else { return name }
        name = lastPart(of: name)
        // cmd does not show what stands behind @.
        if name.utf8.first == UInt8(ascii: "@") { name.removeFirst() }
        return name.hasSuffix(".exe") ? String(name.dropLast(4)) : name
    }

    /// The text that a shell is given to run: `sh -c 'text'`, `eval "text"`, `su user -c 'text'`; nil for anything
    /// else.
    func innerScript() -> String? {
        guard let name, !traits.isDisjoint(with: [.evaluator, .shell, .textRunner, .interpreter]) else { return nil }
        let rest = words.dropFirst()
        if traits.contains(.evaluator) { return rest.map(\.text).joined(separator: " ") }
        if name == "cmd" || name == "CMD", let option = rest.first?.text.lowercased(), option == "/c" || option == "/k"
        {
            // A backslash parts folders there.
            return rest.dropFirst().map { $0.text.replacing("\\", by: "/") }.joined(separator: " ")
        }
        if innerShell == .powershell {
            let start = rest.firstIndex { ["-command", "-c"].contains($0.text.lowercased()) }
            return start.map { rest[($0 + 1)...].map(\.text).joined(separator: " ") }
        }
        guard traits.contains(.shell) || ["su", "sg", "runuser", "script"].contains(name) else { return nil }
        for (word, next) in zip(rest, rest.dropFirst())
        where word.text.hasPrefix("-") && !word.text.hasPrefix("--") && word.text.hasSuffix("c") {
            return next.text
        }
        return nil
    }

    /// The shell that reads ``innerScript()``.
    var innerShell: BuildShell { name == "powershell" || name == "pwsh" ? .powershell : .sh }

    /// Whether it is a shell that reads its commands from its input.
    var readsCommands: Bool {
        guard traits.contains(.shell) else { return false }
        let first = words.dropFirst().first { !$0.text.hasPrefix("-") && !$0.text.hasPrefix("+") }
        return first.map { $0.text == "/dev/stdin" } ?? true || words.dropFirst().first?.text == "-s"
    }

    /// Whether it installs docker or starts its daemon, whatever it is called as.
    var setsDockerUp: Bool {
        // Most that are asked are docker itself.
        if name == "docker", words.first?.text == "docker" { return false }
        let action = dockerAction()
        return action == .startDaemon || action == .install
    }

    /// What the program does with docker; nil where it is not docker.
    func dockerAction() -> DockerAction? {
        guard let name, !traits.isDisjoint(with: [.docker, .packageManager, .shell]) else { return nil }
        let rest = words.dropFirst()
        var line = DockerCommandLine(rest)
        switch name {
        case "docker" where words.first?.text.contains("init.d/") == true: return .startDaemon
        case "docker": return line.action()
        case "docker-compose": return line.compose()
        case "service", "systemctl", "rc-service":
            let texts = rest.map(\.text)
            let starts = texts.contains("start") || texts.contains("restart")
            return starts && texts.contains { $0 == "docker" || $0 == "docker.service" } ? .startDaemon : nil
        case "unthrottle":
            // The credential helper answers for Docker Hub from then on.
            return rest.prefix(2).map(\.text) == ["helper", "install"]
                ? .login(.dockerHub, passwordInArguments: false) : nil
        case "aws":
            let texts = rest.map(\.text)
            return texts.contains("get-login") ? .login(.ecr, passwordInArguments: true) : nil
        default:
            if let action = Self.actions[scriptName ?? name] { return action }
            guard traits.contains(.packageManager) else { return nil }
            return rest.contains { word in
                let name = Substring(word.text.utf8.prefix { $0 != UInt8(ascii: "=") })
                return name.hasPrefix("docker") && Self.dockerPackages.contains(String(name))
            }
                ? .install : nil
        }
    }

    /// What programs do that set docker up.
    private static let actions: [String: DockerAction] = [
        "dockerd": .startDaemon, "start-dockerd": .startDaemon, "dockerd-entrypoint.sh": .startDaemon,
        "dind": .startDaemon, "get-docker.sh": .install,
    ]

    /// The script that a shell is given to run, without its folder; nil for anything else.
    private var scriptName: String? {
        guard traits.contains(.shell), let file = words.dropFirst().first, !file.text.hasPrefix("-")
        else { return nil }
        return Self.name(file)
    }

    /// Whether it only tells its version, or how it is called.
    var onlyTellsVersion: Bool {
        let operands = words.dropFirst()
        if operands.contains(where: { $0.text == "--version" || $0.text == "-version" || $0.text == "--help" }) {
            return true
        }
        guard operands.count == 1, let operand = operands.first?.text, ["-v", "-V", "version"].contains(operand),
            let name
        else { return false }
        // For a script, and for those that run tests, `-v` is a verbose run.
        return !["pytest", "tox"].contains(name)
            && (traits.contains(.builder) || words.first?.text.contains("/") == false && !name.contains("."))
    }

    /// The name of a program that may use docker out of sight; nil for one that does not.
    func delegation() -> String? {
        guard let first = words.first, mayDelegate(first), !onlyTellsVersion else { return nil }
        let word = words.dropFirst().first { !$0.text.hasPrefix("-") }
        let operand = word?.text
        // `bash <(curl ...)` and `curl ... | sh -s -- x` install something.
        if readsCommands || traits.contains(.sourcing) && word?.isUntold == true { return nil }
        guard let name else {
            // PowerShell compares values, and starts a pipe with one; anything else that stands first is a program.
            let second = words.dropFirst().first?.text.lowercased() ?? ""
            if ["-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-like", "-match", "-and", "-or"].contains(second) {
                return nil
            }
            return first.isUntold || first.text.lowercased().hasPrefix("$env:") ? nil : first.text
        }
        if traits.contains(.builder) { return name }
        if traits.contains(.sourcing) {
            // What a tool's installation puts beside a shell sets up that tool.
            let isSetUp = ["~", "$HOME", "${HOME}", "/root/", "/etc/", "/usr/"].contains {
                operand?.hasPrefix($0) == true
            }
            return isSetUp ? nil : operand
        }
        if traits.contains(.shell) { return word?.isUntold == true ? nil : operand }
        if innerShell == .powershell, let file = words.firstIndex(where: { $0.text.lowercased() == "-file" }) {
            return words[(file + 1)...].first?.text
        }
        if traits.contains(.interpreter) { return operand ?? name }
        // A relative path names a program of the checkout.
        let isPath =
            first.text.hasPrefix(".\\")
            || first.text.contains("/") && !first.text.hasPrefix("/")
                && !first.text.hasPrefix("~") && !first.text.contains("://")
        return isPath || [".sh", ".py", ".ps1", ".bat", ".cmd"].contains { first.text.hasSuffix($0) } ? first.text : nil
    }

    /// Whether its name or its path is one of those that do.
    func mayDelegate(_ first: ShellWord) -> Bool {
        name == nil || !traits.isDisjoint(with: [.builder, .sourcing, .shell, .interpreter])
            || first.text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
    }

    private static let valuedOfSudo: Set = ["-u", "--user", "-g", "--group", "-h", "-p", "-C", "-D"]

    /// Takes a word off that only says how to run what follows.
    private mutating func skipPrefix() -> Bool {
        switch name {
        case "sudo", "doas":
            user = "root"
            for (option, value) in skip(valued: Self.valuedOfSudo, assignments: true) {
                if option == "-u" || option == "--user" { user = value ?? user }
                if option.hasPrefix("--user=") { user = String(option.dropFirst("--user=".count)) }
            }
        case "env": skip(valued: ["-u", "--unset", "-C", "--chdir"], assignments: true)
        case "nohup", "exec", "command", "builtin", "time", "setsid", "then", "else", "do", "&": words.removeFirst()
        case "nice", "ionice": skip(valued: ["-n", "-c"])
        case "xargs": skip(valued: ["-n", "-P", "-I", "-L", "-d", "-a", "--max-args", "--max-procs"])
        case "stdbuf": skip(valued: ["-i", "-o", "-e"])
        case "poetry", "pipenv", "uv", "pdm", "hatch", "rye", "doppler":
            guard words.dropFirst().first?.text == "run" else { return false }
            words.removeFirst()
            skip(valued: ["--with", "--extra", "--python", "-p", "--project", "-c", "--config"])
        case "bundle":
            guard words.dropFirst().first?.text == "exec" else { return false }
            words.removeFirst(2)
        case "timeout":
            skip(valued: ["-s", "--signal", "-k", "--kill-after"])
            _ = words.popFirst()  // the duration
        default: return false
        }
        return true
    }

    /// Takes the program off with its options, which are returned with their values.
    @discardableResult
    private mutating func skip(valued: Set<String>, assignments: Bool = false) -> [(name: String, value: String?)] {
        var options: [(name: String, value: String?)] = []
        words.removeFirst()
        while let word = words.first {
            if word.text.hasPrefix("-"), word.text != "-" {
                words.removeFirst()
                let value = valued.contains(word.text) ? words.popFirst() : nil
                options.append((word.text, value?.text))
            } else if assignments, word.text.contains("=") || word.text == "-" {
                words.removeFirst()
            } else {
                break
            }
        }
        return options
    }
}
