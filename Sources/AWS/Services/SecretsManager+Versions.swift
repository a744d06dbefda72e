public import FoundationEssentials

extension SecretsManager {
    /// Moves a label from one of a secret's versions to another.
    public struct UpdateSecretVersionStage: Operation, Hashable {
        /// A repeat is refused: the label is no longer where it is said to be. A lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// Its name or ARN.
        public var secretId: String
        /// The label, such as `AWSCURRENT`.
        public var versionStage: String
        /// The version that has it; must be named where one has it.
        public var removeFromVersionId: String?
        /// The version to have it; nil takes it off.
        public var moveToVersionId: String?

        /// From its members.
        public init(
            secretId: String, versionStage: String, removeFromVersionId: String? = nil, moveToVersionId: String? = nil
        ) {
            self.secretId = secretId
            self.versionStage = versionStage
            self.removeFromVersionId = removeFromVersionId
            self.moveToVersionId = moveToVersionId
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its ARN.
            public var arn: String?
            /// Its name.
            public var name: String?

            /// From its members.
            public init(arn: String? = nil, name: String? = nil) {
                self.arn = arn
                self.name = name
            }
        }
    }

    /// A secret's versions, up to 100 a page.
    public struct ListSecretVersionIds: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its name or ARN.
        public var secretId: String
        /// 1 to 100.
        public var maxResults: Int?
        /// From the page before.
        public var nextToken: String?
        /// With those that have no label any more.
        public var includeDeprecated: Bool?

        /// From its members.
        public init(secretId: String, maxResults: Int? = nil, nextToken: String? = nil, includeDeprecated: Bool? = nil)
        {
            self.secretId = secretId
            self.maxResults = maxResults
            self.nextToken = nextToken
            self.includeDeprecated = includeDeprecated
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Versions.
            public var versions: [SecretVersionsListEntry]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?
            /// Its ARN.
            public var arn: String?
            /// Its name.
            public var name: String?

            /// From its members.
            public init(
                versions: [SecretVersionsListEntry] = [], nextToken: String? = nil, arn: String? = nil,
                name: String? = nil
            ) {
                self.versions = versions
                self.nextToken = nextToken
                self.arn = arn
                self.name = name
            }
        }
    }

    /// A version in a list.
    public struct SecretVersionsListEntry: Codable, Hashable, Sendable {
        /// Its id.
        public var versionId: String?
        /// Its labels.
        public var versionStages: [String]?
        /// The day on which it was last read.
        public var lastAccessedDate: Date?
        /// When it was made.
        public var createdDate: Date?
        /// The keys that it is encrypted with.
        public var kmsKeyIds: [String]?

        /// From its members.
        public init(
            versionId: String? = nil, versionStages: [String]? = nil, lastAccessedDate: Date? = nil,
            createdDate: Date? = nil, kmsKeyIds: [String]? = nil
        ) {
            self.versionId = versionId
            self.versionStages = versionStages
            self.lastAccessedDate = lastAccessedDate
            self.createdDate = createdDate
            self.kmsKeyIds = kmsKeyIds
        }
    }
}
