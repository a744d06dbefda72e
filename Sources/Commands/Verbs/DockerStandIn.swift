internal import ArgumentParser
internal import Core
internal import Sandbox

/// What `docker` is inside a sandbox's build. Hidden: a person has no use for it.
struct DockerStandIn: AsyncParsableCommand {
    static let name = "docker-stand-in"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "The docker client of a sandbox's builds", shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() async throws {
        try await Session.open { session in
            let streams = DockerClient.Streams(
                input: { StandardInput.readToEnd() }, output: { session.console.write($0, to: 1) },
                errors: { session.console.write($0, to: 2) })
            let client = DockerClient(
                variables: session.variables, transport: session.transport, streams: streams, time: session.time,
                dice: session.dice)
            let status = await client.run(arguments)
            if status != 0 { throw ExitStatus(code: status) }
        }
    }
}
