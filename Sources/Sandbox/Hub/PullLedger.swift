internal import FoundationEssentials

/// Who pulled when, over a rolling window: a pull counts from its moment until a whole window has passed.
struct PullLedger: Sendable {
    /// In seconds.
    let window: Int
    private var pulls: [String: [Date]] = [:]

    init(window: Int) {
        self.window = window
    }

    /// Pulls of `source` (an address or an account's UUID) that still count at `now`.
    func used(by source: String, at now: Date) -> Int {
        pulls[source, default: []].count { counts($0, at: now) }
    }

    /// What `source` has left at `now`, never below 0.
    func remaining(for source: String, of limit: Int, at now: Date) -> Int {
        max(0, limit - used(by: source, at: now))
    }

    /// Books one pull; false, and nothing booked, where none is left.
    mutating func pull(by source: String, limit: PullLimit, at now: Date) -> Bool {
        let counting = pulls[source, default: []].filter { counts($0, at: now) }
        if case .pulls(let limit) = limit, counting.count >= limit { return false }
        pulls[source] = counting + [now]
        return true
    }

    private func counts(_ pull: Date, at now: Date) -> Bool { now.timeIntervalSince(pull) < Double(window) }
}
