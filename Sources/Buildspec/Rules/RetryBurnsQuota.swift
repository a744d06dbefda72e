extension LintRule {
    static let retryBurnsQuota = LintRule(
        id: "retry-burns-quota", title: "A throttled pull is tried again and again", severity: .warning,
        explanation: """
            Docker Hub's limit lasts for hours. A retry within minutes fails too, and where the build pulls several images, those that \
            succeed are counted each time.
            """,
        fix: "Log in instead; retry only what is worth a retry."
    ) { subject in
        let pulls = subject.survey.pulls.filter { $0.isDockerHub != false && $0.image != nil }
        let loops = pulls.filter { $0.isInRetryLoop }.map {
            Hit(
                position: subject.place(of: $0),
                message: "the pull of \($0.image?.text ?? "an image") stands in a loop that tries it again")
        }
        let phases = (subject.document?.phases ?? []).compactMap { phase -> Hit? in
            guard case .retry(let count, _) = phase.onFailure?.value, count > 0,
                let position = phase.onFailure?.position,
                pulls.contains(where: { $0.phase == phase.name })
            else { return nil }
            return Hit(
                position: position,
                message:
                    "phase \(phase.name.rawValue) pulls from Docker Hub and runs up to \(count) times more when it fails"
            )
        }
        return loops + phases
    }
}
