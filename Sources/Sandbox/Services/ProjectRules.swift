internal import AWS
internal import Core

/// What CodeBuild demands of a project (API reference: CreateProject, ProjectEnvironment, RegistryCredential,
/// ProjectSource).
struct ProjectRules: Sendable {
    let account: String
    private static let check = ModelCheck.codeBuild

    /// Throws `InvalidInputException`.
    func check(_ project: CodeBuild.Project) throws {
        let model = Self.check
        try model.length(project.name, "name", 2...150)
        try model.characters(project.name, "name", pattern: "[A-Za-z0-9][A-Za-z0-9\\-_]{1,149}") {
            $0.isASCIIAlphanumeric || $0 == "-" || $0 == "_"
        }
        if project.name.hasPrefix("-") || project.name.hasPrefix("_") {
            throw ServiceError("InvalidInputException", "Project name must start with a letter or a number")
        }
        try model.length(project.description, "description", 0...255)
        try model.range(project.timeoutInMinutes, "timeoutInMinutes", 5...2160)
        try model.range(project.queuedTimeoutInMinutes, "queuedTimeoutInMinutes", 5...480)
        try model.range(project.tags?.count, "tags", 0...50)
        try model.range(project.secondarySources?.count, "secondarySources", 0...12)
        try model.oneOf(project.cache?.type, "cache.type", ["NO_CACHE", "S3", "LOCAL"])
        try checkRole(project.serviceRole ?? "")
        try checkSource(project.source.known, project.artifacts)
        try checkEnvironment(
            project.environment.known, isRunner: project.webhook?.startsRunners ?? false)
    }

    /// The form of a service role's ARN.
    func checkRole(_ role: String) throws {
        let parts = role.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[5].hasPrefix("role/") else {
            throw Self.invalid("Invalid service role")
        }
        guard parts[4] == account else {
            throw Self.invalid("Invalid service role: Service role account ID does not match caller's account")
        }
    }

    /// The environment's members and how they fit each other.
    func checkEnvironment(_ environment: CodeBuild.ProjectEnvironment, isRunner: Bool = false) throws {
        let model = Self.check
        let type = environment.type.rawValue
        try model.oneOf(type, "environment.type", Self.environmentTypes)
        try model.oneOf(environment.computeType, "environment.computeType", Self.computeTypes)
        try model.oneOf(
            environment.imagePullCredentialsType?.rawValue, "environment.imagePullCredentialsType",
            ["CODEBUILD", "SERVICE_ROLE"])
        guard !environment.image.isEmpty, !environment.image.contains(where: \.isWhitespace) else {
            throw Self.invalid("Invalid environment image: '\(environment.image)'")
        }
        let isLambda = type.contains("LAMBDA")
        guard isLambda == environment.computeType.hasPrefix("BUILD_LAMBDA") else {
            throw Self.invalid(
                "Invalid input: compute type \(environment.computeType) is not supported for environment type \(type)")
        }
        if isLambda, environment.privilegedMode == true {
            throw Self.invalid("Invalid input: cannot enable privileged mode for environment type \(type)")
        }
        try checkVariables(environment.environmentVariables ?? [])
        try checkPull(environment, isRunner: isRunner)
    }

    private func checkVariables(_ variables: [CodeBuild.EnvironmentVariable]) throws {
        var seen: Set<String> = []
        for variable in variables {
            try Self.check.oneOf(
                variable.type?.rawValue, "environment.environmentVariables.type",
                ["PLAINTEXT", "PARAMETER_STORE", "SECRETS_MANAGER"])
            let name = variable.name.unicodeScalars
            guard let first = name.first, !("0"..."9").contains(first),
                name.allSatisfy({ $0.isASCIIAlphanumeric || $0 == "_" })
            else {
                throw Self.invalid(
                    "Invalid environment variable name '\(variable.name)': it may have letters, digits and underscores, "
                        + "and must not start with a digit")
            }
            guard !variable.name.hasPrefix("CODEBUILD_") else {
                throw Self.invalid(
                    "Invalid environment variable name '\(variable.name)': names that start with CODEBUILD_ are reserved"
                )
            }
            guard seen.insert(variable.name).inserted else {
                throw Self.invalid("Invalid input: environment variable '\(variable.name)' is duplicated")
            }
        }
    }

