extension LintRule {
    static let loginAfterPull = LintRule(
        id: "login-after-pull", title: "The Docker Hub login comes after a pull, or may be missing at it",
        severity: .error,
        explanation: """
            A login serves the pulls after it. One that stands behind the first pull, that only sometimes happens, whose failure the \
            build passes over (`|| true`, `|| echo failed`), or that a logout undoes, leaves that pull anonymous.
            """,
        fix:
            "Put the login before the first docker action and let it fail the build, or let unthrottle patch --write put one there.",
        isFixedByLogin: true
    ) { subject in
        guard let login = subject.survey.logins.first else { return [] }
        return subject.anonymousPulls.filter { $0.user == login.user }.map {
            Hit(
                position: subject.place(of: $0),
                message:
                    "the Docker Hub login on line \(login.line) does not serve the pull of \($0.image?.text ?? "an image") (\($0.why))"
            )
        }
    }
}
