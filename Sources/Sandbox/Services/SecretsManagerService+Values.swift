internal import AWS
internal import FoundationEssentials

extension SecretsManagerService {
    func value(_ input: SecretsManager.GetSecretValue, _ call: Call) throws -> SecretsManager.GetSecretValue.Output {
        try Self.check.length(input.versionId, "versionId", 32...64)
        try Self.check.length(input.versionStage, "versionStage", 1...256)
        return try change(call) { state in
            var secret = try find(
                input.secretId, for: "secretsmanager:GetSecretValue", state, call, whenDeleted: false,
                context: ["secretsmanager:VersionStage": input.versionStage ?? SecretsState.StoredSecret.current])
            let version = try Self.version(of: secret, input)
            try useKey(of: secret, version: version.id, "kms:Decrypt", state, call)
            secret.accessed = Date(
                timeIntervalSince1970: (backend.now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
            state.secrets.secrets[secret.name] = secret
            return .init(
                arn: secret.arn, name: secret.name, versionId: version.id, secretBinary: version.binary,
                secretString: version.text, versionStages: version.stages.isEmpty ? nil : version.stages,
                createdDate: version.created)
        }
    }

    private static func version(of secret: SecretsState.StoredSecret, _ input: SecretsManager.GetSecretValue) throws
        -> SecretsState.Version
    {
        if let id = input.versionId {
            guard let version = secret.versions.first(where: { $0.id == id }) else {
                throw ServiceError(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for VersionId: \(id)")
            }
            if let stage = input.versionStage, !version.stages.contains(stage) {
                throw ServiceError(
                    "InvalidRequestException",
                    "You provided a VersionStage that is not associated to the provided VersionId.")
            }
            return version
        }
        let stage = input.versionStage ?? SecretsState.StoredSecret.current
        guard let version = secret.version(stage: stage) else {
            throw ServiceError(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label: \(stage)")
        }
        return version
    }

    func put(_ input: SecretsManager.PutSecretValue, _ call: Call) throws -> SecretsManager.PutSecretValue.Output {
        let stages = input.versionStages.flatMap { $0.isEmpty ? nil : $0 } ?? [SecretsState.StoredSecret.current]
        for stage in stages { try Self.check.length(stage, "versionStages", 1...256) }
        guard stages.count <= 20 else {
            throw ServiceError.constraint("versionStages", "\(stages)", "have length less than or equal to 20")
        }
        guard
            let value = try NewValue(
                text: input.secretString, binary: input.secretBinary, token: input.clientRequestToken)
        else {
            throw ServiceError("InvalidRequestException", "You must provide either SecretString or SecretBinary.")
        }
        return try change(call) { state in
            var secret = try find(
                input.secretId, for: "secretsmanager:PutSecretValue", state, call, whenDeleted: false)
            let version = try store(value, stages, in: &secret, state, call)
            state.secrets.secrets[secret.name] = secret
            return .init(arn: secret.arn, name: secret.name, versionId: version.id, versionStages: version.stages)
        }
    }

    func update(_ input: SecretsManager.UpdateSecret, _ call: Call) throws -> SecretsManager.UpdateSecret.Output {
        try Self.check.length(input.description, "description", 0...2048)
        try Self.check.length(input.kmsKeyId, "kmsKeyId", 0...2048)
        let value = try NewValue(text: input.secretString, binary: input.secretBinary, token: input.clientRequestToken)
        return try change(call) { state in
            var secret = try find(
                input.secretId, for: "secretsmanager:UpdateSecret", state, call, whenDeleted: false)
            if let description = input.description { secret.description = description }
            if let key = input.kmsKeyId {
                secret.kmsKeyID = key.isEmpty ? nil : key
                if value == nil, let current = secret.version(stage: SecretsState.StoredSecret.current) {
                    // The current version is encrypted again under the new key.
                    try useKey(of: secret, version: current.id, "kms:GenerateDataKey", state, call)
                }
            }
            if let value { _ = try store(value, [SecretsState.StoredSecret.current], in: &secret, state, call) }
            secret.changed = backend.now
            state.secrets.secrets[secret.name] = secret
            return .init(arn: secret.arn, name: secret.name, versionId: value?.id)
        }
    }

    /// Adds a version, or finds the one that an earlier request with the same token made.
    private func store(
        _ value: NewValue, _ stages: [String], in secret: inout SecretsState.StoredSecret, _ state: AccountState,
        _ call: Call
    ) throws -> SecretsState.Version {
        if let old = secret.versions.first(where: { $0.id == value.id }) {
            guard value.equals(old) else {
                throw ServiceError(
                    "ResourceExistsException",
                    "You can't modify an existing version, you can only create a new version.")
            }
            return old
        }
        try useKey(of: secret, version: value.id, "kms:GenerateDataKey", state, call)
        secret.add(value.version(stages: stages, created: backend.now))
        return secret.versions[secret.versions.count - 1]
    }
}

/// A value that was handed in: text or bytes, not both, with the id of the version that it becomes.
struct NewValue: Sendable {
    let id: String
    private let text: Sensitive<String>?
    private let binary: Sensitive<Data>?

    /// nil where there is no value; throws where there are two, or no id.
    init?(text: Sensitive<String>?, binary: Sensitive<Data>?, token: String?) throws {
        try SecretsManagerService.check.length(token, "clientRequestToken", 32...64)
        if text != nil, binary != nil {
            throw ServiceError(
                "InvalidParameterException",
                "You can't specify both a binary secret value and a string secret value in the same secret.")
        }
        guard text != nil || binary != nil else { return nil }
        guard let token else {
            throw ServiceError(
                "InvalidRequestException",
                "You must provide a ClientRequestToken value. We recommend a UUID-type value.")
        }
        let size = text?.reveal().utf8.count ?? binary?.reveal().count ?? 0
        guard (1...65_536).contains(size) else {
            throw ServiceError.constraint(
                text == nil ? "secretBinary" : "secretString", nil,
                size == 0 ? "have length greater than or equal to 1" : "have length less than or equal to 65536")
        }
        (id, self.text, self.binary) = (token, text, binary)
    }

    func equals(_ version: SecretsState.Version) -> Bool { version.text == text && version.binary == binary }

    func version(stages: [String], created: Date) -> SecretsState.Version {
        SecretsState.Version(id: id, text: text, binary: binary, created: created, stages: stages)
    }
}
