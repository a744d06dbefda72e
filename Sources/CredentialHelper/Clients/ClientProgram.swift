public import Core
internal import Registry

/// A program that pulls images, and where it looks for a login.
public struct ClientProgram: Sendable, Hashable {
    /// Its name on the search path.
    public let name: String
    /// What it asks a helper for when it pulls from Docker Hub.
    public let key: String
    /// Whether it is of the containers/image family, which has files of its own and no `credsStore`.
    let isContainersFamily: Bool

    /// The programs that are known: docker's own way (also BuildKit's, compose's, kaniko's), and that of containers/image.
    public static let all =
        ["docker", "crane"].map { ClientProgram(name: $0, key: HubEndpoint.loginKey, isContainersFamily: false) }
        + ["podman", "skopeo", "buildah"].map { ClientProgram(name: $0, key: "docker.io", isContainersFamily: true) }

    /// The files that it reads, the first that knows the registry counting (docker/cli, cli/config; containers-auth.json(5)).
    public func files(_ variables: EnvironmentVariables, userID: UInt32) -> [String] {
        let docker = DockerConfigFile.folder(variables).map { "\($0)/config.json" }
        guard isContainersFamily else { return [docker].compactMap { $0 } }
        if let only = variables["REGISTRY_AUTH_FILE"] { return [only] }
        let runtime = variables["XDG_RUNTIME_DIR"].map { "\($0)/containers" } ?? "/run/containers/\(userID)"
        let configuration = variables["XDG_CONFIG_HOME"] ?? variables["HOME"].map { "\($0)/.config" }
        return [runtime, configuration.map { "\($0)/containers" }].compactMap { $0.map { "\($0)/auth.json" } }
            + [docker].compactMap { $0 }
    }
}

/// Where a program gets its Docker Hub login, as its files say.
public struct ClientPath: Sendable, Hashable {
    /// How the login is got.
    public enum Source: Sendable, Hashable {
        /// From a credential helper, by its name.
        case helper(String)
        /// It stands in the file, in the clear, under this user name.
        case file(username: String)
        /// From the variable DOCKER_AUTH_CONFIG, which docker reads from version 28.3 on, before its files.
        case variable(username: String)
        /// Nowhere: its pulls are anonymous.
        case none
    }

    /// The program.
    public let program: ClientProgram
    /// How the login is got.
    public let source: Source
    /// The file that says so, or the one that should.
    public let file: String?

    /// Follows a program's files. Throws `invalidInput` for one that is not JSON; the program cannot read it either.
    public static func of(
        _ program: ClientProgram, _ variables: EnvironmentVariables, userID: UInt32
    ) throws -> ClientPath {
        if !program.isContainersFamily, let value = variables[DockerAuthVariable.name],
            let login = try? DockerAuthVariable.logins(in: Secret(value))[program.key], program.name == "docker"
        {
            return ClientPath(program: program, source: .variable(username: login.username), file: nil)
        }
        let files = program.files(variables, userID: userID)
        for path in files {
            let file = try DockerConfigFile(path: path)
            if let helper = file.ownHelper(for: program.key) ?? (program.isContainersFamily ? nil : file.store) {
                return ClientPath(program: program, source: .helper(helper), file: path)
            }
            if let login = file.credential(for: program.key) {
                return ClientPath(program: program, source: .file(username: login.username), file: path)
            }
        }
        return ClientPath(program: program, source: .none, file: files.last)
    }
}
