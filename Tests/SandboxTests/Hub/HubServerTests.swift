import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Sandbox

/// Runs `work` with a hub that listens, and stops it afterwards.
func withHub<Value: Sendable>(
    _ configuration: HubConfiguration, _ work: @escaping @Sendable (_ url: String, HubServer) async throws -> Value
) async throws -> Value {
    let server = HubServer(configuration, dice: .seeded(7))
    let (urls, ready) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            defer { ready.finish() }
            try await server.run { ready.yield($0) }
            return nil
        }
        group.addTask {
            for await url in urls { return try await work(url, server) }
            return nil
        }
        defer { group.cancelAll() }
        for try await value in group { if let value { return value } }
        throw UnthrottleError(.system, "the hub stopped before the work was done")
    }
}

@Suite("The hub on the network")
struct HubServerTests {
    @Test("It listens on a free port of loopback, answers HEAD with a length and no body, and shows its counts")
    func serves() async throws {
        try await withHub(HubConfiguration(accounts: [HubFixture.account])) { url, server in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                let base = try await transport.fetch(WebRequest(.get, url + "/v2/"))
                #expect(base.status == 401)
                #expect(base.head.headers[.wwwAuthenticate]?.contains("realm=\"\(url)/token\"") == true)
                let answer = try await transport.fetch(
                    WebRequest(.get, url + "/token?scope=repository:library/docker:pull"))
                let token = try #require(try JSON(parsing: answer.text)["token"]?.string)
                let head = try await transport.fetch(
                    WebRequest(
                        .head, url + "/v2/library/docker/manifests/dind", headers: [.authorization: "Bearer \(token)"]))
                #expect(head.status == 200)
                #expect(head.bytes.isEmpty)
                #expect(Int(head.head.headers[.contentLength] ?? "") ?? 0 > 100)
                let counts = try await transport.fetch(WebRequest(.get, url + "/_sandbox/hub"))
                #expect(try JSON(parsing: counts.text)["heads"] == 1)
                #expect(server.counts.heads == 1)
            }
        }
    }

    @Test("It stops at once though a client keeps its connection, and the client learns of it")
    func stopsWithOpenConnections() async throws {
        try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
            let url = try await withHub(HubConfiguration()) { url, _ in
                let answer = try await transport.fetch(WebRequest(.get, url + "/v2/"))
                #expect(answer.status == 401)
                return url
            }
            await #expect(throws: TransportError.self) { try await transport.fetch(WebRequest(.get, url + "/v2/")) }
        }
    }

    @Test("A request body that is too long is refused, and the server goes on")
    func longBody() async throws {
        try await withHub(HubConfiguration()) { url, _ in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                let long = WebRequest(.post, url + "/token", body: [UInt8](repeating: 97, count: 2 << 20))
                let refused = try await transport.fetch(long)
                #expect(refused.status == 413)
                let next = try await transport.fetch(WebRequest(.get, url + "/v2/"))
                #expect(next.status == 401)
            }
        }
    }

    @Test("The docker stand-in logs in and pulls over the network; the account is billed for it")
    func dockerOverTheNetwork() async throws {
        let configuration = HubConfiguration(anonymousLimit: .pulls(0), accounts: [HubFixture.account])
        try await withHub(configuration) { url, server in
            try await withTemporaryFolder { home in
                try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                    let client = DockerClient(
                        variables: EnvironmentVariables(["HOME": home, "UNTHROTTLE_HUB_URL": url]),
                        transport: transport,
                        streams: .init(input: { "right-password" }, output: { _ in }, errors: { _ in }))
                    #expect(await client.run(["pull", "docker:dind"]) == 1)
                    #expect(await client.run(["login", "-u", "builder", "--password-stdin"]) == 0)
                    #expect(await client.run(["pull", "docker:dind"]) == 0)
                    #expect(server.counts.accountPulls == ["builder": 2])
                    #expect(server.counts.anonymousPulls == 0)
                    #expect(server.counts.blobs > 0)
                }
            }
        }
    }

    @Test("A port that is taken: the error names it and the option; afterwards it is free again")
    func portInUse() async throws {
        let port = try await withHub(HubConfiguration()) { url, _ in
            let port = try #require(URLText.parts(url)?.port)
            let error = await #expect(throws: UnthrottleError.self) {
                try await HubServer(HubConfiguration(port: port)).run { _ in }
            }
            #expect(error?.message.contains("port \(port) ") == true)
            #expect(error?.message.contains("in use") == true)
            #expect(error?.hint?.contains("--hub-port") == true)
            #expect(error?.code.exitStatus == 3)
            return port
        }
        try await withHub(HubConfiguration(port: port)) { url, _ in #expect(url.hasSuffix(":\(port)")) }
    }

    @Test(
        "skopeo inspects and copies an image, with a login and without",
        .enabled(if: Self.skopeo.isInstalled, Self.whySkopeo))
    func skopeoCopies() async throws {
        let configuration = HubConfiguration(anonymousLimit: .pulls(4), accounts: [HubFixture.account])
        try await withHub(configuration) { url, server in
            let host = url.dropFirst("http://".count)
            try await withTemporaryFolder { folder in
                func run(_ arguments: String...) async throws -> Tool.Outcome {
                    try await skopeo.run(arguments, variables: ["HOME": folder])
                }
                let image = "docker://\(host)/library/docker:dind"
                let seen = try await run("inspect", "--tls-verify=false", image)
                #expect(seen.status == 0, "\(seen.errors)")
                #expect(try JSON(parsing: seen.output)["RepoTags"]?.array?.contains("dind") == true)
                #expect(server.counts.anonymousPulls == 2)
                let copied = try await run(
                    "copy", "--src-tls-verify=false", "--src-creds=builder:right-password", "--all", image,
                    "oci:\(folder)/out:dind")
                #expect(copied.status == 0, "\(copied.errors)")
                #expect(server.counts.accountPulls == ["builder": 3])
                let wrong = try await run("inspect", "--tls-verify=false", "--creds=builder:wrong", image)
                #expect(wrong.status == 1)
                #expect(wrong.errors.contains("incorrect username or password"))
            }
        }
    }

    private static let skopeo = Tool("skopeo")
    private var skopeo: Tool { Self.skopeo }
    private static let whySkopeo: Comment = "skopeo is not installed (Debian package skopeo)"
}
