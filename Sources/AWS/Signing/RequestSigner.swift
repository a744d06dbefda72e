internal import Core
public import FoundationEssentials
public import HTTP
internal import HTTPTypes
internal import Synchronization

/// Signs requests by header. What requests of one client share is kept from one to the next: the key of the day, the address, the second.
public final class RequestSigner: Sendable {
    private struct Derived {
        var secret: Secret
        var scope: SigV4.Scope
        /// The scope as it is written.
        var text: String
        var key: SigV4.Key
    }

    private struct Target {
        var url: String
        var rule: SigV4.PathRule
        var host: String
        /// Path and query as they stand in the canonical request.
        var canonical: String
    }

    /// A field that goes out with request after request.
    private struct Standing {
        var value: String
        var field: HTTPField
        var canonical: String

        init(_ name: HTTPField.Name, _ value: String) {
            self.value = value
            field = HTTPField(name: name, value: value)
            canonical = SigV4.collapsed(field.value)
        }
    }

    private struct Kept {
        var derived: Derived?
        var target: Target?
        var second: (number: Int64, day: String, date: Standing)?
        var token: Standing?
    }

    private let kept = Mutex(Kept())

    /// A signer with nothing kept.
    public init() {}

    /// The request with `X-Amz-Date`, `X-Amz-Security-Token` and `Authorization`. Every field that is there is signed, and the Host,
    /// but those that may change on the way (User-Agent, X-Amzn-Trace-Id). A signature that is there already is replaced. Where
    /// `X-Amz-Content-SHA256` is there, as S3 demands, it stands for the body's hash: the hash itself, or `UNSIGNED-PAYLOAD`.
    public func sign(
        _ request: WebRequest, service: String, region: String, credentials: AWSCredentials, at date: Date,
        rule: SigV4.PathRule = .standard
    ) throws -> WebRequest {
        let target = try target(request.url, rule)
        let (day, date) = second(date)
        let scope = SigV4.Scope(day: day, region: region, service: service)
        var (outgoing, fields, host) = (HTTPFields(), [(name: String, value: String)](), target.host)
        fields.reserveCapacity(8)
        for field in request.headers {
            switch field.name.canonicalName {
            case "authorization", "x-amz-date", "x-amz-security-token": continue
            case "host": host = field.value
            // Proxies and transports change these on the way; no SDK signs them.
            case "user-agent", "expect", "transfer-encoding", "x-amzn-trace-id": break
            case let name: SigV4.add(name, SigV4.collapsed(field.value), to: &fields)
            }
            outgoing.append(field)
        }
        SigV4.add("host", host, to: &fields)
        for standing in [date, token(credentials.sessionToken)] {
            guard let standing else { continue }
            SigV4.add(standing.field.name.canonicalName, standing.canonical, to: &fields)
            outgoing.append(standing.field)
        }
        let canonical = SigV4.canonicalRequest(
            method: request.method.rawValue, target: target.canonical, fields: fields,
            payloadHash: request.headers[.amzContentSHA256] ?? SigV4.payloadHash(request.body))
        let key = key(credentials.secretAccessKey, scope)
        let text = SigV4.stringToSign(canonical.bytes, timestamp: date.value, scope: key.scope)
        outgoing.append(
            HTTPField(
                name: .authorization,
                value: SigV4.Authorization.text(
                    accessKeyID: credentials.accessKeyID, scope: key.scope, signedHeaders: canonical.signed,
                    signature: SigV4.signature(text, key: key.key))))
        var signed = request
        signed.headers = outgoing
        return signed
    }

    private func target(_ url: String, _ rule: SigV4.PathRule) throws -> Target {
        if let target = kept.withLock({ $0.target }), target.url == url, target.rule == rule { return target }
        guard let parts = URLText.parts(url) else {
            throw UnthrottleError(.invalidInput, "\(URLText.redacted(url)) is no http or https URL")
        }
        let canonical = SigV4.canonicalPath(parts.path, rule) + "\n" + SigV4.canonicalQuery(parts.query ?? "")
        let target = Target(url: url, rule: rule, host: parts.authority, canonical: canonical)
        kept.withLock { $0.target = target }
        return target
    }

    private func second(_ date: Date) -> (day: String, date: Standing) {
        let number = Int64(date.timeIntervalSince1970.rounded(.down))
        if let second = kept.withLock({ $0.second }), second.number == number { return (second.day, second.date) }
        let timestamp = SigV4.timestamp(date)
        let (day, standing) = (String(timestamp.prefix(8)), Standing(.amzDate, timestamp))
        kept.withLock { $0.second = (number, day, standing) }
        return (day, standing)
    }

    private func token(_ token: Secret?) -> Standing? {
        guard let value = token?.reveal() else { return nil }
        if let token = kept.withLock({ $0.token }), token.value == value { return token }
        let standing = Standing(.amzSecurityToken, value)
        kept.withLock { $0.token = standing }
        return standing
    }

    private func key(_ secret: Secret, _ scope: SigV4.Scope) -> (key: SigV4.Key, scope: String) {
        kept.withLock { kept in
            if let derived = kept.derived, derived.scope == scope, derived.secret == secret {
                return (derived.key, derived.text)
            }
            let key = SigV4.key(secret: secret, scope: scope)
            let text = scope.description
            kept.derived = Derived(secret: secret, scope: scope, text: text, key: key)
            return (key, text)
        }
    }
}
