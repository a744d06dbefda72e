internal import ArgumentParser
internal import Core

/// The root command.
struct Unthrottle: AsyncParsableCommand {
    static let version = Release.version

    static let configuration = CommandConfiguration(
        commandName: "unthrottle",
        abstract: "End Docker Hub's \"toomanyrequests\" in AWS CodeBuild",
        discussion: """
            Finds why a project's builds are throttled, authenticates its pulls, proves that they are counted to the account, and can \
            take the change back. `unthrottle demo` shows the whole story on this machine, without an account.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(name: "Fix", subcommands: [Diagnose.self, Fix.self, Verify.self, UndoRun.self, Runs.self]),
            CommandGroup(name: "Docker Hub", subcommands: [ShowQuota.self, Helper.self]),
            CommandGroup(name: "Checkouts", subcommands: [Lint.self, Patch.self]),
            CommandGroup(name: "Without an account", subcommands: [Demo.self, RunSandbox.self]),
            CommandGroup(name: "Internal", subcommands: [DockerStandIn.self]),
        ])
}
