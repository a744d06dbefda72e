internal import AWS
internal import Core
internal import HTTP
internal import Synchronization

/// A transport that remembers the last thing that went wrong, so that a helper whose time is over can say what it was waiting for.
final class LastAnswer: Transport {
    private let inner: any Transport
    private let last = Mutex<String?>(nil)

    init(_ inner: any Transport) { self.inner = inner }

    /// In a few words; nil where nothing went wrong.
    var trouble: String? { last.withLock { $0 } }

    func send(_ request: WebRequest) async throws -> WebResponse {
        do {
            let response = try await inner.send(request)
            guard response.status >= 300 else { return response }
            let bytes = try await response.collect(most: 1 << 20)
            let error = SecretsManager.service.codec.decodeError(headers: response.headers, body: bytes)
            note("AWS answered \(response.status) \(error.code ?? "")")
            return WebResponse(status: response.status, headers: response.headers, bytes: bytes)
        } catch let error as TransportError {
            note(error.description)
            throw error
        }
    }

    private func note(_ text: String) { last.withLock { $0 = text.trimmed } }
}
