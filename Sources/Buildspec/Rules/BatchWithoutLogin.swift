extension LintRule {
    static let batchWithoutLogin = LintRule(
        id: "batch-without-login", title: "A batch's other buildspec pulls without a login", severity: .warning,
        explanation: """
            Each build of a batch runs on a machine of its own. A login in one buildspec does nothing for those that run another one.
            """,
        fix: "Add the login to that buildspec too: unthrottle patch --write PATH."
    ) { subject in
        guard let batch = subject.root?["batch"] else { return [] }
        return batch.namedBuildspecs.compactMap { path in
            guard let place = CheckoutReader.path(path.value, from: ""), let text = subject.checkout.text(of: place),
                let document = try? BuildspecDocument(parsing: text, path: place)
            else { return nil }
            let survey = PullSurvey(of: document, in: subject.checkout)
            guard survey.pulls.contains(where: { $0.isDockerHub == true && $0.isAuthenticated == false }) else {
                return nil
            }
            return Hit(position: path.position, message: "\(path.value) pulls from Docker Hub without a login")
        }
    }
}
