#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How fast a client may send, learnt from throttles: botocore's adaptive mode (`retries/adaptive.py`) as a state machine. A token bucket
/// whose rate falls to 0.7 of the measured one with each throttle, and grows back along CUBIC's curve (RFC 9438).
///
/// Times are seconds of any one clock.
struct AdaptiveRate: Sendable {
    private static let beta = 0.7
    private static let scale = 0.4
    private static let smoothing = 0.8
    private static let least = 0.5

    // Before the first throttle nothing is held back.
    private var isOn = false
    // CUBIC: the rate before the last throttle, how long the way back to it takes, and when that throttle was.
    private var peak = 0.0
    private var wayBack = 0.0
    private var lastThrottle: Double
    // The bucket; a debt is what callers who wait have taken ahead.
    private var rate = 1.0
    private var capacity = 1.0
    private var tokens = 0.0
    private var filled: Double
    // The measured rate, counted in half seconds.
    private var measured = 0.0
    private var counted = 0.0
    private var slot: Double

    init(at now: Double) {
        lastThrottle = now
        filled = now
        slot = now.rounded(.down)
    }

    /// Takes a token; how many seconds the caller waits before it sends.
    mutating func take(at now: Double) -> Double {
        guard isOn else { return 0 }
        refill(at: now)
        tokens -= 1
        return max(0, -tokens / rate)
    }

    /// An answer, or a failure to get one.
    mutating func received(throttled: Bool, at now: Double) {
        measure(at: now)
        var next: Double
        if throttled {
            peak = isOn ? min(measured, rate) : measured
            wayBack = cbrt(peak * (1 - Self.beta) / Self.scale)
            lastThrottle = now
            isOn = true
            next = peak * Self.beta
        } else {
            let since = now - lastThrottle - wayBack
            next = Self.scale * since * since * since + peak
        }
        next = min(next, 2 * measured)
        refill(at: now)
        rate = max(next, Self.least)
        capacity = max(next, 1)
        tokens = min(tokens, capacity)
    }

    private mutating func refill(at now: Double) {
        tokens = min(capacity, tokens + (now - filled) * rate)
        filled = now
    }

    private mutating func measure(at now: Double) {
        let current = (now * 2).rounded(.down) / 2
        counted += 1
        guard current > slot else { return }
        measured = counted / (current - slot) * Self.smoothing + measured * (1 - Self.smoothing)
        counted = 0
        slot = current
    }
}
