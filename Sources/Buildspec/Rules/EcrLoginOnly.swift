extension LintRule {
    static let ecrLoginOnly = LintRule(
        id: "ecr-login-only", title: "The only login is one for ECR", severity: .note,
        explanation: """
            A login belongs to one registry. The one for Amazon ECR, which most builds have, does nothing for pulls from Docker Hub.
            """,
        fix: "Add a Docker Hub login; the one for ECR stays."
    ) { subject in
        let logins = subject.logins
        guard !subject.anonymousPulls.isEmpty, !logins.contains(where: { $0.target == .dockerHub }),
            let login = logins.first(where: { $0.target == .ecr })
        else { return [] }
        return [
            Hit(
                position: login.command.position, message: "this login is for ECR; pulls from Docker Hub stay anonymous"
            )
        ]
    }
}
