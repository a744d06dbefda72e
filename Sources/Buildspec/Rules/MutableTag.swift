extension LintRule {
    static let mutableTag = LintRule(
        id: "mutable-tag", title: "A Docker Hub image has no tag, or the tag latest", severity: .note,
        explanation: """
            What latest means changes, so each run must ask Docker Hub for it, caches serve it badly, and the build changes by itself.
            """,
        fix: "Name a version, best with its digest."
    ) { subject in
        subject.survey.pulls.filter {
            $0.isDockerHub == true && $0.image?.isMutable == true && $0.certainty != .unknown
        }.map {
            Hit(
                position: subject.place(of: $0),
                message: "\($0.image?.text ?? "an image") is whatever is newest when the build runs")
        }
    }
}
