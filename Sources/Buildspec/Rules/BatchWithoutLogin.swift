extension LintRule {
    static let batchWithoutLogin = LintRule(
        id: "batch-without-login", title: "A batch's other buildspec pulls without a login", severity: .warning,
        explanation: """
            Each build of a batch runs on a machine of its own. A login in one buildspec does nothing for those that run another one.
            """,
        fix: "Add the login to that buildspec too: unthrottle patch --write PATH."
    ) { subject in
        let open = subject.survey.pulls.filter { $0.isDockerHub == true && $0.isAuthenticated == false }
        let paths = Set(open.compactMap(\.buildspec))
        guard !paths.isEmpty, let batch = subject.root?["batch"] else { return [] }
        return batch.namedBuildspecs.filter { paths.contains($0.value) }.map {
            Hit(position: $0.position, message: "\($0.value) pulls from Docker Hub without a login")
        }
    }
}
