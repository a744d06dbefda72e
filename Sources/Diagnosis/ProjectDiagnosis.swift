public import AWS
internal import FoundationEssentials

/// Why the newest failed build of a project failed.
public struct ProjectDiagnosis: Codable, Sendable {
    /// The project.
    public var project: String
    /// How many of its newest builds were looked through.
    public var looked: Int
    /// The newest build that ended, if it failed; nil where it passed or there is none.
    public var build: String?
    /// What it failed of.
    public var findings: [Finding]

    /// Looks through each project's newest builds; throws `notFound` with the nearest names for a project that does not exist.
    public static func of(_ projects: [String], newest: Int, on aws: AWSClient) async throws -> [ProjectDiagnosis] {
        let known = try await aws.knownProjects(projects)
        var all: [ProjectDiagnosis] = []
        for (project, settings) in zip(projects, known) {
            let ids = try await aws.buildIDs(ofProject: project, limit: newest)
            let builds = ids.isEmpty ? [] : try await aws.builds(ids)
            let ended = builds.filter {
                $0.buildComplete != false && $0.buildStatus != .stopped
                    // A probe tells nothing of a project that was changed after it, as `undo` does.
                    && !(ProbeBuild.isOne($0)
                        && ($0.startTime ?? .distantPast) < (settings.lastModified ?? .distantPast))
            }
            let newest = ended.max { ($0.startTime ?? .distantPast) < ($1.startTime ?? .distantPast) }
            // What an older build failed of is over once a newer one has passed.
            let failed = newest?.buildStatus == .succeeded ? nil : newest
            var diagnosis = ProjectDiagnosis(project: project, looked: builds.count, build: failed?.id, findings: [])
            if let failed {
                diagnosis.findings = BuildDiagnosis.findings(of: failed, log: try await aws.log(of: failed))
            }
            all.append(diagnosis)
        }
        return all
    }
}
