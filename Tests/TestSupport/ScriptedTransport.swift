public import HTTP
public import HTTPTypes
internal import Synchronization

/// A transport that answers from a script and remembers what it was asked (after regclient's `reqresp`).
public final class ScriptedTransport: Transport {
    /// One line of the script: what it answers, or the error that it throws.
    public enum Line: Sendable {
        /// An answer.
        case answer(Int, HTTPFields = [:], String = "")
        /// A transport error.
        case fail(TransportError)
    }

    private let handler: @Sendable (WebRequest, _ earlier: [WebRequest]) throws -> Line
    private let seen = Mutex<[WebRequest]>([])

    /// Answers request number n with line n; past the end it fails as forbidden.
    public convenience init(_ lines: [Line]) {
        self.init { request, earlier in
            earlier.count < lines.count
                ? lines[earlier.count]
                : .fail(TransportError(.forbidden, "the script has ended: \(request.method) \(request.url)"))
        }
    }

    /// Answers by a function of the request and of those before it.
    public init(_ handler: @escaping @Sendable (WebRequest, _ earlier: [WebRequest]) throws -> Line) {
        self.handler = handler
    }

    /// Every request so far.
    public var requests: [WebRequest] { seen.withLock { $0 } }

    /// Answers from the script.
    public func send(_ request: WebRequest) async throws -> WebResponse {
        let earlier = seen.withLock { seen in
            defer { seen.append(request) }
            return seen
        }
        switch try handler(request, earlier) {
        case .answer(let status, let headers, let body):
            return WebResponse(status: status, headers: headers, bytes: Array(body.utf8))
        case .fail(let error): throw error
        }
    }
}
