internal import Core
public import HTTPTypes

/// What Docker Hub says about an identity's pulls, read from the headers of a manifest's answer.
///
/// `ratelimit-limit: 100;w=21600`, `ratelimit-remaining: 20;w=21600` and `docker-ratelimit-source`
/// (docs.docker.com, Docker Hub pull usage and limits). Nothing is assumed: what the headers lack is nil.
public struct Quota: Sendable, Hashable {
    /// What the pulls are counted to.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// An account, by its UUID.
        case account(String)
        /// An address, or the prefix of an IPv6 network.
        case address(String)

        /// The header's value.
        public var description: String {
            switch self {
            case .account(let text), .address(let text): text
            }
        }
    }

    /// The pulls in one window; nil where none was sent.
    public var limit: Int?
    /// The pulls that are left; below zero where the hub counted on. Nil where none was sent.
    public var remaining: Int?
    /// The window's length in seconds; nil where none was sent.
    public var window: Int?
    /// What the pulls are counted to; nil where none was sent.
    public var source: Source?

    /// A quota of its parts.
    public init(limit: Int? = nil, remaining: Int? = nil, window: Int? = nil, source: Source? = nil) {
        (self.limit, self.remaining, self.window, self.source) = (limit, remaining, window, source)
    }

    /// Reads the headers; what is absent or cannot be read is nil.
    public init(_ headers: HTTPFields) {
        let limit = headers[.rateLimitLimit].map(Self.counted)
        let remaining = headers[.rateLimitRemaining].map(Self.counted)
        self.init(
            limit: limit?.count.flatMap { $0 < 0 ? nil : $0 }, remaining: remaining?.count,
            window: limit?.window ?? remaining?.window, source: headers[.rateLimitSource].flatMap(Source.init))
    }

    /// Whether the pulls are counted to an account: its UUID stands as the source.
    public var isCountedToAccount: Bool {
        if case .account = source { true } else { false }
    }

    /// Whether the registry sends no counts to an account: it has no limit, or the image is exempt from it.
    public var isUnlimitedAccount: Bool { isCountedToAccount && limit == nil && remaining == nil }

    /// `100;w=21600`: a number, and parameters of which `w` is the window in seconds. Each may be missing.
    private static func counted(_ value: String) -> (count: Int?, window: Int?) {
        // Two fields of one name come as one value with commas; the first counts.
        let parts = value.prefix { $0 != "," }.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
        let window = parts.dropFirst().lazy.compactMap { part -> Int? in
            part.lowercased().hasPrefix("w=") ? Int(part.dropFirst(2).trimmed).flatMap { $0 > 0 ? $0 : nil } : nil
        }.first
        return (parts.first.flatMap { Int($0) }, window)
    }
}

extension Quota.Source {
    /// Reads the header's value; nil where it is empty.
    public init?(_ value: String) {
        let text = value.trimmed
        guard !text.isEmpty else { return nil }
        self = Self.isUUID(text) ? .account(text) : .address(text)
    }

    private static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(ASCII.isHex) }
    }
}

/// A quota that was read, with the evidence for it.
public struct QuotaReading: Sendable, Hashable {
    /// What the headers say.
    public var quota: Quota
    /// The image whose manifest was asked for, with HEAD, which counts as no pull.
    public var image: ImageReference
    /// As whom it was asked.
    public var identity: Identity
    /// The headers that were read, `name: value`, as they came.
    public var evidence: [String]

    /// A reading of its parts.
    public init(quota: Quota, image: ImageReference, identity: Identity, evidence: [String]) {
        (self.quota, self.image, self.identity, self.evidence) = (quota, image, identity, evidence)
    }

    /// Whether the hub counts this identity's pulls to an account.
    public var isCountedToAccount: Bool { quota.isCountedToAccount }
}

extension HTTPField.Name {
    /// `ratelimit-limit`
    static let rateLimitLimit = known("ratelimit-limit")
    /// `ratelimit-remaining`
    static let rateLimitRemaining = known("ratelimit-remaining")
    /// `docker-ratelimit-source`
    static let rateLimitSource = known("docker-ratelimit-source")
    /// `docker-content-digest`
    static let contentDigest = known("docker-content-digest")

    /// A name that is a token for certain; the fallback is never reached.
    private static func known(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .cookie }
}

extension HTTPFields {
    /// The rate limit's headers as they came, for a person to read.
    var rateLimitEvidence: [String] {
        [.rateLimitLimit, .rateLimitRemaining, .rateLimitSource, .retryAfter].flatMap { (name: HTTPField.Name) in
            self[values: name].map { "\(name.rawName): \($0)" }
        }
    }
}
