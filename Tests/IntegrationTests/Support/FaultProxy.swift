import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A proxy between a client and an AWS endpoint that loses, refuses, withholds and spoils as a test decides, and records what went by.
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

    /// A request that reached the endpoint, and what the endpoint answered.
    struct Exchange: Sendable {
        var operation: String
        var method: String
        var path: String
        var headers: [(name: String, value: String)]
        var body: [UInt8]
        var status: Int
        var answerHeaders: [(name: String, value: String)]
        var answer: [UInt8]
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
        /// It goes on; the answer is never given, and the connection stays open.
        case withhold
        /// It goes on; the connection is closed in the middle of the answer's body.
        case truncate
        /// It goes on; another body is answered, with success.
        case replace(String)
        /// The endpoint's clock is off by so many seconds: what is signed for another time is refused, and all answers show that clock.
        case skew(Double)
    }

    /// What goes back to the client.
    private enum Reply {
        case whole(Int, HTTPHeaders, [UInt8])
        case cut(Int, HTTPHeaders, [UInt8])
        case none
        case close
    }

    private struct Counts {
        var calls = 0
        var writes = 0
        var done: [String] = []
        var faults = 0
        var exchanges: [Exchange] = []
    }

    private let upstream: String
    private let transport: NetworkTransport
    private let decide: @Sendable (Call) -> Fault
    private let credentials: AWSCredentials?
    private let counts = Mutex(Counts())

    private init(
        _ upstream: String, _ transport: NetworkTransport, _ credentials: AWSCredentials?,
        _ decide: @escaping @Sendable (Call) -> Fault
    ) {
        self.upstream = upstream
        self.credentials = credentials
        self.transport = transport
        self.decide = decide
    }

    /// The writes that the endpoint carried out, in their order.
    var writesDone: [String] { counts.withLock { $0.done } }

    /// How many requests met a fault.
    var faults: Int { counts.withLock { $0.faults } }

    /// What went by, from the n-th exchange on.
    func exchanges(from first: Int = 0) -> [Exchange] { counts.withLock { Array($0.exchanges.dropFirst(first)) } }

    /// The changes of resources among them, from the n-th write on; one that was repeated at once stands once.
    func changesDone(from first: Int = 0) -> [String] {
        writesDone.dropFirst(first).filter { $0 != "StartBuild" }.reduce(into: []) { all, next in
            if all.last != next { all.append(next) }
        }
    }

    /// Runs `work` with the URL of a proxy in front of `upstream`. With `credentials` it can play a skewed clock: it signs anew.
    static func with(
        _ upstream: String, credentials: AWSCredentials? = nil, _ decide: @escaping @Sendable (Call) -> Fault,
        _ work: (_ url: String, _ proxy: FaultProxy) async throws -> Void
    ) async throws {
        try await NetworkTransport.using(NetworkSettings(), userAgent: "proxy") { transport in
            let proxy = FaultProxy(upstream, transport, credentials, decide)
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
                    guard let head else { return }
                    switch try await reply(to: head, body) {
                    case .whole(let status, let headers, let bytes):
                        try await answers.write(
                            .head(.init(version: .http1_1, status: .init(statusCode: status), headers: headers)))
                        try await answers.write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
                        try await answers.write(.end(nil))
                    case .cut(let status, let headers, let bytes):
                        try await answers.write(
                            .head(.init(version: .http1_1, status: .init(statusCode: status), headers: headers)))
                        try await answers.write(.body(.byteBuffer(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))))
                        return
                    case .none: continue
                    case .close: return
                    }
                }
            }
        }
    }

    private func reply(to head: HTTPRequestHead, _ body: [UInt8]) async throws -> Reply {
        let operation = Self.operation(head, body)
        let isWrite = Self.isWrite(operation)
        let call = counts.withLock { counts in
            counts.calls += 1
            if isWrite { counts.writes += 1 }
            return Call(operation: operation, number: counts.calls, write: isWrite ? counts.writes : nil)
        }
        let fault = decide(call)
        if case .none = fault {} else { counts.withLock { $0.faults += 1 } }
        switch fault {
        case .drop: return .close
        case .refuse(let status, let code, let message):
            return Self.local(status, Self.refusal(head, code: code, message: message))
        case .answer(let body): return Self.local(200, Array(body.text().utf8))
        case .skew(let seconds):
            let clock = ServerClock(ahead: seconds)
            if let words = clock.objection(to: head) {
                let isJSON = head.headers.contains(name: "x-amz-target")
                let code = isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch"
                return Self.local(
                    isJSON ? 400 : 403, Self.refusal(head, code: code, message: words), ["date": clock.header])
            }
        case .none, .lose, .withhold, .truncate, .replace: break
        }
        let exchange = try await forward(head, body, operation, resigns: fault.resigns)
        counts.withLock { counts in
            counts.exchanges.append(exchange)
            if isWrite, exchange.status < 300 { counts.done.append(operation) }
        }
        var headers = HTTPHeaders(exchange.answerHeaders.map { ($0.name, $0.value) })
        for name in ["transfer-encoding", "connection"] { headers.remove(name: name) }
        headers.replaceOrAdd(name: "content-length", value: "\(exchange.answer.count)")
        switch fault {
        case .lose: return .close
        case .withhold: return .none
        case .truncate: return .cut(exchange.status, headers, exchange.answer)
        case .replace(let text): return Self.local(200, Array(text.utf8))
        case .skew(let seconds): headers.replaceOrAdd(name: "date", value: ServerClock(ahead: seconds).header)
        case .none, .drop, .refuse, .answer: break
        }
        return .whole(exchange.status, headers, exchange.answer)
    }

    private func forward(
        _ head: HTTPRequestHead, _ body: [UInt8], _ operation: String, resigns: Bool
    ) async throws -> Exchange {
        var headers = HTTPFields()
        for (name, value) in head.headers where name.lowercased() != "content-length" {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        let method = HTTPRequest.Method(head.method.rawValue) ?? .post
        var request = WebRequest(method, upstream + head.uri, headers: headers, body: body)
        if resigns, let credentials, let scope = headers[.authorization].flatMap({ SigV4.Authorization($0) })?.scope {
            request = try RequestSigner().sign(
                request, service: scope.service, region: scope.region, credentials: credentials, at: Date())
        }
        let response = try await transport.fetch(request)
        return Exchange(
            operation: operation, method: head.method.rawValue, path: head.uri,
            headers: head.headers.map { ($0.name, $0.value) }, body: body, status: response.status,
            answerHeaders: response.head.headers.map { ($0.name.canonicalName, $0.value) }, answer: response.bytes)
    }

    private static func local(_ status: Int, _ bytes: [UInt8], _ more: HTTPHeaders = [:]) -> Reply {
        var headers = more
        headers.add(name: "content-length", value: "\(bytes.count)")
        return .whole(status, headers, bytes)
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

extension FaultProxy.Fault {
    fileprivate var resigns: Bool {
        if case .skew = self { return true }
        return false
    }
}
