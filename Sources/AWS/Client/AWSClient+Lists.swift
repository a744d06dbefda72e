internal import Core

extension AWSClient {
    /// All items of a paged list, up to `limit`; ends where a service hands out the same token twice.
    func all<O: AWSOperation, Item: Sendable>(
        _ first: O, token: any WritableKeyPath<O, String?> & Sendable, next: any KeyPath<O.Output, String?> & Sendable,
        items: any KeyPath<O.Output, [Item]> & Sendable, limit: Int = .max
    ) async throws -> [Item] {
        var (operation, found) = (first, [Item]())
        while true {
            let page = try await call(operation)
            found += page[keyPath: items]
            guard let following = page[keyPath: next], !following.isEmpty, following != operation[keyPath: token],
                found.count < limit
            else { return Array(found.prefix(limit)) }
            operation[keyPath: token] = following
        }
    }

    /// The names of all projects.
    public func projectNames() async throws -> [String] {
        try await all(CodeBuild.ListProjects(), token: \.nextToken, next: \.nextToken, items: \.projects)
    }

    /// A project's builds, newest first, at most `limit`. No sort order is sent: with one, CodeBuild refuses projects with more
    /// than 100 builds.
    public func buildIDs(ofProject name: String, limit: Int = .max) async throws -> [String] {
        try await all(
            CodeBuild.ListBuildsForProject(projectName: name), token: \.nextToken, next: \.nextToken, items: \.ids,
            limit: limit)
    }

    /// Projects by name or ARN, however many, and the names that no project has.
    public func projects(named names: [String]) async throws -> (found: [CodeBuild.Project], missing: [String]) {
        let answers = try await inTurns(names.chunks(of: 100)) { try await call(CodeBuild.BatchGetProjects(names: $0)) }
        let (found, missing) = (answers.flatMap(\.projects), answers.flatMap(\.projectsNotFound))
        let answered = Set(found.map(\.name) + found.compactMap(\.arn) + missing)
        try complete(CodeBuild.BatchGetProjects.self, names.filter { !answered.contains($0) })
        return (found, missing)
    }

    /// Builds by id, however many; those that no longer exist are left out.
    public func builds(_ ids: [String]) async throws -> [CodeBuild.Build] {
        let answers = try await inTurns(ids.chunks(of: 100)) { try await call(CodeBuild.BatchGetBuilds(ids: $0)) }
        let found = answers.flatMap(\.builds)
        let answered = Set(found.flatMap { [$0.id, $0.arn].compactMap(\.self) } + answers.flatMap(\.buildsNotFound))
        try complete(CodeBuild.BatchGetBuilds.self, ids.filter { !answered.contains($0) })
        return found
    }

    /// Throws where an answer does not speak of all that was asked for: whoever gave it, nothing may be concluded from it.
    private func complete<O: AWSOperation>(_: O.Type, _ unanswered: [String]) throws {
        guard let first = unanswered.first else { return }
        throw UnthrottleError(
            .network, "\(O.service.id) \(O.name): the answer says nothing of \(first)",
            hint: Self.notAWS)
    }

    /// Every build that the account and Region keep, of all projects, newest first: one call for a hundred ids, whosever they are, and one
    /// for a hundred builds. A page's builds are read while the next page is.
    public func allBuilds() async throws -> [CodeBuild.Build] {
        try await withThrowingTaskGroup(of: (Int, [CodeBuild.Build]).self) { group in
            var (pages, running, operation) = ([[CodeBuild.Build]](), 0, CodeBuild.ListBuilds())
            while true {
                let page = try await call(operation)
                if running == Self.atOnce, let (number, builds) = try await group.next() {
                    pages[number] = builds
                    running -= 1
                }
                if !page.ids.isEmpty {
                    let (number, ids) = (pages.count, page.ids)
                    pages.append([])
                    running += 1
                    group.addTask { (number, try await call(CodeBuild.BatchGetBuilds(ids: ids)).builds) }
                }
                guard let next = page.nextToken, !next.isEmpty, next != operation.nextToken else { break }
                operation.nextToken = next
            }
            for try await (number, builds) in group { pages[number] = builds }
            return pages.flatMap(\.self)
        }
    }

