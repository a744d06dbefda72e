internal import ArgumentParser
internal import Core
internal import FoundationEssentials
internal import Remedy

/// `unthrottle runs`
struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs of this machine",
        discussion: "Read from $XDG_STATE_HOME/unthrottle, or ~/.local/state/unthrottle.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let variables = EnvironmentVariables.current
        let console = Console(variables)
        let runs = try RecordedRun.all(in: try StateFolder(variables))
        if output.json {
            console.print(JSON.array(runs.map(Self.json)).text(pretty: true))
            return
        }
        if runs.isEmpty { console.tell("there are no runs yet") }
        for run in runs {
            let status = Self.status(run)
            console.print(
                "\(run.run)  \(status.padded(to: 22))  \(run.plan.strategy)  \(run.plan.projects.joined(separator: ", "))"
            )
        }
    }

    static func status(_ run: RecordedRun) -> String {
        let done = run.steps.count { $0.status == .applied || $0.status == .found }
        let undone = run.steps.count { $0.status == .reverted }
        if undone > 0, run.standing.isEmpty { return "taken back" }
        if undone > 0 { return "partly taken back" }
        return done == run.steps.count ? "applied" : "stopped after \(done) of \(run.steps.count)"
    }

    private static func json(_ run: RecordedRun) -> JSON {
        [
            "run": .string(run.run), "began": .string(run.began.formatted(.iso8601)), "status": .string(status(run)),
            "strategy": .string(run.plan.strategy), "account": .string(run.plan.account),
            "region": .string(run.plan.region),
            "projects": .array(run.plan.projects.map { .string($0) }),
            "steps": .array(
                run.steps.map { ["resource": .string($0.step.base.resource), "status": .string($0.status.rawValue)] }),
        ]
    }
}
