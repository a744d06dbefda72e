internal import AWS
internal import FoundationEssentials

extension KMS {
    /// Encrypts up to 4096 bytes.
    struct Encrypt: Served {
        var keyId: String
        var plaintext: Sensitive<Data>
        var encryptionContext: [String: String]?
        var grantTokens: [String]?
        var encryptionAlgorithm: String?
        var dryRun: Bool?

        struct Output: Codable, Hashable, Sendable {
            var ciphertextBlob: Data
            var keyId: String
            var encryptionAlgorithm: String
        }
    }

    /// Makes a key for data and seals it.
    struct GenerateDataKey: Served {
        var keyId: String
        var keySpec: String?
        var numberOfBytes: Int?
        var encryptionContext: [String: String]?
        var grantTokens: [String]?
        var dryRun: Bool?

        struct Output: Codable, Hashable, Sendable {
            var ciphertextBlob: Data
            var plaintext: Sensitive<Data>
            var keyId: String
        }
    }

    struct ListKeys: Served {
        var limit: Int?
        var marker: String?

        struct Output: Codable, Hashable, Sendable {
            var keys: [Entry]
            var nextMarker: String?
            var truncated: Bool
        }
        struct Entry: Codable, Hashable, Sendable {
            var keyId: String
            var keyArn: String
        }
    }

    struct ListAliases: Served {
        var keyId: String?
        var limit: Int?
        var marker: String?

        struct Output: Codable, Hashable, Sendable {
            var aliases: [Entry]
            var nextMarker: String?
            var truncated: Bool
        }
        struct Entry: Codable, Hashable, Sendable {
            var aliasName: String
            var aliasArn: String
            var targetKeyId: String
        }
    }

    struct CreateAlias: Served {
        var aliasName: String
        var targetKeyId: String
        typealias Output = NoOutput
    }

    struct UpdateAlias: Served {
        var aliasName: String
        var targetKeyId: String
        typealias Output = NoOutput
    }

    struct DeleteAlias: Served {
        var aliasName: String
        typealias Output = NoOutput
    }

    struct ListResourceTags: Served {
        var keyId: String
        var limit: Int?
        var marker: String?

        struct Output: Codable, Hashable, Sendable {
            var tags: [Tag]
            var truncated: Bool
        }
    }

    struct UpdateKeyDescription: Served {
        var keyId: String
        var description: String
        typealias Output = NoOutput
    }

    struct EnableKey: Served {
        var keyId: String
        typealias Output = NoOutput
    }

    struct DisableKey: Served {
        var keyId: String
        typealias Output = NoOutput
    }

    struct EnableKeyRotation: Served {
        var keyId: String
        /// 90 to 2560; 365 where nil.
        var rotationPeriodInDays: Int?
        typealias Output = NoOutput
    }

    struct DisableKeyRotation: Served {
        var keyId: String
        typealias Output = NoOutput
    }

    struct GetKeyRotationStatus: Served {
        var keyId: String
        struct Output: Codable, Hashable, Sendable {
            var keyRotationEnabled: Bool
            var keyId: String
            var rotationPeriodInDays: Int?
            var nextRotationDate: Date?
        }
    }

    struct ScheduleKeyDeletion: Served {
        var keyId: String
        /// 7 to 30; 30 where nil.
        var pendingWindowInDays: Int?
        struct Output: Codable, Hashable, Sendable {
            var keyId: String
            var deletionDate: Date
            var keyState: String
            var pendingWindowInDays: Int
        }
    }

    struct CancelKeyDeletion: Served {
        var keyId: String
        struct Output: Codable, Hashable, Sendable { var keyId: String }
    }

    struct TagResource: Served {
        var keyId: String
        var tags: [Tag]
        typealias Output = NoOutput
    }

    struct UntagResource: Served {
        var keyId: String
        var tagKeys: [String]
        typealias Output = NoOutput
    }
}
