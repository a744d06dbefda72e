internal import AWS
internal import Core
internal import FoundationEssentials

/// What StartBuild makes of a project and the request's overrides (API_StartBuild): the build as it will run.
struct EffectiveBuild: Sendable {
    let place: AccountPlace
    let project: CodeBuild.Project
    let request: CodeBuild.StartBuild

    /// The build at the moment of its submission.
    func build(uuid: String, number: Int, initiator: String, at now: Date) throws -> CodeBuild.Build {
        let environment = environment
        let rules = ProjectRules(account: place.account)
        try rules.checkEnvironment(environment.known, isRunner: project.webhook?.startsRunners ?? false)
        let role = request.serviceRoleOverride ?? project.serviceRole
        try rules.checkRole(role ?? "")
        let timeout = request.timeoutInMinutesOverride ?? project.timeoutInMinutes
        let queued = request.queuedTimeoutInMinutesOverride ?? project.queuedTimeoutInMinutes
        try ModelCheck.codeBuild.range(timeout, "timeoutInMinutesOverride", 5...2160)
        try ModelCheck.codeBuild.range(queued, "queuedTimeoutInMinutesOverride", 5...480)
        let source = source
        try rules.checkSource(source.known, artifacts)
        let id = "\(project.name):\(uuid)"
        let retries = request.autoRetryLimitOverride ?? project.autoRetryLimit
        return CodeBuild.Build(
            id: id, arn: place.arn("codebuild", "build/\(id)"), buildNumber: number, startTime: now,
            currentPhase: .queued, buildStatus: .inProgress,
            sourceVersion: request.sourceVersion ?? project.sourceVersion, projectName: project.name,
            phases: [
                .init(
                    phaseType: .submitted, phaseStatus: .succeeded, startTime: now, endTime: now, durationInSeconds: 0),
                .init(phaseType: .queued, startTime: now),
            ], source: source,
            secondarySources: request.secondarySourcesOverride.map { $0.map { Open($0) } } ?? project.secondarySources,
            secondarySourceVersions: request.secondarySourcesVersionOverride ?? project.secondarySourceVersions,
            artifacts: .init(location: artifacts?.location ?? ""),
            secondaryArtifacts: (request.secondaryArtifactsOverride ?? project.secondaryArtifacts ?? []).map {
                .init(location: $0.location, artifactIdentifier: $0.artifactIdentifier)
            }, cache: request.cacheOverride ?? project.cache, environment: environment, serviceRole: role,
            logs: logs, timeoutInMinutes: timeout, queuedTimeoutInMinutes: queued, buildComplete: false,
            initiator: initiator, vpcConfig: project.vpcConfig,
            encryptionKey: request.encryptionKeyOverride ?? project.encryptionKey,
            debugSession: request.debugSessionEnabled == true ? .init(sessionEnabled: true) : nil,
            autoRetryConfig: retries.map { .init(autoRetryLimit: $0, autoRetryNumber: 0) })
    }

    private var artifacts: CodeBuild.ProjectArtifacts? { request.artifactsOverride ?? project.artifacts }

    /// Variables of the request replace the project's of the same name; the others stay.
    private var environment: Open<CodeBuild.ProjectEnvironment> {
        var environment = project.environment
        if let value = request.environmentTypeOverride { environment.type = value }
        if let value = request.imageOverride { environment.image = value }
        if let value = request.computeTypeOverride { environment.computeType = value }
        if let value = request.certificateOverride { environment.certificate = value }
        if let value = request.privilegedModeOverride { environment.privilegedMode = value }
        if let value = request.registryCredentialOverride { environment.registryCredential = value }
        if let value = request.imagePullCredentialsTypeOverride { environment.imagePullCredentialsType = value }
        if let value = request.fleetOverride { environment.fleet = value }
        if let overrides = request.environmentVariablesOverride {
            let kept = (environment.environmentVariables ?? []).filter { old in
                !overrides.contains { $0.name == old.name }
            }
            environment.environmentVariables =
                kept + overrides.map { .init(name: $0.name, value: $0.value, type: $0.type ?? .plaintext) }
        }
        return environment
    }

    private var source: Open<CodeBuild.ProjectSource> {
        var source = project.source
        if let value = request.sourceTypeOverride {
            source.type = value
            // What belongs to the project's own source goes with it.
            if value == .noSource {
                (source.location, source.auth, source.gitCloneDepth) = (nil, nil, nil)
                (source.gitSubmodulesConfig, source.reportBuildStatus, source.buildStatusConfig) = (nil, nil, nil)
            }
        }
        if let value = request.sourceLocationOverride { source.location = value }
        if let value = request.sourceAuthOverride { source.auth = value }
        if let value = request.gitCloneDepthOverride { source.gitCloneDepth = value }
        if let value = request.gitSubmodulesConfigOverride { source.gitSubmodulesConfig = value }
        if let value = request.buildspecOverride { source.buildspec = value }
        if let value = request.insecureSslOverride { source.insecureSsl = value }
        if let value = request.reportBuildStatusOverride { source.reportBuildStatus = value }
        if let value = request.buildStatusConfigOverride { source.buildStatusConfig = value }
        return source
    }

    /// Until PROVISIONING has made the stream, CodeBuild names neither group nor stream.
    private var logs: CodeBuild.LogsLocation {
        let settings = request.logsConfigOverride ?? project.logsConfig
        return CodeBuild.LogsLocation(
            deepLink: Self.link(place, "null", "null"),
            cloudWatchLogsArn: place.arn("logs", "log-group:null:log-stream:null"),
            cloudWatchLogs: settings?.cloudWatchLogs ?? .init(status: "ENABLED"),
            s3Logs: settings?.s3Logs ?? .init(status: "DISABLED", encryptionDisabled: false))
    }

    /// The console's page of a stream.
    static func link(_ place: AccountPlace, _ group: String, _ stream: String) -> String {
        "https://console.aws.amazon.com/cloudwatch/home?region=\(place.region)#logsV2:log-groups/log-group/"
            + "\(PercentEncoding.encode(group))/log-events/\(PercentEncoding.encode(stream))"
    }
}
