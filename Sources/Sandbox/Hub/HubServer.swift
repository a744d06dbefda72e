public import Core
internal import Synchronization

/// The sandbox's Docker Hub on this machine: token authentication, accounts, pull limits and images, on 127.0.0.1
/// alone.
///
/// Besides Docker Hub's own API it answers `GET /_sandbox/hub` with ``HubCounts`` as JSON.
public struct HubServer: Sendable {
    private let hub: Hub

    /// A hub with its images; nothing listens before ``run(ready:)``.
    public init(
        _ configuration: HubConfiguration, images: ImageLibrary = .standard, time: Timekeeper = .system,
        dice: Dice = .system
    ) {
        hub = Hub(configuration, images: images, time: time, dice: dice)
    }

    /// What it has been asked so far.
    public var counts: HubCounts { hub.state.withLock { $0.counts } }

    /// Serves until the task is cancelled, then closes all connections and returns. `ready` gets the base URL, such
    /// as `http://127.0.0.1:5080`, once requests are taken. Throws ``UnthrottleError`` `system` where the port cannot
    /// be had.
    public func run(ready: @escaping @Sendable (_ url: String) async -> Void) async throws {
        let hub = hub
        try await LoopbackServer(port: hub.configuration.port, portOption: "--hub-port").run(
            ready: { port in await ready("http://127.0.0.1:\(port)") }, answer: { hub.answer($0) })
    }
}
