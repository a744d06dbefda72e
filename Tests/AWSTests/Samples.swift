import AWS
import FoundationEssentials

/// Makes a value of any shape with every member filled, so that no member goes unjudged. Texts are ASCII where they go into header
/// fields.
struct SampleDecoder: Decoder {
    var isASCII = false
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func make<Value: Decodable>(_: Value.Type, isASCII: Bool = false) throws -> Value {
        try SampleDecoder(isASCII: isASCII).read(Value.self)
    }

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Members<Key>(decoder: self))
    }
    func unkeyedContainer() -> any UnkeyedDecodingContainer { Items(decoder: self) }
    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let name = codingPath.last?.stringValue ?? ""
        let made: Any =
            switch type {
            case is Date.Type: Date(timeIntervalSince1970: 1_700_000_000.125)
            case is Data.Type: Data("bytes".utf8)
            case is Double.Type: 7.5
            case is Bool.Type: true
            case is Int.Type:
                ["maxSessionDuration", "durationSeconds", "maximumEventAgeInSeconds"].contains(name) ? 3600 : 7
            case is String.Type: "sample \(name) of 32 letters or more: \(isASCII ? "e" : "é")<&>\"+/?%~"
            case is [String: String].Type: ["some-name": "a value"]
            default: try type.init(from: self)
            }
        guard let value = made as? Value else {
            throw DecodingError.typeMismatch(type, .init(codingPath: codingPath, debugDescription: "no sample"))
        }
        return value
    }

    private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: SampleDecoder
        var codingPath: [any CodingKey] { decoder.codingPath }
        var allKeys: [Key] { [] }
        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) -> Bool { false }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            try SampleDecoder(isASCII: decoder.isASCII, codingPath: codingPath + [key]).read(type)
        }
        func nestedContainer<Inner: CodingKey>(keyedBy: Inner.Type, forKey: Key) -> KeyedDecodingContainer<Inner> {
            decoder.container(keyedBy: Inner.self)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { decoder.unkeyedContainer() }
        func superDecoder() -> any Decoder { decoder }
        func superDecoder(forKey key: Key) -> any Decoder { decoder }
    }

    private struct Items: UnkeyedDecodingContainer {
        let decoder: SampleDecoder
        var codingPath: [any CodingKey] { decoder.codingPath }
        var count: Int? { 2 }
        var currentIndex = 0
        var isAtEnd: Bool { currentIndex == 2 }
        mutating func decodeNil() -> Bool { false }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            return try decoder.read(type)
        }
        mutating func nestedContainer<Inner: CodingKey>(keyedBy: Inner.Type) -> KeyedDecodingContainer<Inner> {
            decoder.container(keyedBy: Inner.self)
        }
        mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { decoder.unkeyedContainer() }
        mutating func superDecoder() -> any Decoder { decoder }
    }

    private struct Single: SingleValueDecodingContainer {
        let decoder: SampleDecoder
        var codingPath: [any CodingKey] { decoder.codingPath }
        func decodeNil() -> Bool { false }
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.read(type) }
    }
}

/// Every operation that this program knows.
let allOperations: [any AWSOperation.Type] = [
    CodeBuild.CreateProject.self, CodeBuild.UpdateProject.self, CodeBuild.DeleteProject.self,
    CodeBuild.BatchGetProjects.self, CodeBuild.ListProjects.self, CodeBuild.StartBuild.self, CodeBuild.StopBuild.self,
    CodeBuild.BatchGetBuilds.self, CodeBuild.ListBuilds.self, CodeBuild.ListBuildsForProject.self,
    SecretsManager.CreateSecret.self, SecretsManager.UpdateSecret.self, SecretsManager.DescribeSecret.self,
    SecretsManager.ListSecrets.self, SecretsManager.TagResource.self, SecretsManager.GetSecretValue.self,
    SecretsManager.PutSecretValue.self, SecretsManager.DeleteSecret.self, SecretsManager.RestoreSecret.self,
    SecretsManager.UpdateSecretVersionStage.self, SecretsManager.ListSecretVersionIds.self,
    IAM.CreateRole.self, IAM.GetRole.self, IAM.DeleteRole.self, IAM.PutRolePolicy.self, IAM.GetRolePolicy.self,
    IAM.DeleteRolePolicy.self, IAM.ListRolePolicies.self, IAM.ListAttachedRolePolicies.self, IAM.CreatePolicy.self,
    IAM.GetPolicy.self, IAM.GetPolicyVersion.self, IAM.AttachRolePolicy.self, IAM.DetachRolePolicy.self,
    STS.GetCallerIdentity.self, STS.AssumeRole.self, STS.AssumeRoleWithWebIdentity.self, KMS.CreateKey.self,
    KMS.DescribeKey.self, KMS.GetKeyPolicy.self, KMS.PutKeyPolicy.self,
    KMS.Decrypt.self, CloudWatchLogs.GetLogEvents.self, CloudWatchLogs.FilterLogEvents.self,
    CloudWatchLogs.StartQuery.self, CloudWatchLogs.GetQueryResults.self, IAM.SimulatePrincipalPolicy.self,
    CodeBuild.RetryBuild.self, CodeBuild.ListBuildBatchesForProject.self, CodeBuild.BatchGetBuildBatches.self,
    ECR.GetAuthorizationToken.self, ECR.GetRepositoryPolicy.self, ECR.SetRepositoryPolicy.self,
    ECR.DeleteRepositoryPolicy.self, ECR.CreatePullThroughCacheRule.self, ECR.DescribePullThroughCacheRules.self,
    ECR.ValidatePullThroughCacheRule.self, ECR.DeletePullThroughCacheRule.self,
    ECR.CreateRepositoryCreationTemplate.self, ECR.DescribeRepositoryCreationTemplates.self,
    ECR.UpdateRepositoryCreationTemplate.self, ECR.DeleteRepositoryCreationTemplate.self,
    Organizations.ListAccounts.self, SQS.ReceiveMessage.self, SQS.DeleteMessage.self, EventBridge.PutRule.self,
    EventBridge.DeleteRule.self, EventBridge.PutTargets.self, EventBridge.RemoveTargets.self,
    S3.GetObject.self, S3.HeadObject.self, S3.PutObject.self, S3.DeleteObject.self, S3.ListObjectsV2.self,
]
