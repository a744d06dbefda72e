internal import AWS
internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// Verifies S3's signatures, by header or by query, and refuses in S3's words (S3 API Reference, "Authenticating
/// Requests" and "Error responses").
struct S3Signature: Sendable {
    let place: AccountPlace
    let keys: KeyRing
    let now: Date

    /// How far a client's clock may be off, in seconds.
    private static let tolerance = 900.0

    /// Who signed; throws what S3 answers where the signature does not hold.
    func caller(of request: LoopbackRequest) throws -> Caller {
        try request.headers[.authorization].map { try caller(of: request, header: $0) } ?? caller(byQuery: request)
    }

    private func caller(of request: LoopbackRequest, header: String) throws -> Caller {
        guard let authorization = SigV4.Authorization(header) else { throw Self.unsupported }
        guard let stamp = request.headers[Self.name("x-amz-date")], let date = SigV4.date(stamp) else {
            throw ServiceError(
                "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", status: 403)
        }
        guard abs(date.timeIntervalSince(now)) <= Self.tolerance else {
            throw ServiceError(
                "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
                status: 403)
        }
        guard let hash = request.headers[Self.name("x-amz-content-sha256")] else {
            throw ServiceError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
        }
        guard !hash.hasPrefix("STREAMING-") else {
            throw ServiceError.headerNotImplemented()
        }
        let token = request.headers[Self.name("x-amz-security-token")]
        let holder = try holder(authorization, token: token)
        try check(request, authorization, stamp: stamp, query: Self.query(request), hash: hash, holder)
        guard hash == "UNSIGNED-PAYLOAD" || hash == SigV4.payloadHash(request.body) else {
            throw ServiceError(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.")
        }
        return holder.caller
    }

    private func caller(byQuery request: LoopbackRequest) throws -> Caller {
        let query = Self.query(request)
        let pairs = Dictionary(URLText.queryPairs(query).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let isSigned = ["X-Amz-Algorithm", "X-Amz-Signature", "AWSAccessKeyId", "Signature"].contains {
            pairs[$0] != nil
        }
        // S3 calls who signs nothing anonymous, and lets them do nothing that no policy of a bucket allows.
        guard isSigned else { throw ServiceError("AccessDenied", "Access Denied", status: 403) }
        guard pairs["X-Amz-Algorithm"] == SigV4.algorithm else { throw Self.unsupported }
        guard let credential = pairs["X-Amz-Credential"], let stamp = pairs["X-Amz-Date"],
            let date = SigV4.date(stamp), let lifetime = pairs["X-Amz-Expires"].flatMap({ Int($0) }),
            let signed = pairs["X-Amz-SignedHeaders"], let signature = pairs["X-Amz-Signature"],
            let authorization = SigV4.Authorization(
                "\(SigV4.algorithm) Credential=\(credential), SignedHeaders=\(signed), Signature=\(signature)")
        else {
            throw ServiceError(
                "AuthorizationQueryParametersError",
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
                    + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
        }
        guard (1...604_800).contains(lifetime) else {
            throw ServiceError(
                "AuthorizationQueryParametersError",
                "X-Amz-Expires must be between 1 and 604800 seconds (a week)")
        }
        guard date <= now.addingTimeInterval(Self.tolerance), now < date.addingTimeInterval(Double(lifetime)) else {
            throw ServiceError("AccessDenied", "Request has expired", status: 403)
        }
        let holder = try holder(authorization, token: pairs["X-Amz-Security-Token"])
        let rest = query.split(separator: "&").filter { !$0.hasPrefix("X-Amz-Signature=") }.joined(separator: "&")
        try check(request, authorization, stamp: stamp, query: rest, hash: "UNSIGNED-PAYLOAD", holder)
        return holder.caller
    }

    private func holder(_ authorization: SigV4.Authorization, token: String?) throws -> KeyRing.Holder {
        guard let holder = keys.holder(of: authorization.accessKeyID) else {
            throw ServiceError(
                "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403)
        }
        guard holder.credentials.sessionToken == token.map({ Secret($0) }) else {
            throw ServiceError("InvalidToken", "The provided token is malformed or otherwise invalid.")
        }
        if let expires = holder.credentials.expiration, expires <= now {
            throw ServiceError("ExpiredToken", "The provided token has expired.")
        }
        guard authorization.scope.region == place.region else {
            throw ServiceError(
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region '\(authorization.scope.region)' is wrong; expecting "
                    + "'\(place.region)'")
        }
        return holder
    }

    private func check(
        _ request: LoopbackRequest, _ authorization: SigV4.Authorization, stamp: String, query: String, hash: String,
        _ holder: KeyRing.Holder
    ) throws {
        let headers = authorization.signedHeaders.flatMap { name -> [(name: String, value: String)] in
            if name == "host" { return [(name, request.authority)] }
            return request.headers[values: Self.name(name)].map { (name, $0) }
        }
        let canonical = SigV4.canonicalRequest(
            method: request.method.rawValue, path: String(request.target.prefix { $0 != "?" }), query: query,
            headers: headers, payloadHash: hash, rule: .s3)
        let expected = SigV4.signature(
            SigV4.stringToSign(canonicalRequest: canonical, timestamp: stamp, scope: authorization.scope),
            key: SigV4.key(secret: holder.credentials.secretAccessKey, scope: authorization.scope))
        guard stamp.hasPrefix(authorization.scope.day), authorization.signedHeaders.contains("host"),
            Secret(expected) == Secret(authorization.signature)
        else {
            throw ServiceError(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and "
                    + "signing method.", status: 403)
        }
    }

    private static func query(_ request: LoopbackRequest) -> String {
        String(request.target.drop { $0 != "?" }.dropFirst())
    }

    private static let unsupported = ServiceError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")

    private static func name(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .date }
}
