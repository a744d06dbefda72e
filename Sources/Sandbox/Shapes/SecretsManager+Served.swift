internal import AWS
internal import FoundationEssentials

extension SecretsManager {
    struct UntagResource: Served {
        var secretId: String
        var tagKeys: [String]
        typealias Output = NoOutput
    }

    /// Reads a secret's resource policy.
    struct GetResourcePolicy: Served {
        var secretId: String
        struct Output: Codable, Hashable, Sendable {
            var arn: String
            var name: String
            var resourcePolicy: String?
        }
    }

    struct PutResourcePolicy: Served {
        var secretId: String
        var resourcePolicy: String
        var blockPublicPolicy: Bool?
        struct Output: Codable, Hashable, Sendable {
            var arn: String
            var name: String
        }
    }

    struct DeleteResourcePolicy: Served {
        var secretId: String
        typealias Output = PutResourcePolicy.Output
    }

    struct GetRandomPassword: Served {
        var passwordLength: Int?
        var excludeCharacters: String?
        var excludeNumbers: Bool?
        var excludePunctuation: Bool?
        var excludeUppercase: Bool?
        var excludeLowercase: Bool?
        var includeSpace: Bool?
        var requireEachIncludedType: Bool?
        struct Output: Codable, Hashable, Sendable { var randomPassword: Sensitive<String> }
    }
}
