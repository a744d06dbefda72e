extension CodeBuild {
    /// Where a project's code comes from.
    public struct SourceType: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Nowhere.
        public static let noSource: Self = "NO_SOURCE"
        /// A pipeline.
        public static let codePipeline: Self = "CODEPIPELINE"
        /// CodeCommit.
        public static let codeCommit: Self = "CODECOMMIT"
        /// A bucket.
        public static let s3: Self = "S3"
        /// GitHub.
        public static let gitHub: Self = "GITHUB"
        /// A GitHub Enterprise server.
        public static let gitHubEnterprise: Self = "GITHUB_ENTERPRISE"
        /// Bitbucket.
        public static let bitbucket: Self = "BITBUCKET"
        /// GitLab.
        public static let gitLab: Self = "GITLAB"
        /// A GitLab server.
        public static let gitLabSelfManaged: Self = "GITLAB_SELF_MANAGED"
    }

    /// The kind of machine that commands run on.
    public struct EnvironmentType: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A Linux container on x86-64.
        public static let linuxContainer: Self = "LINUX_CONTAINER"
        /// The same with a GPU.
        public static let linuxGPUContainer: Self = "LINUX_GPU_CONTAINER"
        /// A Linux container on arm64.
        public static let armContainer: Self = "ARM_CONTAINER"
        /// Lambda on x86-64: no docker.
        public static let linuxLambdaContainer: Self = "LINUX_LAMBDA_CONTAINER"
        /// Lambda on arm64: no docker.
        public static let armLambdaContainer: Self = "ARM_LAMBDA_CONTAINER"
        /// An x86-64 machine, no container.
        public static let linuxEC2: Self = "LINUX_EC2"
        /// An arm64 machine, no container.
        public static let armEC2: Self = "ARM_EC2"
        /// A Windows machine, no container.
        public static let windowsEC2: Self = "WINDOWS_EC2"
        /// A Mac.
        public static let macARM: Self = "MAC_ARM"
        /// A Windows container, old.
        public static let windowsContainer: Self = "WINDOWS_CONTAINER"
        /// A Windows container.
        public static let windowsServer2019Container: Self = "WINDOWS_SERVER_2019_CONTAINER"
        /// A Windows container.
        public static let windowsServer2022Container: Self = "WINDOWS_SERVER_2022_CONTAINER"
    }

    /// What a variable's value is.
    public struct EnvironmentVariableType: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The value itself.
        public static let plaintext: Self = "PLAINTEXT"
        /// The name of a parameter of Systems Manager.
        public static let parameterStore: Self = "PARAMETER_STORE"
        /// A reference to a secret.
        public static let secretsManager: Self = "SECRETS_MANAGER"
    }

    /// In whose name CodeBuild pulls the environment image.
    public struct ImagePullCredentials: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// In its own: curated images, and public ones without a credential.
        public static let codeBuild: Self = "CODEBUILD"
        /// In the service role's: needed for a registry credential.
        public static let serviceRole: Self = "SERVICE_ROLE"
    }

    /// How a build or a phase stands.
    public struct BuildStatus: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It did what it should.
        public static let succeeded: Self = "SUCCEEDED"
        /// It did not.
        public static let failed: Self = "FAILED"
        /// CodeBuild failed.
        public static let fault: Self = "FAULT"
        /// It took too long.
        public static let timedOut: Self = "TIMED_OUT"
        /// It runs.
        public static let inProgress: Self = "IN_PROGRESS"
        /// Someone stopped it.
        public static let stopped: Self = "STOPPED"
        /// Seen in phases, though not in the model.
        public static let clientError: Self = "CLIENT_ERROR"
    }

    /// A phase of a build, in their order.
    public struct PhaseType: OpenEnumeration {
        /// As it stands on the wire.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The build was accepted.
        public static let submitted: Self = "SUBMITTED"
        /// It waits for a machine.
        public static let queued: Self = "QUEUED"
        /// The environment image is pulled and started.
        public static let provisioning: Self = "PROVISIONING"
        /// The code is fetched and the buildspec read.
        public static let downloadSource: Self = "DOWNLOAD_SOURCE"
        /// The buildspec's `install`.
        public static let install: Self = "INSTALL"
        /// The buildspec's `pre_build`.
        public static let preBuild: Self = "PRE_BUILD"
        /// The buildspec's `build`.
        public static let build: Self = "BUILD"
        /// The buildspec's `post_build`.
        public static let postBuild: Self = "POST_BUILD"
        /// Artifacts are kept.
        public static let uploadArtifacts: Self = "UPLOAD_ARTIFACTS"
        /// The machine is cleared.
        public static let finalizing: Self = "FINALIZING"
        /// The end.
        public static let completed: Self = "COMPLETED"
    }
}
