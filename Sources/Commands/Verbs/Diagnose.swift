internal import AWS
internal import ArgumentParser
internal import Core
internal import Diagnosis

/// `unthrottle diagnose`
struct Diagnose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Say why a project's last failed build failed: in which phase, whose limit, what to do",
        discussion:
            "Reads the newest builds of each project and their logs; nothing is changed. Exit status 1 says that there are findings."
    )

    @Argument(help: ArgumentHelp("CodeBuild projects", valueName: "project"))
    var projects: [String]

    @Option(help: "How many of the newest builds to look through for a failed one")
    var builds = 10

    @OptionGroup(title: "AWS") var aws: AWSOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100).contains(builds) else { throw ValidationError("--builds takes 1 to 100") }
    }

    func run() async throws {
        try await Session.open { session in
            try ProjectNames.check(projects)
            let client = try session.aws(aws)
            let diagnoses = try await ProjectDiagnosis.of(projects.unique, newest: builds, on: client)
            if output.json {
                session.console.print(try JSON(encoding: diagnoses).text(pretty: true))
            } else {
                for diagnosis in diagnoses { DiagnosisView(diagnosis: diagnosis, console: session.console).show() }
            }
            if diagnoses.contains(where: { !$0.findings.isEmpty }) { throw ExitStatus.notWell }
        }
    }
}
