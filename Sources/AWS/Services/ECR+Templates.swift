public import FoundationEssentials

extension ECR {
    /// What repositories are like that ECR makes by itself.
    public struct RepositoryCreationTemplate: Codable, Hashable, Sendable {
        /// What the names of its repositories begin with; `ROOT` for all that no other fits.
        public var prefix: String?
        /// For people.
        public var description: String?
        /// How they are encrypted.
        public var encryptionConfiguration: EncryptionConfiguration?
        /// Their tags.
        public var resourceTags: [Tag]?
        /// `MUTABLE`, `IMMUTABLE`, or either `_WITH_EXCLUSION`.
        public var imageTagMutability: String?
        /// The tags for which it does not hold.
        public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?
        /// Their resource policy, as JSON.
        public var repositoryPolicy: String?
        /// Their lifecycle policy, as JSON.
        public var lifecyclePolicy: String?
        /// `PULL_THROUGH_CACHE`, `REPLICATION` or `CREATE_ON_PUSH`.
        public var appliedFor: [String]?
        /// The role that ECR makes them with; needed for tags and KMS.
        public var customRoleArn: String?
        /// When it was made.
        public var createdAt: Date?
        /// When it last changed.
        public var updatedAt: Date?

        /// From its members.
        public init(
            prefix: String? = nil, description: String? = nil, encryptionConfiguration: EncryptionConfiguration? = nil,
            resourceTags: [Tag]? = nil, imageTagMutability: String? = nil,
            imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil,
            repositoryPolicy: String? = nil, lifecyclePolicy: String? = nil, appliedFor: [String]? = nil,
            customRoleArn: String? = nil, createdAt: Date? = nil, updatedAt: Date? = nil
        ) {
            self.prefix = prefix
            self.description = description
            self.encryptionConfiguration = encryptionConfiguration
            self.resourceTags = resourceTags
            self.imageTagMutability = imageTagMutability
            self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
            self.repositoryPolicy = repositoryPolicy
            self.lifecyclePolicy = lifecyclePolicy
            self.appliedFor = appliedFor
            self.customRoleArn = customRoleArn
            self.createdAt = createdAt
            self.updatedAt = updatedAt
        }
    }

    /// How repositories are encrypted.
    public struct EncryptionConfiguration: Codable, Hashable, Sendable {
        /// `AES256`, `KMS` or `KMS_DSSE`.
        public var encryptionType: String
        /// The key's ARN; AWS's own where nil.
        public var kmsKey: String?

        /// From its members.
        public init(encryptionType: String, kmsKey: String? = nil) {
            self.encryptionType = encryptionType
            self.kmsKey = kmsKey
        }
    }

    /// Tags for which a rule does not hold.
    public struct ImageTagMutabilityExclusionFilter: Codable, Hashable, Sendable {
        /// `WILDCARD`.
        public var filterType: String
        /// A pattern; `*` stands for any text.
        public var filter: String

        /// From its members.
        public init(filterType: String, filter: String) {
            self.filterType = filterType
            self.filter = filter
        }
    }

    /// A tag; ECR writes its members with capitals.
    public struct Tag: Codable, Hashable, Sendable {
        /// Its name.
        public var key: String
        /// Its value.
        public var value: String

        /// From its members.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }

        private enum CodingKeys: String, CodingKey {
            case key = "Key"
            case value = "Value"
        }
    }
}

extension ECR {
    /// Makes a template.
    public struct CreateRepositoryCreationTemplate: Operation, Hashable {
        /// A lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// What the names of its repositories begin with; `ROOT` for all that no other fits.
        public var prefix: String
        /// For people.
        public var description: String?
        /// How they are encrypted.
        public var encryptionConfiguration: EncryptionConfiguration?
        /// Their tags.
        public var resourceTags: [Tag]?
        /// `MUTABLE`, `IMMUTABLE`, or either `_WITH_EXCLUSION`.
        public var imageTagMutability: String?
        /// The tags for which it does not hold.
        public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?
        /// Their resource policy, as JSON.
        public var repositoryPolicy: String?
        /// Their lifecycle policy, as JSON.
        public var lifecyclePolicy: String?
        /// `PULL_THROUGH_CACHE`, `REPLICATION` or `CREATE_ON_PUSH`.
        public var appliedFor: [String]
        /// The role that ECR makes them with; needed for tags and KMS.
        public var customRoleArn: String?

