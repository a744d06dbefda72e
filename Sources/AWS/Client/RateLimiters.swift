internal import Core
internal import FoundationEssentials
internal import Synchronization

/// One rate for each account, Region and service, which is how AWS counts calls: clients that share this back off as one. Only clients in
/// adaptive mode ask it.
public final class RateLimiters: Sendable {
    struct Scope: Hashable {
        var account: String
        var region: String
        var service: String
    }

    private let rates = Mutex<[Scope: AdaptiveRate]>([:])

    /// Nothing learnt yet.
    public init() {}

    /// Waits until a call may be sent; throws `CancellationError`.
    func admit(_ scope: Scope, time: Timekeeper) async throws {
        let now = time.now().timeIntervalSince1970
        let wait = rates.withLock { $0[scope, default: AdaptiveRate(at: now)].take(at: now) }
        if wait > 0 { try await time.sleep(.seconds(wait)) }
    }

    /// Learns from an attempt's end.
    func received(_ scope: Scope, throttled: Bool, time: Timekeeper) {
        let now = time.now().timeIntervalSince1970
        rates.withLock { $0[scope, default: AdaptiveRate(at: now)].received(throttled: throttled, at: now) }
    }
}
