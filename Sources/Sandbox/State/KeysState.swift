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
        var isDisabled: Bool?
        var isRotated: Bool?
        /// When the key is deleted; it cannot be used until then.
        var deletion: Date?

        /// As KMS calls it.
        var state: String {
            deletion != nil ? "PendingDeletion" : isDisabled == true ? "Disabled" : "Enabled"
        }

        /// Refuses a key that cannot be used now.
        func checkUsable() throws(ServiceError) {
            if deletion != nil { throw ServiceError("KMSInvalidStateException", "\(arn) is pending deletion.") }
            if isDisabled == true { throw ServiceError("DisabledException", "\(arn) is disabled.") }
        }
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

    /// Takes out keys whose time has come, with their aliases.
    mutating func purge(at now: Date) {
        keys = keys.filter { $0.value.deletion.map { $0 > now } ?? true }
        aliases = aliases.filter { keys[$0.value] != nil }
    }

    /// The alias of the key that Secrets Manager uses where none is named.
    static let secretsManagerAlias = "alias/aws/secretsmanager"
}
