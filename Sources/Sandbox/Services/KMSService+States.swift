internal import AWS
internal import FoundationEssentials

/// KMS: what changes about a key.
extension KMSService {
    func registerStates(in table: inout OperationTable) {
        table.add(KMS.UpdateKeyDescription.self) { input, call in
            try Self.check.length(input.description, "description", 0...8192)
            return try set(input.keyId, "kms:UpdateKeyDescription", call) { $0.description = input.description }
        }
        table.add(KMS.EnableKey.self) { input, call in
            try set(input.keyId, "kms:EnableKey", call) { $0.isDisabled = nil }
        }
        table.add(KMS.DisableKey.self) { input, call in
            try set(input.keyId, "kms:DisableKey", call) { $0.isDisabled = true }
        }
        table.add(KMS.TagResource.self) { input, call in
            try set(input.keyId, "kms:TagResource", call) { key in
                key.tags = key.tags.filter { old in !input.tags.contains { $0.tagKey == old.tagKey } } + input.tags
            }
        }
        table.add(KMS.UntagResource.self) { input, call in
            try set(input.keyId, "kms:UntagResource", call) { key in
                key.tags.removeAll { tag in input.tagKeys.contains { $0 == tag.tagKey } }
            }
        }
        table.add(KMS.ScheduleKeyDeletion.self, schedule)
        table.add(KMS.CancelKeyDeletion.self, cancel)
        registerRotation(in: &table)
    }

    /// Changes a key that is not about to be deleted.
    func set(_ id: String, _ action: String, _ call: Call, _ body: (inout KeysState.Key) throws -> Void) throws
        -> NoOutput
    {
        _ = try change(id, action, call) { key in
            if key.deletion != nil {
                throw ServiceError("KMSInvalidStateException", "\(key.arn) is pending deletion.")
            }
            try body(&key)
        }
        return NoOutput()
    }

    private func schedule(_ input: KMS.ScheduleKeyDeletion, _ call: Call) throws -> KMS.ScheduleKeyDeletion.Output {
        let days = input.pendingWindowInDays ?? 30
        guard (7...30).contains(days) else {
            throw ServiceError("ValidationException", "PendingWindowInDays must be between 7 and 30 days (inclusive).")
        }
        let due = backend.now.addingTimeInterval(Double(days) * 86_400)
        let key = try change(input.keyId, "kms:ScheduleKeyDeletion", call) { key in
            if key.deletion != nil {
                throw ServiceError("KMSInvalidStateException", "\(key.arn) is pending deletion.")
            }
            key.deletion = due
        }
        return .init(keyId: key.arn, deletionDate: due, keyState: key.state, pendingWindowInDays: days)
    }

    /// The key is disabled afterwards (API_CancelKeyDeletion).
    private func cancel(_ input: KMS.CancelKeyDeletion, _ call: Call) throws -> KMS.CancelKeyDeletion.Output {
        let key = try change(input.keyId, "kms:CancelKeyDeletion", call) { key in
            guard key.deletion != nil else {
                throw ServiceError("KMSInvalidStateException", "\(key.arn) is not pending deletion.")
            }
            (key.deletion, key.isDisabled) = (nil, true)
        }
        return .init(keyId: key.arn)
    }

    /// Changes a customer's key, once the caller may.
    func change(_ id: String, _ action: String, _ call: Call, _ body: (inout KeysState.Key) throws -> Void) throws
        -> KeysState.Key
    {
        try backend.store.change { state in
            state.keys.purge(at: backend.now)
            var key = try self.key(id, for: action, state, call, aliases: false)
            guard !key.isManagedByAWS else {
                throw ServiceError.accessDenied("An AWS managed key cannot be changed")
            }
            try body(&key)
            state.keys.keys[key.id] = key
            return key
        }
    }
}
