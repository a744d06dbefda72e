public import Core

/// The variable `DOCKER_AUTH_CONFIG`, which docker's client reads from version 28.3 on: logins that stand in no file.
///
/// Docker's decoder is strict, and so is this one: one JSON object, with `auths` alone, whose entries have `auth` alone
/// (docker/cli, cli/config/configfile/file.go).
public enum DockerAuthVariable {
    /// The variable's name.
    public static let name = "DOCKER_AUTH_CONFIG"

    /// The value that carries a Docker Hub login.
    public static func value(for credential: Credential) -> Secret {
        let document: JSON = [
            "auths": .object([HubEndpoint.loginKey: ["auth": .string(credential.encoded.reveal())]])
        ]
        return Secret(document.text())
    }

    /// Reads the value: the logins by their keys; throws `invalidInput`, without the value, where docker would not take
    /// it.
    public static func logins(in value: Secret) throws -> [String: Credential] {
        guard let members = (try? JSON(parsing: value.reveal()))?.object else {
            throw refusal("it is not one JSON object")
        }
        if let other = members.keys.sorted().first(where: { $0 != "auths" }) {
            throw refusal("it has the member \"\(other)\", and docker takes \"auths\" alone")
        }
        guard let entries = (members["auths"] ?? [:]).object else {
            throw refusal("\"auths\" is no object")
        }
        return try entries.reduce(into: [:]) { logins, entry in
            guard let inner = entry.value.object else { throw refusal("the entry \"\(entry.key)\" is no object") }
            if let other = inner.keys.sorted().first(where: { $0 != "auth" }) {
                throw refusal("the entry \"\(entry.key)\" has the member \"\(other)\", and docker takes \"auth\" alone")
            }
            guard let encoded = inner["auth"]?.string, !encoded.isEmpty else {
                throw refusal("the entry \"\(entry.key)\" has no \"auth\"")
            }
            guard let credential = Credential(encoded: encoded) else {
                throw refusal("\"auth\" of the entry \"\(entry.key)\" is not base64 of USER:PASSWORD")
            }
            logins[entry.key] = credential
        }
    }

    private static func refusal(_ why: String) -> UnthrottleError {
        UnthrottleError(.invalidInput, "\(name) cannot be read: \(why)")
    }
}
