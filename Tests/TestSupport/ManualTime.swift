public import Core
internal import FoundationEssentials
internal import Synchronization

/// A time that moves only when a test, or a sleep, moves it: no test waits.
public final class ManualTime: Sendable {
    private let state: Mutex<(now: Date, slept: [Duration])>

    /// Starts at `now`, in seconds since 1970.
    public init(_ now: Double = 1_700_000_000) {
        state = Mutex((Date(timeIntervalSince1970: now), []))
    }

    /// Every sleep that was asked for, in order.
    public var slept: [Duration] { state.withLock { $0.slept } }

    /// Moves the time on.
    public func advance(by seconds: Double) {
        state.withLock { $0.now.addTimeInterval(seconds) }
    }

    /// The time to hand in: its sleep returns at once and moves the time on by as much.
    public var keeper: Timekeeper {
        Timekeeper(
            now: { self.state.withLock { $0.now } },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.slept.append(duration)
                    state.now.addTimeInterval(
                        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
                }
            })
    }
}

extension Dice {
    /// The same numbers at every run: splitmix64 from `seed`.
    public static func seeded(_ seed: UInt64) -> Dice {
        let generator = SeededGenerator(seed)
        return Dice(
            uniform: { Double(generator.next() >> 11) / Double(1 << 53) },
            bytes: { count in (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } })
    }
}

private final class SeededGenerator: Sendable {
    private let state: Mutex<UInt64>
    init(_ seed: UInt64) { state = Mutex(seed) }
    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
    }
}
