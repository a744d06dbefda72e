internal import Core
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// A request to a server of the sandbox, all there.
struct LoopbackRequest: Sendable {
    var method: HTTPRequest.Method
    /// Path and query, byte for byte as they were sent.
    var target: String
    /// Host and port as the client names this server.
    var authority: String
    var headers: HTTPFields = [:]
    var body: [UInt8] = []
    /// The client's address, without its port.
    var peer: String = "127.0.0.1"
}

/// What the server answers; for HEAD the body stands for its length alone.
struct LoopbackAnswer: Sendable {
    var status: Int
    var headers: HTTPFields = [:]
    var body: [UInt8] = []
}

/// An HTTP/1.1 server that this machine alone can reach.
struct LoopbackServer: Sendable {
    /// 0 picks a free one.
    var port: Int
    /// The option that chose the port; an error about the port names it.
    var portOption: String
    /// How many bytes a request's body may have, by its head.
    var longestBody: @Sendable (LoopbackRequest) -> Int = { _ in 1 << 20 }
    /// What a request with a longer body is told; the body is not there.
    var tooLong: @Sendable (LoopbackRequest) async -> LoopbackAnswer = { _ in LoopbackAnswer(status: 413) }

    /// Serves until the task is cancelled, then closes every connection and returns. `ready` gets the port once
    /// requests are taken. Throws `system` where the port cannot be had.
    func run(
        ready: @escaping @Sendable (Int) async -> Void,
        answer: @escaping @Sendable (LoopbackRequest) async throws -> LoopbackAnswer
    ) async throws {
        let quiet = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: CallbackResponder<Connection> { request, connection in
                try await respond(to: request, from: connection, answer)
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
            logger: quiet)
        do {
            try await ServiceGroup(services: [application], logger: quiet).run()
        } catch {
            if Task.isCancelled { return }
            throw refused(error)
        }
    }

    private func refused(_ error: any Error) -> UnthrottleError {
        guard let error = error as? IOError else {
            return UnthrottleError(.system, "the server on 127.0.0.1:\(port) stopped", cause: error)
        }
        let taken = error.errnoCode == addressInUse
        return UnthrottleError(
            .system, "port \(port) of 127.0.0.1 cannot be had: \(taken ? "it is in use" : "\(error)")",
            hint: "Choose another one with \(portOption) PORT; 0 picks a free one.")
    }

    private struct Connection: InitializableFromSource {
        var peer: String
        init(source: ApplicationRequestContextSource) {
            peer = source.channel.remoteAddress?.ipAddress ?? "127.0.0.1"
        }
    }

    private func respond(
        to request: Request, from connection: Connection, _ answer: (LoopbackRequest) async throws -> LoopbackAnswer
    ) async throws -> Response {
        var asked = LoopbackRequest(
            method: request.method, target: request.head.path ?? "/",
            authority: request.head.authority ?? "127.0.0.1", headers: request.headers, peer: connection.peer)
        let given: LoopbackAnswer
        if let body = try? await request.body.collect(upTo: longestBody(asked)) {
            asked.body = Array(body.readableBytesView)
            given = try await answer(asked)
        } else {
            given = await tooLong(asked)
        }
        let response = Response(
            status: .init(code: given.status), headers: given.headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: given.body)))
        return request.method == .head ? response.createHeadResponse() : response
    }
}
