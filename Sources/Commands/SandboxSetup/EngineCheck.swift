internal import Core
internal import FoundationEssentials
internal import HTTP
internal import Registry

/// Whether this machine's docker engine may be used in a sandbox's builds: only when its docker.io proves to be the sandbox's hub,
/// so that no demo ever pulls from the real Docker Hub.
struct EngineCheck {
    let session: Session

    init(_ session: Session) {
        self.session = session
    }

    /// The real client's command line, and the engine's address for it.
    func docker(_ options: SandboxOptions) async throws -> (command: [String], variables: [String: String]) {
        guard let url = options.hubURL else {
            throw UnthrottleError(
                .usage, "--docker engine needs --hub-url",
                hint:
                    "The engine is started with that hub as its docker.io, so the hub must be there before the sandbox."
            )
        }
        let host = session.variables["DOCKER_HOST"] ?? "unix:///var/run/docker.sock"
        guard let client = SearchPath.find("docker", session.variables) else {
            throw UnthrottleError(
                .system, "there is no docker client on the PATH", hint: "Install docker, or use --docker stand-in.")
        }
        try await prove(EngineSocket(host: host), is: try HubEndpoint(url))
        return ([client], ["DOCKER_HOST": host])
    }

    /// The hub's images have digests that no other registry has. The engine is asked what it sees under docker.io. Where it answers
    /// that its pull limit is used up, the digest stays unknown; then the engine must at least see every name of Docker Hub on
    /// this machine.
    private func prove(_ engine: EngineSocket, is hub: HubEndpoint) async throws {
        let image = try ImageReference("ratelimitpreview/test:latest")
        let registry = RegistryClient(transport: session.transport, time: session.time, dice: session.dice, hub: hub)
        let expected = try await registry.headManifest(image).digest
        let answer = try engine.get("/distribution/\(image.canonical)/json")
        if let seen = answer["Descriptor"]?["digest"]?.string, seen == expected?.description { return }
        let words = answer["message"]?.string ?? "another image"
        if Throttle(text: words) != nil, try Self.seesHubHere(engine) { return }
        throw UnthrottleError(
            .refused,
            "the engine's docker.io is not the hub at \(hub.url): asked for \(image.familiar), it answers \(words)",
            hint: "Start the engine so that registry-1.docker.io is this hub, or use --docker stand-in.")
    }

    private static let names = ["registry-1.docker.io", "auth.docker.io", "index.docker.io"]

    /// Whether the engine's own hosts file has all names of Docker Hub on loopback.
    private static func seesHubHere(_ engine: EngineSocket) throws -> Bool {
        guard let process = try engine.server(), let hosts = try? PrivateFiles.read("/proc/\(process)/root/etc/hosts")
        else {
            return false
        }
        var here: Set<String> = []
        for line in hosts.split(separator: "\n") {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let address = words.first, address.hasPrefix("127.") || address == "::1" else { continue }
            here.formUnion(words.dropFirst())
        }
        return here.isSuperset(of: names)
    }
}
