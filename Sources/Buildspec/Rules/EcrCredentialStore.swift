extension LintRule {
    static let ecrCredentialStore = LintRule(
        id: "ecr-credential-store", title: "credsStore: ecr-login takes the place of every login", severity: .error,
        explanation: """
            With credsStore docker asks that helper for every registry and cannot store a login: docker login fails, and pulls from \
            Docker Hub are anonymous.
            """,
        fix: "Use credHelpers with the ECR registry's name instead."
    ) { subject in
        guard subject.text.contains("credsStore") else { return [] }
        return subject.commands.compactMap { command in
            func says(_ text: String) -> Bool { command.shell.words.contains { $0.text.contains(text) } }
            guard says("credsStore"), says("ecr-login") else { return nil }
            return Hit(position: command.position, message: "ecr-login becomes the store of all logins")
        }
    }
}
