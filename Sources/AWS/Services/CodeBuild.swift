public import Core

/// AWS CodeBuild: its operations and shapes, with the wire's member names (API version 2016-10-06).
public enum CodeBuild {
    /// How it is reached.
    public static let service = AWSService(
        id: "codebuild", endpointPrefix: "codebuild", environmentSuffix: "CODEBUILD",
        wire: .json(targetPrefix: "CodeBuild_20161006."), memberNames: .asWritten)

    /// An operation of CodeBuild.
    public protocol Operation: AWSOperation {}

    /// An order of names or builds.
    public struct SortOrder: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// A value of one's own.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Smallest or oldest first.
        public static let ascending: Self = "ASCENDING"
        /// Largest or newest first.
        public static let descending: Self = "DESCENDING"
    }
}

extension CodeBuild.Operation {
    /// CodeBuild.
    public static var service: AWSService { CodeBuild.service }
}

extension CodeBuild {
    /// Makes a project.
    public struct CreateProject: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// `[A-Za-z0-9][A-Za-z0-9\-_]{1,149}`.
        public var name: String
        /// For people, at most 255 characters.
        public var description: String?
        /// Where the code comes from.
        public var source: Open<ProjectSource>
        /// At most twelve more.
        public var secondarySources: [Open<ProjectSource>]?
        /// A commit, branch, tag or S3 version.
        public var sourceVersion: String?
        /// Versions of the secondary sources.
        public var secondarySourceVersions: [ProjectSourceVersion]?
        /// What is kept of a build.
        public var artifacts: ProjectArtifacts
        /// At most twelve more.
        public var secondaryArtifacts: [ProjectArtifacts]?
        /// What is reused between builds.
        public var cache: ProjectCache?
        /// Where the commands run.
        public var environment: Open<ProjectEnvironment>
        /// The role that builds have.
        public var serviceRole: String
        /// 5 to 2160.
        public var timeoutInMinutes: Int?
        /// 5 to 480.
        public var queuedTimeoutInMinutes: Int?
        /// The KMS key of the artifacts.
        public var encryptionKey: String?
        /// At most 50.
        public var tags: [Tag]?
        /// The network of the builds.
        public var vpcConfig: VpcConfig?
        /// Whether there is a badge.
        public var badgeEnabled: Bool?
        /// Where logs go.
        public var logsConfig: LogsConfig?
        /// EFS mounts.
        public var fileSystemLocations: [ProjectFileSystemLocation]?
        /// How batch builds run.
        public var buildBatchConfig: ProjectBuildBatchConfig?
        /// How many builds may run at once.
        public var concurrentBuildLimit: Int?
        /// How often a failed build is started again.
        public var autoRetryLimit: Int?

