internal import AWS
internal import Core
internal import FoundationEssentials

/// Secrets Manager: secrets and what is said about them. Their values are in the other file.
struct SecretsManagerService: Sendable {
    let backend: Backend
    static let check = ModelCheck.json

    func register(in table: inout OperationTable) {
        table.add(SecretsManager.CreateSecret.self, create)
        table.add(SecretsManager.DescribeSecret.self, describe)
        table.add(SecretsManager.ListSecrets.self, list)
        table.add(SecretsManager.DeleteSecret.self, delete)
        table.add(SecretsManager.RestoreSecret.self, restore)
        table.add(SecretsManager.TagResource.self, tag)
        table.add(SecretsManager.GetSecretValue.self, value)
        table.add(SecretsManager.PutSecretValue.self, put)
        table.add(SecretsManager.UpdateSecret.self, update)
        table.add(SecretsManager.UntagResource.self) { input, call in
            try change(call) { state in
                var secret = try find(
                    input.secretId, for: "secretsmanager:UntagResource", state, call, whenDeleted: false)
                secret.tags.removeAll { tag in input.tagKeys.contains { $0 == tag.key } }
                state.secrets.secrets[secret.name] = secret
                return NoOutput()
            }
        }
        registerVersions(in: &table)
        registerPolicies(in: &table)
    }

    private func create(_ input: SecretsManager.CreateSecret, _ call: Call) throws -> SecretsManager.CreateSecret.Output
    {
        try Self.check.length(input.name, "name", 1...512)
        try Self.check.length(input.description, "description", 0...2048)
        try Self.check.length(input.kmsKeyId, "kmsKeyId", 0...2048)
        guard input.name.unicodeScalars.allSatisfy({ $0.isASCIIAlphanumeric || "-/_+=.@!".unicodeScalars.contains($0) })
        else {
            throw ServiceError(
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"
            )
        }
        let value = try NewValue(text: input.secretString, binary: input.secretBinary, token: input.clientRequestToken)
        let tags = try Self.merged([], input.tags ?? [])
        let arn = backend.place.arn("secretsmanager", "secret:\(input.name)-\(suffix())")
        return try change(call) { state in
            try state.authorize(AccessRequest(call.caller, "secretsmanager:CreateSecret", on: arn))
            if let old = state.secrets.secrets[input.name] {
                return try Self.repeated(old, value: value)
            }
            var secret = SecretsState.StoredSecret(
                name: input.name, arn: arn, description: input.description,
                kmsKeyID: input.kmsKeyId.flatMap { $0.isEmpty ? nil : $0 }, tags: tags, created: backend.now,
                changed: backend.now)
            if let value {
                try useKey(of: secret, version: value.id, "kms:GenerateDataKey", state, call)
                secret.add(value.version(stages: [SecretsState.StoredSecret.current], created: backend.now))
            }
            state.secrets.secrets[secret.name] = secret
            return .init(arn: secret.arn, name: secret.name, versionId: value?.id)
        }
    }

    /// What CreateSecret answers where the name is taken: the same again if it is the same request, and otherwise a
    /// refusal.
    private static func repeated(_ old: SecretsState.StoredSecret, value: NewValue?) throws
        -> SecretsManager.CreateSecret.Output
    {
        guard old.deletion == nil else {
            throw ServiceError(
                "InvalidRequestException",
                "You can't create this secret because a secret with this name is already scheduled for deletion.")
        }
        guard let value, old.versions.contains(where: { $0.id == value.id && value.equals($0) }) else {
            throw ServiceError(
                "ResourceExistsException", "The operation failed because the secret \(old.name) already exists.")
        }
        return .init(arn: old.arn, name: old.name, versionId: value.id)
    }

    private func describe(_ input: SecretsManager.DescribeSecret, _ call: Call) throws
        -> SecretsManager.DescribeSecret.Output
    {
        let secret = try change(call) { state in
            try find(input.secretId, for: "secretsmanager:DescribeSecret", state, call)
        }
        return .init(
            arn: secret.arn, name: secret.name, description: secret.description, kmsKeyId: secret.kmsKeyID,
            lastChangedDate: secret.changed, lastAccessedDate: secret.accessed, deletedDate: secret.deletion?.asked,
            tags: secret.tags.isEmpty ? nil : secret.tags,
            versionIdsToStages: secret.stagesByVersion.isEmpty ? nil : secret.stagesByVersion,
            createdDate: secret.created)
    }

