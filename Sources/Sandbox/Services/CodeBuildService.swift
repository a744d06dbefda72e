internal import AWS
internal import Core
internal import FoundationEssentials

/// CodeBuild: projects. Builds are in the other files.
struct CodeBuildService: Sendable {
    let backend: Backend
    static let pageSize = 100

    func registerProjects(in table: inout OperationTable) {
        table.add(CodeBuild.CreateProject.self, create)
        table.add(CodeBuild.UpdateProject.self, update)
        table.add(CodeBuild.DeleteProject.self, delete)
        table.add(CodeBuild.BatchGetProjects.self, neverEmpty: ["projectsNotFound"], batchGet)
        table.add(CodeBuild.ListProjects.self, neverEmpty: ["projects"], list)
    }

    /// The ARN of a project that may not exist.
    func arn(ofProject name: String) -> String { backend.place.arn("codebuild", "project/\(name)") }

    private func create(_ input: CodeBuild.CreateProject, _ call: Call) throws -> CodeBuild.CreateProject.Output {
        let now = backend.now
        var project = CodeBuild.Project(
            name: input.name, arn: arn(ofProject: input.name), description: input.description, source: input.source,
            secondarySources: input.secondarySources ?? [], sourceVersion: input.sourceVersion,
            secondarySourceVersions: input.secondarySourceVersions ?? [], artifacts: input.artifacts,
            secondaryArtifacts: input.secondaryArtifacts ?? [], cache: input.cache ?? .init(type: "NO_CACHE"),
            environment: input.environment, serviceRole: input.serviceRole,
            timeoutInMinutes: input.timeoutInMinutes ?? 60,
            queuedTimeoutInMinutes: input.queuedTimeoutInMinutes ?? 480,
            encryptionKey: input.encryptionKey ?? backend.place.arn("kms", "alias/aws/s3"), tags: input.tags ?? [],
            created: now, lastModified: now, vpcConfig: input.vpcConfig,
            badge: .init(badgeEnabled: input.badgeEnabled ?? false), logsConfig: input.logsConfig,
            fileSystemLocations: input.fileSystemLocations, buildBatchConfig: input.buildBatchConfig,
            concurrentBuildLimit: input.concurrentBuildLimit, projectVisibility: "PRIVATE",
            autoRetryLimit: input.autoRetryLimit)
        project.fillDefaults()
        return try backend.store.change { state in
            try authorize("codebuild:CreateProject", project.name, state, call)
            try passRole(of: project, state, call)
            guard state.codebuild.projects[project.name] == nil else {
                throw ServiceError(
                    "ResourceAlreadyExistsException", "Project already exists: \(arn(ofProject: project.name))")
            }
            state.codebuild.projects[project.name] = project
            return .init(project: project)
        }
    }

    /// Members that the request has replace the project's, each whole; the others stay (API_UpdateProject).
    private func update(_ input: CodeBuild.UpdateProject, _ call: Call) throws -> CodeBuild.UpdateProject.Output {
        try backend.store.change { state in
            try authorize("codebuild:UpdateProject", input.name, state, call)
            guard var project = state.codebuild.projects[Self.name(input.name)] else { throw notFound(input.name) }
            if let value = input.description { project.description = value }
            if let value = input.source { project.source = value }
            if let value = input.secondarySources { project.secondarySources = value }
            if let value = input.sourceVersion { project.sourceVersion = value.isEmpty ? nil : value }
            if let value = input.secondarySourceVersions { project.secondarySourceVersions = value }
            if let value = input.artifacts { project.artifacts = value }
            if let value = input.secondaryArtifacts { project.secondaryArtifacts = value }
            if let value = input.cache { project.cache = value }
            if let value = input.environment { project.environment = value }
            if let value = input.serviceRole { project.serviceRole = value }
            if let value = input.timeoutInMinutes { project.timeoutInMinutes = value }
            if let value = input.queuedTimeoutInMinutes { project.queuedTimeoutInMinutes = value }
            if let value = input.encryptionKey { project.encryptionKey = value }
            if let value = input.tags { project.tags = value }
            if let value = input.vpcConfig { project.vpcConfig = value.vpcId == nil ? nil : value }
            if let value = input.badgeEnabled { project.badge = .init(badgeEnabled: value) }
            if let value = input.logsConfig { project.logsConfig = value }
            if let value = input.fileSystemLocations { project.fileSystemLocations = value }
            if let value = input.buildBatchConfig { project.buildBatchConfig = value }
            // -1 takes the limit away.
            if let value = input.concurrentBuildLimit { project.concurrentBuildLimit = value < 0 ? nil : value }
            if let value = input.autoRetryLimit { project.autoRetryLimit = value }
            project.fillDefaults()
            project.lastModified = backend.now
            try passRole(of: project, state, call)
            state.codebuild.projects[project.name] = project
            return .init(project: project)
        }
    }

    private func delete(_ input: CodeBuild.DeleteProject, _ call: Call) throws -> CodeBuild.DeleteProject.Output {
        try backend.store.change { state in
            try authorize("codebuild:DeleteProject", input.name, state, call)
            // A project that is not there is no error.
            state.codebuild.projects[Self.name(input.name)] = nil
            return .init()
        }
    }

