extension LintRule {
    static let unauthenticatedPull = LintRule(
        id: "unauthenticated-pull", title: "Docker Hub is asked for an image without a login", severity: .warning,
        explanation: """
            Without a login Docker Hub counts a pull to the address that it comes from. CodeBuild's addresses are shared with \
            other accounts, so the limit is often used up before the build begins, and the pull fails with "toomanyrequests".
            """,
        fix: "Log in to Docker Hub before it: unthrottle patch --write puts the command in.", isFixedByLogin: true
    ) { subject in
        guard subject.survey.logins.isEmpty else { return [] }
        return subject.anonymousPulls.map {
            Hit(
                position: subject.place(of: $0),
                message: "\($0.image?.text ?? "an image") is pulled from Docker Hub without a login (\($0.why))")
        }
    }
}
