internal import AWS

/// Who else could read the secret once a project has it.
enum Exposure {
    /// A warning where pull requests start the project: their code runs with its variables.
    static func warning(for project: CodeBuild.Project) -> String? {
        guard let webhook = project.webhook else { return nil }
        let groups = webhook.filterGroups ?? []
        let open =
            groups.isEmpty
            || groups.contains { group in
                let events = group.filter { $0.type == "EVENT" }.map(\.pattern).joined(separator: ",")
                return events.contains("PULL_REQUEST")
                    && !group.contains { $0.type == "ACTOR_ACCOUNT_ID" || $0.type == "GITHUB_ACTOR_ACCOUNT_ID" }
            }
        let approval = webhook.pullRequestBuildPolicy?.requiresCommentApproval
        guard open, approval == nil || approval == "DISABLED" else { return nil }
        return
            "Pull requests can start \(project.name), those from forks too; their code can read the Docker Hub credential. "
            + "Restrict the webhook (a filter by ACTOR_ACCOUNT_ID, or a comment approval), and use a token that can only read public images."
    }
}
