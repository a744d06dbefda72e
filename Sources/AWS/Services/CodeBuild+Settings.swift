extension CodeBuild {
    /// What is kept of a build.
    public struct ProjectArtifacts: Codable, Hashable, Sendable {
        /// `CODEPIPELINE`, `S3` or `NO_ARTIFACTS`.
        public var type: String
        /// The bucket.
        public var location: String?
        /// The folder.
        public var path: String?
        /// `NONE` or `BUILD_ID`.
        public var namespaceType: String?
        /// The file or folder.
        public var name: String?
        /// `NONE` or `ZIP`.
        public var packaging: String?
        /// Whether the buildspec may name it.
        public var overrideArtifactName: Bool?
        /// Whether it is not encrypted.
        public var encryptionDisabled: Bool?
        /// A secondary artifact's name.
        public var artifactIdentifier: String?
        /// `NONE`, `READ_ONLY` or `FULL`.
        public var bucketOwnerAccess: String?

        /// From its members.
        public init(
            type: String, location: String? = nil, path: String? = nil, namespaceType: String? = nil,
            name: String? = nil, packaging: String? = nil, overrideArtifactName: Bool? = nil,
            encryptionDisabled: Bool? = nil, artifactIdentifier: String? = nil, bucketOwnerAccess: String? = nil
        ) {
            self.type = type
            self.location = location
            self.path = path
            self.namespaceType = namespaceType
            self.name = name
            self.packaging = packaging
            self.overrideArtifactName = overrideArtifactName
            self.encryptionDisabled = encryptionDisabled
            self.artifactIdentifier = artifactIdentifier
            self.bucketOwnerAccess = bucketOwnerAccess
        }
    }

    /// What is reused between builds.
    public struct ProjectCache: Codable, Hashable, Sendable {
        /// `NO_CACHE`, `S3` or `LOCAL`.
        public var type: String
        /// The bucket and prefix.
        public var location: String?
        /// `LOCAL_DOCKER_LAYER_CACHE`, `LOCAL_SOURCE_CACHE`, `LOCAL_CUSTOM_CACHE`.
        public var modes: [String]?
        /// Shared between projects of one namespace.
        public var cacheNamespace: String?

        /// From its members.
        public init(type: String, location: String? = nil, modes: [String]? = nil, cacheNamespace: String? = nil) {
            self.type = type
            self.location = location
            self.modes = modes
            self.cacheNamespace = cacheNamespace
        }
    }

    /// A tag.
    public struct Tag: Codable, Hashable, Sendable {
        /// Its key.
        public var key: String?
        /// Its value.
        public var value: String?

        /// From its members.
        public init(key: String? = nil, value: String? = nil) {
            self.key = key
            self.value = value
        }
    }

    /// A network.
    public struct VpcConfig: Codable, Hashable, Sendable {
        /// The VPC.
        public var vpcId: String?
        /// Its subnets.
        public var subnets: [String]?
        /// Its security groups.
        public var securityGroupIds: [String]?

        /// From its members.
        public init(vpcId: String? = nil, subnets: [String]? = nil, securityGroupIds: [String]? = nil) {
            self.vpcId = vpcId
            self.subnets = subnets
            self.securityGroupIds = securityGroupIds
        }
    }

    /// A badge.
    public struct ProjectBadge: Codable, Hashable, Sendable {
        /// Whether there is one.
        public var badgeEnabled: Bool?
        /// Its address.
        public var badgeRequestUrl: String?

        /// From its members.
        public init(badgeEnabled: Bool? = nil, badgeRequestUrl: String? = nil) {
            self.badgeEnabled = badgeEnabled
            self.badgeRequestUrl = badgeRequestUrl
        }
    }

    /// Where logs go.
    public struct LogsConfig: Codable, Hashable, Sendable {
        /// CloudWatch Logs.
        public var cloudWatchLogs: CloudWatchLogsConfig?
        /// S3.
        public var s3Logs: S3LogsConfig?

        /// From its members.
        public init(cloudWatchLogs: CloudWatchLogsConfig? = nil, s3Logs: S3LogsConfig? = nil) {
            self.cloudWatchLogs = cloudWatchLogs
            self.s3Logs = s3Logs
        }
    }

    /// Logs in CloudWatch.
    public struct CloudWatchLogsConfig: Codable, Hashable, Sendable {
        /// `ENABLED` or `DISABLED`.
        public var status: String
        /// The group; `/aws/codebuild/PROJECT` by default.
        public var groupName: String?
        /// The prefix of the streams.
        public var streamName: String?

        /// From its members.
        public init(status: String, groupName: String? = nil, streamName: String? = nil) {
            self.status = status
            self.groupName = groupName
            self.streamName = streamName
        }
    }

    /// Logs in S3.
    public struct S3LogsConfig: Codable, Hashable, Sendable {
        /// `ENABLED` or `DISABLED`.
        public var status: String
        /// The bucket and prefix.
        public var location: String?
        /// Whether they are not encrypted.
        public var encryptionDisabled: Bool?
        /// `NONE`, `READ_ONLY` or `FULL`.
        public var bucketOwnerAccess: String?

        /// From its members.
        public init(
            status: String, location: String? = nil, encryptionDisabled: Bool? = nil, bucketOwnerAccess: String? = nil
        ) {
            self.status = status
            self.location = location
            self.encryptionDisabled = encryptionDisabled
            self.bucketOwnerAccess = bucketOwnerAccess
        }
    }

    /// An EFS mount.
    public struct ProjectFileSystemLocation: Codable, Hashable, Sendable {
        /// `EFS`.
        public var type: String?
        /// The file system and path.
        public var location: String?
        /// Where it is mounted.
        public var mountPoint: String?
        /// The variable that holds the mount point.
        public var identifier: String?
        /// Options of the mount.
        public var mountOptions: String?

        /// From its members.
        public init(
            type: String? = nil, location: String? = nil, mountPoint: String? = nil, identifier: String? = nil,
            mountOptions: String? = nil
        ) {
            self.type = type
            self.location = location
            self.mountPoint = mountPoint
            self.identifier = identifier
            self.mountOptions = mountOptions
        }
    }

    /// How batch builds run.
    public struct ProjectBuildBatchConfig: Codable, Hashable, Sendable {
        /// The batch's role.
        public var serviceRole: String?
        /// Whether artifacts are put together.
        public var combineArtifacts: Bool?
        /// What a batch may use.
        public var restrictions: BatchRestrictions?
        /// When a batch is stopped.
        public var timeoutInMins: Int?
        /// `REPORT_INDIVIDUAL_BUILDS` or `REPORT_AGGREGATED_BATCH`.
        public var batchReportMode: String?

        /// From its members.
        public init(
            serviceRole: String? = nil, combineArtifacts: Bool? = nil, restrictions: BatchRestrictions? = nil,
            timeoutInMins: Int? = nil, batchReportMode: String? = nil
        ) {
            self.serviceRole = serviceRole
            self.combineArtifacts = combineArtifacts
            self.restrictions = restrictions
            self.timeoutInMins = timeoutInMins
            self.batchReportMode = batchReportMode
        }
    }

    /// What a batch may use.
    public struct BatchRestrictions: Codable, Hashable, Sendable {
        /// How many builds.
        public var maximumBuildsAllowed: Int?
        /// Which compute types.
        public var computeTypesAllowed: [String]?
        /// Which fleets.
        public var fleetsAllowed: [String]?

        /// From its members.
        public init(
            maximumBuildsAllowed: Int? = nil, computeTypesAllowed: [String]? = nil, fleetsAllowed: [String]? = nil
        ) {
            self.maximumBuildsAllowed = maximumBuildsAllowed
            self.computeTypesAllowed = computeTypesAllowed
            self.fleetsAllowed = fleetsAllowed
        }
    }
}
