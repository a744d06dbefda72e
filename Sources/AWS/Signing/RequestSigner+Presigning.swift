public import Core
public import FoundationEssentials
public import HTTP
public import HTTPTypes

/// A request that whoever has it may make, without keys of their own.
public struct PresignedRequest: Sendable {
    /// The method that was signed.
    public var method: HTTPRequest.Method
    /// The URL: it is as good as the keys for this one request.
    public var url: Secret
    /// The header fields that were signed and must go out with it, without the Host.
    public var headers: HTTPFields
}

extension RequestSigner {
    /// Signs a request of S3 by its query (S3 API Reference, "Authenticating Requests: Using Query Parameters"); the body is not signed.
    /// Throws `invalidInput` for a lifetime that is not 1 second to 7 days, and for a URL that is none.
    public func presign(
        _ request: WebRequest, service: String, region: String, credentials: AWSCredentials, at date: Date,
        seconds: Int, rule: SigV4.PathRule = .s3
    ) throws -> PresignedRequest {
        guard (1...604_800).contains(seconds) else {
            throw UnthrottleError(.invalidInput, "a presigned URL lives 1 to 604800 seconds, not \(seconds)")
        }
        guard let parts = URLText.parts(request.url) else {
            throw UnthrottleError(.invalidInput, "\(URLText.redacted(request.url)) is no http or https URL")
        }
        let timestamp = SigV4.timestamp(date)
        let scope = SigV4.Scope(day: String(timestamp.prefix(8)), region: region, service: service)
        let fields = [("host", parts.authority)] + request.headers.map { ($0.name.canonicalName, $0.value) }
        var pairs = [
            ("X-Amz-Algorithm", SigV4.algorithm), ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope)"),
            ("X-Amz-Date", timestamp), ("X-Amz-Expires", "\(seconds)"),
            ("X-Amz-SignedHeaders", SigV4.signedHeaders(fields)),
        ]
        if let token = credentials.sessionToken { pairs.append(("X-Amz-Security-Token", token.reveal())) }
        let own = parts.query.map { $0.isEmpty ? [] : [$0] } ?? []
        let query = (own + pairs.map { "\($0)=\(PercentEncoding.encode($1))" }).joined(separator: "&")
        let canonical = SigV4.canonicalRequest(
            method: request.method.rawValue, path: parts.path, query: query, headers: fields,
            payloadHash: "UNSIGNED-PAYLOAD", rule: rule)
        let signature = SigV4.signature(
            SigV4.stringToSign(canonicalRequest: canonical, timestamp: timestamp, scope: scope),
            key: SigV4.key(secret: credentials.secretAccessKey, scope: scope))
        let base = request.url.prefix { $0 != "?" }
        return PresignedRequest(
            method: request.method, url: Secret("\(base)?\(query)&X-Amz-Signature=\(signature)"),
            headers: request.headers)
    }
}
