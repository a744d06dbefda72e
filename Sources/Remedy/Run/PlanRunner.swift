internal import AWS
internal import Core
internal import HTTP

/// Applies a plan: each step is journaled before and after, and a step that is already true is passed over.
public struct PlanRunner: Sendable {
    private let bench: Workbench

    /// A runner with its tools.
    public init(_ bench: Workbench) {
        self.bench = bench
    }

    /// Applies the steps in their order and returns the run's name. A failure leaves what was done before it, journaled, so that
    /// the same command again, or `undo`, is right. Cancellation takes effect between two steps.
    public func apply(_ plan: Plan) async throws -> String {
        try bench.folder.prepare()
        let lock = try MachineLock(bench.folder)
        defer { withExtendedLifetime(lock) {} }
        let journal = try Journal(beginning: plan, in: bench.folder, time: bench.time, dice: bench.dice)
        for (index, step) in plan.steps.enumerated() {
            do {
                try Task.checkCancellation()
                try await apply(step.base, index: index, journal)
            } catch {
                try? journal.record(.failed, step: index, message: "\(error)")
                let first = index == 0 ? try? await step.base.state(on: bench) : nil
                let isUntouched = first == .before
                throw Self.explained(error, run: journal.run, done: index, isUntouched: isUntouched)
            }
        }
        try journal.record(.end, message: "applied")
        return journal.run
    }

    private func apply(_ step: any PlanStep, index: Int, _ journal: Journal) async throws {
        switch try await step.state(on: bench) {
        case .after:
            // Somebody else did it since the plan was made: it is not this run's, and not this run's undo's.
            return try journal.record(.found, step: index)
        case .other(let what):
            throw UnthrottleError(
                .conflict, "\(step.resource): \(what)",
                hint: "Run the command again: it makes a new plan from what is there now.")
        case .before, .begun:
            bench.tell(step.summary)
            try journal.record(.applying, step: index)
            try await settled(step, until: .after) { try await step.apply(on: bench) }
        }
        try journal.record(.applied, step: index)
    }

    /// Does `work` to the end even when the task is cancelled meanwhile, and settles a lost answer by reading.
    func settled(_ step: any PlanStep, until goal: StepState, _ work: @escaping @Sendable () async throws -> Void)
        async throws
    {
        let bench = self.bench
        // A task of its own is not cancelled with this one: a request that is under way is not cut in the middle.
        try await Task {
            for attempt in 1... {
                do {
                    return try await work()
                } catch let error where Self.mayHaveHappened(error) && attempt < 5 {
                    if try await step.state(on: bench) == goal { return }
                    try await bench.pause(before: attempt + 1)
                }
            }
        }.value
    }

    static func mayHaveHappened(_ error: any Error) -> Bool {
        if error is OutcomeUnknown { return true }
        if let error = error as? TransportError { return error.kind == .connectionLost || error.kind == .timedOut }
        return false
    }

    private static func explained(_ error: any Error, run: String, done: Int, isUntouched: Bool) -> any Error {
        var shown = UnthrottleError.forPeople(error)
        let way =
            isUntouched
            ? "Nothing was changed."
            : "\(done) of the steps were done; run the command again to go on, or `unthrottle undo \(run)` to take them back."
        shown.hint = [shown.hint, way].compactMap(\.self).joined(separator: "\n")
        return shown
    }
}
