internal import AWS
internal import Core
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
        registerCryptography(in: &table)
        registerLists(in: &table)
        registerStates(in: &table)
    }

    private func create(_ input: KMS.CreateKey, _ call: Call) throws -> KMS.CreateKey.Output {
        try Self.check.length(input.description, "description", 0...8192)
        try Self.check.oneOf(
            input.keyUsage, "keyUsage", ["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"])
        guard input.keySpec == nil || input.customerMasterKeySpec == nil else {
            throw ServiceError(
                Self.check.code, "You cannot specify KeySpec and CustomerMasterKeySpec in the same request.")
        }
        guard (input.keySpec ?? input.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT",
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
        try check(grants: input.grantTokens)
        return .init(
            keyMetadata: shape(try backend.store.read { try key(input.keyId, for: "kms:DescribeKey", $0, call) }))
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
