internal import AWS
internal import FoundationEssentials

/// KMS: automatic rotation. No key here lives long enough to be rotated: what there is are the settings.
extension KMSService {
    /// Days, where a request names none (API_EnableKeyRotation).
    private static let usualPeriod = 365

    func registerRotation(in table: inout OperationTable) {
        table.add(KMS.EnableKeyRotation.self) { input, call in
            try Self.check.range(input.rotationPeriodInDays, "rotationPeriodInDays", 90...2560)
            return try set(input.keyId, "kms:EnableKeyRotation", call) { key in
                try key.checkUsable()
                (key.isRotated, key.rotatedSince) = (true, backend.now)
                // A period that was chosen once stays until another one is.
                key.rotationPeriod = input.rotationPeriodInDays ?? key.rotationPeriod
            }
        }
        table.add(KMS.DisableKeyRotation.self) { input, call in
            try set(input.keyId, "kms:DisableKeyRotation", call) { key in
                try key.checkUsable()
                (key.isRotated, key.rotatedSince) = (nil, nil)
            }
        }
        table.add(KMS.GetKeyRotationStatus.self, rotation)
    }

    /// AWS managed keys are rotated every year; a key that is about to be deleted is not rotated, whatever was set
    /// (API_GetKeyRotationStatus).
    private func rotation(_ input: KMS.GetKeyRotationStatus, _ call: Call) throws -> KMS.GetKeyRotationStatus.Output {
        let key = try backend.store.read {
            try self.key(input.keyId, for: "kms:GetKeyRotationStatus", $0, call, aliases: false)
        }
        guard key.isManagedByAWS || (key.isRotated == true && key.deletion == nil) else {
            return .init(keyRotationEnabled: false, keyId: key.arn)
        }
        let period = key.rotationPeriod ?? Self.usualPeriod
        let since = key.rotatedSince ?? key.created
        return .init(
            keyRotationEnabled: true, keyId: key.arn, rotationPeriodInDays: period,
            nextRotationDate: since.addingTimeInterval(Double(period) * 86_400))
    }
}
