internal import AWS
internal import Core
internal import FoundationEssentials

/// KMS: what is done with a key.
extension KMSService {
    func registerCryptography(in table: inout OperationTable) {
        table.add(KMS.Decrypt.self, decrypt)
        table.add(KMS.Encrypt.self, encrypt)
        table.add(KMS.GenerateDataKey.self, generate)
    }

    private func encrypt(_ input: KMS.Encrypt, _ call: Call) throws -> KMS.Encrypt.Output {
        let plain = input.plaintext.reveal()
        guard (1...4096).contains(plain.count) else {
            throw ServiceError.constraint("plaintext", nil, "have length less than or equal to 4096")
        }
        try check(algorithm: input.encryptionAlgorithm)
        try check(grants: input.grantTokens)
        let context = input.encryptionContext ?? [:]
        let key = try backend.store.read {
            try self.key(input.keyId, for: "kms:Encrypt", $0, call, context: conditions(context))
        }
        try key.checkUsable()
        try stop(ifDry: input.dryRun)
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
        try check(grants: input.grantTokens)
        let context = input.encryptionContext ?? [:]
        let key = try backend.store.read {
            try self.key(input.keyId, for: "kms:GenerateDataKey", $0, call, context: conditions(context))
        }
        try key.checkUsable()
        try stop(ifDry: input.dryRun)
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
        try check(algorithm: input.encryptionAlgorithm)
        try check(grants: input.grantTokens)
        let context = input.encryptionContext ?? [:]
        return try backend.store.read { state -> KMS.Decrypt.Output in
            guard let key = state.keys.keys[sealed.keyID] else { throw ServiceError("InvalidCiphertextException", "") }
            if let named = input.keyId { try checkPlace(of: named, for: "kms:Decrypt", call) }
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
            try stop(ifDry: input.dryRun)
            return .init(keyId: key.arn, plaintext: Sensitive(plain), encryptionAlgorithm: "SYMMETRIC_DEFAULT")
        }
    }

    /// Keys here are symmetric: they have one algorithm.
    private func check(algorithm: String?) throws {
        try Self.check.oneOf(
            algorithm, "encryptionAlgorithm",
            ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"])
        if let algorithm, algorithm != "SYMMETRIC_DEFAULT" {
            throw ServiceError(
                "InvalidKeyUsageException",
                "Algorithm \(algorithm) and key spec SYMMETRIC_DEFAULT are incompatible.")
        }
    }

    /// The last step before anything is done.
    private func stop(ifDry isDry: Bool?) throws {
        guard isDry == true else { return }
        throw ServiceError(
            "DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
    }
}
