public import Core

/// Finds, keeps and forgets logins as docker's client does: `DOCKER_AUTH_CONFIG`, then the key's helper, else the file.
public struct DockerLogins: Sendable {
    /// Where a login was found.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// In `DOCKER_AUTH_CONFIG`.
        case variable
        /// At a credential helper, by its name.
        case helper(String)
        /// In a config file, by its path.
        case file(String)

        /// For a person.
        public var description: String {
            switch self {
            case .variable: DockerAuthVariable.name
            case .helper(let name): "docker-credential-\(name)"
            case .file(let path): path
            }
        }
    }

    /// What was found for a registry.
    public struct Found: Sendable {
        /// The login; nil to ask as nobody.
        public var credential: Credential?
        /// Where it was found, or where it would have been.
        public var source: Source?
        /// What went wrong on the way. Docker goes on in silence, as nobody, where a helper fails.
        public var warnings: [String]
    }

    private let variables: EnvironmentVariables

    /// Logins of the user whose variables these are (`DOCKER_CONFIG`, `HOME`, `DOCKER_AUTH_CONFIG`, `PATH`).
    public init(_ variables: EnvironmentVariables) {
        self.variables = variables
    }

    /// The login that docker uses for a registry. Throws `invalidInput` for a file that is no JSON.
    public func find(_ host: ImageReference.Host) async throws -> Found {
        let key = DockerLoginKey.of(host)
        var warnings: [String] = []
        if let value = variables[DockerAuthVariable.name] {
            do {
                if let credential = try DockerAuthVariable.logins(in: Secret(value))[key] {
                    return Found(credential: credential, source: .variable, warnings: [])
                }
            } catch {
                warnings.append("\(error)")
            }
        }
        guard let file = try file() else { return Found(credential: nil, source: nil, warnings: warnings) }
        guard let helper = file.helper(for: key) else {
            return Found(credential: file.credential(for: key), source: .file(file.path), warnings: warnings)
        }
        do {
            let credential = try await CredentialHelperClient(helper, variables: variables).get(key)
            return Found(credential: credential, source: .helper(helper), warnings: warnings)
        } catch let error as UnthrottleError {
            warnings.append("\(error); docker goes on without a login")
            return Found(credential: nil, source: .helper(helper), warnings: warnings)
        }
    }

    /// Keeps a login where docker would, and says where. Throws `system`, and `invalidInput` for a file that is no
    /// JSON.
    @discardableResult
    public func keep(_ credential: Credential, for host: ImageReference.Host) async throws -> Source {
        let key = DockerLoginKey.of(host)
        guard var file = try file() else { throw Self.homeless }
        guard let helper = file.helper(for: key) else {
            file.set(credential, for: key)
            try file.write()
            return .file(file.path)
        }
        try await CredentialHelperClient(helper, variables: variables).store(credential, for: key)
        file.mark(key)
        try file.write()
        return .helper(helper)
    }

    /// Forgets a login where docker would; false where there was none in the file. Throws as ``keep(_:for:)``.
    @discardableResult
    public func forget(_ host: ImageReference.Host) async throws -> Bool {
        let key = DockerLoginKey.of(host)
        guard var file = try file() else { throw Self.homeless }
        if let helper = file.helper(for: key) {
            try await CredentialHelperClient(helper, variables: variables).erase(key)
        }
        guard file.keys.contains(key) else { return false }
        file.set(nil, for: key)
        try file.write()
        return true
    }

    private func file() throws -> DockerConfigFile? {
        try DockerConfigFile.folder(variables).map(DockerConfigFile.init(folder:))
    }

    private static let homeless = UnthrottleError(
        .system, "there is no place for docker's config file", hint: "Set HOME or DOCKER_CONFIG.")
}
