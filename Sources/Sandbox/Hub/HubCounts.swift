/// What a hub has been asked since it started; `GET /_sandbox/hub` answers the same as JSON.
public struct HubCounts: Sendable, Codable, Hashable {
    /// Pulls (counted manifest GETs) of nobody.
    public var anonymousPulls = 0
    /// Pulls by account name.
    public var accountPulls: [String: Int] = [:]
    /// Manifest HEADs, which count as no pull.
    public var heads = 0
    /// Manifest requests answered 429.
    public var throttled = 0
    /// Tokens given to nobody.
    public var anonymousTokens = 0
    /// Tokens given to accounts, by name.
    public var accountTokens: [String: Int] = [:]
    /// Logins with a wrong name or password, and those of a locked name.
    public var refusedLogins = 0
    /// Blobs, or ranges of them, that were handed out.
    public var blobs = 0

    /// Pulls of all accounts.
    public var pullsOfAccounts: Int { accountPulls.values.reduce(0, +) }
}
