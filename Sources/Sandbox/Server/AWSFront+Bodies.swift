internal import AWS
internal import Core
internal import HTTPTypes

/// How long a request may be, and what a longer one is told.
extension AWSFront {
    /// An object, in bytes. S3 itself takes 5 GB; here all of them stand in memory.
    static let longestObject = 64 << 20
    /// Any other request; the longest that a service takes is far below.
    static let longestCall = 1 << 20

    /// Serves on a port of this machine until the task is cancelled.
    func serve(port: Int, portOption: String, ready: @escaping @Sendable (Int) async -> Void) async throws {
        try await LoopbackServer(
            port: port, portOption: portOption,
            longestBody: { S3Request($0) == nil ? Self.longestCall : Self.longestObject },
            tooLong: { refuse(tooLong: $0) }
        ).run(ready: ready, answer: { await answer($0) })
    }

    private func refuse(tooLong request: LoopbackRequest) -> LoopbackAnswer {
        let (service, error) = Self.refusal(tooLong: request)
        let answer = service.refusal(error, requestID: backend.dice.uuid())
        return LoopbackAnswer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    private static func refusal(tooLong request: LoopbackRequest) -> (AWSService, ServiceError) {
        if S3Request(request) != nil {
            return (
                S3.service,
                ServiceError(
                    "EntityTooLarge",
                    "Your proposed upload exceeds the maximum allowed size. The sandbox takes \(longestObject) bytes.")
            )
        }
        // A form says in its body for which service it is; the form of the answer is the same for all of them.
        let isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        let service =
            isForm ? STS.service : AWSService.route(headers: request.headers, body: [])?.service ?? CodeBuild.service
        let code = isForm ? "RequestEntityTooLarge" : "RequestEntityTooLargeException"
        return (
            service, ServiceError(code, "The sandbox takes requests of at most \(longestCall) bytes.", status: 413)
        )
    }
}