        /// From its members.
        public init(
            name: String, description: String? = nil, source: Open<ProjectSource>,
            secondarySources: [Open<ProjectSource>]? = nil, sourceVersion: String? = nil,
            secondarySourceVersions: [ProjectSourceVersion]? = nil, artifacts: ProjectArtifacts,
            secondaryArtifacts: [ProjectArtifacts]? = nil, cache: ProjectCache? = nil,
            environment: Open<ProjectEnvironment>, serviceRole: String, timeoutInMinutes: Int? = nil,
            queuedTimeoutInMinutes: Int? = nil, encryptionKey: String? = nil, tags: [Tag]? = nil,
            vpcConfig: VpcConfig? = nil, badgeEnabled: Bool? = nil, logsConfig: LogsConfig? = nil,
            fileSystemLocations: [ProjectFileSystemLocation]? = nil, buildBatchConfig: ProjectBuildBatchConfig? = nil,
            concurrentBuildLimit: Int? = nil, autoRetryLimit: Int? = nil
        ) {
            self.name = name
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
            self.vpcConfig = vpcConfig
            self.badgeEnabled = badgeEnabled
            self.logsConfig = logsConfig
            self.fileSystemLocations = fileSystemLocations
            self.buildBatchConfig = buildBatchConfig
            self.concurrentBuildLimit = concurrentBuildLimit
            self.autoRetryLimit = autoRetryLimit
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The project as stored.
            public var project: Project

            /// From its members.
            public init(project: Project) {
                self.project = project
            }
        }
    }

    /// Changes a project: each member that is present replaces the project's whole member of that name.
    public struct UpdateProject: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .write }

        /// The project.
        public var name: String
        /// For people, at most 255 characters.
        public var description: String?
        /// Where the code comes from.
        public var source: Open<ProjectSource>?
        /// At most twelve more.
        public var secondarySources: [Open<ProjectSource>]?
        /// A commit, branch, tag or S3 version.
        public var sourceVersion: String?
        /// Versions of the secondary sources.
        public var secondarySourceVersions: [ProjectSourceVersion]?
        /// What is kept of a build.
        public var artifacts: ProjectArtifacts?
        /// At most twelve more.
        public var secondaryArtifacts: [ProjectArtifacts]?
        /// What is reused between builds.
        public var cache: ProjectCache?
        /// Where the commands run.
        public var environment: Open<ProjectEnvironment>?
        /// The role that builds have.
        public var serviceRole: String?
        /// 5 to 2160.
        public var timeoutInMinutes: Int?
        /// 5 to 480.
        public var queuedTimeoutInMinutes: Int?
        /// The KMS key of the artifacts.
        public var encryptionKey: String?
        /// The new set of tags; nil keeps the old one.
        public var tags: [Tag]?
        /// The network of the builds.
        public var vpcConfig: VpcConfig?
        /// Whether there is a badge.
        public var badgeEnabled: Bool?
        /// Where logs go.
        public var logsConfig: LogsConfig?
        /// EFS mounts.
        public var fileSystemLocations: [ProjectFileSystemLocation]?
        /// How batch builds run.
        public var buildBatchConfig: ProjectBuildBatchConfig?
        /// How many builds may run at once.
        public var concurrentBuildLimit: Int?
        /// How often a failed build is started again.
        public var autoRetryLimit: Int?

        /// From its members.
        public init(
            name: String, description: String? = nil, source: Open<ProjectSource>? = nil,
            secondarySources: [Open<ProjectSource>]? = nil, sourceVersion: String? = nil,
            secondarySourceVersions: [ProjectSourceVersion]? = nil, artifacts: ProjectArtifacts? = nil,
            secondaryArtifacts: [ProjectArtifacts]? = nil, cache: ProjectCache? = nil,
            environment: Open<ProjectEnvironment>? = nil, serviceRole: String? = nil, timeoutInMinutes: Int? = nil,
            queuedTimeoutInMinutes: Int? = nil, encryptionKey: String? = nil, tags: [Tag]? = nil,
            vpcConfig: VpcConfig? = nil, badgeEnabled: Bool? = nil, logsConfig: LogsConfig? = nil,
            fileSystemLocations: [ProjectFileSystemLocation]? = nil, buildBatchConfig: ProjectBuildBatchConfig? = nil,
            concurrentBuildLimit: Int? = nil, autoRetryLimit: Int? = nil
        ) {
            self.name = name
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
            self.vpcConfig = vpcConfig
            self.badgeEnabled = badgeEnabled
            self.logsConfig = logsConfig
            self.fileSystemLocations = fileSystemLocations
            self.buildBatchConfig = buildBatchConfig
            self.concurrentBuildLimit = concurrentBuildLimit
            self.autoRetryLimit = autoRetryLimit
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The project as stored.
            public var project: Project

            /// From its members.
            public init(project: Project) {
                self.project = project
            }
        }
    }

    /// Deletes a project; one that does not exist is no error.
    public struct DeleteProject: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// The project's name or ARN.
        public var name: String

        /// From its members.
        public init(name: String) {
            self.name = name
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// From its members.
            public init() {}
        }
    }

    /// Reads 1 to 100 projects.
    public struct BatchGetProjects: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Names or ARNs.
        public var names: [String]

        /// From its members.
        public init(names: [String] = []) {
            self.names = names
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Those that exist.
            public var projects: [Project]
            /// Those that do not.
            public var projectsNotFound: [String]

            /// From its members.
            public init(projects: [Project] = [], projectsNotFound: [String] = []) {
                self.projects = projects
                self.projectsNotFound = projectsNotFound
            }
        }
    }

    /// The names of all projects, up to 100 a page.
    public struct ListProjects: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// `NAME`, `CREATED_TIME` or `LAST_MODIFIED_TIME`.
        public var sortBy: String?
        /// The order.
        public var sortOrder: SortOrder?
        /// From the page before.
        public var nextToken: String?

        /// From its members.
        public init(sortBy: String? = nil, sortOrder: SortOrder? = nil, nextToken: String? = nil) {
            self.sortBy = sortBy
            self.sortOrder = sortOrder
            self.nextToken = nextToken
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Names.
            public var projects: [String]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(projects: [String] = [], nextToken: String? = nil) {
                self.projects = projects
                self.nextToken = nextToken
            }
        }
    }
}
