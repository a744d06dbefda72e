public import AWS
internal import Core

extension AWSClient {
    /// Projects in the order of their names; throws `notFound` with the nearest names for one that does not exist.
    public func knownProjects(_ names: [String]) async throws -> [CodeBuild.Project] {
        let (found, unknown) = try await projects(named: names)
        guard let missing = unknown.first else {
            let byName = Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            return names.compactMap { byName[$0] }
        }
        let all = try await projectNames()
        let nearest = Nearest.names(to: missing, among: all)
        let hint =
            all.isEmpty
            ? "There is no project at all in this account and Region; is it the right one (AWS_PROFILE, AWS_REGION)?"
            : nearest.isEmpty
                ? "`aws codebuild list-projects` lists them." : "Did you mean \(nearest.joined(separator: ", "))?"
        throw UnthrottleError(
            .notFound, "there is no CodeBuild project \(missing) in \(configuration.region)", hint: hint)
    }

    /// One project; throws `notFound` where it does not exist.
    public func knownProject(_ name: String) async throws -> CodeBuild.Project {
        guard let project = try await knownProjects([name]).first else {
            throw UnthrottleError(.notFound, "there is no CodeBuild project \(name)")
        }
        return project
    }
}
