internal import AWS
internal import Core
internal import FoundationEssentials

extension CodeBuildService {
    func registerRuns(in table: inout OperationTable, desk: BuildDesk) {
        table.add(CodeBuild.StartBuild.self) { input, call in try start(input, call, desk) }
        table.add(CodeBuild.RetryBuild.self) { input, call in try retry(input, call, desk) }
        table.add(CodeBuild.StopBuild.self) { input, call in try stop(input, call, desk) }
    }

    /// How long a StartBuild with the same token answers the same build.
    private static let tokenLifetime = 300.0

    private func start(_ input: CodeBuild.StartBuild, _ call: Call, _ desk: BuildDesk) throws
        -> CodeBuild.StartBuild.Output
    {
        let (build, isNew) = try backend.store.change { state -> (CodeBuild.Build, Bool) in
            try authorize("codebuild:StartBuild", input.projectName, state, call)
            guard let project = state.codebuild.projects[Self.name(input.projectName)] else {
                throw notFound(input.projectName)
            }
            if let earlier = try earlier(input, state) { return (earlier, false) }
            let build = try submit(input, project, &state, call)
            return (build, true)
        }
        if isNew { desk.submit(build) }
        return .init(build: build)
    }

    /// Starts a build again with the overrides of its StartBuild.
    private func retry(_ input: CodeBuild.RetryBuild, _ call: Call, _ desk: BuildDesk) throws
        -> CodeBuild.RetryBuild.Output
    {
        let id = Self.name(input.id)
        let (build, isNew) = try backend.store.change { state -> (CodeBuild.Build, Bool) in
            try authorizeBuild("codebuild:RetryBuild", id, state, call)
            guard let old = state.codebuild.builds[id], var request = state.codebuild.requests[id],
                let project = state.codebuild.projects[old.projectName ?? ""]
            else { throw noBuild(id) }
            guard old.buildComplete == true else {
                throw ServiceError("InvalidInputException", "Build \(id) cannot be retried while it is in progress")
            }
            request.idempotencyToken = input.idempotencyToken
            if let earlier = try earlier(request, state) { return (earlier, false) }
            return (try submit(request, project, &state, call), true)
        }
        if isNew { desk.submit(build) }
        return .init(build: build)
    }

    private func noBuild(_ id: String) -> ServiceError {
        ServiceError(
            "ResourceNotFoundException", "Build cannot be found: \(backend.place.arn("codebuild", "build/\(id)"))")
    }

    private func earlier(_ input: CodeBuild.StartBuild, _ state: AccountState) throws -> CodeBuild.Build? {
        guard let token = input.idempotencyToken, let known = state.codebuild.repeatable[token],
            backend.now.timeIntervalSince(known.started) < Self.tokenLifetime
        else { return nil }
        guard known.request == input else {
            throw ServiceError(
                "InvalidInputException", "The idempotencyToken was used with other parameters in the last five minutes")
        }
        return state.codebuild.builds[known.build]
    }

    private func submit(
        _ input: CodeBuild.StartBuild, _ project: CodeBuild.Project, _ state: inout AccountState, _ call: Call
    ) throws -> CodeBuild.Build {
        let now = backend.now
        let number = (state.codebuild.lastNumber[project.name] ?? 0) + 1
        let build = try EffectiveBuild(place: backend.place, project: project, request: input)
            .build(uuid: backend.dice.uuid(), number: number, initiator: call.caller.initiator, at: now)
        if let role = input.serviceRoleOverride {
            try state.authorize(
                AccessRequest(
                    call.caller, "iam:PassRole", on: role, context: ["iam:PassedToService": "codebuild.amazonaws.com"]))
        }
        try checkTrust(in: build.serviceRole ?? "", source: project.arn ?? "", state)
        let running = state.codebuild.builds.values.count {
            $0.projectName == project.name && $0.buildComplete != true
        }
        if let limit = project.concurrentBuildLimit, running >= limit {
            throw ServiceError(
                "AccountLimitExceededException", "Cannot have more than \(limit) active builds for the project")
        }
        state.codebuild.builds[build.id] = build
        state.codebuild.requests[build.id] = input
        state.codebuild.order.append(build.id)
        state.codebuild.lastNumber[project.name] = number
        state.codebuild.repeatable = state.codebuild.repeatable.filter {
            now.timeIntervalSince($0.value.started) < Self.tokenLifetime
        }
        if let token = input.idempotencyToken {
            state.codebuild.repeatable[token] = .init(request: input, build: build.id, started: now)
        }
        return build
    }

    /// Asks the runner to stop; the answer shows the build as it is now. Of a build that has ended nothing changes.
    private func stop(_ input: CodeBuild.StopBuild, _ call: Call, _ desk: BuildDesk) throws
        -> CodeBuild.StopBuild.Output
    {
        let id = Self.name(input.id)
        let build = try backend.store.read { state -> CodeBuild.Build in
            try authorizeBuild("codebuild:StopBuild", id, state, call)
            guard let build = state.codebuild.builds[id] else { throw noBuild(id) }
            return build
        }
        if build.buildComplete != true { desk.stop(id) }
        return .init(build: build)
    }
}

extension Caller {
    /// How CodeBuild names who started a build: a user's name, or `ROLE/SESSION`.
    fileprivate var initiator: String {
        switch kind {
        case .user(let name, _, _): name
        case .session(let role, _, _, let session): "\(role)/\(session)"
        }
    }
}
