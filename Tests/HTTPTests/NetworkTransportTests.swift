import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

@testable import HTTP

@Suite("The network transport")
struct NetworkTransportTests {
    /// Runs a server of these routes on loopback for as long as `work` runs.
    static func serving(
        _ routes: (Router<BasicRequestContext>) -> Void,
        _ work: @escaping @Sendable (String, NetworkTransport) async throws -> Void
    ) async throws {
        let router = Router()
        routes(router)
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in bound.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test/1") { transport in
                try await work("http://127.0.0.1:\(port)", transport)
            }
            group.cancelAll()
        }
    }

    @Test("a request and its answer, and a redirect that is not followed")
    func roundTrip() async throws {
        try await Self.serving { router in
            router.post("/echo") { request, _ in
                let body = try await request.body.collect(upTo: 100)
                return Response(
                    status: .ok, headers: [.contentType: request.headers[.userAgent] ?? ""],
                    body: .init(byteBuffer: body))
            }
            router.get("/away") { _, _ in Response(status: .temporaryRedirect, headers: [.location: "/echo"]) }
        } _: { base, transport in
            let answer = try await transport.fetch(WebRequest(.post, base + "/echo", body: Array("hello".utf8)))
            #expect(answer.text == "hello")
            #expect(answer.head.headers[.contentType] == "test/1")
            let away = try await transport.fetch(WebRequest(.get, base + "/away"))
            #expect(away.status == 307)
        }
    }

    @Test("an answer that is too long, one that takes too long, and none at all are told apart")
    func failures() async throws {
        try await Self.serving { router in
            router.get("/long") { _, _ in String(repeating: "x", count: 1000) }
            router.get("/never") { _, _ in
                try await Task.sleep(for: .seconds(60))
                return "late"
            }
        } _: { base, transport in
            let long = await #expect(throws: TransportError.self) {
                try await transport.fetch(WebRequest(.get, base + "/long"), most: 10)
            }
            #expect(long?.kind == .tooLarge)
            let limits = WebRequest.Limits(overall: .milliseconds(100))
            let late = await #expect(throws: TransportError.self) {
                try await transport.fetch(WebRequest(.get, base + "/never", limits: limits))
            }
            #expect(late?.kind == .timedOut)
            let none = await #expect(throws: TransportError.self) {
                try await transport.fetch(WebRequest(.get, "http://127.0.0.1:1/"))
            }
            #expect(none?.kind == .notConnected)
        }
    }

    @Test("a credential does not leave this machine in the clear")
    func clear() async throws {
        try await NetworkTransport.using(NetworkSettings(), userAgent: "test/1") { transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(WebRequest(.get, "http://registry.example.com/v2/", carriesSecret: true))
            }
            #expect(error?.kind == .forbidden)
        }
    }

    @Test("work that is left over when the transport is closed opens no new connection")
    func closed() async throws {
        let transport = try await NetworkTransport.using(NetworkSettings(), userAgent: "test/1") { $0 }
        await #expect(throws: CancellationError.self) {
            try await transport.send(WebRequest(.get, "http://127.0.0.1:1/"))
        }
    }
}