    private func batchGet(_ input: CodeBuild.BatchGetProjects, _ call: Call) throws -> CodeBuild.BatchGetProjects.Output
    {
        try Self.checkBatch(input.names, "names")
        return try backend.store.read { state in
            var output = CodeBuild.BatchGetProjects.Output(projects: [], projectsNotFound: [])
            let mine = state.iam.permissions(of: call.caller)
            for name in input.names {
                try authorize("codebuild:BatchGetProjects", name, state, call, mine)
                if let project = state.codebuild.projects[Self.name(name)] {
                    output.projects.append(project)
                } else {
                    output.projectsNotFound.append(name)
                }
            }
            return output
        }
    }

    private func list(_ input: CodeBuild.ListProjects, _ call: Call) throws -> CodeBuild.ListProjects.Output {
        try ModelCheck.codeBuild.oneOf(input.sortBy, "sortBy", ["NAME", "CREATED_TIME", "LAST_MODIFIED_TIME"])
        try Self.check(input.sortOrder)
        let projects = try backend.store.read { state in
            try state.authorize(AccessRequest(call.caller, "codebuild:ListProjects", on: "*"))
            return Array(state.codebuild.projects.values)
        }
        let sorted = projects.sorted { left, right in
            switch input.sortBy {
            case "CREATED_TIME": (left.created ?? .distantPast, left.name) < (right.created ?? .distantPast, right.name)
            case "LAST_MODIFIED_TIME":
                (left.lastModified ?? .distantPast, left.name) < (right.lastModified ?? .distantPast, right.name)
            default: left.name < right.name
            }
        }.map(\.name)
        let page = try Self.page(input.sortOrder == .descending ? sorted.reversed() : sorted, from: input.nextToken)
        return .init(projects: page.items, nextToken: page.next)
    }
}

extension CodeBuildService {
    /// A project's name from its name or ARN.
    static func name(_ nameOrARN: String) -> String {
        guard nameOrARN.hasPrefix("arn:"), let slash = nameOrARN.firstIndex(of: "/") else { return nameOrARN }
        return String(nameOrARN[nameOrARN.index(after: slash)...])
    }

    func notFound(_ name: String) -> ServiceError {
        ServiceError("ResourceNotFoundException", "Project cannot be found: \(arn(ofProject: Self.name(name)))")
    }

    /// Whether the caller may do something with a project; `permissions` are the caller's where they were read already.
    func authorize(
        _ action: String, _ project: String, _ state: AccountState, _ call: Call, _ permissions: Permissions? = nil
    ) throws {
        let name = Self.name(project)
        var context: [String: String] = [:]
        for tag in state.codebuild.projects[name]?.tags ?? [] {
            context["aws:ResourceTag/\(tag.key ?? "")"] = tag.value
        }
        try (permissions ?? state.iam.permissions(of: call.caller))
            .check(AccessRequest(call.caller, action, on: arn(ofProject: name), context: context))
    }

    /// Checks the project's own rules, that the caller may hand the role over, and that CodeBuild may take it.
    func passRole(of project: CodeBuild.Project, _ state: AccountState, _ call: Call) throws {
        try ProjectRules(account: backend.place.account).check(project)
        let role = project.serviceRole ?? ""
        try state.authorize(
            AccessRequest(
                call.caller, "iam:PassRole", on: role, context: ["iam:PassedToService": "codebuild.amazonaws.com"]))
        try checkTrust(in: role, source: project.arn ?? "", state)
    }

    /// Refuses a role that does not exist or does not trust CodeBuild.
    func checkTrust(in roleARN: String, source: String, _ state: AccountState) throws {
        let role = state.iam.role(arn: roleARN)
        let service = Caller(
            account: backend.place.account,
            kind: .session(role: role?.name ?? "", roleARN: roleARN, roleID: role?.id ?? "", name: "AWSCodeBuild"))
        let request = AccessRequest(
            service, "sts:AssumeRole", on: roleARN,
            context: ["aws:SourceAccount": backend.place.account, "aws:SourceArn": source])
        guard let role, let trust = try? PolicyDocument(parsing: role.trustPolicy, for: .trust),
            PolicyEvaluator.trusts("codebuild.amazonaws.com", in: trust, request: request)
        else {
            throw ServiceError(
                "InvalidInputException",
                "CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided "
                    + "service role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the "
                    + "necessary trust policy configured.")
        }
    }

    static func checkBatch(_ items: [String], _ member: String) throws {
        guard (1...100).contains(items.count) else {
            throw ServiceError.constraint(
                member, "[\(items.joined(separator: ", "))]",
                items.isEmpty ? "have length greater than or equal to 1" : "have length less than or equal to 100",
                code: ModelCheck.codeBuild.code)
        }
    }

    static func check(_ order: CodeBuild.SortOrder?) throws {
        try ModelCheck.codeBuild.oneOf(order?.rawValue, "sortOrder", ["ASCENDING", "DESCENDING"])
    }

    static func page(_ items: [String], from token: String?) throws -> (items: [String], next: String?) {
        guard let page = Page.cut(items, from: token, size: pageSize) else {
            throw ServiceError("InvalidInputException", "Invalid next token")
        }
        return page
    }
}

extension CodeBuild.Project {
    /// What CodeBuild fills in where a request says nothing.
    mutating func fillDefaults() {
        environment.imagePullCredentialsType = environment.imagePullCredentialsType ?? .codeBuild
        environment.privilegedMode = environment.privilegedMode ?? false
        environment.environmentVariables = (environment.environmentVariables ?? []).map {
            .init(name: $0.name, value: $0.value, type: $0.type ?? .plaintext)
        }
        source.insecureSsl = source.insecureSsl ?? false
    }
}
