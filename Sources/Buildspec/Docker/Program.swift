/// The program that a shell command runs, behind `sudo`, `env`, `timeout` and their like.
struct Program {
    /// The program and its arguments.
    private(set) var words: ArraySlice<ShellWord>

    private static let shells: Set = ["sh", "bash", "dash", "ash", "zsh", "ksh"]
    private static let builders: Set = [
        "make", "gmake", "npm", "npx", "yarn", "pnpm", "bun", "sam", "cdk", "gradle", "gradlew", "mvn", "mvnw", "ant",
        "sbt",
        "bazel", "bazelisk", "tox", "pytest", "rake", "task", "just", "invoke", "inv", "serverless", "sls", "amplify",
        "copilot",
        "skaffold", "pack", "act", "lerna", "nx", "turbo", "cargo", "go", "dotnet", "terraform", "ansible-playbook",
        "packer",
        "podman", "buildah", "skopeo", "crane", "nerdctl", "buildctl",
    ]
    private static let interpreters: Set = [
        "python", "python3", "python2", "node", "ruby", "perl", "php", "pwsh", "powershell",
    ]
    private static let packageManagers: Set = [
        "apt-get", "apt", "yum", "dnf", "microdnf", "apk", "zypper", "amazon-linux-extras",
    ]
    private static let dockerPackages: Set = [
        "docker", "docker.io", "docker-ce", "docker-ce-cli", "docker-engine", "docker-cli",
    ]

    init(_ words: ArraySlice<ShellWord>) {
        self.words = words
        while skipPrefix() {}
    }

    /// The program's name without its folder; nil for a value that the text does not tell.
    var name: String? {
        guard let first = words.first, !first.hasExpansion else { return nil }
        let last = first.text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? first.text
        return last.hasSuffix(".exe") ? String(last.dropLast(4)) : last
    }

    /// The text that a shell is given to run: `sh -c 'text'`, `eval "text"`, `su user -c 'text'`; nil for anything
    /// else.
    func innerScript() -> String? {
        guard let name else { return nil }
        let rest = words.dropFirst()
        if name == "eval" { return rest.map(\.text).joined(separator: " ") }
        guard Self.shells.contains(name) || name == "su" else { return nil }
        for (word, next) in zip(rest, rest.dropFirst())
        where word.text.hasPrefix("-") && !word.text.hasPrefix("--") && word.text.hasSuffix("c") {
            return next.text
        }
        return nil
    }

    /// What the program does with docker; nil where it is not docker.
    func dockerAction() -> DockerAction? {
        guard let name else { return nil }
        let rest = words.dropFirst()
        var line = DockerCommandLine(rest)
        switch name {
        case "docker": return line.action()
        case "docker-compose": return line.compose()
        case "dockerd", "start-dockerd", "dockerd-entrypoint.sh", "dind": return .startDaemon
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
            guard Self.packageManagers.contains(name) else { return nil }
            return rest.contains {
                Self.dockerPackages.contains($0.text.split(separator: "=").first.map(String.init) ?? "")
            }
                ? .install : nil
        }
    }

    /// The name of a program that may use docker out of sight; nil for one that does not.
    func delegation() -> String? {
        guard let first = words.first else { return nil }
        let operand = words.dropFirst().first { !$0.text.hasPrefix("-") }?.text
        guard let name else {
            // PowerShell starts a pipe with a value; anything else that stands first is a program.
            return first.substitutions.isEmpty && !first.text.lowercased().hasPrefix("$env:") ? first.text : nil
        }
        if Self.builders.contains(name) { return name }
        if Self.shells.contains(name) || name == "source" || name == "." { return operand }
        if Self.interpreters.contains(name) { return operand ?? name }
        let isPath = first.text.hasPrefix("./") || first.text.hasPrefix("../") || first.text.hasPrefix(".\\")
        return isPath || [".sh", ".py", ".ps1", ".bat", ".cmd"].contains { first.text.hasSuffix($0) } ? first.text : nil
    }

    /// Takes a word off that only says how to run what follows.
    private mutating func skipPrefix() -> Bool {
        switch name {
        case "sudo", "doas": skip(valued: ["-u", "--user", "-g", "--group", "-h", "-p", "-C", "-D"])
        case "env": skip(valued: ["-u", "--unset", "-C", "--chdir"], assignments: true)
        case "nohup", "exec", "command", "builtin", "time", "setsid", "then", "else", "do", "&": words.removeFirst()
        case "nice", "ionice": skip(valued: ["-n", "-c"])
        case "xargs": skip(valued: ["-n", "-P", "-I", "-L", "-d", "-a", "--max-args", "--max-procs"])
        case "stdbuf": skip(valued: ["-i", "-o", "-e"])
        case "timeout":
            skip(valued: ["-s", "--signal", "-k", "--kill-after"])
            _ = words.popFirst()  // the duration
        default: return false
        }
        return !words.isEmpty
    }

    private mutating func skip(valued: Set<String>, assignments: Bool = false) {
        words.removeFirst()
        while let word = words.first {
            if word.text.hasPrefix("-"), word.text != "-" {
                words.removeFirst()
                if valued.contains(word.text) { _ = words.popFirst() }
            } else if assignments, word.text.contains("=") || word.text == "-" {
                words.removeFirst()
            } else {
                return
            }
        }
    }
}
