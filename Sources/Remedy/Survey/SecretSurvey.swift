internal import AWS
internal import Core
internal import FoundationEssentials

/// What there is under a secret's name.
struct SecretSurvey: Sendable, Hashable {
    /// The full ARN.
    var arn: String
    /// The name as it is written there.
    var name: String
    /// The customer-managed key; nil for `aws/secretsmanager`.
    var kmsKey: String?
    /// Whether it is scheduled for deletion.
    var isDeleted: Bool
    /// Whether Secrets Manager replaces its value by itself.
    var rotates: Bool
    /// The id of the version labelled AWSCURRENT.
    var currentVersion: String?

    /// Reads a secret by its name or ARN; nil where there is none.
    static func describe(_ id: String, on aws: AWSClient) async throws -> SecretSurvey? {
        do {
            let found = try await aws.call(SecretsManager.DescribeSecret(secretId: id))
            let current = found.versionIdsToStages?.first { $0.value.contains("AWSCURRENT") }?.key
            return SecretSurvey(
                arn: found.arn, name: found.name,
                kmsKey: found.kmsKeyId.flatMap { $0.hasSuffix("alias/aws/secretsmanager") ? nil : $0 },
                isDeleted: found.deletedDate != nil, rotates: found.rotationEnabled ?? false, currentVersion: current)
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return nil
        }
    }

    /// A secret's current value as it was written; throws `invalidInput` where it is no JSON object.
    static func value(of id: String, on aws: AWSClient) async throws -> JSONObjectText {
        let found = try await aws.call(SecretsManager.GetSecretValue(secretId: id))
        guard let text = found.secretString?.reveal(), let members = try? JSONObjectText(parsing: text) else {
            throw UnthrottleError(
                .invalidInput, "the secret \(id) is no JSON object with the keys username and password",
                hint: "CodeBuild reads these two keys. Name another secret with --secret, or mend this one.")
        }
        return members
    }

    /// Whether a version is there, with a label or without. One without is kept until Secrets Manager clears it away
    /// (Secrets Manager User Guide, "Secret versions").
    static func hasVersion(_ version: String, of id: String, on aws: AWSClient) async throws -> Bool {
        var token: String?
        repeat {
            let page = try await aws.call(
                SecretsManager.ListSecretVersionIds(
                    secretId: id, maxResults: 100, nextToken: token, includeDeprecated: true))
            if page.versions.contains(where: { $0.versionId == version }) { return true }
            token = page.nextToken
        } while token != nil
        return false
    }

    /// The name of a living secret that differs from `name` in nothing but upper and lower case; nil where there is none.
    static func caseVariant(of name: String, on aws: AWSClient) async throws -> String? {
        // The filter compares with the case; a search by the first letter in both cases keeps the list short.
        let initials = Set([name.prefix(1).lowercased(), name.prefix(1).uppercased()]).sorted()
        let filter = SecretsManager.Filter(key: "name", values: initials)
        let all = try await aws.secrets(matching: [filter])
        return all.map(\.name).first { $0 != name && $0.lowercased() == name.lowercased() }
    }
}
