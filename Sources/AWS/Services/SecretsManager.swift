public import FoundationEssentials

/// AWS Secrets Manager: its operations and shapes (API version 2017-10-17).
public enum SecretsManager {
    /// How it is reached.
    public static let service = AWSService(
        id: "secretsmanager", endpointPrefix: "secretsmanager", environmentSuffix: "SECRETS_MANAGER",
        wire: .json(targetPrefix: "secretsmanager."), memberNames: .capitalized(except: ["arn": "ARN"]))

    /// An operation of Secrets Manager.
    public protocol Operation: AWSOperation {}
}

extension SecretsManager.Operation {
    /// Secrets Manager.
    public static var service: AWSService { SecretsManager.service }
}

extension SecretsManager {
    /// Makes a secret.
    public struct CreateSecret: Operation, Hashable {
        /// Its token makes a repeat harmless.
        public static var effect: Effect { .idempotent }
        /// Where the token goes.
        public static var token: TokenMember? { \Self.clientRequestToken }

        /// Its name; a secret scheduled for deletion still holds its name.
        public var name: String
        /// The first version's id; the client makes one where nil.
        public var clientRequestToken: String?
        /// For people.
        public var description: String?
        /// The key; `aws/secretsmanager` where nil.
        public var kmsKeyId: String?
        /// The value, or
        public var secretBinary: Sensitive<Data>?
        /// the value as text.
        public var secretString: Sensitive<String>?
        /// Its tags.
        public var tags: [Tag]?
        /// More Regions to hold it.
        public var addReplicaRegions: [ReplicaRegion]?
        /// Whether those may hold one of this name.
        public var forceOverwriteReplicaSecret: Bool?

        /// From its members.
        public init(
            name: String, clientRequestToken: String? = nil, description: String? = nil, kmsKeyId: String? = nil,
            secretBinary: Sensitive<Data>? = nil, secretString: Sensitive<String>? = nil, tags: [Tag]? = nil,
            addReplicaRegions: [ReplicaRegion]? = nil, forceOverwriteReplicaSecret: Bool? = nil
        ) {
            self.name = name
            self.clientRequestToken = clientRequestToken
            self.description = description
            self.kmsKeyId = kmsKeyId
            self.secretBinary = secretBinary
            self.secretString = secretString
            self.tags = tags
            self.addReplicaRegions = addReplicaRegions
            self.forceOverwriteReplicaSecret = forceOverwriteReplicaSecret
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its ARN, with six random characters at the end.
            public var arn: String
            /// Its name.
            public var name: String?
            /// The first version.
            public var versionId: String?

            /// From its members.
            public init(arn: String, name: String? = nil, versionId: String? = nil) {
                self.arn = arn
                self.name = name
                self.versionId = versionId
            }
        }
    }

    /// Changes a secret's description, key or value.
    public struct UpdateSecret: Operation, Hashable {
        /// Its token makes a repeat harmless.
        public static var effect: Effect { .idempotent }
        /// Where the token goes.
        public static var token: TokenMember? { \Self.clientRequestToken }

        /// Its name or ARN.
        public var secretId: String
        /// The new version's id; the client makes one where nil.
        public var clientRequestToken: String?
        /// For people.
        public var description: String?
        /// The key.
        public var kmsKeyId: String?
        /// The value, or
        public var secretBinary: Sensitive<Data>?
        /// the value as text.
        public var secretString: Sensitive<String>?

        /// From its members.
        public init(
            secretId: String, clientRequestToken: String? = nil, description: String? = nil, kmsKeyId: String? = nil,
            secretBinary: Sensitive<Data>? = nil, secretString: Sensitive<String>? = nil
        ) {
            self.secretId = secretId
            self.clientRequestToken = clientRequestToken
            self.description = description
            self.kmsKeyId = kmsKeyId
            self.secretBinary = secretBinary
            self.secretString = secretString
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its ARN.
            public var arn: String
            /// Its name.
            public var name: String?
            /// The new version, where there is one.
            public var versionId: String?

            /// From its members.
            public init(arn: String, name: String? = nil, versionId: String? = nil) {
                self.arn = arn
                self.name = name
                self.versionId = versionId
            }
        }
    }

    /// Reads all about a secret but its value.
    public struct DescribeSecret: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its name or ARN.
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
            public var name: String
            /// For people.
            public var description: String?
            /// Its key; nil for `aws/secretsmanager`.
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
            public var versionIdsToStages: [String: [String]]?
            /// The service that manages it.
            public var owningService: String?
            /// When it was made.
            public var createdDate: Date?
            /// Its first Region.
            public var primaryRegion: String?
            /// Its replicas.
            public var replicationStatus: [ReplicationStatus]?

            /// From its members.
            public init(
                arn: String, name: String, description: String? = nil, kmsKeyId: String? = nil,
                rotationEnabled: Bool? = nil, rotationLambdaARN: String? = nil, rotationRules: RotationRules? = nil,
                lastRotatedDate: Date? = nil, lastChangedDate: Date? = nil, lastAccessedDate: Date? = nil,
                deletedDate: Date? = nil, nextRotationDate: Date? = nil, tags: [Tag]? = nil,
                versionIdsToStages: [String: [String]]? = nil, owningService: String? = nil, createdDate: Date? = nil,
                primaryRegion: String? = nil, replicationStatus: [ReplicationStatus]? = nil
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
                self.versionIdsToStages = versionIdsToStages
                self.owningService = owningService
                self.createdDate = createdDate
                self.primaryRegion = primaryRegion
                self.replicationStatus = replicationStatus
            }
        }
    }

    /// All secrets, up to 100 a page.
    public struct ListSecrets: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// With those scheduled for deletion.
        public var includePlannedDeletion: Bool?
        /// 1 to 100.
        public var maxResults: Int?
        /// From the page before.
        public var nextToken: String?
        /// Only those that match.
        public var filters: [Filter]?
        /// `asc` or `desc`.
        public var sortOrder: String?
        /// `created-date` (where nil), `last-accessed-date`, `last-changed-date` or `name`.
        public var sortBy: String?

        /// From its members.
        public init(
            includePlannedDeletion: Bool? = nil, maxResults: Int? = nil, nextToken: String? = nil,
            filters: [Filter]? = nil, sortOrder: String? = nil, sortBy: String? = nil
        ) {
            self.includePlannedDeletion = includePlannedDeletion
            self.maxResults = maxResults
            self.nextToken = nextToken
            self.filters = filters
            self.sortOrder = sortOrder
            self.sortBy = sortBy
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Secrets.
            public var secretList: [SecretListEntry]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(secretList: [SecretListEntry] = [], nextToken: String? = nil) {
                self.secretList = secretList
                self.nextToken = nextToken
            }
        }
    }

    /// Adds tags to a secret.
    public struct TagResource: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// Its name or ARN.
        public var secretId: String
        /// The tags.
        public var tags: [Tag]

        /// From its members.
        public init(secretId: String, tags: [Tag] = []) {
            self.secretId = secretId
            self.tags = tags
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }
}
