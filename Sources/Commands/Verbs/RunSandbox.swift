internal import ArgumentParser
internal import Core
internal import Sandbox

/// `unthrottle sandbox`
struct RunSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Play AWS and Docker Hub on this machine, until stopped",
        discussion: """
            Listens on loopback only and prints lines for a shell to eval, then `ready`. The aws CLI, boto3 and unthrottle itself work against \
            it; StartBuild really runs the buildspec's commands on this machine.

            Unless --empty, it holds two projects: web (its environment image docker:dind comes from Docker Hub) and api (a curated image; it \
            pulls inside its build).
            """)

    @OptionGroup var options: SandboxOptions

    func run() async throws {
        try await Session.open { session in
            let place = try SandboxPlace(keeping: options.dir, session)
            defer { place.remove() }
            let docker = try await place.docker(options, session)
            let configuration = SandboxConfiguration(
                port: options.port, hub: options.hub(session.dice), folder: options.dir, buildFolder: place.builds,
                hasDemoProjects: !options.empty, docker: docker.command, buildVariables: docker.variables,
                surroundings: session.variables)
            let sandbox = try SandboxServer(
                configuration, transport: session.transport, time: session.time, dice: session.dice)
            let console = session.console
            try await sandbox.run { endpoints in
                if !endpoints.hasWalls {
                    console.tell(
                        "bubblewrap does not work here: the builds' commands run as you, with your files in reach")
                }
                for line in Self.exports(endpoints) { console.print(line) }
                console.print("ready")
            }
            console.tell("stopped")
        }
    }

    /// Lines for a shell. They hold the sandbox's own keys, which are worth nothing outside it.
    static func exports(_ endpoints: SandboxEndpoints) -> [String] {
        var variables = [
            ("AWS_ENDPOINT_URL", endpoints.awsURL), ("AWS_ACCESS_KEY_ID", endpoints.accessKeyID),
            ("AWS_SECRET_ACCESS_KEY", endpoints.secretAccessKey.reveal()), ("AWS_REGION", endpoints.region),
            ("AWS_DEFAULT_REGION", endpoints.region), ("UNTHROTTLE_HUB_URL", endpoints.hubURL),
        ]
        if let username = endpoints.hubUsername, let password = endpoints.hubPassword {
            variables.append(("UNTHROTTLE_SANDBOX_HUB_USERNAME", username))
            variables.append(("UNTHROTTLE_SANDBOX_HUB_PASSWORD", password.reveal()))
        }
        return variables.map { "export \($0.0)='\($0.1)'" }
    }
}
