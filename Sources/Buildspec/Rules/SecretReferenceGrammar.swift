extension LintRule {
    static let secretReference = LintRule(
        id: "secret-reference", title: "A secret reference does not follow its grammar", severity: .error,
        explanation: """
            CodeBuild reads secret-id[:json-key[:version-stage[:version-id]]], with a stage or a version but not both. Without a key \
            the variable holds the secret's whole JSON text.
            """,
        fix: "Write secret-id:json-key, such as dockerhub:password."
    ) { subject in
        let wrong = subject.document?.findings.filter { $0.member.hasPrefix("env.secrets-manager") } ?? []
        let whole = (subject.document?.environment.secrets ?? [:]).filter { name, value in
            let upper = name.uppercased()
            guard let reference = SecretReference(value.value), reference.key == nil else { return false }
            return upper.contains("DOCKER") && (upper.contains("PASS") || upper.contains("USER"))
        }
        return wrong.map { Hit(position: $0.position, message: "\($0.member): \($0.message)") }
            + whole.map { name, value in
                Hit(
                    position: value.position, message: "\(name) gets the secret's whole text, since no key is named",
                    severity: .warning)
            }
    }
}
