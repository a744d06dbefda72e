public import FoundationEssentials

/// Amazon Elastic Container Registry: its operations and shapes (API version 2015-09-21).
public enum ECR {
    /// How it is reached.
    public static let service = AWSService(
        id: "ecr", endpointPrefix: "api.ecr", signingName: "ecr", environmentSuffix: "ECR",
        wire: .json(targetPrefix: "AmazonEC2ContainerRegistry_V20150921."), memberNames: .asWritten)

    /// An operation of ECR.
    public protocol Operation: AWSOperation {}
}

extension ECR.Operation {
    /// ECR.
    public static var service: AWSService { ECR.service }
}

extension ECR {
    /// A login for docker.
    public struct AuthorizationData: Codable, Hashable, Sendable {
        /// Base64 of `AWS:PASSWORD`.
        public var authorizationToken: Sensitive<String>?
        /// When it ends; 12 hours after it was made.
        public var expiresAt: Date?
        /// The registry's URL.
        public var proxyEndpoint: String?

        /// From its members.
        public init(authorizationToken: Sensitive<String>? = nil, expiresAt: Date? = nil, proxyEndpoint: String? = nil)
        {
            self.authorizationToken = authorizationToken
            self.expiresAt = expiresAt
            self.proxyEndpoint = proxyEndpoint
        }
    }

    /// A login for all registries that the caller may use.
    public struct GetAuthorizationToken: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// From its members.
        public init() {}

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// One login.
            public var authorizationData: [AuthorizationData]

            /// From its members.
            public init(authorizationData: [AuthorizationData] = []) {
                self.authorizationData = authorizationData
            }
        }
    }

    /// A repository's resource policy.
    public struct GetRepositoryPolicy: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The registry's account; the caller's where nil.
        public var registryId: String?
        /// The repository.
        public var repositoryName: String

        /// From its members.
        public init(registryId: String? = nil, repositoryName: String) {
            self.registryId = registryId
            self.repositoryName = repositoryName
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// The repository.
            public var repositoryName: String?
            /// The policy, as JSON.
            public var policyText: String?

            /// From its members.
            public init(registryId: String? = nil, repositoryName: String? = nil, policyText: String? = nil) {
                self.registryId = registryId
                self.repositoryName = repositoryName
                self.policyText = policyText
            }
        }
    }

    /// Puts a resource policy on a repository, in place of the one that is there.
    public struct SetRepositoryPolicy: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// The registry's account; the caller's where nil.
        public var registryId: String?
        /// The repository.
        public var repositoryName: String
        /// The policy, as JSON.
        public var policyText: String
        /// Whether it may shut the caller out.
        public var force: Bool?

        /// From its members.
        public init(registryId: String? = nil, repositoryName: String, policyText: String, force: Bool? = nil) {
            self.registryId = registryId
            self.repositoryName = repositoryName
            self.policyText = policyText
            self.force = force
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// The repository.
            public var repositoryName: String?
            /// The policy, as JSON.
            public var policyText: String?

            /// From its members.
            public init(registryId: String? = nil, repositoryName: String? = nil, policyText: String? = nil) {
                self.registryId = registryId
                self.repositoryName = repositoryName
                self.policyText = policyText
            }
        }
    }

    /// Takes a repository's resource policy away.
    public struct DeleteRepositoryPolicy: Operation, Hashable {
        /// A lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// The registry's account; the caller's where nil.
        public var registryId: String?
        /// The repository.
        public var repositoryName: String

        /// From its members.
        public init(registryId: String? = nil, repositoryName: String) {
            self.registryId = registryId
            self.repositoryName = repositoryName
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The registry's account.
            public var registryId: String?
            /// The repository.
            public var repositoryName: String?
            /// The policy that it had, as JSON.
            public var policyText: String?

            /// From its members.
            public init(registryId: String? = nil, repositoryName: String? = nil, policyText: String? = nil) {
                self.registryId = registryId
                self.repositoryName = repositoryName
                self.policyText = policyText
            }
        }
    }
}
