extension LintRule {
    static let runAsLogin = LintRule(
        id: "run-as-login", title: "The user who pulls is not the user who logged in", severity: .warning,
        explanation: """
            Docker keeps a login in the user's own folder. A phase with another run-as, or a command under sudo, does not see it.
            """,
        fix: "Log in as the same user, or set DOCKER_CONFIG to one folder that both may read."
    ) { subject in
        guard let login = subject.survey.logins.first else { return [] }
        return subject.anonymousPulls.filter { $0.user != login.user }.map {
            Hit(
                position: subject.place(of: $0),
                message:
                    "\($0.user) pulls \($0.image?.text ?? "an image"), and \(login.user) logged in on line \(login.line)"
            )
        }
    }
}
