extension CodeBuild {
    /// Where commands run. UpdateProject replaces it whole.
    public struct ProjectEnvironment: Codable, Hashable, Sendable {
        /// The kind of machine.
        public var type: EnvironmentType
        /// The image's reference, or a curated image's name (`aws/codebuild/...`).
        public var image: String
        /// The size, such as `BUILD_GENERAL1_SMALL`.
        public var computeType: String
        /// The machine of an attribute-based size.
        public var computeConfiguration: ComputeConfiguration?
        /// Reserved capacity.
        public var fleet: ProjectFleet?
        /// Variables of every build.
        public var environmentVariables: [EnvironmentVariable]?
        /// Whether a Docker engine may run inside.
        public var privilegedMode: Bool?
        /// A certificate for GitHub Enterprise, in S3.
        public var certificate: String?
        /// Who pulls the image; needs `SERVICE_ROLE`.
        public var registryCredential: RegistryCredential?
        /// In whose name the image is pulled.
        public var imagePullCredentialsType: ImagePullCredentials?
        /// A Docker engine beside the builds.
        public var dockerServer: DockerServer?

        /// From its members.
        public init(
            type: EnvironmentType, image: String, computeType: String,
            computeConfiguration: ComputeConfiguration? = nil, fleet: ProjectFleet? = nil,
            environmentVariables: [EnvironmentVariable]? = nil, privilegedMode: Bool? = nil,
            certificate: String? = nil, registryCredential: RegistryCredential? = nil,
            imagePullCredentialsType: ImagePullCredentials? = nil, dockerServer: DockerServer? = nil
        ) {
            self.type = type
            self.image = image
            self.computeType = computeType
            self.computeConfiguration = computeConfiguration
            self.fleet = fleet
            self.environmentVariables = environmentVariables
            self.privilegedMode = privilegedMode
            self.certificate = certificate
            self.registryCredential = registryCredential
            self.imagePullCredentialsType = imagePullCredentialsType
            self.dockerServer = dockerServer
        }
    }

    /// The machine of an attribute-based size.
    public struct ComputeConfiguration: Codable, Hashable, Sendable {
        /// Processors.
        public var vCpu: Int?
        /// Gibibytes of memory.
        public var memory: Int?
        /// Gibibytes of disk.
        public var disk: Int?
        /// `GENERAL` or `NVME`.
        public var machineType: String?
        /// An EC2 instance type.
        public var instanceType: String?

        /// From its members.
        public init(
            vCpu: Int? = nil, memory: Int? = nil, disk: Int? = nil, machineType: String? = nil,
            instanceType: String? = nil
        ) {
            self.vCpu = vCpu
            self.memory = memory
            self.disk = disk
            self.machineType = machineType
            self.instanceType = instanceType
        }
    }

    /// Reserved capacity.
    public struct ProjectFleet: Codable, Hashable, Sendable {
        /// The fleet.
        public var fleetArn: String?

        /// From its members.
        public init(fleetArn: String? = nil) {
            self.fleetArn = fleetArn
        }
    }

    /// A variable of a build.
    public struct EnvironmentVariable: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value, or where it stands: `SECRET:KEY:STAGE:VERSION` or a parameter's name.
        public var value: String
        /// What the value is; plain text where nil.
        public var type: EnvironmentVariableType?

        /// From its members.
        public init(name: String, value: String, type: EnvironmentVariableType? = nil) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// Who pulls the environment image.
    public struct RegistryCredential: Codable, Hashable, Sendable {
        /// The secret's ARN or name; the ARN where it is in another Region.
        public var credential: String
        /// `SECRETS_MANAGER`.
        public var credentialProvider: String

        /// From its members.
        public init(credential: String, credentialProvider: String) {
            self.credential = credential
            self.credentialProvider = credentialProvider
        }
    }

    /// A Docker engine beside the builds.
    public struct DockerServer: Codable, Hashable, Sendable {
        /// Its size.
        public var computeType: String
        /// Its network.
        public var securityGroupIds: [String]?
        /// How it is.
        public var status: DockerServerStatus?

        /// From its members.
        public init(computeType: String, securityGroupIds: [String]? = nil, status: DockerServerStatus? = nil) {
            self.computeType = computeType
            self.securityGroupIds = securityGroupIds
            self.status = status
        }
    }

    /// How a Docker server is.
    public struct DockerServerStatus: Codable, Hashable, Sendable {
        /// In a word.
        public var status: String?
        /// In a sentence.
        public var message: String?

        /// From its members.
        public init(status: String? = nil, message: String? = nil) {
            self.status = status
            self.message = message
        }
    }
}
