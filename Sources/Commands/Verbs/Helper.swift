internal import ArgumentParser

/// `unthrottle helper`
struct Helper: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "helper",
        abstract: "Set up docker-credential-unthrottle, and see which clients it authenticates",
        subcommands: [HelperInstall.self, HelperCheck.self])
}