        /// From its members.
        public init(
            prefix: String, description: String? = nil, encryptionConfiguration: EncryptionConfiguration? = nil,
            resourceTags: [Tag]? = nil, imageTagMutability: String? = nil,
            imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil,
            repositoryPolicy: String? = nil, lifecyclePolicy: String? = nil, appliedFor: [String] = [],
            customRoleArn: String? = nil
        ) {
            self.prefix = prefix
            self.description = description
            self.encryptionConfiguration = encryptionConfiguration
            self.resourceTags = resourceTags
            self.imageTagMutability = imageTagMutability
            self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
            self.repositoryPolicy = repositoryPolicy
            self.lifecyclePolicy = lifecyclePolicy
            self.appliedFor = appliedFor
            self.customRoleArn = customRoleArn
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// The template.
            public var repositoryCreationTemplate: RepositoryCreationTemplate?

            /// From its members.
            public init(registryId: String? = nil, repositoryCreationTemplate: RepositoryCreationTemplate? = nil) {
                self.registryId = registryId
                self.repositoryCreationTemplate = repositoryCreationTemplate
            }
        }
    }

    /// The templates of the registry, up to 1 000 a page.
    public struct DescribeRepositoryCreationTemplates: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Only those with these prefixes.
        public var prefixes: [String]?
        /// From the page before.
        public var nextToken: String?
        /// 1 to 1 000; goes without prefixes.
        public var maxResults: Int?

        /// From its members.
        public init(prefixes: [String]? = nil, nextToken: String? = nil, maxResults: Int? = nil) {
            self.prefixes = prefixes
            self.nextToken = nextToken
            self.maxResults = maxResults
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// Templates.
            public var repositoryCreationTemplates: [RepositoryCreationTemplate]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(
                registryId: String? = nil, repositoryCreationTemplates: [RepositoryCreationTemplate] = [],
                nextToken: String? = nil
            ) {
                self.registryId = registryId
                self.repositoryCreationTemplates = repositoryCreationTemplates
                self.nextToken = nextToken
            }
        }
    }

    /// Changes a template; what is nil stays.
    public struct UpdateRepositoryCreationTemplate: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// What the names of its repositories begin with; `ROOT` for all that no other fits.
        public var prefix: String
        /// For people.
        public var description: String?
        /// How they are encrypted.
        public var encryptionConfiguration: EncryptionConfiguration?
        /// Their tags.
        public var resourceTags: [Tag]?
        /// `MUTABLE`, `IMMUTABLE`, or either `_WITH_EXCLUSION`.
        public var imageTagMutability: String?
        /// The tags for which it does not hold.
        public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?
        /// Their resource policy, as JSON.
        public var repositoryPolicy: String?
        /// Their lifecycle policy, as JSON.
        public var lifecyclePolicy: String?
        /// `PULL_THROUGH_CACHE`, `REPLICATION` or `CREATE_ON_PUSH`.
        public var appliedFor: [String]?
        /// The role that ECR makes them with; needed for tags and KMS.
        public var customRoleArn: String?

        /// From its members.
        public init(
            prefix: String, description: String? = nil, encryptionConfiguration: EncryptionConfiguration? = nil,
            resourceTags: [Tag]? = nil, imageTagMutability: String? = nil,
            imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil,
            repositoryPolicy: String? = nil, lifecyclePolicy: String? = nil, appliedFor: [String]? = nil,
            customRoleArn: String? = nil
        ) {
            self.prefix = prefix
            self.description = description
            self.encryptionConfiguration = encryptionConfiguration
            self.resourceTags = resourceTags
            self.imageTagMutability = imageTagMutability
            self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
            self.repositoryPolicy = repositoryPolicy
            self.lifecyclePolicy = lifecyclePolicy
            self.appliedFor = appliedFor
            self.customRoleArn = customRoleArn
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// The template.
            public var repositoryCreationTemplate: RepositoryCreationTemplate?

            /// From its members.
            public init(registryId: String? = nil, repositoryCreationTemplate: RepositoryCreationTemplate? = nil) {
                self.registryId = registryId
                self.repositoryCreationTemplate = repositoryCreationTemplate
            }
        }
    }

    /// Takes a template away; the repositories stay.
    public struct DeleteRepositoryCreationTemplate: Operation, Hashable {
        /// A lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// Its prefix.
        public var prefix: String

        /// From its members.
        public init(prefix: String) {
            self.prefix = prefix
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// The template.
            public var repositoryCreationTemplate: RepositoryCreationTemplate?

            /// From its members.
            public init(registryId: String? = nil, repositoryCreationTemplate: RepositoryCreationTemplate? = nil) {
                self.registryId = registryId
                self.repositoryCreationTemplate = repositoryCreationTemplate
            }
        }
    }
}
