internal import AsyncHTTPClient
internal import Core
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The transport over the real network: AsyncHTTPClient with the limits, proxies and trust of ``NetworkSettings``.
///
/// AsyncHTTPClient takes one proxy a client, so there is one client for each proxy decision that came up.
public final class NetworkTransport: Transport {
    private struct Choice: Hashable {
        var proxy: NetworkSettings.Proxy?
        var connect: Duration
        var idle: Duration
    }

    private let settings: NetworkSettings
    private let userAgent: String
    private struct State {
        var clients: [Choice: HTTPClient] = [:]
        /// A client that is made after the shutdown would never be shut down.
        var isClosed = false
    }

    private let state = Mutex(State())

    /// A transport; call ``shutdown()`` at the end.
    public init(_ settings: NetworkSettings, userAgent: String) {
        self.settings = settings
        self.userAgent = userAgent
    }

    /// Runs `work` with a transport and closes its connections afterwards.
    public static func using<Value: Sendable>(
        _ settings: NetworkSettings, userAgent: String, _ work: (NetworkTransport) async throws -> Value
    ) async throws -> Value {
        let transport = NetworkTransport(settings, userAgent: userAgent)
        do {
            let value = try await work(transport)
            await transport.shutdown()
            return value
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Closes all connections.
    public func shutdown() async {
        let all = state.withLock { state in
            defer { state = State(isClosed: true) }
            return Array(state.clients.values)
        }
        for client in all { try? await client.shutdown() }
    }

    /// Sends the request once; see ``Transport``.
    public func send(_ request: WebRequest) async throws -> WebResponse {
        let shown = "\(request.method) \(URLText.redacted(request.url))"
        guard let parts = URLText.parts(request.url) else {
            throw TransportError(.forbidden, "\(shown): this is no http or https URL")
        }
        guard
            !request.carriesSecret || parts.scheme == "https" || parts.isLoopback
                || Self.credentialAddresses.contains(parts.host)
        else {
            throw TransportError(.forbidden, "\(shown): a credential is not sent in the clear; use https")
        }
        let found = client(
            for: Choice(proxy: settings.proxy(for: parts), connect: request.limits.connect, idle: request.limits.idle))
        guard let client = found else { throw CancellationError() }
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = .init(rawValue: request.method.rawValue)
        for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !outgoing.headers.contains(name: "User-Agent") { outgoing.headers.add(name: "User-Agent", value: userAgent) }
        if !request.body.isEmpty || request.method == .post || request.method == .put {
            outgoing.body = .bytes(request.body)
        }
        do {
            let overall = request.limits.overall.map { TimeAmount.nanoseconds($0.nanoseconds) } ?? .hours(24)
            let response = try await client.execute(outgoing, timeout: overall)
            var headers = HTTPFields()
            for (name, value) in response.headers {
                if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
            }
            return WebResponse(
                status: Int(response.status.code), headers: headers, body: MappedBody(body: response.body, shown: shown)
            )
        } catch {
            throw Self.mapped(error, shown: shown)
        }
    }

    /// Where a container asks for its credentials in the clear, by AWS's design.
    private static let credentialAddresses: Set<String> = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"]

    /// The client of a choice; nil after the shutdown.
    private func client(for choice: Choice) -> HTTPClient? {
        state.withLock { state in
            if state.isClosed { return nil }
            if let client = state.clients[choice] { return client }
            var configuration = HTTPClient.Configuration()
            configuration.redirectConfiguration = .disallow
            configuration.decompression = .disabled
            configuration.timeout = .init(
                connect: .nanoseconds(choice.connect.nanoseconds), read: .nanoseconds(choice.idle.nanoseconds))
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
            configuration.connectionPool.retryConnectionEstablishment = false
            if let proxy = choice.proxy {
                configuration.proxy = .server(
                    host: proxy.host, port: proxy.port, authorization: proxy.login.map(Self.proxyLogin))
            }
            if let path = settings.trustedAuthorities {
                var tls = TLSConfiguration.makeClientConfiguration()
                tls.trustRoots = .file(path)
                configuration.tlsConfiguration = tls
            }
            let client = HTTPClient(
                eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
            state.clients[choice] = client
            return client
        }
    }

    private static func proxyLogin(_ login: Secret) -> HTTPClient.Authorization {
        let halves = login.reveal().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return .basic(username: String(halves[0]), password: halves.count > 1 ? String(halves[1]) : "")
    }

    static func mapped(_ error: any Error, shown: String) -> any Error {
        switch error {
        case is CancellationError, is TransportError: error
        case let error as HTTPClientError where error == .cancelled: CancellationError()
        case let error as HTTPClientError
        where [.connectTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout].contains(error):
            TransportError(.notConnected, "\(shown): no connection in time")
        case let error as HTTPClientError where [.readTimeout, .deadlineExceeded, .writeTimeout].contains(error):
            TransportError(.timedOut, "\(shown): no answer in time")
        case let error as HTTPClientError where [.remoteConnectionClosed, .uncleanShutdown].contains(error):
            TransportError(.connectionLost, "\(shown): the connection was closed before the answer was complete")
        case let error as HTTPClientError where error.description.contains("proxy"):
            TransportError(.notConnected, "\(shown): the proxy refused: \(error.description)")
        case is NIOConnectionError, is NIOSSLError:
            TransportError(.notConnected, "\(shown): \(reason(error))")
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN].contains(error.errnoCode):
            TransportError(.notConnected, "\(shown): \(String(cString: strerror(error.errnoCode)).lowercased())")
        case let error as HTTPParserError where error == .invalidEOFState:
            TransportError(.connectionLost, "\(shown): the connection was closed before the answer was complete")
        case is HTTPParserError:
            TransportError(.malformed, "\(shown): the answer is no HTTP (\(error))")
        default:
            TransportError(.connectionLost, "\(shown): \(reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let connection = error as? NIOConnectionError else { return "\(error)" }
        if let first = connection.connectionErrors.first {
            let text = "\(first.error)"
            return text.contains("refused") ? "connection refused" : text
        }
        return "the name \(connection.host) was not found"
    }
}

/// The response's body with its errors in this room's words.
private struct MappedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error
    let body: HTTPClientResponse.Body
    let shown: String

    struct Iterator: AsyncIteratorProtocol {
        var inner: HTTPClientResponse.Body.AsyncIterator
        let shown: String
        mutating func next() async throws -> ByteBuffer? {
            do { return try await inner.next() } catch { throw NetworkTransport.mapped(error, shown: shown) }
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(inner: body.makeAsyncIterator(), shown: shown) }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
