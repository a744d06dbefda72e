public import Core
internal import Registry

/// The entries in a client's configuration file that make it ask this helper.
public enum HelperEntries {
    /// The helper's name in `credHelpers`.
    public static let helper = "unthrottle"

    /// What was done to a file.
    public struct Outcome: Sendable, Hashable {
        /// The file.
        public let path: String
        /// The keys that are new in it; none where all was there.
        public let added: [String]
        /// What the person should know.
        public let notes: [String]
    }

    /// The keys for registries. Docker Hub has two: docker reads the first alone, podman, skopeo and buildah the second.
    public static func keys(for registries: [String]) -> [String] {
        var keys: [String] = []
        for registry in registries {
            for key in DockerHubNames.written.contains(registry) ? [HubEndpoint.loginKey, "docker.io"] : [registry]
            where !keys.contains(key) {
                keys.append(key)
            }
        }
        return keys
    }

    /// The registries that the helper's own configuration names no secret for: it has no login for them. Throws `invalidInput` for a
    /// configuration that cannot be read.
    public static func unserved(_ registries: [String], _ variables: EnvironmentVariables) throws -> [String] {
        let configuration = try HelperConfiguration(variables)
        return registries.filter { configuration.place(for: keys(for: [$0])[0]) == nil }
    }

    /// Writes what is missing in a file, which keeps all else; a file in which nothing is missing is not touched.
    ///
    /// Throws `conflict` where another helper is named, `invalidInput` where the file is not JSON, `system` where it cannot be written.
    public static func install(in path: String, registries: [String]) throws -> Outcome {
        var file = try DockerConfigFile(path: path)
        try refuseConflicts(file, registries)
        let missing = keys(for: registries).filter { file.ownHelper(for: $0) != helper }
        for key in missing { file.setHelper(helper, for: key) }
        if !missing.isEmpty { try file.write() }
        return Outcome(path: path, added: missing, notes: notes(file, registries))
    }

    private static func refuseConflicts(_ file: DockerConfigFile, _ registries: [String]) throws {
        for key in keys(for: registries) {
            if let other = file.ownHelper(for: key), other != helper {
                throw UnthrottleError(
                    .conflict, "\(file.path): \"credHelpers\" has \(other) for \(key)",
                    hint: "Remove that entry if unthrottle is to serve it, then run the command again.")
            }
        }
        if file.store == "ecr-login" {
            throw UnthrottleError(
                .conflict,
                "\(file.path): \"credsStore\" is ecr-login, which knows ECR alone and refuses every other login",
                hint: """
                    Name it for your ECR registries instead, then run the command again:
                      remove  "credsStore": "ecr-login"
                      add     "credHelpers": {"ACCOUNT.dkr.ecr.REGION.amazonaws.com": "ecr-login", "public.ecr.aws": "ecr-login"}
                    """)
        }
    }

    private static func notes(_ file: DockerConfigFile, _ registries: [String]) -> [String] {
        keys(for: registries).filter { file.keys.contains($0) && file.credential(for: $0) != nil }.map {
            "\(file.path) still holds a login for \($0) that anyone who reads the file can use; remove it from \"auths\""
        }
    }
}
