extension LintRule {
    static let plaintextCredential = LintRule(
        id: "plaintext-credential", title: "A Docker Hub password stands in the file", severity: .error,
        explanation: """
            A buildspec is in version control, and CodeBuild shows plain variables to everyone who may see the project.
            """,
        fix: "Put it into Secrets Manager, name it under env.secrets-manager, and revoke the one that was in the file.",
        securitySeverity: 8.5
    ) { subject in
        (subject.document?.environment.variables ?? [:]).compactMap { name, value in
            let upper = name.uppercased()
            let isHub = ["DOCKER", "HUB_", "REGISTRY"].contains { upper.contains($0) } && !upper.contains("ECR")
            let isPassword = ["PASS", "TOKEN", "PWD", "SECRET"].contains { upper.contains($0) }
            let isToken = value.value.isHubToken
            guard isToken || isHub && isPassword, !value.value.isEmpty, !value.value.contains("$") else { return nil }
            return Hit(position: value.position, message: "\(name) holds a credential in the clear")
        }
            + subject.commands.compactMap { command in
                guard command.text.isHubToken, command.shell.words.contains(where: { $0.text.isHubToken }) else {
                    return nil
                }
                return Hit(position: command.position, message: "an access token of Docker Hub stands in a command")
            }
    }
}

extension String {
    /// Whether an access token of Docker Hub stands in it: of a person, or of an organisation.
    var isHubToken: Bool { contains("dckr_pat_") || contains("dckr_oat_") }
}
