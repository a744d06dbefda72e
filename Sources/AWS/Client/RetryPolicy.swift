internal import Core
internal import HTTP
internal import Synchronization

/// How a client spaces its calls (SDK guide, "Retry behavior").
public enum RetryMode: String, Sendable, Hashable {
    /// Retries with a growing wait, as many as a quota allows.
    case standard
    /// The same, and after a throttle no call goes out faster than AWS takes them; for scans of many projects.
    case adaptive
}

/// What to do after a failed attempt: botocore's standard mode, and never a blind repeat of a write.
struct RetryPolicy: Sendable {
    /// Why an attempt failed, as far as a repeat goes.
    enum Failure: Hashable {
        /// The service did nothing: it was not reached, or it asked for fewer calls.
        case nothingDone
        /// The service may have acted; `timeout` costs twice.
        case answerLost(timeout: Bool)
        /// Another attempt would end the same way.
        case final
    }

    enum Decision: Hashable {
        case retry
        case outcomeUnknown
        case giveUp
    }

    let maxAttempts: Int

    static func failure(of error: any Error) -> Failure {
        switch error {
        case let error as AWSError:
            if error.isThrottle { return .nothingDone }
            return RetryTables.isTransient(status: error.status, code: error.code)
                ? .answerLost(timeout: false) : .final
        case let error as TransportError:
            switch error.kind {
            case .notConnected: return .nothingDone
            case .connectionLost, .malformed: return .answerLost(timeout: false)
            case .timedOut: return .answerLost(timeout: true)
            case .tooLarge, .forbidden: return .final
            }
        default: return .final
        }
    }

    func decide(_ failure: Failure, effect: Effect, attempt: Int, quota: RetryQuota) -> Decision {
        switch failure {
        case .final: .giveUp
        case .answerLost where effect == .write: .outcomeUnknown
        case .answerLost(let timeout):
            attempt < maxAttempts && quota.take(timeout ? RetryQuota.timeoutCost : RetryQuota.cost) ? .retry : .giveUp
        case .nothingDone: attempt < maxAttempts && quota.take(RetryQuota.cost) ? .retry : .giveUp
        }
    }

    /// Full jitter: `rand * min(2^(attempt-1), 20 s)`; a server's `x-amz-retry-after`, in milliseconds, is followed for up to five
    /// seconds beyond that.
    static func delay(attempt: Int, serverAsks: String?, dice: Dice) -> Duration {
        let own = dice.uniform() * Double(min(1 << min(attempt - 1, 5), 20))
        let asked = serverAsks.flatMap { Int($0) }.flatMap { $0 >= 0 ? Double($0) / 1000 : nil }
        return .seconds(asked.map { min(max($0, own), own + 5) } ?? own)
    }
}

/// A bucket that ends retries when most calls fail, so that retries never multiply an outage (botocore's `quota.py`).
final class RetryQuota: Sendable {
    static let cost = 5
    static let timeoutCost = 10
    private static let capacity = 500
    private let left = Mutex(capacity)

    /// Takes `cost`, if there is as much.
    func take(_ cost: Int) -> Bool {
        left.withLock { left in
            guard left >= cost else { return false }
            left -= cost
            return true
        }
    }

    /// A call went well: what its last retry took comes back, or 1.
    func refund(_ cost: Int?) {
        left.withLock { $0 = min(Self.capacity, $0 + (cost ?? 1)) }
    }
}
