import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport

@testable import Sandbox

/// A hub's answers without a network.
struct HubTransport: Transport {
    let hub: Hub

    func send(_ request: WebRequest) async throws -> WebResponse {
        guard let parts = URLText.parts(request.url) else {
            throw TransportError(.forbidden, "no URL: \(request.url)")
        }
        guard parts.isLoopback else { throw TransportError(.forbidden, "not this machine: \(request.url)") }
        let answer = hub.answer(
            LoopbackRequest(
                method: request.method, target: parts.path + (parts.query.map { "?\($0)" } ?? ""),
                authority: parts.authority, headers: request.headers, body: request.body))
        var headers = answer.headers
        if headers[.contentLength] == nil { headers[.contentLength] = "\(answer.body.count)" }
        return WebResponse(
            status: answer.status, headers: headers, bytes: request.method == .head ? [] : answer.body)
    }
}

/// The docker stand-in on a hub of its own, with a home of its own.
struct DockerFixture: Sendable {
    struct Outcome: Equatable {
        var status: Int32
        var output: String
        var errors: String
    }

    let hub: HubFixture
    let home: String
    var variables: [String: String] = [:]

    var counts: HubCounts { hub.counts }
    var configFile: String { "\(home)/.docker/config.json" }

    func run(_ arguments: String..., input: String = "") async -> Outcome { await run(arguments, input: input) }

    func run(_ arguments: [String], input: String = "") async -> Outcome {
        let written = Mutex((output: "", errors: ""))
        var all = [
            "HOME": home, "PATH": "\(home)/bin:/usr/bin:/bin", "UNTHROTTLE_HUB_URL": "http://127.0.0.1:5080",
        ]
        all.merge(variables, uniquingKeysWith: { $1 })
        let client = DockerClient(
            variables: EnvironmentVariables(all), transport: HubTransport(hub: hub.hub),
            streams: .init(
                input: { input }, output: { text in written.withLock { $0.output += text } },
                errors: { text in written.withLock { $0.errors += text } }),
            // Who waits for the folder of images lets the other one go on.
            time: Timekeeper(now: hub.time.keeper.now, sleep: { _ in await Task.yield() }), dice: .seeded(3))
        let status = await client.run(arguments)
        return written.withLock { Outcome(status: status, output: $0.output, errors: $0.errors) }
    }

    func write(_ text: String, to path: String) throws {
        try PrivateFiles.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        try PrivateFiles.write(text, to: path)
    }
}

func withDocker(
    anonymous: Int = 100, privateRepositories: [String: Set<String>] = [:],
    _ work: (DockerFixture) async throws -> Void
) async throws {
    try await withTemporaryFolder { home in
        let hub = HubFixture(anonymous: anonymous, privateRepositories: privateRepositories)
        try await work(DockerFixture(hub: hub, home: home))
    }
}
