/// The secret as the other resources name it.
///
/// By its name wherever it lies in the project's own account and Region: a name stays true when the secret is deleted and
/// made again, which an ARN with its six random characters does not. By its ARN where the person gave one.
public struct SecretHandle: Codable, Sendable, Hashable {
    /// The name, or the full ARN where one was given.
    public var id: String
    /// What an IAM policy names: the ARN, or the name's ARN with `-??????` for the six characters that AWS adds.
    public var policyResource: String

    /// A secret by its name, in this account and Region, or by its ARN.
    public init(_ id: String, partition: String, account: String, region: String) {
        self.id = id
        policyResource =
            id.hasPrefix("arn:")
            ? id : "arn:\(partition):secretsmanager:\(region):\(account):secret:\(id)-??????"
    }

    /// An ARN that the policy's resource covers, for asking whether a permission reaches it before the secret exists.
    var exampleARN: String {
        policyResource.hasSuffix("??????") ? String(policyResource.dropLast(6)) + "AbCdEf" : policyResource
    }

    /// The value of a variable of type SECRETS_MANAGER that holds one of its keys (buildspec reference,
    /// `secret-id:json-key`).
    public func variable(_ key: String) -> String { "\(id):\(key)" }
}
