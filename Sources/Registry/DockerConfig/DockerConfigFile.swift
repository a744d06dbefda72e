public import Core
internal import FoundationEssentials

/// Docker's `config.json`: logins, helpers, and members of which this program knows nothing and keeps all.
///
/// After docker/cli, cli/config/configfile.
public struct DockerConfigFile: Sendable {
    /// The file's path.
    public let path: String
    private var document: JSON

    /// Docker's folder: `DOCKER_CONFIG`, else `.docker` in `HOME`; nil where neither is set.
    public static func folder(_ variables: EnvironmentVariables) -> String? {
        variables["DOCKER_CONFIG"] ?? variables["HOME"].map { "\($0)/.docker" }
    }

    /// Reads the file of a folder; a missing or empty one has no logins. Throws `invalidInput` where it is no JSON
    /// object.
    public init(folder: String) throws {
        try self.init(path: "\(folder)/config.json")
    }

    /// Reads a file of this format, such as podman's `auth.json`, which has no `credsStore`. Throws as ``init(folder:)``.
    public init(path: String) throws {
        self.path = path
        let text = try PrivateFiles.read(path) ?? ""
        guard !text.trimmed.isEmpty else {
            document = [:]
            return
        }
        do {
            document = try JSON(parsing: text)
        } catch {
            throw UnthrottleError(
                .invalidInput, "\(path) is not JSON", hint: "Docker cannot read it either.", cause: error)
        }
        guard document.object != nil else { throw UnthrottleError(.invalidInput, "\(path) holds no JSON object") }
    }

    /// The helper that docker asks for a key: that of `credHelpers`, else `credsStore`; nil to look into this file.
    public func helper(for key: String) -> String? {
        let name = document["credHelpers"]?[key]?.string ?? document["credsStore"]?.string ?? ""
        return name.isEmpty ? nil : name
    }

    /// The helper that `credHelpers` names for a key, and for no other.
    public func ownHelper(for key: String) -> String? {
        document["credHelpers"]?[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The helper that docker asks for every key that has none of its own: `credsStore`.
    public var store: String? { document["credsStore"]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    /// Has clients ask a helper for a key.
    public mutating func setHelper(_ name: String, for key: String) {
        var helpers = document["credHelpers"]?.object ?? [:]
        helpers[key] = .string(name)
        var members = document.object ?? [:]
        members["credHelpers"] = .object(helpers)
        document = .object(members)
    }

    /// The keys of all logins that stand in the file, sorted.
    public var keys: [String] { (document["auths"]?.object ?? [:]).keys.sorted() }

    /// The login that the file has for a key: the same key, else one whose host it is.
    public func credential(for key: String) -> Credential? {
        let entries = document["auths"]?.object ?? [:]
        let entry =
            entries[key] ?? entries.sorted { $0.key < $1.key }.first { DockerLoginKey.host(of: $0.key) == key }?.value
        guard let entry else { return nil }
        if let token = entry["identitytoken"]?.string, !token.isEmpty {
            return Credential(username: Credential.identityTokenUsername, password: Secret(token))
        }
        if let encoded = entry["auth"]?.string, !encoded.isEmpty { return Credential(encoded: encoded) }
        guard let username = entry["username"]?.string, let password = entry["password"]?.string else { return nil }
        return Credential(username: username, password: Secret(password))
    }

    /// Keeps a login under a key as `docker login` does; nil takes it away, as `docker logout` does.
    public mutating func set(_ credential: Credential?, for key: String) {
        var entries = document["auths"]?.object ?? [:]
        entries[key] = credential.map { credential in
            credential.passwordKind == .identityToken
                ? ["auth": "", "identitytoken": .string(credential.password.reveal())]
                : ["auth": .string(credential.encoded.reveal())]
        }
        set(.object(entries))
    }

    /// Leaves an empty entry for a key: docker's sign that the login is in the helper.
    mutating func mark(_ key: String) {
        var entries = document["auths"]?.object ?? [:]
        entries[key] = [:]
        set(.object(entries))
    }

    private mutating func set(_ entries: JSON) {
        var members = document.object ?? [:]
        members["auths"] = entries
        document = .object(members)
    }

    /// Writes the file: mode 0600, whole or not at all; where the path is a link, as docker does, the file that it leads
    /// to. Throws `system`.
    public func write() throws {
        let path = URL(filePath: path).resolvingSymlinksInPath().path
        if let slash = path.lastIndex(of: "/") { try PrivateFiles.makeFolder(String(path[..<slash])) }
        try PrivateFiles.write(document.text(pretty: true) + "\n", to: path)
    }
}

/// The keys under which docker keeps logins.
public enum DockerLoginKey {
    /// A registry's key: Docker Hub's is its old index address, any other's is its host.
    public static func of(_ host: ImageReference.Host) -> String {
        ["docker.io", "index.docker.io"].contains(host.description) ? HubEndpoint.loginKey : host.description
    }

    /// The host in a key that is a URL (`https://host/v1/`); a bare key up to its first slash.
    static func host(of key: String) -> String {
        let bare = ["https://", "http://"].first { key.hasPrefix($0) }.map { key.dropFirst($0.count) } ?? key[...]
        return String(bare.prefix { $0 != "/" })
    }
}
