internal import ArgumentParser
internal import Core
internal import Registry

/// `unthrottle quota`
struct ShowQuota: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quota", abstract: "Show how many Docker Hub pulls are left, anonymously and as the account",
        discussion: """
            Reads the counts from Docker Hub's headers by HEAD, which counts as no pull. The anonymous count is that of the address which this \
            machine has; CodeBuild's builds have others.
            """)

    @Option(help: "Read the credential from this secret")
    var secret: String?

    @OptionGroup(title: "Docker Hub credential") var credential: CredentialOptions
    @OptionGroup(title: "AWS") var aws: AWSOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard secret == nil || credential.username == nil else {
            throw ValidationError("give --secret or --username, not both")
        }
    }

    func run() async throws {
        try await Session.open { session in
            let console = session.console
            try OptionValue.check([("--secret", secret)])
            var identity = try await credential.read(console)
            if let secret { identity = try await session.storedCredential(secret, aws) }
            let view = try await session.quota(of: identity)
            if output.json {
                console.print(view.json.text(pretty: true))
                return
            }
            for line in view.lines { console.print(line) }
            if let warning = identity?.warning { console.print("  \(console.styled("warning:", .yellow)) \(warning)") }
            if identity == nil { console.tell("give --secret or --username to see an account's quota beside it") }
        }
    }
}
