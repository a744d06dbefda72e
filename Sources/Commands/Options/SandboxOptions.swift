internal import ArgumentParser
internal import Core
internal import Sandbox

/// How the sandbox is set up.
struct SandboxOptions: ParsableArguments {
    /// What `docker` is inside a build.
    enum Docker: String, ExpressibleByArgument, CaseIterable {
        /// A small client that reaches nothing but the sandbox's hub.
        case standIn = "stand-in"
        /// The real client and engine of this machine.
        case engine
    }

    @Option(help: "Port of the AWS endpoint on 127.0.0.1; 0 picks a free one")
    var port = 4566

    @Option(help: "Port of the hub on 127.0.0.1; 0 picks a free one")
    var hubPort = 5080

    @Option(help: "Use the hub at this URL instead of the sandbox's own")
    var hubURL: String?

    @Option(help: "Keep the account here between starts")
    var dir: String?

    @Option(help: "Anonymous pulls that an address has in six hours; 0 is an address that others have used up")
    var anonymousLimit = 0

    @Option(help: "Pulls that the hub's account has in six hours")
    var accountLimit = 200

    @Option(help: "What `docker` is inside a build: stand-in, or engine for a real engine whose docker.io is this hub")
    var docker = Docker.standIn

    @Flag(help: "Begin without the projects web and api")
    var empty = false

    func validate() throws {
        guard (0...65535).contains(port), (0...65535).contains(hubPort) else {
            throw ValidationError("a port is 0 to 65535")
        }
        guard anonymousLimit >= 0, accountLimit >= 0 else { throw ValidationError("a limit is 0 or more") }
    }

    /// The hub's one account, with a password of its own at every start.
    static func account(limit: Int, _ dice: Dice) -> HubAccount {
        HubAccount.fresh("sandbox-user", limit: .pulls(limit), dice: dice)
    }

    /// The hub that these options describe.
    func hub(_ dice: Dice) -> SandboxConfiguration.HubChoice {
        if let hubURL { return .running(hubURL) }
        return .own(
            HubConfiguration(
                port: hubPort, anonymousLimit: .pulls(anonymousLimit),
                accounts: [Self.account(limit: accountLimit, dice)]))
    }
}
