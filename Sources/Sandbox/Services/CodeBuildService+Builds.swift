internal import AWS
internal import Core
internal import FoundationEssentials

extension CodeBuildService {
    func registerBuilds(in table: inout OperationTable) {
        table.add(CodeBuild.BatchGetBuilds.self, neverEmpty: ["buildsNotFound"], batchGet)
        table.add(CodeBuild.ListBuilds.self, neverEmpty: ["ids"], list)
        table.add(CodeBuild.ListBuildsForProject.self, neverEmpty: ["ids"], listForProject)
        table.add(CodeBuild.ListBuildBatchesForProject.self, listBatches)
        table.add(CodeBuild.BatchGetBuildBatches.self) { input, call in
            guard input.ids.count <= 100 else {
                throw ServiceError.constraint(
                    "ids", nil, "have length less than or equal to 100", code: ModelCheck.codeBuild.code)
            }
            try backend.store.read { state in
                for id in input.ids { try authorizeBuild("codebuild:BatchGetBuildBatches", id, state, call) }
            }
            // There is no StartBuildBatch here, so that no batch can be.
            return .init(buildBatches: [], buildBatchesNotFound: input.ids)
        }
    }

    private func listBatches(_ input: CodeBuild.ListBuildBatchesForProject, _ call: Call) throws
        -> CodeBuild.ListBuildBatchesForProject.Output
    {
        try Self.check(input.sortOrder)
        try ModelCheck.codeBuild.range(input.maxResults, "maxResults", 1...100)
        try backend.store.read { state in
            try authorize("codebuild:ListBuildBatchesForProject", input.projectName, state, call)
            guard state.codebuild.projects[Self.name(input.projectName)] != nil else {
                throw notFound(input.projectName)
            }
        }
        return .init(ids: [])
    }

    private func batchGet(_ input: CodeBuild.BatchGetBuilds, _ call: Call) throws -> CodeBuild.BatchGetBuilds.Output {
        try Self.checkBatch(input.ids, "ids")
        return try backend.store.read { state in
            var output = CodeBuild.BatchGetBuilds.Output(builds: [], buildsNotFound: [])
            let mine = state.iam.permissions(of: call.caller)
            for id in input.ids {
                try authorizeBuild("codebuild:BatchGetBuilds", id, state, call, mine)
                if let build = state.codebuild.builds[Self.name(id)] {
                    output.builds.append(build)
                } else {
                    output.buildsNotFound.append(id)
                }
            }
            return output
        }
    }

    private func list(_ input: CodeBuild.ListBuilds, _ call: Call) throws -> CodeBuild.ListBuilds.Output {
        try Self.check(input.sortOrder)
        let ids = try backend.store.read { state in
            try state.authorize(AccessRequest(call.caller, "codebuild:ListBuilds", on: "*"))
            return state.codebuild.order
        }
        let page = try Self.page(Self.sorted(ids, input.sortOrder), from: input.nextToken)
        return .init(ids: page.items, nextToken: page.next)
    }

    private func listForProject(_ input: CodeBuild.ListBuildsForProject, _ call: Call) throws
        -> CodeBuild.ListBuildsForProject.Output
    {
        try Self.check(input.sortOrder)
        let name = Self.name(input.projectName)
        let ids = try backend.store.read { state in
            try authorize("codebuild:ListBuildsForProject", input.projectName, state, call)
            guard state.codebuild.projects[name] != nil else { throw notFound(name) }
            return state.codebuild.order.filter { $0.hasPrefix("\(name):") }
        }
        // API_ListBuildsForProject: an order can be asked for only of a project with at most 100 builds.
        guard input.sortOrder == nil || ids.count <= 100 else {
            throw ServiceError(
                "InvalidInputException",
                "Invalid input: sortOrder cannot be used for a project with more than 100 builds")
        }
        let page = try Self.page(Self.sorted(ids, input.sortOrder), from: input.nextToken)
        return .init(ids: page.items, nextToken: page.next)
    }

    /// Newest first unless told otherwise.
    private static func sorted(_ ids: [String], _ order: CodeBuild.SortOrder?) -> [String] {
        order == .ascending ? ids : ids.reversed()
    }

    /// Permissions of builds are those of their project.
    func authorizeBuild(
        _ action: String, _ id: String, _ state: AccountState, _ call: Call, _ permissions: Permissions? = nil
    ) throws {
        let project = Self.name(id).prefix { $0 != ":" }
        try authorize(action, String(project), state, call, permissions)
    }
}
