internal import Core
internal import FoundationEssentials
internal import HTTPTypes
internal import Registry
internal import Synchronization

/// The registry (OCI distribution specification, its pull side) with Docker Hub's pull limit.
extension Hub {
    func registry(
        _ route: HubRoute, _ query: [(name: String, value: String)], _ request: LoopbackRequest
    ) throws(Refused) -> LoopbackAnswer {
        let claims = try bearer(route, request)
        guard request.method == .get || request.method == .head else { throw Refused(.readOnly) }
        var answer: LoopbackAnswer
        switch route {
        case .manifest(let repository, let reference):
            answer = try manifest(repository, reference, claims, request)
        case .blob(let repository, let digest): answer = try blobLink(repository, digest, request)
        case .tags(let repository): answer = tags(repository, query)
        default:
            answer = LoopbackAnswer(status: 200, headers: [.contentType: "application/json"], body: Array("{}".utf8))
        }
        answer.headers[.apiVersion] = "registry/2.0"
        return answer
    }

    /// The claims of the request's token; it is refused with a challenge where they do not cover the route. The
    /// refusal tells the caller's address, as Docker Hub's does.
    private func bearer(_ route: HubRoute, _ request: LoopbackRequest) throws(Refused) -> HubClaims {
        let headers: HTTPFields = [.apiVersion: "registry/2.0", .rateLimitSource: request.peer]
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        let sent = words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
        guard let claims = sent.flatMap({ tokens.claims(of: $0, at: time.now()) }) else {
            let reason: HubRefusal.ChallengeReason? = sent == nil ? nil : .invalidToken
            throw Refused(.unauthorized(repository: route.repository, reason: reason), headers)
        }
        if let repository = route.repository, !claims.grantsPull(repository) {
            throw Refused(.unauthorized(repository: repository, reason: .insufficientScope), headers)
        }
        return claims
    }

    private func manifest(
        _ repository: String, _ reference: String, _ claims: HubClaims, _ request: LoopbackRequest
    ) throws(Refused) -> LoopbackAnswer {
        guard let (digest, manifest) = images.repositories[repository]?.manifest(reference) else {
            throw Refused(.unknownManifest(reference))
        }
        let account = accounts.values.first { $0.id == claims.sub }
        let identity = account.map(HubIdentity.account) ?? .anonymous(request.peer)
        let (allowed, rate) = book(identity, limit(of: account), isHead: request.method == .head)
        guard allowed else { throw Refused(.pullLimit(identity, tokenID: claims.jti), rate) }
        var headers = rate
        headers[.contentDigest] = digest.description
        headers[.eTag] = "\"\(digest)\""
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map(\.trimmed)
        if known.contains("*") || known.contains("\"\(digest)\"") {
            return LoopbackAnswer(status: 304, headers: headers)
        }
        headers[.contentType] = manifest.mediaType
        return LoopbackAnswer(status: 200, headers: headers, body: manifest.bytes)
    }

    /// Counts the request where it is a pull, and says what is left afterwards. A conditional GET counts too.
    private func book(_ identity: HubIdentity, _ limit: PullLimit, isHead: Bool) -> (allowed: Bool, HTTPFields) {
        let (now, source) = (time.now(), identity.source)
        var headers: HTTPFields = [.rateLimitSource: source]
        let (allowed, used) = state.withLock { state in
            var allowed = true
            if isHead {
                state.counts.heads += 1
                if case .pulls(let limit) = limit, configuration.throttlesHeads {
                    allowed = state.ledger.used(by: source, at: now) < limit
                }
            } else {
                allowed = state.ledger.pull(by: source, limit: limit, at: now)
                if allowed {
                    switch identity {
                    case .anonymous: state.counts.anonymousPulls += 1
                    case .account(let account): state.counts.accountPulls[account.name, default: 0] += 1
                    }
                }
            }
            if !allowed { state.counts.throttled += 1 }
            return (allowed, state.ledger.used(by: source, at: now))
        }
        if case .pulls(let limit) = limit {
            headers[.rateLimitLimit] = "\(limit);w=\(configuration.window)"
            headers[.rateLimitRemaining] = "\(max(0, limit - used));w=\(configuration.window)"
        }
        return (allowed, headers)
    }

    private func tags(_ repository: String, _ query: [(name: String, value: String)]) -> LoopbackAnswer {
        let fields = Dictionary(query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let last = fields["last"] ?? ""
        let rest = (images.repositories[repository]?.tags.keys.sorted() ?? []).filter { $0 > last }
        let page = fields["n"].flatMap(Int.init).map { Array(rest.prefix(max(0, $0))) } ?? rest
        let document: JSON = ["name": .string(repository), "tags": .array(page.map { .string($0) })]
        var headers: HTTPFields = [.contentType: "application/json"]
        if page.count < rest.count, let end = page.last {
            headers[.link] = "</v2/\(repository)/tags/list?last=\(end)&n=\(page.count)>; rel=\"next\""
        }
        return LoopbackAnswer(status: 200, headers: headers, body: Array(document.text().utf8))
    }
}

extension HubRoute {
    /// The repository that a token must cover.
    var repository: String? {
        switch self {
        case .manifest(let repository, _), .blob(let repository, _), .tags(let repository): repository
        case .base, .token, .content, .counts, .unknown: nil
        }
    }
}

extension HTTPField.Name {
    static let apiVersion = named("Docker-Distribution-Api-Version")
    static let contentDigest = named("Docker-Content-Digest")
    static let rateLimitSource = named("docker-ratelimit-source")
    static let rateLimitLimit = named("ratelimit-limit")
    static let rateLimitRemaining = named("ratelimit-remaining")
    static let link = named("Link")

    /// A name that is a token for certain; the fallback is never reached.
    private static func named(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .contentType }
}
