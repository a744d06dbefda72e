extension LintRule {
    static let passwordInArguments = LintRule(
        id: "password-in-arguments", title: "docker login -p shows the password", severity: .warning,
        explanation: """
            What stands on a command line is in process lists, in shell traces and in the error that CodeBuild prints when the \
            command fails.
            """,
        fix:
            "Hand it in on standard input: echo \"$DOCKERHUB_PASSWORD\" | docker login -u \"$DOCKERHUB_USERNAME\" --password-stdin",
        isRepaired: true, securitySeverity: 6.5
    ) { subject in
        let message = "the password stands in the arguments of a login"
        return subject.logins.filter(\.passwordInArguments).map { login in
            Hit(
                position: login.command.position, message: message,
                fix: login.target == .ecr ? ecrFix : subject.isPowerShell ? powerShellFix : nil,
                repair: subject.repair(login.command, LintRule.passwordOnInput))
        }
            + subject.survey.scriptLogins.filter(\.passwordInArguments).map { login in
                Hit(
                    position: subject.place(of: login), message: login.message(message),
                    fix: login.target == .ecr ? ecrFix : nil)
            }
    }

    private static let powerShellFix =
        "Hand it in on standard input: $env:DOCKERHUB_PASSWORD | docker login -u $env:DOCKERHUB_USERNAME --password-stdin"
    private static let ecrFix =
        "Hand it in on standard input: aws ecr get-login-password | docker login --username AWS --password-stdin REGISTRY"

    /// The login with its password, a variable, on standard input; nil where that is taken, or the password is none.
    private static func passwordOnInput(_ command: WrittenWords, _ isFed: Bool) -> String? {
        let words = command.words
        guard !isFed, !words.contains("--password-stdin"),
            let option = words.firstIndex(where: { ["-p", "--password"].contains($0) || $0.hasPrefix("--password=") })
        else { return nil }
        let isJoined = words[option].contains("=")
        let range = option..<option + (isJoined ? 1 : 2)
        guard words.indices.contains(range.upperBound - 1) else { return nil }
        let written = isJoined ? String(words[option].drop { $0 != "=" }.dropFirst()) : words[option + 1]
        let value =
            written.hasPrefix("\"") && written.hasSuffix("\"") ? String(written.dropFirst().dropLast()) : written
        let name = value.dropFirst(value.hasPrefix("${") ? 2 : 1).dropLast(value.hasPrefix("${") ? 1 : 0)
        guard value.hasPrefix("$"), !name.isEmpty, value.hasPrefix("${") == value.hasSuffix("}"),
            name.allSatisfy({ $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return "echo \"\(value)\" | " + command.replacing(range, by: ["--password-stdin"])
    }
}