    /// How many calls of one list are under way at a time.
    private static let atOnce = 8

    /// The work's results in the order of the items, a bounded number of them under way at a time.
    private func inTurns<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var values = [Value?](repeating: nil, count: items.count)
            for (index, item) in items.enumerated() {
                if index >= Self.atOnce, let (done, value) = try await group.next() { values[done] = value }
                group.addTask { (index, try await work(item)) }
            }
            for try await (done, value) in group { values[done] = value }
            return values.compactMap(\.self)
        }
    }

    /// All secrets that match the filters, those scheduled for deletion included if asked for.
    public func secrets(
        matching filters: [SecretsManager.Filter]? = nil, includingDeleted: Bool? = nil
    ) async throws -> [SecretsManager.SecretListEntry] {
        try await all(
            SecretsManager.ListSecrets(includePlannedDeletion: includingDeleted, maxResults: 100, filters: filters),
            token: \.nextToken, next: \.nextToken, items: \.secretList)
    }

    /// A bucket's objects whose keys begin with `prefix`, in the order of their keys.
    public func objects(in bucket: String, prefix: String? = nil, limit: Int = .max) async throws -> [S3.Object] {
        let first = S3.ListObjectsV2(bucket: bucket, encodingType: "url", prefix: prefix)
        return try await all(
            first, token: \.continuationToken, next: \.nextContinuationToken, items: \.decodedContents, limit: limit)
    }

    /// The organization's accounts.
    public func accounts() async throws -> [Organizations.Account] {
        try await all(Organizations.ListAccounts(), token: \.nextToken, next: \.nextToken, items: \.accounts)
    }

    /// The pull-through cache rules of the caller's registry.
    public func pullThroughCacheRules() async throws -> [ECR.PullThroughCacheRule] {
        try await all(
            ECR.DescribePullThroughCacheRules(maxResults: 1000), token: \.nextToken, next: \.nextToken,
            items: \.pullThroughCacheRules)
    }

    /// What a principal's policies say of actions on resources.
    public func simulation(_ request: IAM.SimulatePrincipalPolicy) async throws -> [IAM.EvaluationResult] {
        try await all(request, token: \.marker, next: \.marker, items: \.evaluationResults)
    }

    /// The names of a role's inline policies.
    public func inlinePolicyNames(ofRole name: String) async throws -> [String] {
        try await all(
            IAM.ListRolePolicies(roleName: name), token: \.marker, next: \.marker, items: \.policyNames)
    }

    /// A role's managed policies.
    public func attachedPolicies(ofRole name: String) async throws -> [IAM.AttachedPolicy] {
        try await all(
            IAM.ListAttachedRolePolicies(roleName: name), token: \.marker, next: \.marker, items: \.attachedPolicies)
    }

    /// The events of a log stream that follow `token`, from its start where that is nil; and the token for those that come later.
    public func logEvents(
        group: String, stream: String, after token: String? = nil
    ) async throws -> (events: [CloudWatchLogs.OutputLogEvent], next: String?) {
        var (events, token) = ([CloudWatchLogs.OutputLogEvent](), token)
        while true {
            let page = try await call(
                CloudWatchLogs.GetLogEvents(
                    logGroupName: group, logStreamName: stream, nextToken: token, startFromHead: true))
            events += page.events
            // At the end of the stream the token that was sent comes back; without one there was no page.
            if page.nextForwardToken == nil { try complete(CloudWatchLogs.GetLogEvents.self, [stream]) }
            guard let next = page.nextForwardToken, next != token else { return (events, token) }
            token = next
        }
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
