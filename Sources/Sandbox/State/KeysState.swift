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
        /// Days between rotations; 365 where nil.
        var rotationPeriod: Int?
        /// When rotation was enabled.
        var rotatedSince: Date?
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

    /// The key of an id, an ARN, an alias or an alias's ARN. An ARN of another partition, Region or account names none.
    func find(_ name: String) -> Key? {
        let name = KeyName(name)
        guard let key = name.alias.map({ aliases[$0] }) ?? name.resource, let found = keys[key] else { return nil }
        return name.place == nil || name.place == KeyName(found.arn).place ? found : nil
    }

    /// Takes out keys whose time has come, with their aliases.
    mutating func purge(at now: Date) {
        keys = keys.filter { $0.value.deletion.map { $0 > now } ?? true }
        aliases = aliases.filter { keys[$0.value] != nil }
    }

    /// The alias of the key that Secrets Manager uses where none is named.
    static let secretsManagerAlias = "alias/aws/secretsmanager"
}
