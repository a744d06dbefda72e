internal import AWS
internal import FoundationEssentials

/// What KMS holds.
struct KeysState: Codable, Sendable, Hashable {
    struct Key: Codable, Sendable, Hashable {
        /// A UUID.
        var id: String
        var arn: String
        var created: Date
        var description: String
        var policy: String
        var tags: [KMS.Tag]
        /// Whether AWS made it for one of its services.
        var isManagedByAWS = false
        /// 32 bytes.
        var material: Sensitive<Data>
    }

    /// By id.
    var keys: [String: Key] = [:]
    /// Ids by alias, `alias/` in front.
    var aliases: [String: String] = [:]

    /// The key of an id, an ARN, an alias or an alias's ARN.
    func find(_ name: String) -> Key? {
        let short = name.hasPrefix("arn:") ? name.split(separator: ":", maxSplits: 5).last.map(String.init) ?? "" : name
        if short.hasPrefix("alias/") { return aliases[short].flatMap { keys[$0] } }
        return keys[short.hasPrefix("key/") ? String(short.dropFirst(4)) : short]
    }

    /// The alias of the key that Secrets Manager uses where none is named.
    static let secretsManagerAlias = "alias/aws/secretsmanager"
}