    private func list(_ input: SecretsManager.ListSecrets, _ call: Call) throws -> SecretsManager.ListSecrets.Output {
        try Self.check.range(input.maxResults, "maxResults", 1...100)
        try Self.check.oneOf(input.sortOrder, "sortOrder", ["asc", "desc"])
        let order = try SecretOrder(input.sortBy)
        let filter = try SecretFilter(input.filters ?? [])
        let secrets = try change(call) { state in
            try state.authorize(AccessRequest(call.caller, "secretsmanager:ListSecrets", on: "*"))
            return Array(state.secrets.secrets.values)
        }
        let ascending = secrets.filter {
            ($0.deletion == nil || input.includePlannedDeletion == true) && filter.fits($0)
        }
        .sorted(by: order.precedes)
        let sorted = input.sortOrder == "desc" ? ascending.reversed() : ascending
        guard let page = Page.cut(sorted, from: input.nextToken, size: input.maxResults ?? 100) else {
            throw ServiceError("InvalidNextTokenException", "Invalid NextToken.")
        }
        return .init(
            secretList: page.items.map { secret in
                SecretsManager.SecretListEntry(
                    arn: secret.arn, name: secret.name, description: secret.description, kmsKeyId: secret.kmsKeyID,
                    lastChangedDate: secret.changed, lastAccessedDate: secret.accessed,
                    deletedDate: secret.deletion?.asked, tags: secret.tags,
                    secretVersionsToStages: secret.stagesByVersion, createdDate: secret.created)
            }, nextToken: page.next)
    }

    private func delete(_ input: SecretsManager.DeleteSecret, _ call: Call) throws -> SecretsManager.DeleteSecret.Output
    {
        let force = input.forceDeleteWithoutRecovery == true
        if force, input.recoveryWindowInDays != nil {
            throw ServiceError(
                "InvalidParameterException",
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
        }
        guard (7...30).contains(input.recoveryWindowInDays ?? 30) else {
            throw ServiceError(
                "InvalidParameterException",
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
        }
        return try change(call) { state in
            let now = backend.now
            if force, state.secrets.find(input.secretId) == nil {
                // Documented: deleting by force what is not there is no error.
                try authorize("secretsmanager:DeleteSecret", input.secretId, nil, state, call)
                let arn = backend.place.arn("secretsmanager", "secret:\(input.secretId)-\(suffix())")
                return .init(arn: arn, name: input.secretId, deletionDate: now)
            }
            var secret = try find(
                input.secretId, for: "secretsmanager:DeleteSecret", state, call, whenDeleted: force)
            let due = now.addingTimeInterval(force ? 0 : Double(input.recoveryWindowInDays ?? 30) * 86_400)
            secret.deletion = .init(asked: now, due: due)
            state.secrets.secrets[secret.name] = force ? nil : secret
            return .init(arn: secret.arn, name: secret.name, deletionDate: due)
        }
    }

    private func restore(_ input: SecretsManager.RestoreSecret, _ call: Call) throws
        -> SecretsManager.RestoreSecret.Output
    {
        try change(call) { state in
            var secret = try find(input.secretId, for: "secretsmanager:RestoreSecret", state, call)
            secret.deletion = nil
            state.secrets.secrets[secret.name] = secret
            return .init(arn: secret.arn, name: secret.name)
        }
    }

    private func tag(_ input: SecretsManager.TagResource, _ call: Call) throws -> NoOutput {
        try change(call) { state in
            var secret = try find(
                input.secretId, for: "secretsmanager:TagResource", state, call, whenDeleted: false)
            secret.tags = try Self.merged(secret.tags, input.tags)
            state.secrets.secrets[secret.name] = secret
            return NoOutput()
        }
    }

    private static func merged(_ old: [SecretsManager.Tag], _ new: [SecretsManager.Tag]) throws -> [SecretsManager.Tag]
    {
        for tag in new {
            try check.length(tag.key ?? "", "tags.key", 1...128)
            try check.length(tag.value, "tags.value", 0...256)
            if tag.key?.lowercased().hasPrefix("aws:") == true {
                throw ServiceError("InvalidParameterException", "Tag keys must not start with aws:.")
            }
        }
        let merged = old.filter { tag in !new.contains { $0.key == tag.key } } + new
        guard merged.count <= 50 else { throw ServiceError("InvalidParameterException", "Too many tags: at most 50.") }
        return merged
    }
}
