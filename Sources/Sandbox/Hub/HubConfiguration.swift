public import Core
internal import Crypto

/// How many pulls an identity has in one window.
public enum PullLimit: Sendable, Hashable {
    /// As many as it likes (a paid account): its answers carry no counts.
    case unlimited
    /// So many.
    case pulls(Int)
}

/// An account of the sandbox's hub.
public struct HubAccount: Sendable {
    /// The user name, as in `docker login -u`.
    public var name: String
    /// The password or access token.
    public var password: Secret
    /// What it may pull.
    public var limit: PullLimit

    /// An account.
    public init(name: String, password: Secret, limit: PullLimit) {
        self.name = name
        self.password = password
        self.limit = limit
    }

    /// An account with a new password that nobody can guess, in the form of a Docker Hub access token.
    public static func fresh(_ name: String, limit: PullLimit, dice: Dice) -> HubAccount {
        HubAccount(name: name, password: Secret("dckr_pat_" + dice.hex(14)), limit: limit)
    }

    /// The UUID that stands for the account in `docker-ratelimit-source` and in tokens: version 8 (RFC 9562), from
    /// the name.
    public var id: String {
        var digest = Array(SHA256.hash(data: Array(name.utf8)))
        digest[6] = digest[6] & 0x0f | 0x80
        digest[8] = digest[8] & 0x3f | 0x80
        var rest = Hex.encode(digest)[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}

/// How the sandbox's hub behaves.
public struct HubConfiguration: Sendable {
    /// Where it listens on 127.0.0.1; 0 picks a free port.
    public var port: Int
    /// Pulls without an account, each address for itself.
    public var anonymousLimit: PullLimit
    /// The accounts, each with another name.
    public var accounts: [HubAccount]
    /// How long a pull counts, in seconds; Docker Hub's is six hours.
    public var window: Int
    /// Repositories that only the named accounts can pull: full name to account names.
    public var privateRepositories: [String: Set<String>]
    /// Whether a spent quota refuses HEAD too, without a body. Both were seen of Docker Hub; documented is that HEAD
    /// is free.
    public var throttlesHeads: Bool

    /// Docker Hub's figures of 2026 (docs.docker.com/docker-hub/usage/pulls) unless told otherwise.
    public init(
        port: Int = 0, anonymousLimit: PullLimit = .pulls(100), accounts: [HubAccount] = [], window: Int = 21600,
        privateRepositories: [String: Set<String>] = [:], throttlesHeads: Bool = false
    ) {
        self.port = port
        self.anonymousLimit = anonymousLimit
        self.accounts = accounts
        self.window = window
        self.privateRepositories = privateRepositories
        self.throttlesHeads = throttlesHeads
    }
}
