import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A proxy between a client and an AWS endpoint that loses, refuses and delays requests as a test decides.
///
/// The Host header goes on as it came, since the signature covers it.
final class FaultProxy: Sendable {
    /// One request.
    struct Call: Sendable, Equatable {
        /// The operation, such as `CreateSecret`.
        var operation: String
        /// Which call it is, from 1.
        var number: Int
        /// Which write it is, from 1; nil for a read.
        var write: Int?
    }

    /// What happens to a request.
    enum Fault: Sendable {
        /// It goes on and is answered.
        case none
        /// The connection is closed before it goes on.
        case drop
        /// It goes on; the connection is closed instead of the answer.
        case lose
        /// It is refused here.
        case refuse(Int, code: String, message: String)
        /// It is answered here, with success.
        case answer(JSON)
    }

    private struct Counts {
        var calls = 0
        var writes = 0
        var done: [String] = []
    }

    private let upstream: String
    private let transport: NetworkTransport
    private let decide: @Sendable (Call) -> Fault
    private let counts = Mutex(Counts())

    private init(_ upstream: String, _ transport: NetworkTransport, _ decide: @escaping @Sendable (Call) -> Fault) {
        self.upstream = upstream
        self.transport = transport
        self.decide = decide
    }

    /// The writes that the endpoint carried out, in their order.
    var writesDone: [String] { counts.withLock { $0.done } }

    /// The changes of resources among them, from the n-th write on; one that was repeated at once stands once.
    func changesDone(from first: Int = 0) -> [String] {
        writesDone.dropFirst(first).filter { $0 != "StartBuild" }.reduce(into: []) { all, next in
            if all.last != next { all.append(next) }
        }
    }

    /// Runs `work` with the URL of a proxy in front of `upstream`.
    static func with(
        _ upstream: String, _ decide: @escaping @Sendable (Call) -> Fault,
        _ work: (_ url: String, _ proxy: FaultProxy) async throws -> Void
    ) async throws {
        try await NetworkTransport.using(NetworkSettings(), userAgent: "proxy") { transport in
            let proxy = FaultProxy(upstream, transport, decide)
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        return try Connection(wrappingChannelSynchronously: channel)
                    }
                }
            let port = server.channel.localAddress?.port ?? 0
            let serving = Task {
                try await withThrowingDiscardingTaskGroup { group in
                    try await server.executeThenClose { connections in
                        for try await connection in connections {
                            group.addTask { try? await proxy.serve(connection) }
                        }
                    }
                }
            }
            defer { serving.cancel() }
            try await work("http://127.0.0.1:\(port)", proxy)
        }
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private func serve(_ connection: Connection) async throws {
        try await connection.executeThenClose { parts, answers in
            var head: HTTPRequestHead?
            var body: [UInt8] = []
            for try await part in parts {
                switch part {
                case .head(let new): (head, body) = (new, [])
                case .body(let bytes): body += bytes.readableBytesView
                case .end:
                    guard let head, let (status, bytes) = try await answer(head, body) else { return }
                    let headers: HTTPHeaders = ["content-length": "\(bytes.count)"]
                    try await answers.write(
                        .head(.init(version: .http1_1, status: .init(statusCode: status), headers: headers)))
                    try await answers.write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
                    try await answers.write(.end(nil))
                }
            }
        }
    }

    /// The answer to a request; nil where the connection is to be closed.
    private func answer(_ head: HTTPRequestHead, _ body: [UInt8]) async throws -> (Int, [UInt8])? {
        let operation = Self.operation(head, body)
        let isWrite = Self.isWrite(operation)
        let call = counts.withLock { counts in
            counts.calls += 1
            if isWrite { counts.writes += 1 }
            return Call(operation: operation, number: counts.calls, write: isWrite ? counts.writes : nil)
        }
        let fault = decide(call)
        switch fault {
        case .drop: return nil
        case .refuse(let status, let code, let message):
            return (status, Self.refusal(head, code: code, message: message))
        case .answer(let body): return (200, Array(body.text().utf8))
        case .none, .lose: break
        }
        var headers = HTTPFields()
        for (name, value) in head.headers where name.lowercased() != "content-length" {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        let method = HTTPRequest.Method(head.method.rawValue) ?? .post
        let response = try await transport.fetch(WebRequest(method, upstream + head.uri, headers: headers, body: body))
        if isWrite, response.status < 300 { counts.withLock { $0.done.append(operation) } }
        if case .lose = fault { return nil }
        return (response.status, response.bytes)
    }

    private static func operation(_ head: HTTPRequestHead, _ body: [UInt8]) -> String {
        if let target = head.headers.first(name: "x-amz-target") {
            return target.split(separator: ".").last.map(String.init) ?? target
        }
        let fields = String(decoding: body, as: UTF8.self).split(separator: "&")
        return fields.first { $0.hasPrefix("Action=") }.map { String($0.dropFirst("Action=".count)) } ?? "?"
    }

    private static func isWrite(_ operation: String) -> Bool {
        ["Create", "Put", "Update", "Delete", "Restore", "Start", "Stop"].contains { operation.hasPrefix($0) }
    }

    /// An error in the shape of the protocol that the request speaks.
    private static func refusal(_ head: HTTPRequestHead, code: String, message: String) -> [UInt8] {
        if head.headers.contains(name: "x-amz-target") {
            return Array(JSON.object(["__type": .string(code), "message": .string(message)]).text().utf8)
        }
        let text = """
            <ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>\
            <RequestId>test</RequestId></ErrorResponse>
            """
        return Array(text.utf8)
    }
}
