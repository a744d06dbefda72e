public import Core
public import FoundationEssentials

extension CodeBuild {
    /// One build.
    public struct Build: Codable, Hashable, Sendable {
        /// `PROJECT:UUID`.
        public var id: String
        /// Its ARN.
        public var arn: String?
        /// Its number within the project.
        public var buildNumber: Int?
        /// When it started.
        public var startTime: Date?
        /// When it ended.
        public var endTime: Date?
        /// The phase that it is in.
        public var currentPhase: PhaseType?
        /// How it stands.
        public var buildStatus: BuildStatus?
        /// The version that was asked for.
        public var sourceVersion: String?
        /// The commit that it is.
        public var resolvedSourceVersion: String?
        /// The project.
        public var projectName: String?
        /// The phases so far.
        public var phases: [BuildPhase]
        /// Where its code came from.
        public var source: Open<ProjectSource>?
        /// More of them.
        public var secondarySources: [Open<ProjectSource>]?
        /// Their versions.
        public var secondarySourceVersions: [ProjectSourceVersion]?
        /// What was kept.
        public var artifacts: BuildArtifacts?
        /// More of it.
        public var secondaryArtifacts: [BuildArtifacts]?
        /// What it reused.
        public var cache: ProjectCache?
        /// Where its commands ran.
        public var environment: Open<ProjectEnvironment>?
        /// Its role.
        public var serviceRole: String?
        /// Where its logs are.
        public var logs: LogsLocation?
        /// When it is stopped.
        public var timeoutInMinutes: Int?
        /// When it is given up in the queue.
        public var queuedTimeoutInMinutes: Int?
        /// Whether it has ended.
        public var buildComplete: Bool?
        /// Who started it.
        public var initiator: String?
        /// Its network.
        public var vpcConfig: VpcConfig?
        /// Its network interface.
        public var networkInterface: NetworkInterface?
        /// The key of its artifacts.
        public var encryptionKey: String?
        /// What it exported.
        public var exportedEnvironmentVariables: [ExportedEnvironmentVariable]?
        /// Its reports.
        public var reportArns: [String]?
        /// Its EFS mounts.
        public var fileSystemLocations: [ProjectFileSystemLocation]?
        /// The session inside it.
        public var debugSession: DebugSession?
        /// The batch that it is part of.
        public var buildBatchArn: String?
        /// How it is retried.
        public var autoRetryConfig: AutoRetryConfig?

        /// From its members.
        public init(
            id: String, arn: String? = nil, buildNumber: Int? = nil, startTime: Date? = nil, endTime: Date? = nil,
            currentPhase: PhaseType? = nil, buildStatus: BuildStatus? = nil, sourceVersion: String? = nil,
            resolvedSourceVersion: String? = nil, projectName: String? = nil, phases: [BuildPhase] = [],
            source: Open<ProjectSource>? = nil, secondarySources: [Open<ProjectSource>]? = nil,
            secondarySourceVersions: [ProjectSourceVersion]? = nil, artifacts: BuildArtifacts? = nil,
            secondaryArtifacts: [BuildArtifacts]? = nil, cache: ProjectCache? = nil,
            environment: Open<ProjectEnvironment>? = nil, serviceRole: String? = nil, logs: LogsLocation? = nil,
            timeoutInMinutes: Int? = nil, queuedTimeoutInMinutes: Int? = nil, buildComplete: Bool? = nil,
            initiator: String? = nil, vpcConfig: VpcConfig? = nil, networkInterface: NetworkInterface? = nil,
            encryptionKey: String? = nil, exportedEnvironmentVariables: [ExportedEnvironmentVariable]? = nil,
            reportArns: [String]? = nil, fileSystemLocations: [ProjectFileSystemLocation]? = nil,
            debugSession: DebugSession? = nil, buildBatchArn: String? = nil, autoRetryConfig: AutoRetryConfig? = nil
        ) {
            self.id = id
            self.arn = arn
            self.buildNumber = buildNumber
            self.startTime = startTime
            self.endTime = endTime
            self.currentPhase = currentPhase
            self.buildStatus = buildStatus
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
            self.logs = logs
            self.timeoutInMinutes = timeoutInMinutes
            self.queuedTimeoutInMinutes = queuedTimeoutInMinutes
            self.buildComplete = buildComplete
            self.initiator = initiator
            self.vpcConfig = vpcConfig
            self.networkInterface = networkInterface
            self.encryptionKey = encryptionKey
            self.exportedEnvironmentVariables = exportedEnvironmentVariables
            self.reportArns = reportArns
            self.fileSystemLocations = fileSystemLocations
            self.debugSession = debugSession
            self.buildBatchArn = buildBatchArn
            self.autoRetryConfig = autoRetryConfig
        }
    }

    /// One phase of a build.
    public struct BuildPhase: Codable, Hashable, Sendable {
        /// Which one.
        public var phaseType: PhaseType?
        /// How it ended; nil while it runs.
        public var phaseStatus: BuildStatus?
        /// When it started.
        public var startTime: Date?
        /// When it ended.
        public var endTime: Date?
        /// How long it took.
        public var durationInSeconds: Int?
        /// What went wrong in it.
        public var contexts: [PhaseContext]?

