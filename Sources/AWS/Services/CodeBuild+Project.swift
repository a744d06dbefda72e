public import Core
public import FoundationEssentials

extension CodeBuild {
    /// A project as CodeBuild stores it.
    public struct Project: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its ARN.
        public var arn: String?
        /// For people.
        public var description: String?
        /// Where the code comes from.
        public var source: Open<ProjectSource>
        /// More of them.
        public var secondarySources: [Open<ProjectSource>]?
        /// A commit, branch, tag or S3 version.
        public var sourceVersion: String?
        /// Versions of the secondary sources.
        public var secondarySourceVersions: [ProjectSourceVersion]?
        /// What is kept of a build.
        public var artifacts: ProjectArtifacts?
        /// More of it.
        public var secondaryArtifacts: [ProjectArtifacts]?
        /// What is reused between builds.
        public var cache: ProjectCache?
        /// Where the commands run.
        public var environment: Open<ProjectEnvironment>
        /// The role that builds have.
        public var serviceRole: String?
        /// When a build is stopped.
        public var timeoutInMinutes: Int?
        /// When a queued build is given up.
        public var queuedTimeoutInMinutes: Int?
        /// The KMS key of the artifacts.
        public var encryptionKey: String?
        /// Its tags.
        public var tags: [Tag]?
        /// When it was made.
        public var created: Date?
        /// When it was last changed.
        public var lastModified: Date?
        /// What starts builds.
        public var webhook: Webhook?
        /// The network of the builds.
        public var vpcConfig: VpcConfig?
        /// The badge.
        public var badge: ProjectBadge?
        /// Where logs go.
        public var logsConfig: LogsConfig?
        /// EFS mounts.
        public var fileSystemLocations: [ProjectFileSystemLocation]?
        /// How batch builds run.
        public var buildBatchConfig: ProjectBuildBatchConfig?
        /// How many builds may run at once.
        public var concurrentBuildLimit: Int?
        /// `PUBLIC_READ` or `PRIVATE`.
        public var projectVisibility: String?
        /// The public project's address.
        public var publicProjectAlias: String?
        /// The role for readers of public builds.
        public var resourceAccessRole: String?
        /// How often a failed build is started again.
        public var autoRetryLimit: Int?

