public import FoundationEssentials

extension CodeBuild {
    /// A batch build.
    public struct BuildBatch: Codable, Hashable, Sendable {
        /// `PROJECT:UUID`.
        public var id: String?
        /// Its ARN.
        public var arn: String?
        /// When it began.
        public var startTime: Date?
        /// When it ended.
        public var endTime: Date?
        /// The phase that runs.
        public var currentPhase: String?
        /// Its status.
        public var buildBatchStatus: BuildStatus?
        /// The version to build.
        public var sourceVersion: String?
        /// The commit or object.
        public var resolvedSourceVersion: String?
        /// The project.
        public var projectName: String?
        /// Its phases.
        public var phases: [BuildBatchPhase]?
        /// Where the code comes from.
        public var source: ProjectSource?
        /// More sources.
        public var secondarySources: [ProjectSource]?
        /// Their versions.
        public var secondarySourceVersions: [ProjectSourceVersion]?
        /// What came out.
        public var artifacts: BuildArtifacts?
        /// What else came out.
        public var secondaryArtifacts: [BuildArtifacts]?
        /// The cache.
        public var cache: ProjectCache?
        /// Where its builds run.
        public var environment: ProjectEnvironment?
        /// The role.
        public var serviceRole: String?
        /// Where logs go.
        public var logConfig: LogsConfig?
        /// The time limit of a build.
        public var buildTimeoutInMinutes: Int?
        /// The limit of the queue.
        public var queuedTimeoutInMinutes: Int?
        /// Whether it has ended.
        public var complete: Bool?
        /// Who began it.
        public var initiator: String?
        /// The network.
        public var vpcConfig: VpcConfig?
        /// The key of the artifacts.
        public var encryptionKey: String?
        /// Its number in the project.
        public var buildBatchNumber: Int?
        /// File systems that are mounted.
        public var fileSystemLocations: [ProjectFileSystemLocation]?
        /// What batches may do.
        public var buildBatchConfig: ProjectBuildBatchConfig?
        /// Its builds.
        public var buildGroups: [BuildGroup]?
        /// Whether one may look inside.
        public var debugSessionEnabled: Bool?
        /// Its reports.
        public var reportArns: [String]?

        /// From its members.
        public init(
            id: String? = nil, arn: String? = nil, startTime: Date? = nil, endTime: Date? = nil,
            currentPhase: String? = nil, buildBatchStatus: BuildStatus? = nil, sourceVersion: String? = nil,
            resolvedSourceVersion: String? = nil, projectName: String? = nil, phases: [BuildBatchPhase]? = nil,
            source: ProjectSource? = nil, secondarySources: [ProjectSource]? = nil,
            secondarySourceVersions: [ProjectSourceVersion]? = nil, artifacts: BuildArtifacts? = nil,
            secondaryArtifacts: [BuildArtifacts]? = nil, cache: ProjectCache? = nil,
            environment: ProjectEnvironment? = nil, serviceRole: String? = nil, logConfig: LogsConfig? = nil,
            buildTimeoutInMinutes: Int? = nil, queuedTimeoutInMinutes: Int? = nil, complete: Bool? = nil,
            initiator: String? = nil, vpcConfig: VpcConfig? = nil, encryptionKey: String? = nil,
            buildBatchNumber: Int? = nil, fileSystemLocations: [ProjectFileSystemLocation]? = nil,
            buildBatchConfig: ProjectBuildBatchConfig? = nil, buildGroups: [BuildGroup]? = nil,
            debugSessionEnabled: Bool? = nil, reportArns: [String]? = nil
        ) {
            self.id = id
            self.arn = arn
            self.startTime = startTime
            self.endTime = endTime
            self.currentPhase = currentPhase
            self.buildBatchStatus = buildBatchStatus
            self.sourceVersion = sourceVersion
            self.resolvedSourceVersion = resolvedSourceVersion
            self.projectName = projectName
            self.phases = phases
            self.source = source
            self.secondarySources = secondarySources
            self.secondarySourceVersions = secondarySourceVersions
            self.artifacts = artifacts
            self.secondaryArtifacts = secondaryArtifacts
            self.cache = cache
            self.environment = environment
            self.serviceRole = serviceRole
            self.logConfig = logConfig
            self.buildTimeoutInMinutes = buildTimeoutInMinutes
            self.queuedTimeoutInMinutes = queuedTimeoutInMinutes
            self.complete = complete
            self.initiator = initiator
            self.vpcConfig = vpcConfig
            self.encryptionKey = encryptionKey
            self.buildBatchNumber = buildBatchNumber
            self.fileSystemLocations = fileSystemLocations
            self.buildBatchConfig = buildBatchConfig
            self.buildGroups = buildGroups
            self.debugSessionEnabled = debugSessionEnabled
            self.reportArns = reportArns
        }
    }

