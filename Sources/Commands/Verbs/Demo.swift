internal import ArgumentParser
internal import Core
internal import Sandbox

/// `unthrottle demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The whole story on a temporary sandbox: two failing builds, the fix, the proof",
        discussion:
            "Needs no account and no docker, and leaves nothing behind. Every line comes from what really happened.")

    func run() async throws {
        try await Session.open { session in
            let place = try SandboxPlace(keeping: nil, session)
            defer { place.remove() }
            let docker = try SandboxPlace.standIn()
            let account = SandboxOptions.account(limit: 200, session.dice)
            session.console.keepSecret(account.password)
            let configuration = SandboxConfiguration(
                port: 0, hub: .own(HubConfiguration(port: 0, anonymousLimit: .pulls(0), accounts: [account])),
                buildFolder: place.builds, docker: docker.command, surroundings: session.variables)
            let sandbox = try SandboxServer(
                configuration, transport: session.transport, time: session.time, dice: session.dice)
            try await Self.during(sandbox) { endpoints in
                try await DemoStory(endpoints, state: "\(place.builds)/state", session).tell()
            }
        }
    }

    /// Runs `work` while the sandbox serves, then stops it. The sandbox has a task of its own, which Ctrl-C does not cancel: what
    /// `work` has to clean up needs it still.
    private static func during(
        _ sandbox: SandboxServer, _ work: (SandboxEndpoints) async throws -> Void
    ) async throws {
        let (arrivals, arrived) = AsyncStream<SandboxEndpoints>.makeStream()
        let server = Task {
            defer { arrived.finish() }
            try await sandbox.run { arrived.yield($0) }
        }
        defer { server.cancel() }
        for await endpoints in arrivals {
            do {
                try await work(endpoints)
                server.cancel()
                try? await server.value
                return
            } catch {
                server.cancel()
                try? await server.value
                throw error
            }
        }
        server.cancel()
        try await server.value
        try Task.checkCancellation()
    }
}
