internal import AWS
internal import FoundationEssentials

/// What CodeBuild holds.
struct ProjectsState: Codable, Sendable, Hashable {
    /// A StartBuild that may come again within five minutes.
    struct Repeatable: Codable, Sendable, Hashable {
        var request: CodeBuild.StartBuild
        var build: String
        var started: Date
    }

    /// By name.
    var projects: [String: CodeBuild.Project] = [:]
    /// By id.
    var builds: [String: CodeBuild.Build] = [:]
    /// Build ids in the order in which they were started.
    var order: [String] = []
    /// The last build's number by project; a project that is made again goes on counting.
    var lastNumber: [String: Int] = [:]
    /// By idempotency token.
    var repeatable: [String: Repeatable] = [:]

    /// What StartBuild was asked for, by the build's id.
    var requests: [String: CodeBuild.StartBuild] = [:]

    init() {}

    /// The requests are not in the files of earlier sandboxes.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        projects = try container.decode([String: CodeBuild.Project].self, forKey: .projects)
        builds = try container.decode([String: CodeBuild.Build].self, forKey: .builds)
        order = try container.decode([String].self, forKey: .order)
        lastNumber = try container.decode([String: Int].self, forKey: .lastNumber)
        repeatable = try container.decode([String: Repeatable].self, forKey: .repeatable)
        requests = try container.decodeIfPresent([String: CodeBuild.StartBuild].self, forKey: .requests) ?? [:]
    }

    /// Ends the builds that ran when the sandbox was stopped: nothing runs them any more.
    mutating func endOrphans(at now: Date) {
        for (id, build) in builds where build.buildComplete != true {
            var build = build
            if let last = build.phases.indices.last, build.phases[last].phaseStatus == nil {
                build.phases[last].phaseStatus = .fault
                build.phases[last].endTime = now
                build.phases[last].contexts = [
                    .init(statusCode: "INTERNAL_SERVICE_ERROR", message: "The sandbox was stopped while the build ran")
                ]
            }
            build.phases.append(.init(phaseType: .completed, startTime: now))
            build.currentPhase = .completed
            build.buildStatus = .fault
            build.buildComplete = true
            build.endTime = now
            builds[id] = build
        }
    }
}
