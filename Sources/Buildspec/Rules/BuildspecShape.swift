extension LintRule {
    static let buildspecShape = LintRule(
        id: "buildspec-shape", title: "CodeBuild refuses or ignores a part of the file", severity: .error,
        explanation: """
            A member that CodeBuild does not know, or a value of another shape than it expects. The most frequent one is a command with \
            an unquoted ': ', which YAML reads as a mapping.
            """,
        fix: "Follow the build specification reference; put commands with ': ' in single quotes."
    ) { subject in
        (subject.document?.findings ?? []).filter { !$0.member.hasPrefix("env.secrets-manager") }.map {
            Hit(
                position: $0.position, message: "\($0.member): \($0.message)",
                severity: $0.severity == .error ? .error : .warning)
        }
    }
}
