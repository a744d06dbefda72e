/// The words after `docker compose` or `docker-compose` (docker compose's reference; that of Compose v1).
struct ComposeCommandLine {
    /// The options before the verb that take a value.
    static let valued: Set = [
        "-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory", "--workdir", "--ansi",
        "--progress", "--parallel", "-H", "--host", "-c", "--context", "-l", "--log-level", "--tlscacert", "--tlscert",
        "--tlskey",
    ]

    let verb: String
    /// The options before the verb.
    let project: OptionWords
    /// What follows the verb.
    let rest: OptionWords

    /// Reads the words; nil where there is no verb.
    init?(_ words: ArraySlice<ShellWord>) {
        project = OptionWords(words, valued: Self.valued, untilOperand: true)
        guard let verb = project.operands.first?.text else { return nil }
        self.verb = verb
        // Everything behind a service of `run` is its command.
        rest = OptionWords(
            project.operands.dropFirst(), valued: Self.valued(of: verb), untilOperand: verb == "run")
    }

    /// Whether it does nothing but show what it would do, or how it is called.
    var onlyShows: Bool {
        project.has("--dry-run") || project.has("--help") || project.has("-h") || rest.has("--help")
            || rest.has("--dry-run")
    }

    /// What it asks for; nil for a verb that neither pulls nor builds.
    var work: ComposeProject.Verb? {
        switch verb {
        case "up", "run", "create", "watch", "scale": .up
        case "build": .build
        case "pull": .pull
        default: nil
        }
    }

    /// The services that it names.
    var services: [String] {
        let names = rest.operands.map(\.text)
        switch verb {
        case "run": return Array(names.prefix(1))
        case "scale": return names.map { String($0.prefix { $0 != "=" }) }
        default: return names
        }
    }

    private static func valued(of verb: String) -> Set<String> {
        switch verb {
        case "run":
            [
                "--cap-add", "--cap-drop", "--entrypoint", "-e", "--env", "--env-from-file", "-l", "--label", "--name",
                "-p", "--publish", "--pull", "-u", "--user", "-v", "--volume", "-w", "--workdir",
            ]
        case "build":
            [
                "--build-arg", "--builder", "-m", "--memory", "--progress", "--provenance", "--sbom", "--ssh",
            ]
        case "pull": ["--policy"]
        default:
            [
                "--attach", "--no-attach", "--exit-code-from", "--pull", "--scale", "-t", "--timeout", "--wait-timeout",
            ]
        }
    }
}
