internal import AWS
internal import Core
internal import FoundationEssentials

/// Keeps a build's record and its log, and tells the host of each change. Once a build is interrupted, nothing changes
/// it but its end.
actor BuildRecorder {
    private var record: BuildRecord
    private var mask = SecretMask()
    private var place: BuildLogPlace?
    private var interruption: CodeBuild.BuildStatus?
    private let host: any BuildHost
    private let time: Timekeeper

    /// The phases whose end the log tells.
    private static let loggedPhases: Set<CodeBuild.PhaseType> = [
        .downloadSource, .install, .preBuild, .build, .postBuild, .uploadArtifacts,
    ]

    init(_ build: CodeBuild.Build, host: any BuildHost, time: Timekeeper) {
        record = BuildRecord(build)
        self.host = host
        self.time = time
    }

    var hasFailed: Bool { record.hasFailed }

    /// Begins a phase.
    func begin(_ phase: CodeBuild.PhaseType) async {
        guard interruption == nil else { return }
        record.begin(phase, at: time.now())
        await host.update(record.build)
    }

    /// Ends the running phase.
    func end(_ failure: PhaseFailure? = nil) async {
        guard interruption == nil else { return }
        record.end(failure == nil ? .succeeded : .failed, failure?.context, at: time.now())
        if let phase = record.build.currentPhase, Self.loggedPhases.contains(phase) {
            await log(
                BuildLogText.complete(
                    phase.rawValue, succeeded: failure == nil, code: failure?.code ?? "",
                    message: failure?.message ?? ""))
        }
        await host.update(record.build)
    }

    /// The log begins: CodeBuild makes the stream at the end of PROVISIONING.
    func openLog() async {
        guard let place = BuildLogPlace(record.build) else { return }
        self.place = place
        record.setLog(place)
        await host.update(record.build)
    }

    /// Lines of CodeBuild's own.
    func log(_ messages: [String]) async {
        let now = time.now()
        await put(messages.map { BuildLogText.container($0, at: now) })
    }

    /// Lines that commands printed.
    func print(_ lines: [String]) async { await put(lines) }

    private func put(_ lines: [String]) async {
        guard let place, !lines.isEmpty else { return }
        let now = time.now()
        await host.append(
            lines.map { BuildLogLine(time: now, text: mask.apply($0) + "\n") }, group: place.group,
            stream: place.stream, of: record.build)
    }

    /// A value that the log must not show.
    func hide(_ secret: Secret) { mask.add(secret.reveal()) }

    /// A text with every hidden value masked, for contexts.
    func masked(_ text: String) -> String { mask.apply(text) }

    func setExported(_ variables: [CodeBuild.ExportedEnvironmentVariable]) { record.setExported(variables) }

    /// Someone stopped the build, or it took too long.
    func interrupt(_ status: CodeBuild.BuildStatus) async {
        guard interruption == nil else { return }
        let context =
            status == .timedOut ? PhaseFailure(code: "BUILD_TIMED_OUT", message: "Build has timed out.").context : nil
        record.end(status, context, at: time.now())
        interruption = status
        await host.update(record.build)
    }

    /// The end.
    func complete() async {
        record.complete(interruption, at: time.now())
        await host.update(record.build)
    }
}
