internal import Core

extension LintRule {
    static let passwordShown = LintRule(
        id: "password-shown", title: "A password is written to the build log", severity: .error,
        explanation: """
            `echo`, `printenv` and `set -x` write to the build log, which many people can read; a login under `set -x` shows the password \
            where `echo` hands it on, or its arguments hold it. CodeBuild masks only values that come unchanged from Secrets Manager or \
            the Parameter Store.
            """,
        fix:
            "Remove the command; around a login, switch tracing off with set +x, or hand the password on with printenv NAME |",
        securitySeverity: 7.5
    ) { subject in
        // ECR's password comes from the AWS CLI, and no variable holds it.
        let hasLogin = subject.logins.contains { $0.target != .ecr && subject.showsPassword($0) }
        return subject.commands.enumerated().compactMap { index, command in
            let words = command.shell.words
            if hasLogin, words.count < 3, printers.contains(words.map(\.text)), showsAll(index, subject.commands) {
                return Hit(
                    position: command.position, message: "every variable is written to the build log",
                    severity: .warning)
            }
            switch command.program.name {
            case "echo", "printf", "Write-Host", "Write-Output":
                guard showsAll(index, subject.commands),
                    let name = command.program.words.dropFirst().first(where: {
                        $0.hasExpansion && namesPassword($0.text)
                    })?.text, command.shell.isPiped || !subject.isMasked(name)
                else { return nil }
                return Hit(position: command.position, message: "\(name) is written to the build log")
            case "printenv":
                guard words.count == 2, namesPassword("$" + words[1].text), showsAll(index, subject.commands),
                    command.shell.isPiped || !subject.isMasked("$" + words[1].text)
                else { return nil }
                return Hit(position: command.position, message: "\(words[1].text) is written to the build log")
            case "cat":
                let isConfiguration = words.dropFirst().contains { $0.text.hasSuffix(".docker/config.json") }
                guard isConfiguration, showsAll(index, subject.commands),
                    subject.logins.contains(where: { $0.target != .ecr })
                else { return nil }
                return Hit(
                    position: command.position,
                    message: "docker's logins, with their passwords, are written to the build log")
            case "set":
                guard command.program.tracing == true, tracesLogin(index, subject) else { return nil }
                return Hit(
                    position: command.position, message: "set -x writes the login's expanded words to the build log",
                    severity: .warning)
            default: return nil
            }
        }
    }

    /// The commands that print every variable.
    private static let printers = [
        ["printenv"], ["env"], ["set"], ["export"], ["export", "-p"], ["declare", "-p"], ["declare", "-x"],
    ]
    /// The programs behind a pipe that leave no line out.
    private static let passers: Set = ["sort", "cat", "less", "more", "uniq", "nl", "column", "tee", "base64"]

    /// Whether all that a command prints comes to the log.
    private static func showsAll(_ index: Int, _ commands: [LintSubject.Command]) -> Bool {
        for command in commands[index...] {
            if command.shell.streams.output != nil { return false }
            if command !== commands[index], !passers.contains(command.program.name ?? "") { return false }
            if !command.shell.isPiped { return true }
        }
        return false
    }

    /// Whether a login with a password follows before the trace is switched off.
    private static func tracesLogin(_ index: Int, _ subject: LintSubject) -> Bool {
        let tracer = subject.commands[index]
        for command in subject.commands.dropFirst(index + 1) {
            if command.program.tracing == false { return false }
            // It ends with its subshell.
            let isOutside = command.item != tracer.item || !command.shell.groups.starts(with: tracer.shell.groups)
            if !tracer.shell.groups.isEmpty, isOutside { return false }
            // In version 0.1 each command has a shell of its own.
            if subject.document?.version == .perCommandShell, command.item != tracer.item {
                return false
            }
            if let login = subject.logins.first(where: { $0.command === command }), subject.showsPassword(login) {
                return true
            }
        }
        return false
    }

    private static func namesPassword(_ text: String) -> Bool {
        let upper = text.uppercased()
        guard ["PASS", "TOKEN", "PWD"].contains(where: { upper.contains($0) }) else { return false }
        let dollar = UInt8(ascii: "$")
        return text.utf8.split(separator: dollar).dropFirst(text.utf8.first == dollar ? 0 : 1).contains { part in
            var bare = part.drop { $0 == UInt8(ascii: "{") }
            if Substring(bare.prefix(4)).lowercased() == "env:" { bare = bare.dropFirst(4) }
            let end = bare.firstIndex { !ASCII.isName($0) } ?? bare.endIndex
            let name = Substring(bare[..<end]).uppercased()
            // `${NAME:+set}` shows that there is one.
            if bare[end...].starts(with: ":+".utf8) { return false }
            return passwords.contains { name.contains($0) } && !places.contains { name.hasSuffix($0) }
        }
    }

    private static let passwords = ["PASSWORD", "PASSWD", "TOKEN", "DOCKER_PASS", "HUB_PASS", "DOCKER_PWD"]
    /// A secret's place is no secret.
    private static let places = [
        "_ARN", "_ID", "_NAME", "_FILE", "_PATH", "_KEY", "_URL", "_LENGTH", "_PARAM", "_PARAMETER", "_SSM", "_REF",
        "TOKENS", "NEXT_TOKEN",
    ]
}