    /// A phase of a batch build.
    public struct BuildBatchPhase: Codable, Hashable, Sendable {
        /// `SUBMITTED`, `DOWNLOAD_BATCHSPEC`, `IN_PROGRESS`, `COMBINE_ARTIFACTS`, `SUCCEEDED`, `FAILED` or `STOPPED`.
        public var phaseType: String?
        /// How it ended.
        public var phaseStatus: BuildStatus?
        /// When it began.
        public var startTime: Date?
        /// When it ended.
        public var endTime: Date?
        /// How long it took.
        public var durationInSeconds: Int?
        /// Why it failed.
        public var contexts: [PhaseContext]?

        /// From its members.
        public init(
            phaseType: String? = nil, phaseStatus: BuildStatus? = nil, startTime: Date? = nil, endTime: Date? = nil,
            durationInSeconds: Int? = nil, contexts: [PhaseContext]? = nil
        ) {
            self.phaseType = phaseType
            self.phaseStatus = phaseStatus
            self.startTime = startTime
            self.endTime = endTime
            self.durationInSeconds = durationInSeconds
            self.contexts = contexts
        }
    }

    /// One build of a batch, with its repeats.
    public struct BuildGroup: Codable, Hashable, Sendable {
        /// Its name in the buildspec.
        public var identifier: String?
        /// Those that must end before it.
        public var dependsOn: [String]?
        /// Whether the batch goes on without it.
        public var ignoreFailure: Bool?
        /// The last build.
        public var currentBuildSummary: BuildSummary?
        /// Those before.
        public var priorBuildSummaryList: [BuildSummary]?

        /// From its members.
        public init(
            identifier: String? = nil, dependsOn: [String]? = nil, ignoreFailure: Bool? = nil,
            currentBuildSummary: BuildSummary? = nil, priorBuildSummaryList: [BuildSummary]? = nil
        ) {
            self.identifier = identifier
            self.dependsOn = dependsOn
            self.ignoreFailure = ignoreFailure
            self.currentBuildSummary = currentBuildSummary
            self.priorBuildSummaryList = priorBuildSummaryList
        }
    }

    /// A build of a batch in short.
    public struct BuildSummary: Codable, Hashable, Sendable {
        /// Its ARN.
        public var arn: String?
        /// When it was asked for.
        public var requestedOn: Date?
        /// Its status.
        public var buildStatus: BuildStatus?
        /// What came out.
        public var primaryArtifact: ResolvedArtifact?
        /// What else came out.
        public var secondaryArtifacts: [ResolvedArtifact]?

        /// From its members.
        public init(
            arn: String? = nil, requestedOn: Date? = nil, buildStatus: BuildStatus? = nil,
            primaryArtifact: ResolvedArtifact? = nil, secondaryArtifacts: [ResolvedArtifact]? = nil
        ) {
            self.arn = arn
            self.requestedOn = requestedOn
            self.buildStatus = buildStatus
            self.primaryArtifact = primaryArtifact
            self.secondaryArtifacts = secondaryArtifacts
        }
    }

    /// What came out of a build.
    public struct ResolvedArtifact: Codable, Hashable, Sendable {
        /// `CODEPIPELINE`, `S3` or `NO_ARTIFACTS`.
        public var type: String?
        /// Where it is.
        public var location: String?
        /// Its name.
        public var identifier: String?

        /// From its members.
        public init(type: String? = nil, location: String? = nil, identifier: String? = nil) {
            self.type = type
            self.location = location
            self.identifier = identifier
        }
    }
}
