public import FoundationEssentials

/// AWS Key Management Service: its operations and shapes (API version 2014-11-01).
public enum KMS {
    /// How it is reached.
    public static let service = AWSService(
        id: "kms", endpointPrefix: "kms", environmentSuffix: "KMS", wire: .json(targetPrefix: "TrentService."),
        memberNames: .capitalized(except: ["awsAccountId": "AWSAccountId"]))

    /// An operation of KMS.
    public protocol Operation: AWSOperation {}
}

extension KMS.Operation {
    /// KMS.
    public static var service: AWSService { KMS.service }
}

extension KMS {
    /// Makes a key.
    public struct CreateKey: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// Its policy; one that gives the account everything where nil.
        public var policy: String?
        /// For people.
        public var description: String?
        /// `ENCRYPT_DECRYPT` where nil.
        public var keyUsage: String?
        /// `SYMMETRIC_DEFAULT` where nil.
        public var keySpec: String?
        /// `AWS_KMS` where nil.
        public var origin: String?
        /// Whether the caller may lock itself out.
        public var bypassPolicyLockoutSafetyCheck: Bool?
        /// Its tags.
        public var tags: [Tag]?
        /// Whether it can have replicas.
        public var multiRegion: Bool?
        /// The old name of `keySpec`.
        public var customerMasterKeySpec: String?

