import Core
import Subprocess
import Synchronization
import Testing

/// A kill at any moment leaves a state from which `fix` again, or `undo`, is right.
@Suite("A program that is stopped in the middle")
struct KillTests {
    /// `fix web api` writes the secret, then policy and project of web, then those of api.
    static let writes = 1...5

    @Test("fix killed at a write: fix again completes it, undo takes all of it back", arguments: writes, [false, true])
    func fixAgain(write: Int, isDone: Bool) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let killed = try await sandbox.stopped(by: .kill, atWrite: write, isDone: isDone) { url, signals in
                try await sandbox.fix(["web", "api"], variables: ["AWS_ENDPOINT_URL": url], signals: signals)
            }
            #expect(killed.status == 137, "\(killed.all)")
            try await Self.expectFixed(sandbox)
            try await Self.expectUndone(sandbox, to: before)
        }
    }

    @Test("fix killed at a write: undo takes back what was done", arguments: writes, [false, true])
    func undo(write: Int, isDone: Bool) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            _ = try await sandbox.stopped(by: .kill, atWrite: write, isDone: isDone) { url, signals in
                try await sandbox.fix(["web", "api"], variables: ["AWS_ENDPOINT_URL": url], signals: signals)
            }
            try await Self.expectUndone(sandbox, to: before)
            try await Self.expectFixed(sandbox)
        }
    }

    @Test("undo killed at a write: undo again takes back the rest", arguments: writes, [false, true])
    func undoAgain(write: Int, isDone: Bool) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            _ = try await sandbox.fix(["web", "api"])
            let killed = try await sandbox.stopped(by: .kill, atWrite: write, isDone: isDone) { url, signals in
                try await sandbox.run(["undo", "--yes"], variables: ["AWS_ENDPOINT_URL": url], signals: signals)
            }
            #expect(killed.status == 137, "\(killed.all)")
            try await Self.expectUndone(sandbox, to: before)
        }
    }

    @Test(
        "a fix that restores the secret, killed between restoring it and setting its value", arguments: 1...2,
        [false, true])
    func restore(write: Int, isDone: Bool) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            _ = try await sandbox.fix(["api"])
            _ = try await sandbox.run(["undo", "--yes"])
            _ = try await sandbox.stopped(by: .kill, atWrite: write, isDone: isDone) { url, signals in
                try await sandbox.fix(["api"], variables: ["AWS_ENDPOINT_URL": url], signals: signals)
            }
            try await Self.expectUndone(sandbox, to: before)
            try await Self.expectFixed(sandbox)
        }
    }

    @Test("Ctrl-C during a write lets that write end, says what was done, and undo takes it back", arguments: writes)
    func interrupt(write: Int) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let stopped = try await sandbox.stopped(by: .interrupt, atWrite: write, isDone: true) { url, signals in
                try await sandbox.fix(["web", "api"], variables: ["AWS_ENDPOINT_URL": url], signals: signals)
            }
            // A signal takes its time: the steps may all be done before it arrives.
            #expect(stopped.status == 130 || stopped.status == 0, "\(stopped.all)")
            if stopped.status == 130 {
                #expect(stopped.errors.contains("error: stopped"), "\(stopped.all)")
                #expect(stopped.errors.contains("unthrottle undo"), "\(stopped.all)")
            }
            try await Self.expectUndone(sandbox, to: before)
        }
    }

    /// `fix` makes everything so, and then has nothing more to do.
    private static func expectFixed(_ sandbox: SandboxFixture) async throws {
        let fix = try await sandbox.fix(["web", "api"])
        #expect(fix.status == 0, "\(fix.all)")
        let again = try await sandbox.fix(["web", "api"], ["--json"])
        #expect(try JSON(parsing: again.output)["plan"]?["steps"] == [], "\(again.all)")
        #expect(try await sandbox.secret() == sandbox.credential)
        let view = try await AccountView.read(sandbox)
        #expect(view.grant(of: "web") != nil && view.grant(of: "api") != nil)
    }

    /// `undo`, until no run is left, makes everything as it was.
    private static func expectUndone(_ sandbox: SandboxFixture, to before: AccountView) async throws {
        for _ in 0..<4 {
            let undo = try await sandbox.run(["undo", "--yes"])
            if undo.status == 2, undo.errors.contains("there is no run to take back") { break }
            #expect(undo.status == 0, "\(undo.all)")
        }
        #expect(try await AccountView.read(sandbox) == before)
        let secret = try await sandbox.secret()
        #expect(secret == .absent || secret == .scheduledForDeletion)
    }
}

extension SandboxFixture {
    /// Runs the program behind a proxy that sends it a signal at its n-th write, before or after that write is done. A program
    /// that is killed reaches nothing from then on; one that is interrupted gets its answers.
    func stopped(
        by signal: Signal, atWrite write: Int, isDone: Bool,
        _ work: @escaping @Sendable (_ url: String, _ signals: AsyncStream<Signal>) async throws -> Outcome
    ) async throws -> Outcome {
        let (signals, sender) = AsyncStream<Signal>.makeStream()
        let isDead = Mutex(false)
        let outcome = Mutex<Outcome?>(nil)
        try await FaultProxy.with(endpoint) { call in
            if isDead.withLock({ $0 }) { return .drop }
            guard call.write == write else { return .none }
            sender.yield(signal)
            sender.finish()
            guard signal == .kill else { return .none }
            isDead.withLock { $0 = true }
            return isDone ? .lose : .drop
        } _: { url, _ in
            let ended = try await work(url, signals)
            outcome.withLock { $0 = ended }
        }
        guard let outcome = outcome.withLock({ $0 }) else { throw CancellationError() }
        return outcome
    }
}
