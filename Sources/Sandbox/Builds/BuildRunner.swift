internal import AWS
internal import Buildspec
internal import Core
internal import FoundationEssentials
internal import HTTP
internal import Registry

/// Runs builds as CodeBuild does, with commands as processes of this machine.
struct BuildRunner: Sendable {
    /// What every build of a runner shares.
    struct Configuration: Sendable {
        /// The hub from which environment images come, and which `docker` inside a build reaches.
        var hub: HubEndpoint
        /// The folder under which each build gets folders of its own.
        var folder: String
        /// The command line that `docker` stands for inside a build; nil for none.
        var docker: [String]?
        /// Variables that every build gets besides CodeBuild's own, such as those that `docker` needs.
        var variables: [String: String] = [:]
        /// The search path of commands, after the build's own `docker`.
        var searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        /// Walls around commands; nil where bubblewrap is not there or does not work: commands then run as the person
        /// who runs this.
        var bubblewrap: Bubblewrap?

        /// Files outside a build's folders that its commands need: docker's program, and its engine's socket.
        var visible: [String] {
            let socket = variables["DOCKER_HOST"].flatMap { $0.hasPrefix("unix://") ? String($0.dropFirst(7)) : nil }
            return (docker?.prefix(1) ?? []) + [socket].compactMap(\.self)
        }
    }

    let host: any BuildHost
    let configuration: Configuration
    let transport: any Transport
    let time: Timekeeper
    let dice: Dice

    /// Runs a build from where it stands to COMPLETED; returns when it has ended, however it did.
    ///
    /// A request to stop, the build's time limit and the cancellation of the task end it and everything that it
    /// started.
    func run(_ build: CodeBuild.Build) async {
        let recorder = BuildRecorder(build, host: host, time: time)
        await withTaskGroup(of: CodeBuild.BuildStatus?.self) { group in
            group.addTask {
                await BuildRun(runner: self, build: build, recorder: recorder).run()
                return nil
            }
            group.addTask { await watch(build) }
            if let interruption = await group.next() ?? nil { await recorder.interrupt(interruption) }
            group.cancelAll()
            await group.waitForAll()
        }
        if Task.isCancelled { await recorder.interrupt(.stopped) }
        await recorder.complete()
    }

    /// Returns when the build must end before its time, with the status that it gets.
    private func watch(_ build: CodeBuild.Build) async -> CodeBuild.BuildStatus? {
        let limit = Double(build.timeoutInMinutes ?? 60) * 60
        let start = time.now()
        while !Task.isCancelled {
            if await host.isStopRequested(build.id) { return .stopped }
            if time.now().timeIntervalSince(start) >= limit { return .timedOut }
            do { try await time.sleep(.milliseconds(100)) } catch { return nil }
        }
        return nil
    }
}