        /// From its members.
        public init(
            name: String, arn: String? = nil, description: String? = nil, source: Open<ProjectSource>,
            secondarySources: [Open<ProjectSource>]? = nil, sourceVersion: String? = nil,
            secondarySourceVersions: [ProjectSourceVersion]? = nil, artifacts: ProjectArtifacts? = nil,
            secondaryArtifacts: [ProjectArtifacts]? = nil, cache: ProjectCache? = nil,
            environment: Open<ProjectEnvironment>, serviceRole: String? = nil, timeoutInMinutes: Int? = nil,
            queuedTimeoutInMinutes: Int? = nil, encryptionKey: String? = nil, tags: [Tag]? = nil, created: Date? = nil,
            lastModified: Date? = nil, webhook: Webhook? = nil, vpcConfig: VpcConfig? = nil,
            badge: ProjectBadge? = nil, logsConfig: LogsConfig? = nil,
            fileSystemLocations: [ProjectFileSystemLocation]? = nil, buildBatchConfig: ProjectBuildBatchConfig? = nil,
            concurrentBuildLimit: Int? = nil, projectVisibility: String? = nil, publicProjectAlias: String? = nil,
            resourceAccessRole: String? = nil, autoRetryLimit: Int? = nil
        ) {
            self.name = name
            self.arn = arn
            self.description = description
            self.source = source
            self.secondarySources = secondarySources
            self.sourceVersion = sourceVersion
            self.secondarySourceVersions = secondarySourceVersions
            self.artifacts = artifacts
            self.secondaryArtifacts = secondaryArtifacts
            self.cache = cache
            self.environment = environment
            self.serviceRole = serviceRole
            self.timeoutInMinutes = timeoutInMinutes
            self.queuedTimeoutInMinutes = queuedTimeoutInMinutes
            self.encryptionKey = encryptionKey
            self.tags = tags
            self.created = created
            self.lastModified = lastModified
            self.webhook = webhook
            self.vpcConfig = vpcConfig
            self.badge = badge
            self.logsConfig = logsConfig
            self.fileSystemLocations = fileSystemLocations
            self.buildBatchConfig = buildBatchConfig
            self.concurrentBuildLimit = concurrentBuildLimit
            self.projectVisibility = projectVisibility
            self.publicProjectAlias = publicProjectAlias
            self.resourceAccessRole = resourceAccessRole
            self.autoRetryLimit = autoRetryLimit
        }
    }

    /// Where code comes from, and the buildspec.
    public struct ProjectSource: Codable, Hashable, Sendable {
        /// The kind of source.
        public var type: SourceType
        /// Its address; none for `NO_SOURCE` and `CODEPIPELINE`.
        public var location: String?
        /// 0 for the whole history.
        public var gitCloneDepth: Int?
        /// Whether submodules are fetched.
        public var gitSubmodulesConfig: GitSubmodulesConfig?
        /// The buildspec itself, or the path of its file; nil for `buildspec.yml`.
        public var buildspec: String?
        /// How the source is reached.
        public var auth: SourceAuth?
        /// Whether the provider is told the result.
        public var reportBuildStatus: Bool?
        /// How it is told.
        public var buildStatusConfig: BuildStatusConfig?
        /// Whether certificates are not checked.
        public var insecureSsl: Bool?
        /// A secondary source's name.
        public var sourceIdentifier: String?

        /// From its members.
        public init(
            type: SourceType, location: String? = nil, gitCloneDepth: Int? = nil,
            gitSubmodulesConfig: GitSubmodulesConfig? = nil, buildspec: String? = nil, auth: SourceAuth? = nil,
            reportBuildStatus: Bool? = nil, buildStatusConfig: BuildStatusConfig? = nil, insecureSsl: Bool? = nil,
            sourceIdentifier: String? = nil
        ) {
            self.type = type
            self.location = location
            self.gitCloneDepth = gitCloneDepth
            self.gitSubmodulesConfig = gitSubmodulesConfig
            self.buildspec = buildspec
            self.auth = auth
            self.reportBuildStatus = reportBuildStatus
            self.buildStatusConfig = buildStatusConfig
            self.insecureSsl = insecureSsl
            self.sourceIdentifier = sourceIdentifier
        }
    }

    /// Whether submodules are fetched.
    public struct GitSubmodulesConfig: Codable, Hashable, Sendable {
        /// Whether they are.
        public var fetchSubmodules: Bool

        /// From its members.
        public init(fetchSubmodules: Bool) {
            self.fetchSubmodules = fetchSubmodules
        }
    }

    /// How a source is reached.
    public struct SourceAuth: Codable, Hashable, Sendable {
        /// `OAUTH`, `CODECONNECTIONS` or `SECRETS_MANAGER`.
        public var type: String
        /// The connection's or the secret's ARN.
        public var resource: String?

        /// From its members.
        public init(type: String, resource: String? = nil) {
            self.type = type
            self.resource = resource
        }
    }

    /// How a source provider is told the result.
    public struct BuildStatusConfig: Codable, Hashable, Sendable {
        /// The name of the check.
        public var context: String?
        /// Where it links to.
        public var targetUrl: String?

        /// From its members.
        public init(context: String? = nil, targetUrl: String? = nil) {
            self.context = context
            self.targetUrl = targetUrl
        }
    }

    /// The version of a secondary source.
    public struct ProjectSourceVersion: Codable, Hashable, Sendable {
        /// The source's name.
        public var sourceIdentifier: String
        /// Its version.
        public var sourceVersion: String

        /// From its members.
        public init(sourceIdentifier: String, sourceVersion: String) {
            self.sourceIdentifier = sourceIdentifier
            self.sourceVersion = sourceVersion
        }
    }
}
