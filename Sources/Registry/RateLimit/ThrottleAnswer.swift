internal import Core
public import HTTPTypes

extension Throttle {
    /// Reads an HTTP answer; nil where it is no throttling.
    ///
    /// - Parameters:
    ///   - host: the registry that answered; `docker.io` for the hub and its token service
    ///   - identity: as whom it was asked, for words that do not say it
    public init?(host: String, status: Int, headers: HTTPFields, body: String, identity: Identity? = nil) {
        guard status >= 400 else { return nil }
        let found = Throttle(phrase: ErrorBody.messages(body) ?? body)
        let isCoded = ErrorBody.codes(body).contains("TOOMANYREQUESTS")
        guard status == 429 || isCoded || found == .loginLock else { return nil }
        guard ImageReference.Host.isDockerHub(host) else {
            self = found ?? .otherRegistry(Self.isPage(headers, body) ? .mirror : OtherRegistry(host: host))
            return
        }
        switch found {
        case .pullLimit(nil): self = .pullLimit(Self.counted(to: Quota(headers), identity))
        case let found?: self = found
        case nil where isCoded: self = .pullLimit(Self.counted(to: Quota(headers), identity))
        case nil: self = Self.withoutWords(headers, body, identity)
        }
    }

    private static func withoutWords(_ headers: HTTPFields, _ body: String, _ identity: Identity?) -> Throttle {
        let quota = Quota(headers)
        if let remaining = quota.remaining, remaining <= 0 { return .pullLimit(counted(to: quota, identity)) }
        let isPlain = headers[.contentType].map { $0.lowercased().hasPrefix("text/plain") } ?? false
        let saysSo = body.lowercased().contains("too many requests")
        return (isPlain && saysSo) || headers[.retryAfter] != nil ? .abuseLimit : .ambiguous
    }

    /// The source tells more than who asked: a login that did not take effect is counted to the address.
    private static func counted(to quota: Quota, _ identity: Identity?) -> Identity? {
        switch quota.source {
        case .address: .anonymous
        case .account(let id):
            if case .account = identity { identity } else { .account(id) }
        case nil: identity
        }
    }

    private static func isPage(_ headers: HTTPFields, _ body: String) -> Bool {
        headers[.contentType].map { $0.lowercased().hasPrefix("text/html") } ?? false
            || body.trimmed.lowercased().hasPrefix("<!doctype html")
    }
}