    /// In whose name the image is pulled. A curated image is CodeBuild's own; a registry credential is for other
    /// registries only, and needs the service role, which reads it. A project that runs another forge's jobs keeps it
    /// for the images that those name.
    private func checkPull(_ environment: CodeBuild.ProjectEnvironment, isRunner: Bool) throws {
        let isCurated = environment.image.hasPrefix("aws/codebuild/")
        let byRole = environment.imagePullCredentialsType == .serviceRole
        if isCurated, byRole {
            throw Self.invalid(
                "Invalid input: cannot use a CodeBuild curated image with imagePullCredentialsType SERVICE_ROLE")
        }
        guard let credential = environment.registryCredential else { return }
        try Self.check.oneOf(
            credential.credentialProvider, "environment.registryCredential.credentialProvider", ["SECRETS_MANAGER"])
        guard !credential.credential.isEmpty else {
            throw Self.invalid("Invalid input: registryCredential must name a secret")
        }
        guard !isRunner else { return }
        if isCurated {
            throw Self.invalid("Invalid input: cannot use registryCredential with a CodeBuild curated image")
        }
        if Self.isECR(environment.image) {
            throw Self.invalid("Invalid input: cannot use registryCredential with an ECR image")
        }
        guard byRole else {
            throw Self.invalid("Invalid input: registryCredential requires imagePullCredentialsType SERVICE_ROLE")
        }
    }

    /// The source, its buildspec and the artifacts.
    func checkSource(_ source: CodeBuild.ProjectSource, _ artifacts: CodeBuild.ProjectArtifacts?) throws {
        let model = Self.check
        try model.oneOf(source.type.rawValue, "source.type", Self.sourceTypes)
        try model.oneOf(artifacts?.type, "artifacts.type", ["CODEPIPELINE", "S3", "NO_ARTIFACTS"])
        try model.range(source.gitCloneDepth, "source.gitCloneDepth", 0...Int.max)
        let location = source.location ?? ""
        switch source.type {
        case .noSource:
            guard location.isEmpty else {
                throw Self.invalid("Invalid project source: location must be empty when source type is NO_SOURCE")
            }
            guard let buildspec = source.buildspec, !buildspec.isEmpty else {
                throw Self.invalid("Invalid project source: buildspec is required when source type is NO_SOURCE")
            }
            // Without a source there is no file that it could name.
            guard buildspec.contains("\n") || buildspec.contains(":") else {
                throw Self.invalid("Invalid input: buildspec must be a valid YAML file")
            }
        case .codePipeline: break
        default:
            guard !location.isEmpty else {
                throw Self.invalid("Invalid project source: location is required when source type is \(source.type)")
            }
        }
        guard (source.type == .codePipeline) == (artifacts?.type == "CODEPIPELINE") else {
            throw Self.invalid("Invalid input: source and artifacts must both be of the type CODEPIPELINE or neither")
        }
        if artifacts?.type == "S3", artifacts?.location?.isEmpty ?? true {
            throw Self.invalid("Invalid artifacts: location is required when artifacts type is S3")
        }
    }

    static func isECR(_ image: String) -> Bool {
        let host = image.prefix { $0 != "/" }
        return host.contains(".dkr.ecr.") && host.prefix { $0 != "." }.allSatisfy(\.isNumber)
    }

    private static func invalid(_ message: String) -> ServiceError { ServiceError("InvalidInputException", message) }

    private static let environmentTypes = [
        "WINDOWS_CONTAINER", "LINUX_CONTAINER", "LINUX_GPU_CONTAINER", "ARM_CONTAINER", "WINDOWS_SERVER_2019_CONTAINER",
        "WINDOWS_SERVER_2022_CONTAINER", "LINUX_LAMBDA_CONTAINER", "ARM_LAMBDA_CONTAINER", "LINUX_EC2", "ARM_EC2",
        "WINDOWS_EC2", "MAC_ARM",
    ]
    private static let computeTypes = [
        "BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE", "BUILD_GENERAL1_XLARGE",
        "BUILD_GENERAL1_2XLARGE", "BUILD_LAMBDA_1GB", "BUILD_LAMBDA_2GB", "BUILD_LAMBDA_4GB", "BUILD_LAMBDA_8GB",
        "BUILD_LAMBDA_10GB", "ATTRIBUTE_BASED_COMPUTE", "CUSTOM_INSTANCE_TYPE",
    ]
    private static let sourceTypes = [
        "CODECOMMIT", "CODEPIPELINE", "GITHUB", "GITLAB", "GITLAB_SELF_MANAGED", "S3", "BITBUCKET", "GITHUB_ENTERPRISE",
        "NO_SOURCE",
    ]
}

extension CodeBuild.Webhook {
    /// Whether it starts runners of another forge's jobs.
    var startsRunners: Bool {
        filterGroups?.joined().contains { $0.type == "EVENT" && $0.pattern.contains("WORKFLOW_JOB_QUEUED") } ?? false
    }
}
