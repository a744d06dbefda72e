extension LintRule {
    static let plaintextCredential = LintRule(
        id: "plaintext-credential", title: "A Docker Hub password stands in the file", severity: .error,
        explanation: """
            A buildspec is in version control, and CodeBuild shows plain variables to everyone who may see the project.
            """,
        fix: "Put it into Secrets Manager, name it under env.secrets-manager, and revoke the one that was in the file.",
        securitySeverity: 8.5
    ) { subject in
        let hasToken = subject.text.isHubToken
        return (subject.document?.environment.variables ?? [:]).compactMap { name, value in
            guard holdsCredential(name, value.value) else { return nil }
            return Hit(position: value.position, message: "\(name) holds a credential in the clear")
        }
            + subject.commands.compactMap { command in
                if command.shell.isPlain, !hasToken { return nil }
                if let word = command.assigned.first(where: { !$0.hasExpansion && $0.text.setsCredential }) {
                    let name = word.text.prefix { $0 != "=" }
                    return Hit(position: command.position, message: "\(name) is set to a credential in the clear")
                }
                guard hasToken, command.shell.words.contains(where: { $0.text.isHubToken }) else { return nil }
                return Hit(position: command.position, message: "an access token of Docker Hub stands in a command")
            }
            + subject.logins.filter { $0.target == .dockerHub && subject.handsLiteral(to: $0.command) }.map {
                Hit(position: $0.command.position, message: "the password of a Docker Hub login stands in the command")
            }
    }

    /// Whether a variable of that name and value holds a password of Docker Hub, or a token.
    fileprivate static func holdsCredential(_ name: some StringProtocol, _ value: String) -> Bool {
        let upper = name.uppercased()
        let mayBe = ["PASS", "TOKEN", "PWD", "PAT", "SECRET"].contains { upper.contains($0) }
        guard mayBe || value.isHubToken else { return false }
        let isHub =
            (["DOCKER", "REGISTRY"].contains { upper.contains($0) } || upper.hasPrefix("HUB_"))
            && !upper.replacing("SECRET", with: "").contains("ECR")
        // The words of the name, so that a bypass or a compass holds no password.
        let words = upper.split(separator: "_").map(String.init)
        let isPassword = ["PASS", "PASSWORD", "PASSWD", "TOKEN", "PWD", "PAT", "SECRET"].contains { word in
            words.last.map { $0 == word || word.count > 4 && $0.hasSuffix(word) } ?? false
        }
        return value.isHubToken || isHub && isPassword && !value.standsForAnother
    }
}

extension LintSubject.Command {
    /// The words that set variables of the shell.
    fileprivate var assigned: [ShellWord] {
        if shell.words.isEmpty { return shell.assignments }
        return program.traits.contains(.builtin) ? Array(shell.words.dropFirst()) : []
    }
}

extension String {
    /// Whether it is `NAME=value` with a credential.
    fileprivate var setsCredential: Bool {
        guard let equals = utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return LintRule.holdsCredential(self[..<equals], String(self[utf8.index(after: equals)...]))
    }
}

extension LintSubject {
    /// Whether a login's password is a text of its own: behind `-p`, or printed into it.
    fileprivate func handsLiteral(to login: Command) -> Bool {
        let words = login.program.words.map { ($0.text, $0.hasExpansion) }
        for (word, next) in zip(words, words.dropFirst()) where word.0 == "-p" || word.0 == "--password" {
            return Self.isLiteral(next.0, hasExpansion: next.1)
        }
        for start in ["--password=", "-p=", "-p"] {
            guard let joined = words.first(where: { $0.0.hasPrefix(start) && $0.0 != start }) else { continue }
            return Self.isLiteral(String(joined.0.dropFirst(start.count)), hasExpansion: joined.1)
        }
        guard let printer = printer(of: login) else { return false }
        let texts = printer.program.words.dropFirst().filter { !["-n", "-e", "%s", "%s\\n"].contains($0.text) }
        return texts.count == 1 && texts.allSatisfy { Self.isLiteral($0.text, hasExpansion: $0.hasExpansion) }
    }

    /// Whether it is a password; what stands for one in an example is none.
    private static func isLiteral(_ text: String, hasExpansion: Bool) -> Bool {
        !hasExpansion && !text.standsForAnother && !text.isHubToken
    }
}

extension String {
    /// Whether it says where a value comes from, or that one belongs there.
    fileprivate var standsForAnother: Bool {
        isEmpty || contains { "$<{%*".contains($0) } || hasPrefix("@") || hasPrefix("__")
            || lowercased().hasPrefix("your")
            || ["/", "arn:"].contains(where: hasPrefix)
            || ["changeme", "change_me", "change-me", "todo", "none", "null", "xxx"].contains(lowercased())
    }

    /// Whether an access token of Docker Hub stands in it: of a person, or of an organisation.
    var isHubToken: Bool { contains("dckr_") && (contains("dckr_pat_") || contains("dckr_oat_")) }
}
