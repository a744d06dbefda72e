internal import AWS
internal import FoundationEssentials

/// A build's phases and status as they go by: what BatchGetBuilds shows.
struct BuildRecord: Sendable {
    private(set) var build: CodeBuild.Build
    /// Whether a phase failed.
    private(set) var hasFailed = false

    init(_ build: CodeBuild.Build) { self.build = build }

    /// Ends the phase before, if it still runs, and begins this one.
    mutating func begin(_ phase: CodeBuild.PhaseType, at now: Date) {
        if let last = build.phases.last, last.phaseStatus == nil { end(.succeeded, at: now) }
        build.currentPhase = phase
        build.phases.append(CodeBuild.BuildPhase(phaseType: phase, startTime: now))
    }

    /// Ends the running phase. CodeBuild gives a phase that went well an empty context.
    mutating func end(_ status: CodeBuild.BuildStatus, _ context: CodeBuild.PhaseContext? = nil, at now: Date) {
        guard var phase = build.phases.last, phase.phaseStatus == nil else { return }
        phase.phaseStatus = status
        phase.endTime = now
        phase.durationInSeconds = Int((now.timeIntervalSince(phase.startTime ?? now)).rounded())
        phase.contexts = [context ?? CodeBuild.PhaseContext(statusCode: "", message: "")]
        build.phases[build.phases.count - 1] = phase
        hasFailed = hasFailed || status != .succeeded
    }

    /// Ends the build. Its status is that of its phases, or `status`, for a build that was stopped or took too long.
    mutating func complete(_ status: CodeBuild.BuildStatus? = nil, at now: Date) {
        begin(.completed, at: now)
        build.buildStatus = status ?? (hasFailed ? .failed : .succeeded)
        build.buildComplete = true
        build.endTime = now
    }

    /// Notes where the log is.
    mutating func setLog(_ place: BuildLogPlace) {
        var logs = build.logs ?? CodeBuild.LogsLocation()
        logs.groupName = place.group
        logs.streamName = place.stream
        logs.cloudWatchLogsArn = place.arn
        logs.deepLink = place.link
        build.logs = logs
    }

    /// Notes what the build exported.
    mutating func setExported(_ variables: [CodeBuild.ExportedEnvironmentVariable]) {
        build.exportedEnvironmentVariables = variables
    }
}
