extension LintRule {
    static let passwordInArguments = LintRule(
        id: "password-in-arguments", title: "docker login -p shows the password", severity: .warning,
        explanation: """
            What stands on a command line is in process lists, in shell traces and in the error that CodeBuild prints when the \
            command fails.
            """,
        fix:
            "Hand it in on standard input: echo \"$DOCKERHUB_PASSWORD\" | docker login -u \"$DOCKERHUB_USERNAME\" --password-stdin",
        securitySeverity: 6.5
    ) { subject in
        subject.logins.filter(\.passwordInArguments).map {
            Hit(position: $0.command.position, message: "the password stands in the arguments of a login")
        }
    }
}
