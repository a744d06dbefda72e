internal import AWS
internal import Buildspec
internal import Core

/// Which projects use a secret.
enum SecretUsers {
    /// The projects that use a secret, by its name or its ARN: as registry credential, in a variable, or in an inline buildspec.
    static func all(of secret: String, on aws: AWSClient) async throws -> [CodeBuild.Project] {
        let found = try await SecretSurvey.describe(secret, on: aws)
        let names = Set([secret, found?.name, found?.arn].compactMap(\.self))
        return try await aws.projects(named: try await aws.projectNames()).found.filter { uses(names, $0) }
    }

    static func uses(_ names: Set<String>, _ project: CodeBuild.Project) -> Bool {
        if let credential = project.environment.registryCredential?.credential, names.contains(credential) {
            return true
        }
        let variables = (project.environment.environmentVariables ?? []).filter { $0.type == .secretsManager }
        return (variables.map(\.value) + inlineReferences(project)).contains { reference in
            SecretReference(reference).map { names.contains($0.secret) } ?? false
        }
    }

    /// What `env/secrets-manager` of the inline buildspec refers to; nothing where the buildspec cannot be read.
    private static func inlineReferences(_ project: CodeBuild.Project) -> [String] {
        guard case .inline(let text) = project.source.known.buildspecPlace,
            let document = try? BuildspecDocument(parsing: text, path: project.name)
        else { return [] }
        return document.environment.secrets.values.map(\.value)
    }
}

extension CodeBuild.ProjectSource {
    /// Where the buildspec is: in the project, or in a file that comes with the source.
    enum BuildspecPlace: Hashable {
        /// Its text stands in the project.
        case inline(String)
        /// A path in the source, or an S3 ARN.
        case file(String)
    }

    /// CodeBuild takes a value of one line that is no mapping for a path, and none for `buildspec.yml`.
    var buildspecPlace: BuildspecPlace {
        guard let text = buildspec, !text.isEmpty else { return .file("buildspec.yml") }
        return text.contains("\n") || text.contains(": ") || text.trimmed.hasPrefix("{") ? .inline(text) : .file(text)
    }
}