        /// From its members.
        public init(
            policy: String? = nil, description: String? = nil, keyUsage: String? = nil, keySpec: String? = nil,
            origin: String? = nil, bypassPolicyLockoutSafetyCheck: Bool? = nil, tags: [Tag]? = nil,
            multiRegion: Bool? = nil, customerMasterKeySpec: String? = nil
        ) {
            self.policy = policy
            self.description = description
            self.keyUsage = keyUsage
            self.keySpec = keySpec
            self.origin = origin
            self.bypassPolicyLockoutSafetyCheck = bypassPolicyLockoutSafetyCheck
            self.tags = tags
            self.multiRegion = multiRegion
            self.customerMasterKeySpec = customerMasterKeySpec
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The key.
            public var keyMetadata: KeyMetadata

            /// From its members.
            public init(keyMetadata: KeyMetadata) {
                self.keyMetadata = keyMetadata
            }
        }
    }

    /// Reads all about a key.
    public struct DescribeKey: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its id, ARN, alias or alias ARN.
        public var keyId: String
        /// Grants that are not yet everywhere.
        public var grantTokens: [String]?

        /// From its members.
        public init(keyId: String, grantTokens: [String]? = nil) {
            self.keyId = keyId
            self.grantTokens = grantTokens
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The key.
            public var keyMetadata: KeyMetadata

            /// From its members.
            public init(keyMetadata: KeyMetadata) {
                self.keyMetadata = keyMetadata
            }
        }
    }

    /// Reads a key's policy.
    public struct GetKeyPolicy: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its id or ARN.
        public var keyId: String
        /// `default`, the only one.
        public var policyName: String?

        /// From its members.
        public init(keyId: String, policyName: String? = nil) {
            self.keyId = keyId
            self.policyName = policyName
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The document.
            public var policy: String?
            /// `default`.
            public var policyName: String?

            /// From its members.
            public init(policy: String? = nil, policyName: String? = nil) {
                self.policy = policy
                self.policyName = policyName
            }
        }
    }

    /// Replaces a key's policy.
    public struct PutKeyPolicy: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// Its id or ARN.
        public var keyId: String
        /// `default`, the only one.
        public var policyName: String?
        /// The document.
        public var policy: String
        /// Whether the caller may lock itself out.
        public var bypassPolicyLockoutSafetyCheck: Bool?

        /// From its members.
        public init(
            keyId: String, policyName: String? = nil, policy: String, bypassPolicyLockoutSafetyCheck: Bool? = nil
        ) {
            self.keyId = keyId
            self.policyName = policyName
            self.policy = policy
            self.bypassPolicyLockoutSafetyCheck = bypassPolicyLockoutSafetyCheck
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// Decrypts what KMS encrypted.
    public struct Decrypt: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// What KMS encrypted.
        public var ciphertextBlob: Data?
        /// What it was encrypted with beside the key.
        public var encryptionContext: [String: String]?
        /// Grants that are not yet everywhere.
        public var grantTokens: [String]?
        /// The key; found in the cipher text where nil.
        public var keyId: String?
        /// `SYMMETRIC_DEFAULT` where nil.
        public var encryptionAlgorithm: String?
        /// Only whether it would be allowed.
        public var dryRun: Bool?

        /// From its members.
        public init(
            ciphertextBlob: Data? = nil, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil,
            keyId: String? = nil, encryptionAlgorithm: String? = nil, dryRun: Bool? = nil
        ) {
            self.ciphertextBlob = ciphertextBlob
            self.encryptionContext = encryptionContext
            self.grantTokens = grantTokens
            self.keyId = keyId
            self.encryptionAlgorithm = encryptionAlgorithm
            self.dryRun = dryRun
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The key's ARN.
            public var keyId: String?
            /// The text.
            public var plaintext: Sensitive<Data>?
            /// The algorithm.
            public var encryptionAlgorithm: String?

            /// From its members.
            public init(keyId: String? = nil, plaintext: Sensitive<Data>? = nil, encryptionAlgorithm: String? = nil) {
                self.keyId = keyId
                self.plaintext = plaintext
                self.encryptionAlgorithm = encryptionAlgorithm
            }
        }
    }

    /// All about a key.
    public struct KeyMetadata: Codable, Hashable, Sendable {
        /// Its account.
        public var awsAccountId: String?
        /// Its id.
        public var keyId: String
        /// Its ARN.
        public var arn: String?
        /// When it was made.
        public var creationDate: Date?
        /// Whether it works.
        public var enabled: Bool?
        /// For people.
        public var description: String?
        /// What it is for.
        public var keyUsage: String?
        /// `Enabled`, `Disabled`, `PendingDeletion` and so on.
        public var keyState: String?
        /// When it will be gone.
        public var deletionDate: Date?
        /// Where its material comes from.
        public var origin: String?
        /// `AWS` for the keys of AWS services, `CUSTOMER` for one's own.
        public var keyManager: String?
        /// The old name of the next member.
        public var customerMasterKeySpec: String?
        /// The kind of material.
        public var keySpec: String?
        /// What it can do.
        public var encryptionAlgorithms: [String]?
        /// Whether it can have replicas.
        public var multiRegion: Bool?

        /// From its members.
        public init(
            awsAccountId: String? = nil, keyId: String, arn: String? = nil, creationDate: Date? = nil,
            enabled: Bool? = nil, description: String? = nil, keyUsage: String? = nil, keyState: String? = nil,
            deletionDate: Date? = nil, origin: String? = nil, keyManager: String? = nil,
            customerMasterKeySpec: String? = nil, keySpec: String? = nil, encryptionAlgorithms: [String]? = nil,
            multiRegion: Bool? = nil
        ) {
            self.awsAccountId = awsAccountId
            self.keyId = keyId
            self.arn = arn
            self.creationDate = creationDate
            self.enabled = enabled
            self.description = description
            self.keyUsage = keyUsage
            self.keyState = keyState
            self.deletionDate = deletionDate
            self.origin = origin
            self.keyManager = keyManager
            self.customerMasterKeySpec = customerMasterKeySpec
            self.keySpec = keySpec
            self.encryptionAlgorithms = encryptionAlgorithms
            self.multiRegion = multiRegion
        }
    }

    /// A tag.
    public struct Tag: Codable, Hashable, Sendable {
        /// Its key.
        public var tagKey: String
        /// Its value.
        public var tagValue: String

        /// From its members.
        public init(tagKey: String, tagValue: String) {
            self.tagKey = tagKey
            self.tagValue = tagValue
        }
    }
}
