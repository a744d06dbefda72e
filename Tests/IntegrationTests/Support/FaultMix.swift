import Core
import Synchronization
import TestSupport
import Testing

/// Which faults a network has, and how often; the same ones in the same order for the same seed.
struct FaultMix: Sendable, CustomTestStringConvertible {
    var name: String
    /// Each fault with how many of a hundred requests meet it.
    var shares: [(percent: Int, fault: FaultProxy.Fault)]
    var seed: UInt64

    init(_ name: String, seed: UInt64, _ shares: [(percent: Int, fault: FaultProxy.Fault)]) {
        self.name = name
        self.seed = seed
        self.shares = shares
    }

    var testDescription: String { "\(name), seed \(seed)" }

    /// Decides for request after request.
    func decider() -> @Sendable (FaultProxy.Call) -> FaultProxy.Fault {
        let dice = Dice.seeded(seed)
        return { _ in
            var roll = Int(dice.uniform() * 100)
            for (percent, fault) in shares {
                roll -= percent
                if roll < 0 { return fault }
            }
            return .none
        }
    }

    private static let throttle = FaultProxy.Fault.refuse(400, code: "ThrottlingException", message: "Rate exceeded")
    private static let slowDown = FaultProxy.Fault.refuse(429, code: "TooManyRequestsException", message: "slow down")
    private static let failure = FaultProxy.Fault.refuse(500, code: "InternalFailure", message: "try again")
    private static let unavailable = FaultProxy.Fault.refuse(503, code: "ServiceUnavailable", message: "try again")

    /// The table of the fault runs.
    static let table: [FaultMix] = {
        let everything: [(Int, FaultProxy.Fault)] = [
            (3, .drop), (3, .lose), (3, .truncate), (2, throttle), (2, slowDown), (2, failure), (2, unavailable),
        ]
        return [
            FaultMix("everything", seed: 1, everything), FaultMix("everything", seed: 2, everything),
            FaultMix("everything", seed: 3, everything),
            FaultMix("throttles", seed: 4, [(10, throttle), (8, slowDown)]),
            FaultMix("server errors", seed: 5, [(8, failure), (8, unavailable)]),
            FaultMix("dropped connections", seed: 6, [(18, .drop)]),
            FaultMix("lost answers", seed: 7, [(16, .lose)]),
            FaultMix("cut answers", seed: 8, [(16, .truncate)]),
        ]
    }()
}
