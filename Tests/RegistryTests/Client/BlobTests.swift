import Core
import HTTP
import HTTPTypes
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Registry

/// Answers from a script whose bodies may break off.
private final class BreakingTransport: Transport {
    struct Line: Sendable {
        var status = 200
        var headers: HTTPFields = [:]
        var pieces: [String] = []
        var failure: TransportError?
    }

    private let lines: [Line]
    private let seen = Mutex<[WebRequest]>([])

    init(_ lines: [Line]) { self.lines = lines }

    var requests: [WebRequest] { seen.withLock { $0 } }

    func send(_ request: WebRequest) async throws -> WebResponse {
        let index = seen.withLock { seen in
            defer { seen.append(request) }
            return seen.count
        }
        guard index < lines.count else { throw TransportError(.forbidden, "the script has ended") }
        let line = lines[index]
        let body = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            for piece in line.pieces { stream.yield(ByteBuffer(string: piece)) }
            stream.finish(throwing: line.failure)
        }
        return WebResponse(status: line.status, headers: line.headers, body: body)
    }
}

@Suite("Blobs as verified streams")
struct BlobTests {
    private typealias Line = BreakingTransport.Line
    static let text = "0123456789"
    static let blob = Descriptor(mediaType: "x", digest: Digest.of(Array(text.utf8)), size: 10)
    private static let lost = TransportError(.connectionLost, "lost")

    private func read(_ transport: any Transport, _ blob: Descriptor = Self.blob, hub: HubEndpoint = .dockerHub)
        async throws -> String
    {
        var bytes: [UInt8] = []
        for try await piece in RegistryClient(transport, hub: hub).blob(blob, of: try ImageReference("alpine")) {
            bytes += piece.readableBytesView
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a broken download goes on where it broke, also where the registry begins anew")
    func resume() async throws {
        let transport = BreakingTransport([
            Line(pieces: ["012"], failure: Self.lost),
            Line(status: 206, headers: [.contentRange: "bytes 3-9/10"], pieces: ["34"]),
            Line(status: 200, pieces: ["0123", "456789"]),
        ])
        #expect(try await read(transport) == Self.text)
        #expect(transport.requests.map { $0.headers[.range] } == [nil, "bytes=3-", "bytes=5-"])
    }

    @Test("without progress it gives up")
    func givesUp() async throws {
        let transport = BreakingTransport(Array(repeating: Line(pieces: [], failure: Self.lost), count: 9))
        #expect(await kind { try await read(transport) } == .unavailable)
        #expect(transport.requests.count == 4)
    }

    @Test("another range than asked for is refused")
    func wrongRange() async throws {
        let transport = BreakingTransport([
            Line(pieces: ["012"], failure: Self.lost),
            Line(status: 206, headers: [.contentRange: "bytes 0-9/10"], pieces: ["0123456789"]),
        ])
        #expect(await kind { try await read(transport) } == .malformed)
    }

    @Test("wrong bytes, and too many, are an error before the end", arguments: ["012345678x", "0123456789+"])
    func wrong(_ text: String) async throws {
        #expect(await kind { try await read(ScriptedTransport([.answer(200, [:], text)])) } == .digestMismatch)
    }

    @Test("an empty blob is one")
    func empty() async throws {
        let blob = Descriptor(mediaType: "x", digest: Digest.of([]), size: 0)
        #expect(try await read(ScriptedTransport([.answer(200)]), blob) == "")
    }

    @Test("a redirect is followed without the login, and relative ones within their origin")
    func redirect() async throws {
        let transport = ScriptedTransport { request, earlier in
            if request.url.hasPrefix("https://cdn.example") {
                return earlier.last?.url.hasPrefix("https://cdn.example") == true
                    ? .answer(200, [:], Self.text) : .answer(302, [.location: "/other?sig=1"])
            }
            guard request.headers[.authorization] != nil || request.url.contains("/token") else {
                return ScriptedHub().answer(request)
            }
            return request.url.contains("/token")
                ? .answer(200, [:], #"{"token":"t"}"#) : .answer(307, [.location: "https://cdn.example/x?sig=1"])
        }
        #expect(try await read(transport) == Self.text)
        #expect(
            transport.requests.suffix(2).map(\.url) == [
                "https://cdn.example/x?sig=1", "https://cdn.example/other?sig=1",
            ])
        #expect(transport.requests.suffix(2).allSatisfy { $0.headers[.authorization] == nil && $0.carriesSecret })
    }

    @Test(
        "redirects that are not followed",
        arguments: ["http://cdn.example/x", "ftp://cdn.example/x", "http://127.0.0.1/x", "x", ""])
    func foreign(_ location: String) async throws {
        let transport = ScriptedTransport([.answer(307, [.location: location])])
        #expect(await kind { try await read(transport) } == .foreignRedirect)
        #expect(transport.requests.count == 1)
    }

    @Test("from a hub on this machine to this machine plain http is followed")
    func loopback() async throws {
        let transport = ScriptedTransport([
            .answer(307, [.location: "http://127.0.0.1:9/x"]), .answer(200, [:], Self.text),
        ])
        #expect(try await read(transport, hub: HubEndpoint("http://127.0.0.1:5080")) == Self.text)
    }

    @Test("redirects in a circle end")
    func circle() async throws {
        let transport = ScriptedTransport { _, _ in .answer(307, [.location: "https://cdn.example/x"]) }
        #expect(await kind { try await read(transport) } == .foreignRedirect)
        #expect(transport.requests.count == 6)
    }
}
