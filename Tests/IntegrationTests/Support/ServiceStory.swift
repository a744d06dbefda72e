import AWS
import Core
import FoundationEssentials

/// The same calls to any server that plays AWS, and what it answered, without what differs from run to run.
struct ServiceStory {
    /// What a call came to: its answer's members, or its error's code under `error`.
    private(set) var answers: [(call: String, outcome: JSON)] = []
    private let aws: AWSClient

    private static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","#
        + #""Principal":{"Service":"codebuild.amazonaws.com"}}]}"#
    private static let grant =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}"#

    private init(_ aws: AWSClient) {
        self.aws = aws
    }

    /// Makes all calls.
    static func tell(by aws: AWSClient) async throws -> ServiceStory {
        var story = ServiceStory(aws)
        try await story.secrets()
        try await story.roles()
        try await story.keys()
        try await story.call("caller", STS.GetCallerIdentity())
        try await story.call(
            "log of no group", CloudWatchLogs.GetLogEvents(logGroupName: "none", logStreamName: "none"))
        return story
    }

    @discardableResult
    private mutating func call<O: AWSOperation>(_ name: String, _ operation: O) async throws -> O.Output? {
        do {
            let output = try await aws.call(operation)
            answers.append((name, Self.plain(try JSON(encoding: output))))
            return output
        } catch let error as AWSError {
            answers.append((name, ["error": .string(error.code)]))
            return nil
        }
    }

    private mutating func secrets() async throws {
        try await call(
            "secret",
            SecretsManager.CreateSecret(
                name: "hub", description: "d", secretString: Sensitive("one"), tags: [.init(key: "k", value: "v")]))
        try await call("secret again", SecretsManager.CreateSecret(name: "hub", secretString: Sensitive("other")))
        try await call("secret read", SecretsManager.GetSecretValue(secretId: "hub"))
        try await call("secret put", SecretsManager.PutSecretValue(secretId: "hub", secretString: Sensitive("two")))
        try await call("secret read again", SecretsManager.GetSecretValue(secretId: "hub"))
        try await call(
            "secret before", SecretsManager.GetSecretValue(secretId: "hub", versionStage: "AWSPREVIOUS"))
        try await call("secret described", SecretsManager.DescribeSecret(secretId: "hub"))
        try await call("secret updated", SecretsManager.UpdateSecret(secretId: "hub", description: "e"))
        try await call(
            "secret tagged", SecretsManager.TagResource(secretId: "hub", tags: [.init(key: "k", value: "w")]))
        try await call("secrets", SecretsManager.ListSecrets(filters: [.init(key: "name", values: ["hu"])]))
        try await call("no secret", SecretsManager.GetSecretValue(secretId: "none"))
        try await call("no secret described", SecretsManager.DescribeSecret(secretId: "none"))
        try await call("secret deleted", SecretsManager.DeleteSecret(secretId: "hub", recoveryWindowInDays: 7))
        try await call("deleted secret read", SecretsManager.GetSecretValue(secretId: "hub"))
        try await call("deleted secret made", SecretsManager.CreateSecret(name: "hub", secretString: Sensitive("x")))
        try await call("secret restored", SecretsManager.RestoreSecret(secretId: "hub"))
        try await call("secret restored and read", SecretsManager.GetSecretValue(secretId: "hub"))
    }

    private mutating func roles() async throws {
        try await call("role", IAM.CreateRole(path: "/ci/", roleName: "r", assumeRolePolicyDocument: Self.trust))
        try await call("role again", IAM.CreateRole(roleName: "r", assumeRolePolicyDocument: Self.trust))
        try await call("role read", IAM.GetRole(roleName: "r"))
        try await call("no role", IAM.GetRole(roleName: "none"))
        try await call("inline", IAM.PutRolePolicy(roleName: "r", policyName: "p", policyDocument: Self.grant))
        try await call("inline read", IAM.GetRolePolicy(roleName: "r", policyName: "p"))
        try await call("inlines", IAM.ListRolePolicies(roleName: "r"))
        try await call("no inline", IAM.GetRolePolicy(roleName: "r", policyName: "none"))
        let policy = try await call("policy", IAM.CreatePolicy(policyName: "m", policyDocument: Self.grant))
        let arn = policy?.policy?.arn ?? ""
        try await call("policy read", IAM.GetPolicy(policyArn: arn))
        try await call("policy version", IAM.GetPolicyVersion(policyArn: arn, versionId: "v1"))
        try await call("attached", IAM.AttachRolePolicy(roleName: "r", policyArn: arn))
        try await call("attachments", IAM.ListAttachedRolePolicies(roleName: "r"))
        try await call("role in use deleted", IAM.DeleteRole(roleName: "r"))
        try await call("detached", IAM.DetachRolePolicy(roleName: "r", policyArn: arn))
        try await call("inline deleted", IAM.DeleteRolePolicy(roleName: "r", policyName: "p"))
        try await call("inline deleted again", IAM.DeleteRolePolicy(roleName: "r", policyName: "p"))
        try await call("role deleted", IAM.DeleteRole(roleName: "r"))
        try await call("role deleted again", IAM.DeleteRole(roleName: "r"))
    }

    private mutating func keys() async throws {
        let made = try await call("key", KMS.CreateKey(description: "d"))
        let key = made?.keyMetadata.keyId ?? ""
        try await call("key described", KMS.DescribeKey(keyId: key))
        try await call("key described by ARN", KMS.DescribeKey(keyId: made?.keyMetadata.arn ?? ""))
        try await call("no key", KMS.DescribeKey(keyId: "00000000-0000-0000-0000-000000000000"))
        let policy = try await call("key policy", KMS.GetKeyPolicy(keyId: key, policyName: "default"))
        try await call(
            "key policy put", KMS.PutKeyPolicy(keyId: key, policyName: "default", policy: policy?.policy ?? ""))
        try await call(
            "secret with the key",
            SecretsManager.CreateSecret(name: "keyed", kmsKeyId: key, secretString: Sensitive("x")))
        try await call("secret with the key read", SecretsManager.GetSecretValue(secretId: "keyed"))
    }

    /// Times and ids as `…`: that they are there, and not what they are. Documents inside texts are read.
    private static func plain(_ value: JSON, under name: String = "") -> JSON {
        switch value {
        case .object(let members):
            // What hangs on ids is kept without them, in an order of its own.
            if !members.isEmpty, members.keys.allSatisfy(isID) {
                return .array(members.values.sorted { $0.text() < $1.text() })
            }
            return .object(Dictionary(uniqueKeysWithValues: members.map { ($0, plain($1, under: $0)) }))
        case .array(let items): return .array(items.map { plain($0, under: name) })
        case .string(let text):
            if name.lowercased().hasSuffix("id") && name != "secretId" || isID(text) { return "…" }
            if let document = try? JSON(parsing: PercentEncoding.decode(text[...])), document.object != nil {
                return document
            }
            if text.contains(":secret:") { return .string(String(text.dropLast(6)) + "……") }
            return .string(text.contains(":key/") ? text.prefix { $0 != "/" } + "/…" : text)
        case .integer, .number: return name.hasSuffix("Date") ? "…" : value
        case .bool, .null: return value
        }
    }

    private static func isID(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.split(separator: "-", omittingEmptySubsequences: false).map(\.count) == [8, 4, 4, 4, 12]
    }
}
