internal import AWS
internal import Core
internal import Crypto
internal import FoundationEssentials

/// KMS: symmetric keys and their policies.
struct KMSService: Sendable {
    let backend: Backend
    static let check = ModelCheck.json

    func register(in table: inout OperationTable) {
        table.add(KMS.CreateKey.self, create)
        table.add(KMS.DescribeKey.self, describe)
        table.add(KMS.GetKeyPolicy.self, getPolicy)
        table.add(KMS.PutKeyPolicy.self, putPolicy)
        table.add(KMS.Decrypt.self, decrypt)
        table.add(KMS.Encrypt.self, encrypt)
        table.add(KMS.GenerateDataKey.self, generate)
        registerLists(in: &table)
        registerStates(in: &table)
    }

    private func create(_ input: KMS.CreateKey, _ call: Call) throws -> KMS.CreateKey.Output {
        try Self.check.length(input.description, "description", 0...8192)
        try Self.check.oneOf(
            input.keyUsage, "keyUsage", ["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"])
        guard (input.keySpec ?? "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT",
            (input.keyUsage ?? "ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT", (input.origin ?? "AWS_KMS") == "AWS_KMS",
            input.multiRegion != true
        else {
            throw ServiceError(
                "UnsupportedOperationException",
                "The sandbox has symmetric keys of one Region and of KMS's own making only")
        }
        if let policy = input.policy { try check(policy: policy, call, bypass: input.bypassPolicyLockoutSafetyCheck) }
        let id = backend.dice.uuid()
        let key = KeysState.Key(
            id: id, arn: backend.place.arn("kms", "key/\(id)"), created: backend.now,
            description: input.description ?? "", policy: input.policy ?? Self.defaultPolicy(backend.place.account),
            tags: input.tags ?? [], material: Sensitive(Data(backend.dice.bytes(32))))
        return try backend.store.change { state in
            try state.authorize(AccessRequest(call.caller, "kms:CreateKey", on: "*"))
            state.keys.keys[id] = key
            return .init(keyMetadata: shape(key))
        }
    }

    private func describe(_ input: KMS.DescribeKey, _ call: Call) throws -> KMS.DescribeKey.Output {
        .init(keyMetadata: shape(try backend.store.read { try key(input.keyId, for: "kms:DescribeKey", $0, call) }))
    }

    private func getPolicy(_ input: KMS.GetKeyPolicy, _ call: Call) throws -> KMS.GetKeyPolicy.Output {
        try checkPolicyName(input.policyName)
        let key = try backend.store.read {
            try self.key(input.keyId, for: "kms:GetKeyPolicy", $0, call, aliases: false)
        }
        return .init(policy: key.policy, policyName: "default")
    }

    private func putPolicy(_ input: KMS.PutKeyPolicy, _ call: Call) throws -> NoOutput {
        try checkPolicyName(input.policyName)
        try check(policy: input.policy, call, bypass: input.bypassPolicyLockoutSafetyCheck)
        _ = try change(input.keyId, "kms:PutKeyPolicy", call) { $0.policy = input.policy }
        return NoOutput()
    }

    private func encrypt(_ input: KMS.Encrypt, _ call: Call) throws -> KMS.Encrypt.Output {
        let plain = input.plaintext.reveal()
        guard (1...4096).contains(plain.count) else {
            throw ServiceError.constraint("plaintext", nil, "have length less than or equal to 4096")
        }
        let context = input.encryptionContext ?? [:]
        let key = try backend.store.read {
            try self.key(input.keyId, for: "kms:Encrypt", $0, call, context: conditions(context))
        }
        try key.checkUsable()
        let blob = try SealedBlob(plain, keyID: key.id, material: key.material.reveal(), context: context)
        return .init(ciphertextBlob: blob.bytes, keyId: key.arn, encryptionAlgorithm: "SYMMETRIC_DEFAULT")
    }

    private func generate(_ input: KMS.GenerateDataKey, _ call: Call) throws -> KMS.GenerateDataKey.Output {
        try Self.check.oneOf(input.keySpec, "keySpec", ["AES_256", "AES_128"])
        try Self.check.range(input.numberOfBytes, "numberOfBytes", 1...1024)
        guard (input.keySpec == nil) != (input.numberOfBytes == nil) else {
            throw ServiceError(
                Self.check.code, "Please specify either number of bytes or key spec.")
        }
        let context = input.encryptionContext ?? [:]
        let key = try backend.store.read {
            try self.key(input.keyId, for: "kms:GenerateDataKey", $0, call, context: conditions(context))
        }
        try key.checkUsable()
        let plain = Data(backend.dice.bytes(input.numberOfBytes ?? (input.keySpec == "AES_128" ? 16 : 32)))
        let blob = try SealedBlob(plain, keyID: key.id, material: key.material.reveal(), context: context)
        return .init(ciphertextBlob: blob.bytes, plaintext: Sensitive(plain), keyId: key.arn)
    }

    /// An encryption context as condition keys.
    private func conditions(_ context: [String: String]) -> [String: String] {
        var keys = ["kms:CallerAccount": backend.place.account]
        for (name, value) in context { keys["kms:EncryptionContext:\(name)"] = value }
        return keys
    }

    private func decrypt(_ input: KMS.Decrypt, _ call: Call) throws -> KMS.Decrypt.Output {
        guard let blob = input.ciphertextBlob, let sealed = SealedBlob(blob) else {
            throw ServiceError("InvalidCiphertextException", "")
        }
        let context = input.encryptionContext ?? [:]
        return try backend.store.read { state -> KMS.Decrypt.Output in
            guard let key = state.keys.keys[sealed.keyID] else { throw ServiceError("InvalidCiphertextException", "") }
            if let named = input.keyId, state.keys.find(named)?.id != key.id {
                throw ServiceError(
                    "IncorrectKeyException",
                    "The key ID in the request does not identify a CMK that can perform this operation.")
            }
            try state.authorize(
                AccessRequest(call.caller, "kms:Decrypt", on: key.arn, context: conditions(context)), key: key)
            try key.checkUsable()
            guard let plain = sealed.open(with: key.material.reveal(), context: context) else {
                throw ServiceError("InvalidCiphertextException", "")
            }
            return .init(keyId: key.arn, plaintext: Sensitive(plain), encryptionAlgorithm: "SYMMETRIC_DEFAULT")
        }
    }

    func key(
        _ id: String, for action: String, _ state: AccountState, _ call: Call, aliases: Bool = true,
        context: [String: String] = [:]
    ) throws -> KeysState.Key {
        try Self.check.length(id, "keyId", 1...2048)
        let isAlias = id.hasPrefix("alias/") || id.contains(":alias/")
        if isAlias, !aliases { throw ServiceError("NotFoundException", "Invalid keyId \(id)") }
        guard let key = state.keys.find(id) else {
            throw Self.noKey(id, backend.place)
        }
        try state.authorize(AccessRequest(call.caller, action, on: key.arn, context: context), key: key)
        return key
    }

    static func noKey(_ id: String, _ place: AccountPlace) -> ServiceError {
        let isAlias = id.hasPrefix("alias/") || id.contains(":alias/")
        return ServiceError(
            "NotFoundException",
            isAlias
                ? "Alias \(id.hasPrefix("arn:") ? id : place.arn("kms", id)) is not found."
                : "Key '\(id.hasPrefix("arn:") ? id : place.arn("kms", "key/\(id)"))' does not exist")
    }

    private func checkPolicyName(_ name: String?) throws {
        guard (name ?? "default") == "default" else {
            throw ServiceError("NotFoundException", "No such policy exists")
        }
    }

    /// Refuses a document that is none, and one that would lock the caller out.
    private func check(policy: String, _ call: Call, bypass: Bool?) throws {
        do throws(MalformedPolicy) {
            let document = try PolicyDocument(parsing: policy, for: .key)
            let request = AccessRequest(call.caller, "kms:PutKeyPolicy", on: "*")
            let keeps = PolicyEvaluator.reaches(request, in: document)
            guard keeps || bypass == true else {
                throw MalformedPolicy(
                    "The new key policy will not allow you to update the key policy in the future.")
            }
        } catch {
            throw ServiceError("MalformedPolicyDocumentException", error.message)
        }
    }

    private func shape(_ key: KeysState.Key) -> KMS.KeyMetadata {
        KMS.KeyMetadata(
            awsAccountId: backend.place.account, keyId: key.id, arn: key.arn, creationDate: key.created,
            enabled: key.state == "Enabled", description: key.description, keyUsage: "ENCRYPT_DECRYPT",
            keyState: key.state, deletionDate: key.deletion, origin: "AWS_KMS",
            keyManager: key.isManagedByAWS ? "AWS" : "CUSTOMER", customerMasterKeySpec: "SYMMETRIC_DEFAULT",
            keySpec: "SYMMETRIC_DEFAULT", encryptionAlgorithms: ["SYMMETRIC_DEFAULT"], multiRegion: false)
    }

    /// The policy that KMS gives a key whose maker names none.
    static func defaultPolicy(_ account: String) -> String {
        """
        {
          "Version" : "2012-10-17",
          "Id" : "key-default-1",
          "Statement" : [ {
            "Sid" : "Enable IAM User Permissions",
            "Effect" : "Allow",
            "Principal" : {
              "AWS" : "arn:aws:iam::\(account):root"
            },
            "Action" : "kms:*",
            "Resource" : "*"
          } ]
        }
        """
    }
}
