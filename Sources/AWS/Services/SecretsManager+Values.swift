public import FoundationEssentials

extension SecretsManager {
    /// Reads a secret's value.
    public struct GetSecretValue: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its name or ARN.
        public var secretId: String
        /// The version; or
        public var versionId: String?
        /// its label. `AWSCURRENT` where both are nil.
        public var versionStage: String?

        /// From its members.
        public init(secretId: String, versionId: String? = nil, versionStage: String? = nil) {
            self.secretId = secretId
            self.versionId = versionId
            self.versionStage = versionStage
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The secret's ARN.
            public var arn: String
            /// Its name.
            public var name: String?
            /// The version.
            public var versionId: String?
            /// The value, or
            public var secretBinary: Sensitive<Data>?
            /// the value as text.
            public var secretString: Sensitive<String>?
            /// The version's labels.
            public var versionStages: [String]?
            /// When the version was made.
            public var createdDate: Date?

            /// From its members.
            public init(
                arn: String, name: String? = nil, versionId: String? = nil, secretBinary: Sensitive<Data>? = nil,
                secretString: Sensitive<String>? = nil, versionStages: [String]? = nil, createdDate: Date? = nil
            ) {
                self.arn = arn
                self.name = name
                self.versionId = versionId
                self.secretBinary = secretBinary
                self.secretString = secretString
                self.versionStages = versionStages
                self.createdDate = createdDate
            }
        }
    }

    /// Makes a new version, which becomes `AWSCURRENT`.
    public struct PutSecretValue: Operation, Hashable {
        /// Its token makes a repeat harmless.
        public static var effect: Effect { .idempotent }
        /// Where the token goes.
        public static var token: TokenMember? { \Self.clientRequestToken }

        /// The secret's name or ARN.
        public var secretId: String
        /// The version's id; the client makes one where nil.
        public var clientRequestToken: String?
        /// The value, or
        public var secretBinary: Sensitive<Data>?
        /// the value as text.
        public var secretString: Sensitive<String>?
        /// Other labels than `AWSCURRENT`.
        public var versionStages: [String]?

        /// From its members.
        public init(
            secretId: String, clientRequestToken: String? = nil, secretBinary: Sensitive<Data>? = nil,
            secretString: Sensitive<String>? = nil, versionStages: [String]? = nil
        ) {
            self.secretId = secretId
            self.clientRequestToken = clientRequestToken
            self.secretBinary = secretBinary
            self.secretString = secretString
            self.versionStages = versionStages
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The secret's ARN.
            public var arn: String
            /// Its name.
            public var name: String?
            /// The version.
            public var versionId: String?
            /// Its labels.
            public var versionStages: [String]?

            /// From its members.
            public init(arn: String, name: String? = nil, versionId: String? = nil, versionStages: [String]? = nil) {
                self.arn = arn
                self.name = name
                self.versionId = versionId
                self.versionStages = versionStages
            }
        }
    }

    /// Schedules a secret's deletion.
    public struct DeleteSecret: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// Its name or ARN.
        public var secretId: String
        /// 7 to 30; 30 where nil.
        public var recoveryWindowInDays: Int?
        /// At once and for good.
        public var forceDeleteWithoutRecovery: Bool?

        /// From its members.
        public init(secretId: String, recoveryWindowInDays: Int? = nil, forceDeleteWithoutRecovery: Bool? = nil) {
            self.secretId = secretId
            self.recoveryWindowInDays = recoveryWindowInDays
            self.forceDeleteWithoutRecovery = forceDeleteWithoutRecovery
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its ARN.
            public var arn: String?
            /// Its name.
            public var name: String?
            /// When it will be gone.
            public var deletionDate: Date?

            /// From its members.
            public init(arn: String? = nil, name: String? = nil, deletionDate: Date? = nil) {
                self.arn = arn
                self.name = name
                self.deletionDate = deletionDate
            }
        }
    }

    /// Takes a scheduled deletion back.
    public struct RestoreSecret: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .write }

        /// The secret's name or ARN.
        public var secretId: String

        /// From its members.
        public init(secretId: String) {
            self.secretId = secretId
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its ARN.
            public var arn: String
            /// Its name.
            public var name: String?

            /// From its members.
            public init(arn: String, name: String? = nil) {
                self.arn = arn
                self.name = name
            }
        }
    }

    /// A tag.
    public struct Tag: Codable, Hashable, Sendable {
        /// Its key.
        public var key: String?
        /// Its value.
        public var value: String?

        /// From its members.
        public init(key: String? = nil, value: String? = nil) {
            self.key = key
            self.value = value
        }
    }

    /// A Region to hold a replica.
    public struct ReplicaRegion: Codable, Hashable, Sendable {
        /// The Region.
        public var region: String?
        /// The replica's key.
        public var kmsKeyId: String?

        /// From its members.
        public init(region: String? = nil, kmsKeyId: String? = nil) {
            self.region = region
            self.kmsKeyId = kmsKeyId
        }
    }

    /// How a replica is.
    public struct ReplicationStatus: Codable, Hashable, Sendable {
        /// Its Region.
        public var region: String?
        /// Its key.
        public var kmsKeyId: String?
        /// `InSync`, `Failed` or `InProgress`.
        public var status: String?
        /// Why it failed.
        public var statusMessage: String?
        /// The day on which it was last read.
        public var lastAccessedDate: Date?

        /// From its members.
        public init(
            region: String? = nil, kmsKeyId: String? = nil, status: String? = nil, statusMessage: String? = nil,
            lastAccessedDate: Date? = nil
        ) {
            self.region = region
            self.kmsKeyId = kmsKeyId
            self.status = status
            self.statusMessage = statusMessage
            self.lastAccessedDate = lastAccessedDate
        }
    }

    /// When a secret rotates.
    public struct RotationRules: Codable, Hashable, Sendable {
        /// After so many days.
        public var automaticallyAfterDays: Int?
        /// How long the window is.
        public var duration: String?
        /// A rate or a cron expression.
        public var scheduleExpression: String?

        /// From its members.
        public init(automaticallyAfterDays: Int? = nil, duration: String? = nil, scheduleExpression: String? = nil) {
            self.automaticallyAfterDays = automaticallyAfterDays
            self.duration = duration
            self.scheduleExpression = scheduleExpression
        }
    }

    /// A condition of ListSecrets.
    public struct Filter: Codable, Hashable, Sendable {
        /// `name`, `description`, `tag-key`, `tag-value`, `primary-region`, `owning-service` or `all`.
        public var key: String?
        /// Prefixes (names: case counts); `!` in front negates.
        public var values: [String]?

        /// From its members.
        public init(key: String? = nil, values: [String]? = nil) {
            self.key = key
            self.values = values
        }
    }

    /// A secret in a list.
    public struct SecretListEntry: Codable, Hashable, Sendable {
        /// Its ARN.
        public var arn: String
        /// Its name.
        public var name: String
        /// For people.
        public var description: String?
        /// Its key.
        public var kmsKeyId: String?
        /// Whether it rotates by itself.
        public var rotationEnabled: Bool?
        /// What rotates it.
        public var rotationLambdaARN: String?
        /// When it rotates.
        public var rotationRules: RotationRules?
        /// When it last rotated.
        public var lastRotatedDate: Date?
        /// When it last changed.
        public var lastChangedDate: Date?
        /// The day on which it was last read.
        public var lastAccessedDate: Date?
        /// When its deletion was asked for; nil for a living secret.
        public var deletedDate: Date?
        /// When it rotates next.
        public var nextRotationDate: Date?
        /// Its tags.
        public var tags: [Tag]?
        /// Its versions and their labels.
        public var secretVersionsToStages: [String: [String]]?
        /// The service that manages it.
        public var owningService: String?
        /// When it was made.
        public var createdDate: Date?
        /// Its first Region.
        public var primaryRegion: String?

        /// From its members.
        public init(
            arn: String, name: String, description: String? = nil, kmsKeyId: String? = nil,
            rotationEnabled: Bool? = nil, rotationLambdaARN: String? = nil, rotationRules: RotationRules? = nil,
            lastRotatedDate: Date? = nil, lastChangedDate: Date? = nil, lastAccessedDate: Date? = nil,
            deletedDate: Date? = nil, nextRotationDate: Date? = nil, tags: [Tag]? = nil,
            secretVersionsToStages: [String: [String]]? = nil, owningService: String? = nil, createdDate: Date? = nil,
            primaryRegion: String? = nil
        ) {
            self.arn = arn
            self.name = name
            self.description = description
            self.kmsKeyId = kmsKeyId
            self.rotationEnabled = rotationEnabled
            self.rotationLambdaARN = rotationLambdaARN
            self.rotationRules = rotationRules
            self.lastRotatedDate = lastRotatedDate
            self.lastChangedDate = lastChangedDate
            self.lastAccessedDate = lastAccessedDate
            self.deletedDate = deletedDate
            self.nextRotationDate = nextRotationDate
            self.tags = tags
            self.secretVersionsToStages = secretVersionsToStages
            self.owningService = owningService
            self.createdDate = createdDate
            self.primaryRegion = primaryRegion
        }
    }
}
