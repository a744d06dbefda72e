internal import Core

extension LintRule {
    static let literalSecret = LintRule(
        id: "literal-secret", title: "A password stands where the name of a secret belongs", severity: .error,
        explanation: """
            env.secrets-manager takes the name of a secret and a key in it. A password that stands there is looked up as a name, \
            the build fails, and the password is in version control.
            """,
        fix: "Store the value in Secrets Manager and write its name and key here: dockerhub:password",
        securitySeverity: 8.0
    ) { subject in
        (subject.document?.environment.secrets ?? [:]).compactMap { variable, value in
            // Secret names: letters, digits and /_+=.@- (CreateSecret, Name), and ! in those that a service manages. A key of its
            // JSON may hold anything.
            let text = value.value
            let name = text.hasPrefix("arn:") ? "".utf8[...] : text.utf8.prefix { $0 != UInt8(ascii: ":") }
            let isName = name.allSatisfy { ASCII.isName($0) || "/+=.@-!".utf8.contains($0) }
            let isTemplate = text.utf8.contains { "$<{".utf8.contains($0) }
            guard text.isHubToken || !isName && !isTemplate else { return nil }
            return Hit(
                position: value.position,
                message: "the value of \(variable) is no secret's name; it looks like the secret itself")
        }
    }
}
