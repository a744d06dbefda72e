public import Core
internal import FoundationEssentials
internal import Synchronization

/// Keeps another provider's credentials and fetches new ones ahead of their end, once for all who wait (botocore's times: from 15
/// minutes before on if that works, from 10 minutes before on whatever it takes).
///
/// A failure is not kept: the next call tries again. Waiters share one task of which none is the owner, so that a cancelled one
/// takes nothing from the others.
public final class RefreshingCredentials: CredentialProvider {
    private struct State {
        var current: AWSCredentials?
        var refresh: Task<AWSCredentials, any Error>?
    }

    private static let advisory: TimeInterval = 15 * 60
    private static let mandatory: TimeInterval = 10 * 60

    private let source: any CredentialProvider
    private let time: Timekeeper
    private let state = Mutex(State())

    /// Keeps what `source` gives.
    public init(_ source: any CredentialProvider, time: Timekeeper = .system) {
        self.source = source
        self.time = time
    }

    /// The kept credentials, or fresh ones; throws what the source throws, and `credentials` where it gives expired ones.
    public func credentials() async throws -> AWSCredentials {
        let current = state.withLock { $0.current }
        let left = current.map { $0.expiration?.timeIntervalSince(time.now()) ?? .infinity } ?? 0
        if let current, left > Self.advisory { return current }
        do {
            let fresh = try await refreshTask().value
            try Task.checkCancellation()
            return fresh
        } catch {
            if let current, left > Self.mandatory, !(error is CancellationError) { return current }
            throw error
        }
    }

    private func refreshTask() -> Task<AWSCredentials, any Error> {
        state.withLock { state in
            if let running = state.refresh { return running }
            let task = Task {
                defer { self.state.withLock { $0.refresh = nil } }
                let fresh = try await self.source.credentials()
                if let end = fresh.expiration, end <= self.time.now() {
                    throw UnthrottleError(
                        .credentials, "the AWS credentials expired at \(ISO8601.text(end))",
                        hint: "Sign in again, then `eval \"$(aws configure export-credentials --format env)\"`.")
                }
                self.state.withLock { $0.current = fresh }
                return fresh
            }
            state.refresh = task
            return task
        }
    }
}
