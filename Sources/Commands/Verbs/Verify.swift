internal import ArgumentParser
internal import Core
internal import Remedy

/// `unthrottle verify`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove again that a project's pulls are counted to the account",
        discussion:
            "Runs a probe build with overrides; nothing of the project is changed, and none of its commands run.")

    @Argument(help: ArgumentHelp("CodeBuild projects", valueName: "project"))
    var projects: [String]

    @Option(help: "Name or ARN of the secret; by default the one that each project names")
    var secret: String?

    @OptionGroup(title: "AWS") var aws: AWSOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Session.open { session in
            try ProjectNames.check(projects)
            try OptionValue.check([("--secret", secret)])
            let bench = try await session.bench(aws, credential: nil)
            let named = try await Prober.secrets(of: projects.unique, on: bench.aws)
            // Said before the first probe build is paid for.
            if let nameless = named.first(where: { secret == nil && $0.secret == nil }) {
                throw UnthrottleError(
                    .failed, "no Docker Hub secret was found in the project \(nameless.project)",
                    hint:
                        "`unthrottle fix \(nameless.project)` adds one; --secret names one that the project refers to in another way."
                )
            }
            var reports: [ProofReport] = []
            for (project, name) in named {
                guard let name = secret ?? name else { continue }
                let credential = try await session.storedCredential(name, aws)
                reports += try await session.prove([project], bench: bench, credential: credential)
            }
            if output.json {
                session.console.print(try JSON(encoding: reports).text(pretty: true))
            } else {
                for report in reports { ProofView(report: report, console: session.console).show() }
            }
            try ExitStatus.check(reports)
        }
    }
}
