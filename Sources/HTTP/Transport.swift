/// The one way out to the network. It sends a request once and never retries: retry lives in the AWS client and in the
/// registry client, each in one place. A test hands in a script instead.
public protocol Transport: Sendable {
    /// Sends the request and returns when the head of the response is there; throws ``TransportError``.
    /// Redirects are not followed.
    func send(_ request: WebRequest) async throws -> WebResponse
}

/// A response that is all there.
public struct CompleteResponse: Sendable {
    /// The head; its body is spent.
    public let head: WebResponse
    /// The body.
    public let bytes: [UInt8]

    /// The status, 100 to 599.
    public var status: Int { head.status }
    /// The body as text; what is no UTF-8 is replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Transport {
    /// Sends the request and reads the whole answer within the request's overall limit; throws ``TransportError``.
    public func fetch(_ request: WebRequest, most: Int = 16 << 20) async throws -> CompleteResponse {
        try await withTimeLimit(request.limits.overall, for: request) {
            let response = try await send(request)
            return CompleteResponse(head: response, bytes: try await response.collect(most: most))
        }
    }
}

/// Runs `work`, cancelling it and throwing ``TransportError`` `timedOut` when `limit` has passed.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration?, for request: WebRequest, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    guard let limit else { return try await work() }
    return try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw TransportError(
                .timedOut, "\(request.method) \(URLText.redacted(request.url)): no whole answer within \(limit)")
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}
