internal import AWS
internal import Core
internal import FoundationEssentials
internal import HTTPTypes

/// The sandbox's AWS endpoint: every service behind one address, told apart as AWS's own protocols do it.
struct AWSFront: Sendable {
    let backend: Backend
    let keys: KeyRing
    let operations: OperationTable

    /// Answers anything that comes in; never without an answer in a form that the client can read.
    func answer(_ request: LoopbackRequest) async -> LoopbackAnswer {
        let path = String(request.target.prefix { $0 != "?" })
        if path == "/_sandbox/health" {
            return json(
                200,
                [
                    "status": "ok", "account": .string(backend.place.account), "region": .string(backend.place.region),
                    "operations": .object(operations.names.mapValues { .array($0.map { .string($0) }) }),
                ])
        }
        if path.hasPrefix(KeyRing.path) {
            return credentials(build: String(path.dropFirst(KeyRing.path.count)), request)
        }
        let requestID = backend.dice.uuid()
        if let asked = S3Request(request) { return await answer(asked, request, requestID) }
        guard request.method == .post, path == "/",
            let (service, operation) = AWSService.route(
                headers: request.headers, body: request.body)
        else { return unknown(request, requestID) }
        let answer: OperationTable.Answer
        do {
            let check = SignatureCheck(service: service, place: backend.place, keys: keys, now: backend.time.now())
            let call = Call(caller: try check.caller(of: request), requestID: requestID)
            answer = await operations.answer(
                service, operation, WireMessage(headers: request.headers, body: request.body), call)
        } catch {
            answer = service.refusal(
                error as? ServiceError ?? ServiceError("InternalFailure", "\(error)", status: 500), requestID: requestID
            )
        }
        return LoopbackAnswer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    private func answer(_ asked: S3Request, _ request: LoopbackRequest, _ requestID: String) async -> LoopbackAnswer {
        var answer: OperationTable.Answer
        do {
            let caller = try S3Signature(place: backend.place, keys: keys, now: backend.time.now()).caller(of: request)
            guard let operation = asked.operation else {
                throw ServiceError(
                    "NotImplemented", "The sandbox knows no \(asked.name) of S3", status: 501)
            }
            try S3Fields(request: asked, account: backend.place.account).check(for: operation)
            answer = await operations.answer(
                S3.service, operation.name,
                WireMessage(method: request.method, target: asked.target, headers: asked.headers, body: request.body),
                bucket: asked.bucket, Call(caller: caller, requestID: requestID))
        } catch {
            let refusal = error as? ServiceError ?? ServiceError("InternalError", "\(error)", status: 500)
            answer = S3.service.refusal(refusal, requestID: requestID)
        }
        if answer.status == 200, answer.headers[.contentRange] != nil { answer.status = 206 }
        // An answer to HEAD and one that says that nothing changed have no body (RFC 9110, sections 9.3.2 and 15.4.5).
        let isBare = answer.status == 304 || answer.status == 204 || (request.method == .head && answer.status != 200)
        return LoopbackAnswer(status: answer.status, headers: answer.headers, body: isBare ? [] : answer.body)
    }

    /// A build's credentials in the form of the container credentials endpoint (AWS SDKs Reference Guide, "Container
    /// credential provider").
    private func credentials(build: String, _ request: LoopbackRequest) -> LoopbackAnswer {
        guard request.method == .get else { return json(405, ["code": "MethodNotAllowed", "message": "GET only"]) }
        guard
            let (credentials, role) = keys.credentials(
                ofBuild: PercentEncoding.decode(build), token: request.headers[.authorization] ?? "")
        else {
            return json(
                401,
                ["code": "AccessDeniedException", "message": "no such build runs, or the authorization token is wrong"])
        }
        return json(
            200,
            [
                "AccessKeyId": .string(credentials.accessKeyID),
                "Expiration": .string((credentials.expiration ?? backend.now).formatted(.iso8601)),
                "RoleArn": .string(role), "SecretAccessKey": .string(credentials.secretAccessKey.reveal()),
                "Token": .string(credentials.sessionToken?.reveal() ?? ""),
            ])
    }

    /// A request that is for no operation of any service that the sandbox has: the answer is in the form of the protocol
    /// that it speaks, and says for what.
    private func unknown(_ request: LoopbackRequest, _ requestID: String) -> LoopbackAnswer {
        let asked = UnknownRequest(request)
        let service = asked.isForm ? STS.service : CodeBuild.service
        let answer = service.refusal(
            ServiceError(asked.isForm ? "InvalidAction" : "UnknownOperationException", asked.message),
            requestID: requestID)
        return LoopbackAnswer(status: asked.isCall ? 400 : 404, headers: answer.headers, body: answer.body)
    }

    private func json(_ status: Int, _ members: [String: JSON]) -> LoopbackAnswer {
        LoopbackAnswer(
            status: status, headers: [.contentType: "application/json"], body: Array(JSON.object(members).text().utf8))
    }
}
