internal import AWS
internal import Core
internal import HTTP

/// Takes a run back, in reverse order.
public struct Undo: Sendable {
    /// What is to be taken back, and what is not.
    public struct Intent: Sendable {
        /// The run.
        public var run: RecordedRun
        /// The steps to take back, the last one first, as indices of the run's steps.
        public var steps: [Int]
        /// Steps that stay, and why.
        public var kept: [String]
        /// Steps that need nothing, since what was there before is there again.
        public var settled: [Int]
        /// Later runs that were passed over, since all that is left of them must stay: a line each, with the reason.
        public var passedOver: [String] = []

        /// Whether there is anything to do.
        var isIdle: Bool { steps.isEmpty && settled.isEmpty }
    }

    private let bench: Workbench

    /// An undo with its tools.
    public init(_ bench: Workbench) {
        self.bench = bench
    }

    /// What the undo of the run of that name would do; without a name, of the last run of which something can be taken back.
    /// Throws `notFound` where there is no such run, and what `intend(_:)` throws.
    public func intend(_ name: String?) async throws -> Intent {
        if let name { return try await intend(try named(name)) }
        var passedOver: [String] = []
        var newest: Intent?
        for run in try RecordedRun.all(in: bench.folder).reversed() where !run.standing.isEmpty {
            var intent = try await intend(run)
            if !intent.isIdle {
                intent.passedOver = passedOver
                return intent
            }
            passedOver += intent.kept.map { "\(run.run): \($0)" }
            newest = newest ?? intent
        }
        // All that is left must stay: the newest run says why.
        if let newest { return newest }
        throw UnthrottleError(
            .notFound, "there is no run to take back", hint: "`unthrottle runs` lists the runs of this machine.")
    }

    private func named(_ name: String) throws -> RecordedRun {
        if let run = try RecordedRun.read(name, in: bench.folder) { return run }
        let all = try RecordedRun.all(in: bench.folder).map(\.run)
        let nearest = Nearest.names(to: name, among: all)
        throw UnthrottleError(
            .notFound, name.isEmpty ? "the run's name is empty" : "there is no run \(name)",
            hint: nearest.isEmpty
                ? "`unthrottle runs` lists them." : "Did you mean \(nearest.joined(separator: ", "))?")
    }

    /// Reads every resource of the run; throws `conflict` where one is neither as the run left it nor as it was before.
    public func intend(_ run: RecordedRun) async throws -> Intent {
        guard run.plan.account == bench.account, run.plan.region == bench.aws.configuration.region else {
            throw UnthrottleError(
                .conflict, "the run \(run.run) was made in account \(run.plan.account), Region \(run.plan.region)",
                hint:
                    "These credentials are for account \(bench.account), Region \(bench.aws.configuration.region). Set AWS_PROFILE and AWS_REGION."
            )
        }
        var intent = Intent(run: run, steps: [], kept: [], settled: [])
        for index in run.standing.reversed() {
            let step = run.steps[index].step
            if let why = try await Self.stillUsed(step, of: run, on: bench) {
                intent.kept.append("\(step.base.resource) stays: \(why)")
                continue
            }
            switch try await step.base.state(on: bench) {
            case .after, .begun:
                if let obstacle = try await step.base.obstacle(on: bench) {
                    intent.kept.append("\(step.base.resource) stays: \(obstacle)")
                } else {
                    intent.steps.append(index)
                }
            case .before: intent.settled.append(index)
            case .other(let what):
                throw UnthrottleError(
                    .conflict, "\(step.base.resource) cannot be taken back: \(what)",
                    hint:
                        "Somebody changed it after the run \(run.run). Nothing was taken back; look at it and change it by hand."
                )
            }
        }
        return intent
    }

    /// Takes the steps back, journaling each; returns what a person must know.
    public func apply(_ intent: Intent) async throws -> [String] {
        try bench.folder.prepare()
        let lock = try MachineLock(bench.folder)
        defer { withExtendedLifetime(lock) {} }
        let journal = try Journal(continuing: intent.run.run, in: bench.folder, time: bench.time)
        for index in intent.settled { try journal.record(.reverted, step: index) }
        var notes: [String] = []
        for index in intent.steps {
            try Task.checkCancellation()
            let step = intent.run.steps[index].step.base
            // Read again under the lock: somebody may have changed it since the question was asked.
            switch try await step.state(on: bench) {
            case .after, .begun: break
            case .before:
                try journal.record(.reverted, step: index)
                continue
            case .other(let what):
                throw UnthrottleError(
                    .conflict, "\(step.resource) cannot be taken back: \(what)",
                    hint: "Somebody changed it meanwhile. Look at it, then run the command again.")
            }
            bench.tell("taking back: \(step.summary)")
            try journal.record(.reverting, step: index)
            do {
                notes += try await revert(step)
            } catch {
                try? journal.record(.failed, step: index, message: "\(error)")
                throw error
            }
            try journal.record(.reverted, step: index)
        }
        return notes
    }

    private func revert(_ step: any PlanStep) async throws -> [String] {
        let bench = self.bench
        return try await Task {
            for attempt in 1..<5 {
                do {
                    return try await step.revert(on: bench)
                } catch  where PlanRunner.mayHaveHappened(error) {
                    if try await step.state(on: bench) != .after { return [] }
                    if attempt == 4 { throw error }
                    try await bench.pause(before: attempt + 1)
                }
            }
            return []
        }.value
    }

    /// Why a shared resource must stay: another project still uses the secret that the step made or allowed to read.
    private static func stillUsed(_ step: Step, of run: RecordedRun, on bench: Workbench) async throws -> String? {
        switch step {
        case .project: return nil
        // Its former value is good for whoever uses it.
        case .secret(let secret) where secret.action == .update: return nil
        case .secret, .rolePolicy:
            let takenBack = Set(run.standing.compactMap { run.steps[$0].step.project })
            let others = try await SecretUsers.all(of: run.plan.secret, on: bench.aws)
                .filter { !takenBack.contains($0.name) }
                .filter { project in
                    guard case .rolePolicy(let policy) = step else { return true }
                    return project.serviceRole.map(RoleSurvey.name(of:)) == policy.role
                }
            guard !others.isEmpty else { return nil }
            return
                "\(others.map(\.name).joined(separator: ", ")) still \(others.count == 1 ? "uses" : "use") the secret"
        }
    }
}
