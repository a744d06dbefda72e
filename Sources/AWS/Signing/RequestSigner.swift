public import FoundationEssentials
public import HTTP
internal import HTTPTypes
internal import Synchronization

/// Signs requests by header. What requests of one client share is kept from one to the next: the key of the day, the address, the second.
public final class RequestSigner: Sendable {
    private let kept = Mutex<SigningContext?>(nil)

    /// A signer with nothing kept.
    public init() {}

    /// The request with `X-Amz-Date`, `X-Amz-Security-Token` and `Authorization`. Every field that is there is signed, and the Host,
    /// but those that may change on the way (User-Agent, X-Amzn-Trace-Id). A signature that is there already is replaced. Where
    /// `X-Amz-Content-SHA256` is there, as S3 demands, it stands for the body's hash: the hash itself, or `UNSIGNED-PAYLOAD`.
    public func sign(
        _ request: WebRequest, service: String, region: String, credentials: AWSCredentials, at date: Date,
        rule: SigV4.PathRule = .standard
    ) throws -> WebRequest {
        let context = try context(
            SigningContext.Basis(
                url: request.url, rule: rule, service: service, region: region, credentials: credentials,
                second: Int64(date.timeIntervalSince1970.rounded(.down))))
        let canonical = Self.canonicalRequest(of: request, context)
        var toSign = context.beginningToSign
        SigV4.hash(canonical.bytes).appendHex(to: &toSign)
        var authorization = context.authorization
        authorization.reserveCapacity(authorization.count + canonical.names.count + 80)
        authorization += canonical.names
        authorization += ", Signature=".utf8
        context.key.code(of: toSign).appendHex(to: &authorization)

        var signed = request
        signed.headers.reserveCapacity(request.headers.count + 3)
        signed.headers[fields: .amzDate] = context.date
        signed.headers[fields: .amzSecurityToken] = context.token
        signed.headers[fields: .authorization] = [HTTPField(name: .authorization, value: authorization)]
        return signed
    }

    private static func canonicalRequest(of request: WebRequest, _ context: SigningContext) -> SigV4.CanonicalRequest {
        var own: [SigV4.CanonicalLine] = []
        own.reserveCapacity(4)
        var next = 0
        var payloadHash: String?
        for index in request.headers.indices {
            let name = request.headers[index].name.canonicalName
            switch name {
            // An old signature's are replaced.
            case "authorization", "x-amz-date", "x-amz-security-token": continue
            // Proxies and transports change these on the way; no SDK signs them.
            case "user-agent", "expect", "transfer-encoding", "x-amzn-trace-id": continue
            case "host": next = 1  // of the context's lines, Host is the first
            case "x-amz-content-sha256": payloadHash = request.headers[index].value
            default: break
            }
            SigV4.CanonicalLine.add(name, request.headers[index].value, to: &own)
        }
        var canonical = SigV4.CanonicalRequest(method: request.method.rawValue, target: context.target)
        for line in own {
            while next < context.lines.count, context.lines[next].name < line.name {
                canonical.add(context.lines[next])
                next += 1
            }
            canonical.add(line)
        }
        for line in context.lines[next...] { canonical.add(line) }
        if let payloadHash {
            canonical.end(payloadHash: payloadHash)
        } else {
            canonical.end(bodyHash: SigV4.hash(request.body))
        }
        return canonical
    }

    private func context(_ basis: SigningContext.Basis) throws -> SigningContext {
        let last = kept.withLock(\.self)
        if let last, last.holds(for: basis) { return last }
        let context = try SigningContext(basis, after: last)
        kept.withLock { $0 = context }
        return context
    }
}
