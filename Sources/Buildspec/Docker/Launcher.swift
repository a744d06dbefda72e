/// How a program is told which other one it runs.
struct Launcher {
    /// The verbs with which it runs one; empty where it needs none.
    var verbs: Set<String> = []
    /// How many operands of its own stand before the command; what follows `--` is the command in any case.
    var operands = 0
    /// The options that take a value in the next word.
    var valued: Set<String> = []
    /// The options whose value is a shell's text.
    var texts: Set<String> = []
    /// The options behind which the command stands.
    var starts: Set<String> = []
    /// Whether `NAME=value` may stand before the command.
    var takesAssignments = false

    /// The names of all that are known.
    static let names: [String] = Array(all.keys) + scriptRunners

    /// Those whose words are commands or names of package.json's scripts.
    private static let scriptRunners = ["concurrently", "start-server-and-test", "start-test"]

    fileprivate static let all: [String: Launcher] = [
        "aws-vault": Launcher(
            verbs: ["exec"], operands: 1, valued: ["-d", "--duration", "--backend", "-t", "--mfa-token", "--region"]),
        "chamber": Launcher(verbs: ["exec"], operands: .max),
        "op": Launcher(verbs: ["run"], valued: ["--env-file", "--account"]),
        "dotenv": Launcher(valued: ["-e", "-f", "--file", "-p", "-v", "-c"]),
        "dotenvx": Launcher(verbs: ["run"], valued: ["-f", "--env-file", "-e", "--env"]),
        "direnv": Launcher(verbs: ["exec"], operands: 1),
        "flock": Launcher(
            operands: 1, valued: ["-w", "--wait", "--timeout", "-E", "--conflict-exit-code"],
            texts: ["-c", "--command"]),
        "xvfb-run": Launcher(
            valued: [
                "-n", "--server-num", "-s", "--server-args", "-f", "--auth-file", "-e", "--error-file", "-w", "--wait",
                "-p", "--xauth-protocol",
            ]),
        "unbuffer": Launcher(),
        "chronic": Launcher(),
        "cross-env": Launcher(takesAssignments: true),
        "asdf": Launcher(verbs: ["exec"]),
        "mise": Launcher(verbs: ["exec", "x"], operands: .max, texts: ["-c", "--command"]),
        "nix": Launcher(verbs: ["develop", "shell"], operands: .max, starts: ["-c", "--command"]),
        "nix-shell": Launcher(operands: .max, texts: ["--run", "--command"]),
        "conda": Launcher(verbs: ["run"], valued: ["-n", "--name", "-p", "--prefix", "--cwd"]),
        "mamba": Launcher(verbs: ["run"], valued: ["-n", "--name", "-p", "--prefix", "--cwd"]),
        "micromamba": Launcher(verbs: ["run"], valued: ["-n", "--name", "-p", "--prefix", "--cwd"]),
        "wait-for-it": Launcher(operands: .max), "wait-for-it.sh": Launcher(operands: .max),
    ]

    /// The command in the words behind the program's name; nil where there is none.
    fileprivate func command(in words: ArraySlice<ShellWord>) -> ArraySlice<ShellWord>? {
        var rest = words
        if !verbs.isEmpty {
            rest = rest.drop { $0.text.hasPrefix("-") }
            guard let verb = rest.popFirst(), verbs.contains(verb.text) else { return nil }
        }
        var left = operands
        while let word = rest.first {
            let text = word.text
            if text == "--" || starts.contains(text) { return rest.dropFirst() }
            if texts.contains(text) { return rest.dropFirst().first.map { [ShellWord].shell(running: $0.text)[...] } }
            if text.hasPrefix("-") {
                if valued.contains(text) { rest.removeFirst() }
            } else if left > 0 {
                left -= 1
            } else if !takesAssignments || !text.contains("=") {
                return rest
            }
            _ = rest.popFirst()
        }
        return nil
    }
}

extension Program {
    /// What a launcher runs; nil where it runs nothing here.
    var launched: Program? {
        guard let name else { return nil }
        let words = words.dropFirst()
        let command: ArraySlice<ShellWord>?
        switch name {
        case "concurrently": command = Self.scripts(words, valued: Self.valuedOfConcurrently, Self.shortened)
        case "start-server-and-test", "start-test":
            // Between the two commands stands what is waited for.
            command = Self.scripts(words) { text in
                guard !text.contains("://"), !text.allSatisfy(\.isNumber), !text.hasPrefix(":") else { return nil }
                return text.contains(" ") ? text : "npm run \(text)"
            }
        default: command = Launcher.all[name]?.command(in: name == "dotenv" ? Self.behindRun(words) : words)
        }
        return command.flatMap { $0.isEmpty ? nil : Program($0) }
    }

    /// One text for a shell with what each word stands for.
    private static func scripts(
        _ words: ArraySlice<ShellWord>, valued: Set<String> = [], _ command: (String) -> String?
    ) -> ArraySlice<ShellWord>? {
        let operands = OptionWords(words, valued: valued).operands
        let commands = operands.compactMap { command($0.text) }
        return commands.isEmpty ? nil : [ShellWord].shell(running: commands.joined(separator: "\n"))[...]
    }

    private static let valuedOfConcurrently: Set = [
        "-n", "--names", "-c", "--prefix-colors", "-p", "--prefix", "-s", "--success", "-m", "--max-processes",
    ]

    /// `npm:test` is the script `test`.
    private static func shortened(_ text: String) -> String {
        for manager in ["npm", "yarn", "pnpm", "bun"] where text.hasPrefix(manager + ":") {
            return "\(manager) run \(text.dropFirst(manager.count + 1))"
        }
        return text
    }

    /// Python's `dotenv run` is called as others of that name are without the verb.
    private static func behindRun(_ words: ArraySlice<ShellWord>) -> ArraySlice<ShellWord> {
        guard let verb = words.firstIndex(where: { !$0.text.hasPrefix("-") }), words[verb].text == "run" else {
            return words
        }
        return words[..<verb] + words[(verb + 1)...]
    }
}

extension [ShellWord] {
    fileprivate static func shell(running text: String) -> [ShellWord] {
        ["sh", "-c", text].map { ShellWord(text: $0) }
    }
}
