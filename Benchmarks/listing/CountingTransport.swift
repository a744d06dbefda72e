import HTTP
import Synchronization

/// A transport that counts what goes out.
final class CountingTransport: Transport {
    private let inner: any Transport
    private let count = Mutex(0)

    init(_ inner: any Transport) {
        self.inner = inner
    }

    var calls: Int { count.withLock { $0 } }

    func send(_ request: WebRequest) async throws -> WebResponse {
        count.withLock { $0 += 1 }
        return try await inner.send(request)
    }
}
