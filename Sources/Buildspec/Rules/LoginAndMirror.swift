extension LintRule {
    static let loginAndMirror = LintRule(
        id: "login-and-mirror", title: "A mirror and a Docker Hub login together", severity: .note,
        explanation: """
            The daemon asks its mirror without the login, so the mirror's own identity counts; the login only serves pulls that the \
            mirror fails (moby#42022).
            """,
        fix: "Give the mirror a credential of its own, or drop it."
    ) { subject in
        guard !subject.survey.logins.isEmpty else { return [] }
        return subject.commands.filter { command in
            command.shell.words.contains { $0.text.contains("registry-mirror") }
        }.map { Hit(position: $0.position, message: "the login is not used for pulls through this mirror") }
    }
}
