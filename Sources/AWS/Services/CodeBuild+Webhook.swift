public import FoundationEssentials

extension CodeBuild {
    /// What starts a project's builds.
    public struct Webhook: Codable, Hashable, Sendable {
        /// The provider's hook.
        public var url: String?
        /// Where the provider sends events.
        public var payloadUrl: String?
        /// A pattern of branches; the old form of the filters.
        public var branchFilter: String?
        /// A build starts when all filters of one group match.
        public var filterGroups: [[WebhookFilter]]?
        /// `BUILD`, `BUILD_BATCH` or `RUNNER_BUILDKITE_BUILD`.
        public var buildType: String?
        /// Whether the hook is set up by hand.
        public var manualCreation: Bool?
        /// When its secret last changed.
        public var lastModifiedSecret: Date?
        /// The organisation that it serves.
        public var scopeConfiguration: ScopeConfiguration?
        /// `CREATING`, `CREATE_FAILED`, `ACTIVE` or `DELETING`.
        public var status: String?
        /// Why it failed.
        public var statusMessage: String?
        /// Which pull requests need a comment first.
        public var pullRequestBuildPolicy: PullRequestBuildPolicy?

        /// From its members.
        public init(
            url: String? = nil, payloadUrl: String? = nil, branchFilter: String? = nil,
            filterGroups: [[WebhookFilter]]? = nil, buildType: String? = nil, manualCreation: Bool? = nil,
            lastModifiedSecret: Date? = nil, scopeConfiguration: ScopeConfiguration? = nil, status: String? = nil,
            statusMessage: String? = nil, pullRequestBuildPolicy: PullRequestBuildPolicy? = nil
        ) {
            self.url = url
            self.payloadUrl = payloadUrl
            self.branchFilter = branchFilter
            self.filterGroups = filterGroups
            self.buildType = buildType
            self.manualCreation = manualCreation
            self.lastModifiedSecret = lastModifiedSecret
            self.scopeConfiguration = scopeConfiguration
            self.status = status
            self.statusMessage = statusMessage
            self.pullRequestBuildPolicy = pullRequestBuildPolicy
        }
    }

    /// One condition on an event.
    public struct WebhookFilter: Codable, Hashable, Sendable {
        /// `EVENT`, `BASE_REF`, `HEAD_REF`, `ACTOR_ACCOUNT_ID`, `FILE_PATH` and so on.
        public var type: String
        /// Event names, or a regular expression.
        public var pattern: String
        /// Whether a match excludes.
        public var excludeMatchedPattern: Bool?

        /// From its members.
        public init(type: String, pattern: String, excludeMatchedPattern: Bool? = nil) {
            self.type = type
            self.pattern = pattern
            self.excludeMatchedPattern = excludeMatchedPattern
        }
    }

    /// The organisation that a hook serves.
    public struct ScopeConfiguration: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its host.
        public var domain: String?
        /// `GITHUB_ORGANIZATION`, `GITHUB_GLOBAL` or `GITLAB_GROUP`.
        public var scope: String

        /// From its members.
        public init(name: String, domain: String? = nil, scope: String) {
            self.name = name
            self.domain = domain
            self.scope = scope
        }
    }

    /// Which pull requests need a comment before they build.
    public struct PullRequestBuildPolicy: Codable, Hashable, Sendable {
        /// `DISABLED`, `ALL_PULL_REQUESTS` or `FORK_PULL_REQUESTS`.
        public var requiresCommentApproval: String
        /// Who may comment.
        public var approverRoles: [String]?

        /// From its members.
        public init(requiresCommentApproval: String, approverRoles: [String]? = nil) {
            self.requiresCommentApproval = requiresCommentApproval
            self.approverRoles = approverRoles
        }
    }
}
