internal import Core
internal import Registry

/// Where a login is kept: a secret of AWS Secrets Manager.
struct SecretPlace: Hashable, Sendable {
    /// Its name or ARN.
    var secret: String
    /// Its Region; nil for that of the ARN or of the surroundings.
    var region: String?
    /// The role to read it as; nil for the caller's own.
    var role: String?

    /// The Region that the place itself names.
    var ownRegion: String? {
        let fields = secret.split(separator: ":", omittingEmptySubsequences: false)
        return region ?? (fields.count > 6 && fields[0] == "arn" ? String(fields[3]) : nil)
    }
}

/// Which secret serves which registry: `UNTHROTTLE_SECRET`, then `~/.config/unthrottle/helper.json`, then the secret `dockerhub` for
/// Docker Hub.
struct HelperConfiguration: Equatable, Sendable {
    static let defaultSecret = "dockerhub"

    /// Places by registry: Docker Hub's login key, or a host.
    let places: [String: SecretPlace]

    /// The place that serves a server URL. URLs are matched as a whole: `https://index.docker.io/v1/access-token`, which clients ask
    /// for too, is another one.
    func place(for serverURL: String) -> SecretPlace? {
        places[DockerHubNames.askedFor.contains(serverURL) ? HubEndpoint.loginKey : serverURL]
    }

    /// Reads the configuration; throws `invalidInput` for a file that cannot be used.
    init(
        _ variables: EnvironmentVariables, read: (String) throws -> String? = { try PrivateFiles.read($0) }
    ) throws {
        var places: [String: SecretPlace]?
        if let path = Self.path(variables), let text = try read(path) {
            places = try HelperConfigurationFile.places(in: text, path: path)
        }
        if let secret = variables["UNTHROTTLE_SECRET"] {
            // Another secret than the file's is most likely in another place too.
            places = (places ?? [:]).merging([HubEndpoint.loginKey: SecretPlace(secret: secret)]) { $1 }
        }
        self.places = places ?? [HubEndpoint.loginKey: SecretPlace(secret: Self.defaultSecret)]
    }

    init(places: [String: SecretPlace]) { self.places = places }

    /// The file's path (XDG Base Directory Specification); nil where there is no home.
    static func path(_ variables: EnvironmentVariables) -> String? {
        let folder = variables["XDG_CONFIG_HOME"] ?? variables["HOME"].map { "\($0)/.config" }
        return folder.map { "\($0)/unthrottle/helper.json" }
    }
}

/// The names that stand for Docker Hub.
enum DockerHubNames {
    /// What clients ask a helper for: docker, BuildKit, crane and kaniko the first; podman, skopeo and buildah the second.
    static let askedFor: Set<String> = [HubEndpoint.loginKey, "docker.io"]
    /// What people write in a secret or in a configuration, the likeliest first.
    static let written = [
        HubEndpoint.loginKey, "docker.io", "https://index.docker.io/v1", "index.docker.io", "registry-1.docker.io",
    ]
}
