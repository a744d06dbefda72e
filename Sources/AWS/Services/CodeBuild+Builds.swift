extension CodeBuild {
    /// Starts a build; the overrides hold for this build alone.
    public struct StartBuild: Operation, Hashable {
        /// Its token makes a repeat harmless.
        public static var effect: Effect { .idempotent }
        /// Where the token goes.
        public static var token: TokenMember? { \Self.idempotencyToken }

        /// The project.
        public var projectName: String
        /// Instead of the secondary sources.
        public var secondarySourcesOverride: [ProjectSource]?
        /// Instead of their versions.
        public var secondarySourcesVersionOverride: [ProjectSourceVersion]?
        /// The version to build.
        public var sourceVersion: String?
        /// Instead of the artifacts.
        public var artifactsOverride: ProjectArtifacts?
        /// Instead of the secondary artifacts.
        public var secondaryArtifactsOverride: [ProjectArtifacts]?
        /// Added to the project's variables, or instead of those of the same name.
        public var environmentVariablesOverride: [EnvironmentVariable]?
        /// Instead of the source's type.
        public var sourceTypeOverride: SourceType?
        /// Instead of its location.
        public var sourceLocationOverride: String?
        /// Instead of its authorisation.
        public var sourceAuthOverride: SourceAuth?
        /// Instead of its clone depth.
        public var gitCloneDepthOverride: Int?
        /// Instead of its submodules.
        public var gitSubmodulesConfigOverride: GitSubmodulesConfig?
        /// Instead of its buildspec: a text or a path.
        public var buildspecOverride: String?
        /// Instead of its certificate check.
        public var insecureSslOverride: Bool?
        /// Instead of its report of the result.
        public var reportBuildStatusOverride: Bool?
        /// Instead of the report's form.
        public var buildStatusConfigOverride: BuildStatusConfig?
        /// Instead of the environment's type.
        public var environmentTypeOverride: EnvironmentType?
        /// Instead of its image.
        public var imageOverride: String?
        /// Instead of its size.
        public var computeTypeOverride: String?
        /// Instead of its certificate.
        public var certificateOverride: String?
        /// Instead of the cache.
        public var cacheOverride: ProjectCache?
        /// Instead of the role.
        public var serviceRoleOverride: String?
        /// Instead of the privileged mode.
        public var privilegedModeOverride: Bool?
        /// Instead of the time limit.
        public var timeoutInMinutesOverride: Int?
        /// Instead of the limit of the queue.
        public var queuedTimeoutInMinutesOverride: Int?
        /// Instead of the key.
        public var encryptionKeyOverride: String?
        /// Within five minutes, a second call with it starts nothing; the client makes one where nil.
        public var idempotencyToken: String?
        /// Instead of the logs.
        public var logsConfigOverride: LogsConfig?
        /// Instead of the registry credential.
        public var registryCredentialOverride: RegistryCredential?
        /// Instead of the name in which the image is pulled.
        public var imagePullCredentialsTypeOverride: ImagePullCredentials?
        /// Whether one may look inside.
        public var debugSessionEnabled: Bool?
        /// Instead of the fleet.
        public var fleetOverride: ProjectFleet?
        /// Instead of the number of retries.
        public var autoRetryLimitOverride: Int?

        /// From its members.
        public init(
            projectName: String, secondarySourcesOverride: [ProjectSource]? = nil,
            secondarySourcesVersionOverride: [ProjectSourceVersion]? = nil, sourceVersion: String? = nil,
            artifactsOverride: ProjectArtifacts? = nil, secondaryArtifactsOverride: [ProjectArtifacts]? = nil,
            environmentVariablesOverride: [EnvironmentVariable]? = nil, sourceTypeOverride: SourceType? = nil,
            sourceLocationOverride: String? = nil, sourceAuthOverride: SourceAuth? = nil,
            gitCloneDepthOverride: Int? = nil, gitSubmodulesConfigOverride: GitSubmodulesConfig? = nil,
            buildspecOverride: String? = nil, insecureSslOverride: Bool? = nil, reportBuildStatusOverride: Bool? = nil,
            buildStatusConfigOverride: BuildStatusConfig? = nil, environmentTypeOverride: EnvironmentType? = nil,
            imageOverride: String? = nil, computeTypeOverride: String? = nil, certificateOverride: String? = nil,
            cacheOverride: ProjectCache? = nil, serviceRoleOverride: String? = nil,
            privilegedModeOverride: Bool? = nil, timeoutInMinutesOverride: Int? = nil,
            queuedTimeoutInMinutesOverride: Int? = nil, encryptionKeyOverride: String? = nil,
            idempotencyToken: String? = nil, logsConfigOverride: LogsConfig? = nil,
            registryCredentialOverride: RegistryCredential? = nil,
            imagePullCredentialsTypeOverride: ImagePullCredentials? = nil, debugSessionEnabled: Bool? = nil,
            fleetOverride: ProjectFleet? = nil, autoRetryLimitOverride: Int? = nil
        ) {
            self.projectName = projectName
            self.secondarySourcesOverride = secondarySourcesOverride
            self.secondarySourcesVersionOverride = secondarySourcesVersionOverride
            self.sourceVersion = sourceVersion
            self.artifactsOverride = artifactsOverride
            self.secondaryArtifactsOverride = secondaryArtifactsOverride
            self.environmentVariablesOverride = environmentVariablesOverride
            self.sourceTypeOverride = sourceTypeOverride
            self.sourceLocationOverride = sourceLocationOverride
            self.sourceAuthOverride = sourceAuthOverride
            self.gitCloneDepthOverride = gitCloneDepthOverride
            self.gitSubmodulesConfigOverride = gitSubmodulesConfigOverride
            self.buildspecOverride = buildspecOverride
            self.insecureSslOverride = insecureSslOverride
            self.reportBuildStatusOverride = reportBuildStatusOverride
            self.buildStatusConfigOverride = buildStatusConfigOverride
            self.environmentTypeOverride = environmentTypeOverride
            self.imageOverride = imageOverride
            self.computeTypeOverride = computeTypeOverride
            self.certificateOverride = certificateOverride
            self.cacheOverride = cacheOverride
            self.serviceRoleOverride = serviceRoleOverride
            self.privilegedModeOverride = privilegedModeOverride
            self.timeoutInMinutesOverride = timeoutInMinutesOverride
            self.queuedTimeoutInMinutesOverride = queuedTimeoutInMinutesOverride
            self.encryptionKeyOverride = encryptionKeyOverride
            self.idempotencyToken = idempotencyToken
            self.logsConfigOverride = logsConfigOverride
            self.registryCredentialOverride = registryCredentialOverride
            self.imagePullCredentialsTypeOverride = imagePullCredentialsTypeOverride
            self.debugSessionEnabled = debugSessionEnabled
            self.fleetOverride = fleetOverride
            self.autoRetryLimitOverride = autoRetryLimitOverride
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The build.
            public var build: Build

            /// From its members.
            public init(build: Build) {
                self.build = build
            }
        }
    }

    /// Stops a build.
    public struct StopBuild: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// The build.
        public var id: String

        /// From its members.
        public init(id: String) {
            self.id = id
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The build.
            public var build: Build

            /// From its members.
            public init(build: Build) {
                self.build = build
            }
        }
    }

    /// Reads 1 to 100 builds.
    public struct BatchGetBuilds: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Their ids.
        public var ids: [String]

        /// From its members.
        public init(ids: [String] = []) {
            self.ids = ids
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Those that exist.
            public var builds: [Build]
            /// Those that do not.
            public var buildsNotFound: [String]

            /// From its members.
            public init(builds: [Build] = [], buildsNotFound: [String] = []) {
                self.builds = builds
                self.buildsNotFound = buildsNotFound
            }
        }
    }

    /// The ids of all builds, newest first, up to 100 a page.
    public struct ListBuilds: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The order.
        public var sortOrder: SortOrder?
        /// From the page before.
        public var nextToken: String?

        /// From its members.
        public init(sortOrder: SortOrder? = nil, nextToken: String? = nil) {
            self.sortOrder = sortOrder
            self.nextToken = nextToken
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Ids.
            public var ids: [String]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(ids: [String] = [], nextToken: String? = nil) {
                self.ids = ids
                self.nextToken = nextToken
            }
        }
    }

    /// The ids of a project's builds, newest first, up to 100 a page.
    public struct ListBuildsForProject: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The project.
        public var projectName: String
        /// The order; an error where the project has more than 100 builds.
        public var sortOrder: SortOrder?
        /// From the page before.
        public var nextToken: String?

        /// From its members.
        public init(projectName: String, sortOrder: SortOrder? = nil, nextToken: String? = nil) {
            self.projectName = projectName
            self.sortOrder = sortOrder
            self.nextToken = nextToken
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Ids.
            public var ids: [String]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(ids: [String] = [], nextToken: String? = nil) {
                self.ids = ids
                self.nextToken = nextToken
            }
        }
    }
}
