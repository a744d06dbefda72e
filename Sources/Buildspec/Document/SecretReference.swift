/// A SECRETS_MANAGER value: `secret-id[:json-key[:version-stage[:version-id]]]` (build-spec-ref, env/secrets-manager).
///
/// The secret may be an ARN, which has seven fields of its own.
public struct SecretReference: Sendable, Hashable {
    /// The secret's name or ARN.
    public let secret: String
    /// The member of the secret's JSON object; nil for the whole text.
    public let key: String?
    /// The version's stage; nil for AWSCURRENT unless a version is named.
    public let stage: String?
    /// The version's id.
    public let version: String?

    /// Reads a reference; nil where it has no secret, too many fields, or both a stage and a version.
    public init?(_ text: String) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let length = fields[0] == "arn" ? 7 : 1
        guard fields.count >= length, fields.count <= length + 3 else { return nil }
        let secret = fields[..<length].joined(separator: ":")
        func field(_ index: Int) -> String? {
            length + index < fields.count && !fields[length + index].isEmpty ? fields[length + index] : nil
        }
        guard !secret.isEmpty, fields[length - 1].isEmpty == false else { return nil }
        (self.secret, key, stage, version) = (secret, field(0), field(1), field(2))
        if stage != nil, version != nil { return nil }
    }
}
