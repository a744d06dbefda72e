public import Core
public import HTTP
internal import Registry

/// The sandbox's `docker`: a client that logs in to the sandbox's hub and pulls from it, with docker's own files,
/// words and exit codes, and that can reach nothing else. Words and codes were compared with docker's client 28.2 and
/// an engine.
///
/// Its variables: `UNTHROTTLE_HUB_URL` (the hub, on this machine), `UNTHROTTLE_SANDBOX_IMAGES` (where pulled images
/// stay; below `HOME` unless set), and docker's own `HOME`, `DOCKER_CONFIG`, `DOCKER_AUTH_CONFIG` and `PATH` for
/// credential helpers.
public struct DockerClient: Sendable {
    /// Where it reads and writes.
    public struct Streams: Sendable {
        /// Reads standard input to its end.
        public var input: @Sendable () async throws -> String
        /// Writes to standard output; the text has its line ends.
        public var output: @Sendable (String) -> Void
        /// Writes to standard error; the text has its line ends.
        public var errors: @Sendable (String) -> Void

        /// Streams of one's own.
        public init(
            input: @escaping @Sendable () async throws -> String, output: @escaping @Sendable (String) -> Void,
            errors: @escaping @Sendable (String) -> Void
        ) {
            self.input = input
            self.output = output
            self.errors = errors
        }
    }

    /// The version that it passes itself off as: that of CodeBuild's images of 2026, which read `DOCKER_AUTH_CONFIG`.
    static let version = "28.5.2"

    let variables: EnvironmentVariables
    let transport: any Transport
    let time: Timekeeper
    let dice: Dice
    let streams: Streams

    /// A client for one command.
    public init(
        variables: EnvironmentVariables, transport: any Transport, streams: Streams, time: Timekeeper = .system,
        dice: Dice = .system
    ) {
        self.variables = variables
        self.transport = transport
        self.streams = streams
        self.time = time
        self.dice = dice
    }

    /// Runs one command, `arguments` without the program's name, and returns the exit status.
    public func run(_ arguments: [String]) async -> Int32 {
        do {
            try await dispatch(arguments)
            return 0
        } catch let exit as DockerExit {
            if exit.status == 0 { streams.output(exit.text + "\n") } else { streams.errors(exit.text + "\n") }
            return exit.status
        } catch is CancellationError {
            return 130
        } catch {
            streams.errors("Error response from daemon: \(error)\n")
            return 1
        }
    }

    private func dispatch(_ arguments: [String]) async throws {
        var rest = arguments[...]
        var client = self
        if rest.first == "--config", rest.count > 1 {
            client = with(configFolder: rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
        } else if let first = rest.first, first.hasPrefix("--config=") {
            client = with(configFolder: String(first.dropFirst("--config=".count)))
            rest = rest.dropFirst()
        }
        guard let command = DockerCommand(consuming: &rest) else { throw DockerCommand.unknown(rest) }
        let words = try DockerArguments(rest, of: command)
        switch command {
        case .login: try await client.logIn(words)
        case .logout: try await client.logOut(words)
        case .pull: try await client.pull(words)
        case .manifestInspect: try await client.inspectManifest(words)
        case .images: try await client.listImages(words)
        case .version: client.showVersion()
        case .shortVersion: client.streams.output("Docker version \(Self.version), build unthrottle-sandbox\n")
        case .info: try await client.showInfo()
        }
    }

    private func with(configFolder: String) -> DockerClient {
        var all = variables.all
        all["DOCKER_CONFIG"] = configFolder
        return DockerClient(
            variables: EnvironmentVariables(all), transport: transport, streams: streams, time: time, dice: dice)
    }

    /// The client for the sandbox's hub; refused where the variable names none on this machine.
    func registry() throws -> RegistryClient {
        guard let url = variables["UNTHROTTLE_HUB_URL"], URLText.parts(url)?.isLoopback == true else {
            throw DockerExit(
                125,
                "docker: this is the sandbox's stand-in; it speaks to a hub on this machine alone, and UNTHROTTLE_HUB_URL names none"
            )
        }
        return RegistryClient(transport: transport, time: time, dice: dice, hub: try HubEndpoint(url))
    }

    /// The login that docker would use; a helper that fails means none, in silence, as docker has it.
    func findLogin(for host: ImageReference.Host) async -> Credential? {
        do {
            let found = try await DockerLogins(variables).find(host)
            for warning in found.warnings where warning.hasPrefix(DockerAuthVariable.name) {
                streams.errors("Failed to create credential store from \(DockerAuthVariable.name): \(warning)\n")
            }
            return found.credential
        } catch {
            let folder = DockerConfigFile.folder(variables) ?? ""
            streams.errors("WARNING: Error parsing config file (\(folder)/config.json): \(error)\n")
            return nil
        }
    }
}

/// How a command ends otherwise than well: its status, and its words (without the last line end).
struct DockerExit: Error {
    var status: Int32
    var text: String

    init(_ status: Int32, _ text: String) {
        self.status = status
        self.text = text
    }
}
