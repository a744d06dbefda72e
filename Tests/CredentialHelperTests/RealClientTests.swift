import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Sandbox
import TestSupport
import Testing

@testable import CredentialHelper

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Real clients pull through the helper from a hub that gives nothing to nobody. The hub's own counts are the proof: a client whose
/// helper fails goes on anonymously, with exit status 0 where the hub lets it.
@Suite("Real clients, with credHelpers alone", .serialized)
struct RealClientTests {
    static let password = Secret("dckr_pat_canary-hub")

    private struct Scene: Sendable {
        var home: String
        var hubURL: String
        var variables: [String: String]
        var transport: NetworkTransport

        var counts: HubCounts {
            get async throws {
                let answer = try await transport.fetch(WebRequest(.get, hubURL + "/_sandbox/hub"))
                return try JSONDecoder().decode(HubCounts.self, from: Data(answer.bytes))
            }
        }

        /// Runs a client inside the namespaces where Docker Hub's names are the hub's.
        func pull(with client: String) async throws -> Tool.Outcome {
            let ports = [hubURL, variables["AWS_ENDPOINT_URL"] ?? ""].compactMap { URLText.parts($0)?.port }.map {
                "\($0)"
            }
            let judges = "\(Checkout.root)/Tests/Judges"
            return try await Tool("python3").run(
                ["\(judges)/hub_names.py"] + ports + ["\(judges)/pull_with_clients.sh", home, client],
                variables: variables)
        }
    }

