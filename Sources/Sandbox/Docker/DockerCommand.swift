internal import Core

/// What the stand-in can do, with the options that each takes.
enum DockerCommand: Equatable {
    case login, logout, pull, manifestInspect, images, version, shortVersion, info

    /// Takes a command's words off the arguments; nil where it is none of these.
    init?(consuming arguments: inout ArraySlice<String>) {
        let known: [([String], DockerCommand)] = [
            (["login"], .login), (["logout"], .logout), (["pull"], .pull), (["image", "pull"], .pull),
            (["manifest", "inspect"], .manifestInspect), (["images"], .images), (["image", "ls"], .images),
            (["version"], .version), (["--version"], .shortVersion), (["-v"], .shortVersion), (["info"], .info),
            (["system", "info"], .info),
        ]
        guard let (words, command) = known.first(where: { arguments.starts(with: $0.0) }) else { return nil }
        arguments = arguments.dropFirst(words.count)
        self = command
    }

    /// As docker's usage lines have it.
    var name: String {
        switch self {
        case .login: "docker login"
        case .logout: "docker logout"
        case .pull: "docker pull"
        case .manifestInspect: "docker manifest inspect"
        case .images: "docker images"
        case .version: "docker version"
        case .shortVersion: "docker --version"
        case .info: "docker info"
        }
    }

    var usage: String {
        switch self {
        case .login: "docker login [OPTIONS] [SERVER]"
        case .logout: "docker logout [SERVER]"
        case .pull: "docker pull [OPTIONS] NAME[:TAG|@DIGEST]"
        case .manifestInspect: "docker manifest inspect [OPTIONS] [MANIFEST_LIST] MANIFEST"
        case .images: "docker images [OPTIONS]"
        case .version: "docker version"
        case .shortVersion: "docker --version"
        case .info: "docker info"
        }
    }

    /// Long options that take a value.
    var valued: Set<String> {
        switch self {
        case .login: ["username", "password"]
        case .pull: ["platform"]
        default: []
        }
    }

    /// Long options that take none.
    var switches: Set<String> {
        switch self {
        case .login: ["password-stdin"]
        case .pull: ["quiet", "disable-content-trust"]
        case .manifestInspect: ["insecure"]
        case .images: ["quiet"]
        default: []
        }
    }

    /// Short options and their long ones.
    var shorts: [Character: String] {
        switch self {
        case .login: ["u": "username", "p": "password"]
        case .pull, .images: ["q": "quiet"]
        default: [:]
        }
    }

    /// How many words may follow, and docker's phrase for it.
    var words: (count: ClosedRange<Int>, phrase: String) {
        switch self {
        case .login, .logout: (0...1, "requires at most 1 argument")
        case .pull, .manifestInspect: (1...1, "requires 1 argument")
        case .images, .version, .shortVersion, .info: (0...0, "accepts no arguments")
        }
    }

    /// Docker's usage, below an error.
    var help: String { "Usage:  \(usage)\n\nRun '\(name) --help' for more information" }

    /// The refusal of what the stand-in does not do: status 125, docker's own for what failed before it began; and
    /// docker's words for what docker does not know either.
    static func unknown(_ arguments: ArraySlice<String>) -> DockerExit {
        guard let verb = arguments.first else {
            return DockerExit(
                0, "Usage:  docker login|logout|pull|manifest inspect|images|version|info [OPTIONS]\n\n\(nature)")
        }
        guard dockersOwn.contains(verb) || verb.hasPrefix("-") else {
            return DockerExit(
                1, "docker: unknown command: docker \(verb)\n\nRun 'docker --help' for more information")
        }
        return DockerExit(125, "docker: 'docker \(verb)' cannot be done here. \(nature)")
    }

    private static let nature =
        "This docker is the sandbox's stand-in: it logs in to the sandbox's hub and pulls from it. "
        + "For more, start the sandbox with `--docker engine`."

    private static let dockersOwn: Set<String> = [
        "attach", "bake", "build", "builder", "buildx", "commit", "compose", "config", "container", "context", "cp",
        "create", "diff", "events", "exec", "export", "help", "history", "image", "import", "inspect", "kill", "load",
        "logs", "manifest", "network", "node", "pause", "plugin", "port", "ps", "push", "rename", "restart", "rm",
        "rmi",
        "run", "save", "scout", "search", "secret", "service", "stack", "start", "stats", "stop", "swarm", "system",
        "tag",
        "top", "trust", "unpause", "update", "volume", "wait",
    ]
}

/// A command's options and words, read as docker's own parser (pflag) reads them.
struct DockerArguments: Equatable {
    /// Values by long option; a switch has `true`.
    private(set) var options: [String: String] = [:]
    private(set) var words: [String] = []

    /// Reads what follows the command; throws the exit that docker would make of a mistake, and of `--help`.
    init(_ arguments: some Collection<String>, of command: DockerCommand) throws(DockerExit) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                break
            } else if argument == "--help" {
                throw DockerExit(0, "Usage:  \(command.usage)")
            } else if argument.hasPrefix("--") {
                try takeLong(argument, &rest, command)
            } else if argument.hasPrefix("-"), argument.count > 1 {
                try takeShort(argument, &rest, command)
            } else {
                words.append(argument)
            }
        }
        guard command.words.count.contains(words.count) else {
            throw DockerExit(1, "docker: '\(command.name)' \(command.words.phrase)\n\n\(command.help)")
        }
    }

    private mutating func takeLong(
        _ argument: String, _ rest: inout ArraySlice<String>, _ command: DockerCommand
    ) throws(DockerExit) {
        let halves = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(halves.first ?? "")
        let value = halves.count > 1 ? String(halves[1]) : nil
        if command.switches.contains(name) {
            options[name] = ["false", "0"].contains(value) ? nil : "true"
        } else if command.valued.contains(name) {
            guard let value = value ?? rest.popFirst() else {
                throw DockerExit(125, "flag needs an argument: --\(name)\n\n\(command.help)")
            }
            options[name] = value
        } else {
            throw DockerExit(125, "unknown flag: --\(name)\n\n\(command.help)")
        }
    }

    /// `-q`, `-u NAME`, `-uNAME`, `-u=NAME`.
    private mutating func takeShort(
        _ argument: String, _ rest: inout ArraySlice<String>, _ command: DockerCommand
    ) throws(DockerExit) {
        var letters = argument.dropFirst()
        while let letter = letters.popFirst() {
            guard let name = command.shorts[letter] else {
                throw DockerExit(
                    125, "unknown shorthand flag: '\(letter)' in \(argument)\n\n\(command.help)")
            }
            guard command.valued.contains(name) else {
                options[name] = "true"
                continue
            }
            let glued = letters.first == "=" ? letters.dropFirst() : letters
            guard let value = letters.isEmpty ? rest.popFirst() : String(glued) else {
                throw DockerExit(
                    125, "flag needs an argument: '\(letter)' in \(argument)\n\n\(command.help)")
            }
            options[name] = value
            return
        }
    }
}
