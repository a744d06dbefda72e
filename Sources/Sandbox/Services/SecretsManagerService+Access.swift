internal import AWS
internal import FoundationEssentials

extension SecretsManagerService {
    /// Changes the account after what is past its recovery window is gone.
    func change<Value: Sendable>(_ call: Call, _ body: (inout AccountState) throws -> Value) throws -> Value {
        try backend.store.change { state in
            state.secrets.purge(at: backend.now)
            return try body(&state)
        }
    }

    /// The six characters at the end of a secret's ARN.
    func suffix() -> String {
        backend.random(6, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// The secret that an id means, once the caller may do `action` with it. Permission comes before existence, as AWS
    /// has it.
    func find(
        _ id: String, for action: String, _ state: AccountState, _ call: Call, whenDeleted: Bool = true,
        context: [String: String] = [:]
    ) throws -> SecretsState.StoredSecret {
        try Self.check.length(id, "secretId", 1...2048)
        let secret = state.secrets.find(id)
        try authorize(action, id, secret, state, call, context: context)
        guard let secret else {
            throw ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
        }
        guard secret.deletion == nil || whenDeleted else {
            throw ServiceError(
                "InvalidRequestException",
                "You can't perform this operation on the secret because it was marked for deletion.")
        }
        return secret
    }

    /// Refuses with the id as the caller wrote it, as AWS does.
    func authorize(
        _ action: String, _ id: String, _ secret: SecretsState.StoredSecret?, _ state: AccountState, _ call: Call,
        context: [String: String] = [:]
    ) throws {
        let arn =
            secret?.arn ?? (id.hasPrefix("arn:") ? id : backend.place.arn("secretsmanager", "secret:\(id)"))
        var context = context
        context["secretsmanager:SecretId"] = arn
        context["aws:RequestedRegion"] = backend.place.region
        for tag in secret?.tags ?? [] {
            context["aws:ResourceTag/\(tag.key ?? "")"] = tag.value
            context["secretsmanager:ResourceTag/\(tag.key ?? "")"] = tag.value
        }
        try state.authorize(
            AccessRequest(call.caller, action, on: arn, context: context), shown: id,
            resource: secret?.policy.flatMap { try? PolicyDocument(parsing: $0, for: .key) })
    }

    /// Uses the secret's key in the caller's name, as Secrets Manager does (user guide, "Secret encryption and
    /// decryption"): the encryption context is the secret's ARN and the version.
    func useKey(
        of secret: SecretsState.StoredSecret, version: String, _ action: String, _ state: AccountState, _ call: Call
    ) throws {
        let found = state.keys.find(secret.kmsKeyID ?? KeysState.secretsManagerAlias)
        guard let key = found, key.state == "Enabled" else {
            let reading = action == "kms:Decrypt"
            throw ServiceError(
                reading ? "DecryptionFailure" : "EncryptionFailure",
                reading
                    ? "Secrets Manager can't decrypt the protected secret text using the provided KMS key."
                    : "Secrets Manager can't encrypt the protected secret text using the provided KMS key. "
                        + "Check that the KMS key is available, enabled, and not in an invalid state.")
        }
        let context = [
            "kms:ViaService": "secretsmanager.\(backend.place.region).amazonaws.com",
            "kms:CallerAccount": backend.place.account,
            "kms:EncryptionContext:SecretARN": secret.arn,
            "kms:EncryptionContext:SecretVersionId": version,
        ]
        do {
            try state.authorize(AccessRequest(call.caller, action, on: key.arn, context: context), key: key)
        } catch {
            throw ServiceError.accessDenied("Access to KMS is not allowed")
        }
    }
}

/// ListSecrets' filters: all must fit, of each one's values any; `!` in front turns a value round.
struct SecretFilter: Sendable {
    private static let keys = [
        "description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all",
    ]
    private let filters: [(key: String, values: [String])]

    init(_ filters: [SecretsManager.Filter]) throws {
        for filter in filters { try SecretsManagerService.check.oneOf(filter.key, "filters.key", Self.keys) }
        self.filters = filters.map { ($0.key ?? "all", $0.values ?? []) }
    }

    func fits(_ secret: SecretsState.StoredSecret) -> Bool {
        filters.allSatisfy { filter in filter.values.contains { Self.fits(filter.key, $0, secret) } }
    }

    private static func fits(_ key: String, _ value: String, _ secret: SecretsState.StoredSecret) -> Bool {
        if value.hasPrefix("!") { return !fits(key, String(value.dropFirst()), secret) }
        let low = value.lowercased()
        return switch key {
        // Names are compared by case; everything else is not.
        case "name": secret.name.hasPrefix(value)
        case "description": secret.description?.lowercased().hasPrefix(low) ?? false
        case "tag-key": secret.tags.contains { $0.key?.hasPrefix(value) ?? false }
        case "tag-value": secret.tags.contains { $0.value?.hasPrefix(value) ?? false }
        case "all":
            ([secret.name, secret.description] + secret.tags.flatMap { [$0.key, $0.value] })
                .contains { $0?.lowercased().contains(low) ?? false }
        default: false
        }
    }
}