    private func withSandbox(_ work: @escaping @Sendable (Scene) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                let account = HubAccount(name: "builder", password: Self.password, limit: .pulls(100))
                let hub = HubConfiguration(
                    anonymousLimit: .pulls(0), accounts: [account], privateRepositories: ["library/node": ["builder"]])
                let sandbox = try SandboxServer(
                    SandboxConfiguration(
                        port: 0, hub: .own(hub), folder: "\(folder)/state", buildFolder: "\(folder)/builds",
                        hasDemoProjects: false), transport: transport)
                let (places, ready) = AsyncStream<SandboxEndpoints>.makeStream()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await sandbox.run { ready.yield($0) }
                        ready.finish()
                    }
                    for await place in places {
                        try await Self.keepSecret(place, transport)
                        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
                        let variables = [
                            "PATH": "\(HelperProcess.folder):\(path):/usr/sbin:/sbin",
                            "HUB_PASSWORD": Self.password.reveal(),
                            "AWS_ACCESS_KEY_ID": place.accessKeyID, "AWS_ENDPOINT_URL": place.awsURL,
                            "AWS_SECRET_ACCESS_KEY": place.secretAccessKey.reveal(), "AWS_REGION": place.region,
                            "UNTHROTTLE_TIMEOUT": "60",
                        ]
                        try await work(
                            Scene(home: folder, hubURL: place.hubURL, variables: variables, transport: transport))
                        break
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    private static func keepSecret(_ place: SandboxEndpoints, _ transport: NetworkTransport) async throws {
        let client = AWSClient(
            AWSConfiguration(region: place.region, endpoints: EndpointOverrides(all: place.awsURL)),
            credentials: StaticCredentials(
                AWSCredentials(accessKeyID: place.accessKeyID, secretAccessKey: place.secretAccessKey)),
            transport: transport)
        let value: JSON = ["username": "builder", "password": .string(password.reveal())]
        _ = try await client.call(
            SecretsManager.CreateSecret(name: "dockerhub", secretString: Sensitive(value.text())))
    }

    private static func can(_ client: String) -> Bool {
        geteuid() == 0 && ["python3", "openssl", "mount", client].allSatisfy { Tool($0).isInstalled }
    }
    private static let why: Comment =
        "it needs root, python3, openssl and the client (Debian: docker.io, podman, skopeo, buildah)"

    private func proves(_ client: String, pulls: Int) async throws {
        try await withSandbox { scene in
            let without = try await scene.pull(with: client)
            #expect(without.status != 0)
            let refusals = ["toomanyrequests", "denied", "unauthorized", "authentication required"]
            #expect(refusals.contains { without.errors.contains($0) }, "\(without.errors)")
            #expect(try await scene.counts.accountPulls == [:])
            let refused = try await scene.counts.throttled
            for folder in ["storage", "data", "run"] {
                try? FileManager.default.removeItem(atPath: "\(scene.home)/\(folder)")
            }

            _ = try HelperEntries.install(in: "\(scene.home)/.docker/config.json", registries: ["docker.io"])
            let config = try PrivateFiles.read("\(scene.home)/.docker/config.json")
            let with = try await scene.pull(with: client)
            #expect(with.status == 0, "\(with.output)\(with.errors)")
            let counts = try await scene.counts
            #expect(counts.accountPulls["builder"] ?? 0 >= pulls, "\(with.errors)")
            #expect(counts.anonymousPulls == 0)
            #expect(counts.throttled == refused)
            #expect(counts.refusedLogins == 0)
            #expect(!(with.output + with.errors).contains("canary"))
            if client == "docker" {
                #expect(with.errors.contains("nothing was stored"))
                #expect(with.errors.contains("nothing was erased"))
                #expect(try PrivateFiles.read("\(scene.home)/.docker/config.json")?.contains("canary") == false)
            } else {
                #expect(try PrivateFiles.read("\(scene.home)/.docker/config.json") == config)
            }
        }
    }

    @Test("skopeo copies a private and a counted image", .enabled(if: can("skopeo"), why))
    func skopeo() async throws { try await proves("skopeo", pulls: 2) }

    @Test("podman pulls a private and a counted image", .enabled(if: can("podman"), why))
    func podman() async throws { try await proves("podman", pulls: 2) }

    @Test("buildah pulls a private and a counted image", .enabled(if: can("buildah"), why))
    func buildah() async throws { try await proves("buildah", pulls: 2) }

    @Test(
        "docker and its engine pull, build, log in and out, and pull again",
        .enabled(if: can("docker") && can("dockerd"), why))
    func docker() async throws { try await proves("docker", pulls: 5) }

    private struct Report: Decodable, Equatable {
        var client: String
        var authenticated: Bool
        var username: String?
        var reason: String?
    }

    /// `unthrottle helper check --json` where this test's clients are the only ones.
    private func check(_ scene: Scene, _ more: [String: String] = [:]) async throws -> (Int32, [Report]) {
        let bin = "\(scene.home)/bin"
        try PrivateFiles.makeFolder(bin)
        for name in ["docker", "podman"] {
            try PrivateFiles.write("#!/bin/sh\n", to: "\(bin)/\(name)")
            Mode.set(0o755, "\(bin)/\(name)")
        }
        let variables = scene.variables.merging([
            "PATH": "\(HelperProcess.folder):\(bin)", "HOME": scene.home, "UNTHROTTLE_HUB_URL": scene.hubURL,
        ]) { $1 }.merging(more) { $1 }
        let outcome = try await Tool("env").run(
            ["-i"] + variables.map { "\($0)=\($1)" } + [
                "\(HelperProcess.folder)/unthrottle", "helper", "check", "--json",
            ])
        #expect(!(outcome.output + outcome.errors).contains("canary"))
        return (outcome.status, try JSONDecoder().decode([Report].self, from: Data(outcome.output.utf8)))
    }

    @Test("helper check says which client is authenticated, and why another is not")
    func helperCheck() async throws {
        try await withSandbox { scene in
            let config = "\(scene.home)/.docker/config.json"
            let (nothing, reports) = try await check(scene)
            #expect(nothing == 1)
            #expect(reports.map(\.client) == ["docker", "podman"])
            #expect(reports.allSatisfy { !$0.authenticated && $0.reason?.contains("there is no login") == true })

            try PrivateFiles.makeFolder("\(scene.home)/.docker")
            try PrivateFiles.write("{\"credHelpers\":{\"docker.io\":\"unthrottle\"}}", to: config)
            #expect(try await check(scene).1.map(\.authenticated) == [false, true])

            _ = try HelperEntries.install(in: config, registries: ["docker.io"])
            let (good, both) = try await check(scene)
            #expect(good == 0, "\(both)")
            #expect(both.allSatisfy { $0.authenticated && $0.username == "builder" })

            let (wrong, refused) = try await check(scene, ["AWS_SECRET_ACCESS_KEY": "wrong"])
            #expect(wrong == 1)
            #expect(refused.allSatisfy { $0.reason?.contains("docker-credential-unthrottle get failed") == true })
            // Showing a login to the hub counts as no pull.
            #expect(try await scene.counts.accountPulls == [:])
        }
    }
}
