internal import AWS
internal import Core
internal import FoundationEssentials
internal import HTTPTypes

/// Verifies Signature Version 4 as AWS does, and refuses in its words (IAM User Guide, "Troubleshoot Signature Version
/// 4").
struct SignatureCheck: Sendable {
    let service: AWSService
    let place: AccountPlace
    let keys: KeyRing
    let now: Date

    /// Who signed the request; throws what AWS answers where the signature does not hold.
    func caller(of request: LoopbackRequest) throws -> Caller {
        guard let header = request.headers[.authorization] else { throw missing }
        guard let authorization = SigV4.Authorization(header) else {
            throw refusal("IncompleteSignature", status: 400, "Authorization header is not a Signature Version 4 one.")
        }
        let sent = request.headers
        guard let stamp = sent[.named("X-Amz-Date")] ?? sent[.named("Date")], let date = SigV4.date(stamp) else {
            throw refusal(
                "IncompleteSignature", status: 400,
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
        }
        guard let holder = keys.holder(of: authorization.accessKeyID),
            holder.credentials.sessionToken == sent[.named("X-Amz-Security-Token")].map({ Secret($0) })
        else { throw unknownKey }
        try check(authorization, stamp: stamp, headers: sent)
        try checkClock(date)
        try checkSignature(of: request, authorization, stamp, holder.credentials.secretAccessKey)
        if let expires = holder.credentials.expiration, expires <= now {
            throw service.isQuery
                ? ServiceError("ExpiredToken", "The security token included in the request is expired", status: 403)
                : ServiceError("ExpiredTokenException", "The security token included in the request is expired")
        }
        return holder.caller
    }

    private func check(_ authorization: SigV4.Authorization, stamp: String, headers: HTTPFields) throws {
        for name in ["host"]
            + ["x-amz-date", "x-amz-target", "x-amz-security-token"].filter({
                headers[.named($0)] != nil
            }) where !authorization.signedHeaders.contains(name)
        {
            let shown = name == "host" ? "'Host' or ':authority'" : "'\(name)'"
            throw mismatch("\(shown) must be a 'SignedHeader' in the AWS Authorization.")
        }
        let scope = authorization.scope
        guard scope.service == service.signingName else {
            throw mismatch("Credential should be scoped to correct service: '\(service.signingName)'. ")
        }
        let regions = service.isQuery ? ["us-east-1", place.region] : [place.region]
        guard regions.contains(scope.region) else {
            throw mismatch("Credential should be scoped to a valid region. ")
        }
        guard stamp.hasPrefix(scope.day) else {
            throw mismatch(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(scope.day)' != '\(stamp.prefix(8))', from '\(stamp)'.")
        }
    }

    private func checkClock(_ date: Date) throws {
        let tolerance = Double(service.clockTolerance.components.seconds)
        let (signed, present) = (SigV4.timestamp(date), SigV4.timestamp(now))
        let minutes = Int(tolerance / 60)
        if date < now.addingTimeInterval(-tolerance) {
            let edge = SigV4.timestamp(now.addingTimeInterval(-tolerance))
            throw mismatch("Signature expired: \(signed) is now earlier than \(edge) (\(present) - \(minutes) min.)")
        }
        if date > now.addingTimeInterval(tolerance) {
            let edge = SigV4.timestamp(now.addingTimeInterval(tolerance))
            throw mismatch(
                "Signature not yet current: \(signed) is still later than \(edge) (\(present) + \(minutes) min.)")
        }
    }

    private func checkSignature(
        of request: LoopbackRequest, _ authorization: SigV4.Authorization, _ stamp: String, _ secret: Secret
    ) throws {
        let halves = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let headers = authorization.signedHeaders.flatMap { name -> [(name: String, value: String)] in
            // The server keeps Host apart from the other fields.
            if name == "host" { return [(name, request.authority)] }
            return request.headers[values: .named(name)].map { (name, $0) }
        }
        let canonical = SigV4.canonicalRequest(
            method: request.method.rawValue, path: halves.first.map(String.init) ?? "/",
            query: halves.count > 1 ? String(halves[1]) : "", headers: headers,
            payloadHash: SigV4.payloadHash(request.body))
        let expected = SigV4.signature(
            SigV4.stringToSign(canonicalRequest: canonical, timestamp: stamp, scope: authorization.scope),
            key: SigV4.key(secret: secret, scope: authorization.scope))
        guard Secret(expected) == Secret(authorization.signature) else {
            throw mismatch(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                    + "Access Key and signing method. Consult the service documentation for details.")
        }
    }

    private var missing: ServiceError {
        service.isQuery
            ? ServiceError("MissingAuthenticationToken", "Request is missing Authentication Token", status: 403)
            : ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token")
    }

    private var unknownKey: ServiceError {
        let message = "The security token included in the request is invalid."
        return service.isQuery
            ? ServiceError("InvalidClientTokenId", message, status: 403)
            : ServiceError("UnrecognizedClientException", message)
    }

    private func mismatch(_ message: String) -> ServiceError {
        service.isQuery
            ? ServiceError("SignatureDoesNotMatch", message, status: 403)
            : ServiceError("InvalidSignatureException", message)
    }

    private func refusal(_ code: String, status: Int, _ message: String) -> ServiceError {
        ServiceError(service.isQuery ? code : "\(code)Exception", message, status: status)
    }
}

extension HTTPField.Name {
    /// A field by the name that a request or a signature has for it.
    fileprivate static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .date }
}
