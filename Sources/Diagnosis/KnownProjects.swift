public import AWS
internal import Core

extension AWSClient {
    /// Projects in the order in which they are named, by name or ARN; throws `notFound` with the nearest names for one that does not exist.
    public func knownProjects(_ names: [String]) async throws -> [CodeBuild.Project] {
        let (found, unknown) = try await projects(named: names)
        guard !unknown.isEmpty else {
            return names.compactMap { name in found.first { $0.name == name || $0.arn == name } }
        }
        let all = try await projectNames()
        let missing = names.filter(unknown.contains)
        let nearest = missing.compactMap { name -> String? in
            let near = Nearest.names(to: name, among: all)
            if near.isEmpty { return nil }
            return "Did you mean \(near.joined(separator: ", "))\(missing.count > 1 ? " instead of \(name)" : "")?"
        }
        let hint =
            all.isEmpty
            ? "There is no project at all in this account and Region; is it the right one (AWS_PROFILE, AWS_REGION)?"
            : nearest.isEmpty ? "`aws codebuild list-projects` lists them." : nearest.joined(separator: "\n")
        throw UnthrottleError(
            .notFound,
            "there is no CodeBuild project \(missing.joined(separator: ", ")) in \(configuration.region)", hint: hint)
    }

    /// One project; throws `notFound` where it does not exist.
    public func knownProject(_ name: String) async throws -> CodeBuild.Project {
        guard let project = try await knownProjects([name]).first else {
            throw UnthrottleError(.notFound, "there is no CodeBuild project \(name)")
        }
        return project
    }
}
