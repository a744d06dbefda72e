internal import Core
internal import Crypto
internal import FoundationEssentials

/// Who asks, as far as the surroundings tell without a network: what another caller, or the same with other credentials, would not
/// share. The cache is keyed by it.
struct CallerIdentity: Sendable {
    private static let names = [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_REGION",
        "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL_STS",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ]

    private let facts: [String]
    private let keyMaterial: [String]

    /// What `variables` say. `mark` tells one state of a file from the next; a profile's keys may change in the file.
    init(_ variables: EnvironmentVariables, mark: (_ path: String) -> String = { FileMark.of($0) }) {
        var facts = Self.names.map { "\($0)=\(variables[$0] ?? "")" }
        for (name, usual) in [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")] {
            let path = variables[name] ?? "~/.aws/\(usual)"
            let full = path.hasPrefix("~/") ? (variables["HOME"] ?? "~") + path.dropFirst(1) : path
            facts.append("\(full)=\(mark(full))")
        }
        self.facts = facts
        keyMaterial = Self.keyMaterial(variables)
    }

    /// The cache file's name for a secret, in hexadecimal.
    func fileName(for place: SecretPlace) -> String {
        let parts = facts + [place.secret, place.region ?? "", place.role ?? ""]
        return Hex.encode(SHA256.hash(data: Data(parts.joined(separator: "\0").utf8)).prefix(16))
    }

    /// The key that seals cached answers: derived (HKDF, RFC 5869) from the caller's own AWS credentials, which are elsewhere than the
    /// cache and which could fetch the secret anyway. Nil where the surroundings hold none, as with a profile.
    var sealingKey: SymmetricKey? {
        guard !keyMaterial.isEmpty else { return nil }
        return HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(keyMaterial.joined(separator: "\0").utf8)),
            info: Data("unthrottle credential helper cache 1".utf8), outputByteCount: 32)
    }

    private static func keyMaterial(_ variables: EnvironmentVariables) -> [String] {
        if variables["AWS_ACCESS_KEY_ID"] != nil, let secret = variables["AWS_SECRET_ACCESS_KEY"] {
            return [secret, variables["AWS_SESSION_TOKEN"] ?? ""]
        }
        // The endpoint's address holds a random id in CodeBuild and ECS: who knows it gets the credentials.
        if let path = variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] { return [path] }
        return variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"].map { [$0] } ?? []
    }
}
