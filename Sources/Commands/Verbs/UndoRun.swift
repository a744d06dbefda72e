internal import ArgumentParser
internal import Core
internal import Remedy

/// `unthrottle undo`
struct UndoRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take a run back, in reverse order",
        discussion: """
            Without an argument, the last run of which something can be taken back; what must stay is told with the reason. A secret that the run made is scheduled for deletion and can be restored \
            for 7 days. What somebody else changed meanwhile is not touched.
            """)

    @Argument(help: "The run, as `unthrottle runs` names it")
    var run: String?

    @Flag(name: .shortAndLong, help: "Take back without asking")
    var yes = false

    @OptionGroup(title: "AWS") var aws: AWSOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !output.json || yes else {
            throw ValidationError("--json goes with --yes: nobody could read the plan before saying yes")
        }
    }

    func run() async throws {
        try await Session.open { session in
            let console = session.console
            let bench = try await session.bench(aws, credential: nil)
            let undo = Undo(bench)
            let intent = try await undo.intend(run)
            if !output.json {
                for line in intent.passedOver { console.print("Passing over the run \(line)") }
                console.print(console.styled("Taking back", .bold) + " the run \(intent.run.run)")
                for index in intent.steps { console.print("  - undo: \(intent.run.steps[index].step.base.summary)") }
                for line in intent.kept { console.print("  - \(line)") }
                if intent.steps.isEmpty { console.print("  Nothing is left to take back.") }
            }
            if !intent.steps.isEmpty { try await session.confirm("Go ahead?", yes: yes) }
            let notes = try await undo.apply(intent)
            if output.json {
                let answer: JSON = [
                    "run": .string(intent.run.run),
                    "undone": .array(intent.steps.map { .string(intent.run.steps[$0].step.base.resource) }),
                    "kept": .array(intent.kept.map { .string($0) }),
                    "passedOver": .array(intent.passedOver.map { .string($0) }),
                    "notes": .array(notes.map { .string($0) }),
                ]
                console.print(answer.text(pretty: true))
            } else {
                for note in notes { console.print(note) }
                if !intent.steps.isEmpty {
                    console.print(
                        intent.kept.isEmpty
                            ? "Done: things are as they were before the run."
                            : "Done. What stays can be taken back later: `unthrottle undo \(intent.run.run)`.")
                }
            }
        }
    }
}
