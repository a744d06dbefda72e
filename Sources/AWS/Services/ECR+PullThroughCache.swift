public import FoundationEssentials

extension ECR {
    /// A rule by which ECR fetches from another registry what is asked of it.
    public struct PullThroughCacheRule: Codable, Hashable, Sendable {
        /// What the names of its repositories begin with; `ROOT` for all.
        public var ecrRepositoryPrefix: String?
        /// The registry behind it, such as `registry-1.docker.io`.
        public var upstreamRegistryUrl: String?
        /// When it was made.
        public var createdAt: Date?
        /// The registry's account.
        public var registryId: String?
        /// Its name, such as `docker-hub`.
        public var upstreamRegistry: String?
        /// The secret with the credential for it.
        public var credentialArn: String?
        /// The role that reads from another account's registry.
        public var customRoleArn: String?
        /// What the names behind it begin with; `ROOT` for all.
        public var upstreamRepositoryPrefix: String?
        /// When it last changed.
        public var updatedAt: Date?

        /// From its members.
        public init(
            ecrRepositoryPrefix: String? = nil, upstreamRegistryUrl: String? = nil, createdAt: Date? = nil,
            registryId: String? = nil, upstreamRegistry: String? = nil, credentialArn: String? = nil,
            customRoleArn: String? = nil, upstreamRepositoryPrefix: String? = nil, updatedAt: Date? = nil
        ) {
            self.ecrRepositoryPrefix = ecrRepositoryPrefix
            self.upstreamRegistryUrl = upstreamRegistryUrl
            self.createdAt = createdAt
            self.registryId = registryId
            self.upstreamRegistry = upstreamRegistry
            self.credentialArn = credentialArn
            self.customRoleArn = customRoleArn
            self.upstreamRepositoryPrefix = upstreamRepositoryPrefix
            self.updatedAt = updatedAt
        }
    }

    /// Makes a rule.
    public struct CreatePullThroughCacheRule: Operation, Hashable {
        /// A lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// What the names of its repositories begin with; `ROOT` for all.
        public var ecrRepositoryPrefix: String
        /// The registry behind it, such as `registry-1.docker.io`.
        public var upstreamRegistryUrl: String
        /// The registry's account; the caller's where nil.
        public var registryId: String?
        /// Its name, such as `docker-hub`.
        public var upstreamRegistry: String?
        /// The secret with the credential for it; its name must begin with `ecr-pullthroughcache/`.
        public var credentialArn: String?
        /// The role that reads from another account's registry.
        public var customRoleArn: String?
        /// What the names behind it begin with; `ROOT` for all.
        public var upstreamRepositoryPrefix: String?

        /// From its members.
        public init(
            ecrRepositoryPrefix: String, upstreamRegistryUrl: String, registryId: String? = nil,
            upstreamRegistry: String? = nil, credentialArn: String? = nil, customRoleArn: String? = nil,
            upstreamRepositoryPrefix: String? = nil
        ) {
            self.ecrRepositoryPrefix = ecrRepositoryPrefix
            self.upstreamRegistryUrl = upstreamRegistryUrl
            self.registryId = registryId
            self.upstreamRegistry = upstreamRegistry
            self.credentialArn = credentialArn
            self.customRoleArn = customRoleArn
            self.upstreamRepositoryPrefix = upstreamRepositoryPrefix
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// What the names of its repositories begin with; `ROOT` for all.
            public var ecrRepositoryPrefix: String?
            /// The registry behind it, such as `registry-1.docker.io`.
            public var upstreamRegistryUrl: String?
            /// When it was made.
            public var createdAt: Date?
            /// The registry's account.
            public var registryId: String?
            /// Its name, such as `docker-hub`.
            public var upstreamRegistry: String?
            /// The secret with the credential for it.
            public var credentialArn: String?
            /// The role that reads from another account's registry.
            public var customRoleArn: String?
            /// What the names behind it begin with; `ROOT` for all.
            public var upstreamRepositoryPrefix: String?

            /// From its members.
            public init(
                ecrRepositoryPrefix: String? = nil, upstreamRegistryUrl: String? = nil, createdAt: Date? = nil,
                registryId: String? = nil, upstreamRegistry: String? = nil, credentialArn: String? = nil,
                customRoleArn: String? = nil, upstreamRepositoryPrefix: String? = nil
            ) {
                self.ecrRepositoryPrefix = ecrRepositoryPrefix
                self.upstreamRegistryUrl = upstreamRegistryUrl
                self.createdAt = createdAt
                self.registryId = registryId
                self.upstreamRegistry = upstreamRegistry
                self.credentialArn = credentialArn
                self.customRoleArn = customRoleArn
                self.upstreamRepositoryPrefix = upstreamRepositoryPrefix
            }
        }
    }