        /// From its members.
        public init(
            phaseType: PhaseType? = nil, phaseStatus: BuildStatus? = nil, startTime: Date? = nil, endTime: Date? = nil,
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

    /// What went wrong in a phase.
    public struct PhaseContext: Codable, Hashable, Sendable {
        /// Such as `BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE`; empty where nothing did.
        public var statusCode: String?
        /// In words.
        public var message: String?

        /// From its members.
        public init(statusCode: String? = nil, message: String? = nil) {
            self.statusCode = statusCode
            self.message = message
        }
    }

    /// What was kept of a build.
    public struct BuildArtifacts: Codable, Hashable, Sendable {
        /// The ARN.
        public var location: String?
        /// Its digest.
        public var sha256sum: String?
        /// Its MD5.
        public var md5sum: String?
        /// Whether the buildspec named it.
        public var overrideArtifactName: Bool?
        /// Whether it is not encrypted.
        public var encryptionDisabled: Bool?
        /// A secondary artifact's name.
        public var artifactIdentifier: String?
        /// `NONE`, `READ_ONLY` or `FULL`.
        public var bucketOwnerAccess: String?

        /// From its members.
        public init(
            location: String? = nil, sha256sum: String? = nil, md5sum: String? = nil,
            overrideArtifactName: Bool? = nil, encryptionDisabled: Bool? = nil, artifactIdentifier: String? = nil,
            bucketOwnerAccess: String? = nil
        ) {
            self.location = location
            self.sha256sum = sha256sum
            self.md5sum = md5sum
            self.overrideArtifactName = overrideArtifactName
            self.encryptionDisabled = encryptionDisabled
            self.artifactIdentifier = artifactIdentifier
            self.bucketOwnerAccess = bucketOwnerAccess
        }
    }

    /// Where a build's logs are; group and stream are nil until PROVISIONING has made them.
    public struct LogsLocation: Codable, Hashable, Sendable {
        /// The log group.
        public var groupName: String?
        /// The log stream.
        public var streamName: String?
        /// The console's page.
        public var deepLink: String?
        /// The console's page for S3.
        public var s3DeepLink: String?
        /// The stream's ARN.
        public var cloudWatchLogsArn: String?
        /// The object's ARN.
        public var s3LogsArn: String?
        /// As configured.
        public var cloudWatchLogs: CloudWatchLogsConfig?
        /// As configured.
        public var s3Logs: S3LogsConfig?

        /// From its members.
        public init(
            groupName: String? = nil, streamName: String? = nil, deepLink: String? = nil, s3DeepLink: String? = nil,
            cloudWatchLogsArn: String? = nil, s3LogsArn: String? = nil, cloudWatchLogs: CloudWatchLogsConfig? = nil,
            s3Logs: S3LogsConfig? = nil
        ) {
            self.groupName = groupName
            self.streamName = streamName
            self.deepLink = deepLink
            self.s3DeepLink = s3DeepLink
            self.cloudWatchLogsArn = cloudWatchLogsArn
            self.s3LogsArn = s3LogsArn
            self.cloudWatchLogs = cloudWatchLogs
            self.s3Logs = s3Logs
        }
    }

    /// A build's network interface.
    public struct NetworkInterface: Codable, Hashable, Sendable {
        /// Its subnet.
        public var subnetId: String?
        /// Its id.
        public var networkInterfaceId: String?

        /// From its members.
        public init(subnetId: String? = nil, networkInterfaceId: String? = nil) {
            self.subnetId = subnetId
            self.networkInterfaceId = networkInterfaceId
        }
    }

    /// A variable that a build exported.
    public struct ExportedEnvironmentVariable: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String?
        /// Its value.
        public var value: String?

        /// From its members.
        public init(name: String? = nil, value: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    /// A session inside a build.
    public struct DebugSession: Codable, Hashable, Sendable {
        /// Whether there may be one.
        public var sessionEnabled: Bool?
        /// Its address.
        public var sessionTarget: String?

        /// From its members.
        public init(sessionEnabled: Bool? = nil, sessionTarget: String? = nil) {
            self.sessionEnabled = sessionEnabled
            self.sessionTarget = sessionTarget
        }
    }

    /// How a failed build is started again.
    public struct AutoRetryConfig: Codable, Hashable, Sendable {
        /// How often at most.
        public var autoRetryLimit: Int?
        /// How often so far.
        public var autoRetryNumber: Int?
        /// The build after this one.
        public var nextAutoRetry: String?
        /// The build before it.
        public var previousAutoRetry: String?

        /// From its members.
        public init(
            autoRetryLimit: Int? = nil, autoRetryNumber: Int? = nil, nextAutoRetry: String? = nil,
            previousAutoRetry: String? = nil
        ) {
            self.autoRetryLimit = autoRetryLimit
            self.autoRetryNumber = autoRetryNumber
            self.nextAutoRetry = nextAutoRetry
            self.previousAutoRetry = previousAutoRetry
        }
    }
}
