internal import FoundationEssentials

/// Wrong logins lock a user name for a while; then right ones fail too, as on Docker Hub (docker/hub-feedback#2201).
struct LoginGuard: Sendable {
    /// So many wrong logins in a row lock a name.
    static let patience = 10
    /// In seconds.
    static let lock = 600.0

    private var failures: [String: (count: Int, last: Date)] = [:]

    /// Whether every login of this name is refused now.
    func isLocked(_ name: String, at now: Date) -> Bool {
        guard let failed = recent(name, at: now) else { return false }
        return failed.count >= Self.patience
    }

    /// Notes a wrong login.
    mutating func failed(_ name: String, at now: Date) {
        failures[name] = ((recent(name, at: now)?.count ?? 0) + 1, now)
    }

    /// Notes a right login: what was wrong before is forgotten.
    mutating func succeeded(_ name: String) {
        failures[name] = nil
    }

    private func recent(_ name: String, at now: Date) -> (count: Int, last: Date)? {
        failures[name].flatMap { now.timeIntervalSince($0.last) < Self.lock ? $0 : nil }
    }
}