    /// The rules of a registry, up to 1 000 a page.
    public struct DescribePullThroughCacheRules: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The registry's account; the caller's where nil.
        public var registryId: String?
        /// Only those with these prefixes, at most 100.
        public var ecrRepositoryPrefixes: [String]?
        /// From the page before.
        public var nextToken: String?
        /// 1 to 1 000; goes without prefixes.
        public var maxResults: Int?

        /// From its members.
        public init(
            registryId: String? = nil, ecrRepositoryPrefixes: [String]? = nil, nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.registryId = registryId
            self.ecrRepositoryPrefixes = ecrRepositoryPrefixes
            self.nextToken = nextToken
            self.maxResults = maxResults
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Rules.
            public var pullThroughCacheRules: [PullThroughCacheRule]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(pullThroughCacheRules: [PullThroughCacheRule] = [], nextToken: String? = nil) {
                self.pullThroughCacheRules = pullThroughCacheRules
                self.nextToken = nextToken
            }
        }
    }

    /// Tries a rule's credential on the registry behind it.
    public struct ValidatePullThroughCacheRule: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its prefix.
        public var ecrRepositoryPrefix: String
        /// The registry's account; the caller's where nil.
        public var registryId: String?

        /// From its members.
        public init(ecrRepositoryPrefix: String, registryId: String? = nil) {
            self.ecrRepositoryPrefix = ecrRepositoryPrefix
            self.registryId = registryId
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// What the names of its repositories begin with; `ROOT` for all.
            public var ecrRepositoryPrefix: String?
            /// The registry's account.
            public var registryId: String?
            /// The registry behind it, such as `registry-1.docker.io`.
            public var upstreamRegistryUrl: String?
            /// The secret with the credential for it.
            public var credentialArn: String?
            /// The role that reads from another account's registry.
            public var customRoleArn: String?
            /// What the names behind it begin with; `ROOT` for all.
            public var upstreamRepositoryPrefix: String?
            /// Whether it works.
            public var isValid: Bool?
            /// Why it does not.
            public var failure: String?

            /// From its members.
            public init(
                ecrRepositoryPrefix: String? = nil, registryId: String? = nil, upstreamRegistryUrl: String? = nil,
                credentialArn: String? = nil, customRoleArn: String? = nil, upstreamRepositoryPrefix: String? = nil,
                isValid: Bool? = nil, failure: String? = nil
            ) {
                self.ecrRepositoryPrefix = ecrRepositoryPrefix
                self.registryId = registryId
                self.upstreamRegistryUrl = upstreamRegistryUrl
                self.credentialArn = credentialArn
                self.customRoleArn = customRoleArn
                self.upstreamRepositoryPrefix = upstreamRepositoryPrefix
                self.isValid = isValid
                self.failure = failure
            }
        }
    }

    /// Takes a rule away; what it fetched stays.
    public struct DeletePullThroughCacheRule: Operation, Hashable {
        /// A lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// Its prefix.
        public var ecrRepositoryPrefix: String
        /// The registry's account; the caller's where nil.
        public var registryId: String?

        /// From its members.
        public init(ecrRepositoryPrefix: String, registryId: String? = nil) {
            self.ecrRepositoryPrefix = ecrRepositoryPrefix
            self.registryId = registryId
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// What the names of its repositories begin with; `ROOT` for all.
            public var ecrRepositoryPrefix: String?
            /// The registry behind it, such as `registry-1.docker.io`.
            public var upstreamRegistryUrl: String?
            /// When it was made.
            public var createdAt: Date?
            /// The registry's account.
            public var registryId: String?
            /// The secret with the credential for it.
            public var credentialArn: String?
            /// The role that reads from another account's registry.
            public var customRoleArn: String?
            /// What the names behind it begin with; `ROOT` for all.
            public var upstreamRepositoryPrefix: String?

            /// From its members.
            public init(
                ecrRepositoryPrefix: String? = nil, upstreamRegistryUrl: String? = nil, createdAt: Date? = nil,
                registryId: String? = nil, credentialArn: String? = nil, customRoleArn: String? = nil,
                upstreamRepositoryPrefix: String? = nil
            ) {
                self.ecrRepositoryPrefix = ecrRepositoryPrefix
                self.upstreamRegistryUrl = upstreamRegistryUrl
                self.createdAt = createdAt
                self.registryId = registryId
                self.credentialArn = credentialArn
                self.customRoleArn = customRoleArn
                self.upstreamRepositoryPrefix = upstreamRepositoryPrefix
            }
        }
    }
}
