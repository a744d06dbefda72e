internal import AWS
public import Core
public import HTTP
internal import Registry

/// AWS and Docker Hub on one machine, with real builds: serves until its task is cancelled.
public struct SandboxServer: Sendable {
    private let configuration: SandboxConfiguration
    private let account: SandboxAccount
    private let transport: any Transport
    private let time: Timekeeper
    private let dice: Dice

    /// Prepares the account; nothing listens before ``run(ready:)``. Throws ``UnthrottleError`` where the folder cannot
    /// be used. Builds pull environment images through `transport`.
    public init(
        _ configuration: SandboxConfiguration, transport: any Transport, time: Timekeeper = .system,
        dice: Dice = .system
    ) throws {
        self.configuration = configuration
        self.transport = transport
        self.time = time
        self.dice = dice
        account = try SandboxAccount(
            place: AccountPlace(account: configuration.account, region: configuration.region),
            folder: configuration.folder, time: time, dice: dice)
        if configuration.hasDemoProjects { try DemoProjects.add(to: account.backend) }
    }

    /// Serves until the task is cancelled, then stops the builds that run and closes both servers. `ready` is called
    /// once, when all of it answers. Throws ``UnthrottleError`` `system` where a port cannot be had.
    public func run(ready: @escaping @Sendable (SandboxEndpoints) async -> Void) async throws {
        let (addresses, arrived) = AsyncStream<Address>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await account.front.serve(port: configuration.port, portOption: "--port") {
                    arrived.yield(.aws("http://127.0.0.1:\($0)"))
                }
            }
            switch configuration.hub {
            case .own(let hub):
                group.addTask {
                    try await HubServer(hub, time: time, dice: dice).run { arrived.yield(.hub($0)) }
                }
            case .running(let url): arrived.yield(.hub(url))
            }
            group.addTask { try await serveBuilds(addresses, ready) }
            // The first that ends, by cancellation or by a port that cannot be had, ends the others.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private enum Address: Sendable { case aws(String), hub(String) }

    private func serveBuilds(
        _ addresses: AsyncStream<Address>, _ ready: @Sendable (SandboxEndpoints) async -> Void
    ) async throws {
        var (aws, hub): (String?, String?)
        for await address in addresses {
            switch address {
            case .aws(let url): aws = url
            case .hub(let url): hub = url
            }
            if aws != nil, hub != nil { break }
        }
        guard let aws, let hub else { return }
        let program = await Bubblewrap.find(configuration.surroundings)
        let walls = program.map { Bubblewrap(program: $0, personHome: configuration.surroundings["HOME"]) }
        // The one hub and the one AWS that a build may know are the sandbox's.
        let own = ["AWS_ENDPOINT_URL": aws, "UNTHROTTLE_HUB_URL": hub]
        let runner = BuildRunner(
            host: AccountBuildHost(backend: account.backend, keys: account.keys, desk: account.desk, endpoint: aws),
            configuration: .init(
                hub: try HubEndpoint(hub), folder: configuration.buildFolder, docker: configuration.docker,
                variables: configuration.buildVariables.merging(own, uniquingKeysWith: { $1 }), bubblewrap: walls),
            transport: transport, time: time, dice: dice)
        await ready(endpoints(aws: aws, hub: hub, hasWalls: walls != nil))
        await withDiscardingTaskGroup { builds in
            for await build in account.desk.submitted { builds.addTask { await runner.run(build) } }
            builds.cancelAll()
        }
    }

    private func endpoints(aws: String, hub: String, hasWalls: Bool) -> SandboxEndpoints {
        let hubAccount: HubAccount? = if case .own(let hub) = configuration.hub { hub.accounts.first } else { nil }
        return SandboxEndpoints(
            awsURL: aws, accessKeyID: account.operatorKey.accessKeyID,
            secretAccessKey: account.operatorKey.secretAccessKey, region: configuration.region, hubURL: hub,
            hubUsername: hubAccount?.name, hubPassword: hubAccount?.password, hasWalls: hasWalls)
    }
}
