internal import Core
internal import Dispatch
internal import Synchronization

/// How long one call of the helper may take in all.
struct Deadline {
    static let usual = 3.0
    /// Seconds.
    let limit: Double

    /// UNTHROTTLE_TIMEOUT in seconds, else three; throws `invalidInput` for what is no such number.
    init(_ variables: EnvironmentVariables) throws {
        guard let text = variables["UNTHROTTLE_TIMEOUT"] else {
            limit = Self.usual
            return
        }
        guard let seconds = Double(text), seconds > 0, seconds <= 600 else {
            throw UnthrottleError(
                .invalidInput, "UNTHROTTLE_TIMEOUT is \"\(text)\"", hint: "It is a number of seconds up to 600.")
        }
        limit = seconds
    }
}

/// Waits for asynchronous work. Only for a process that ends soon: work that is late is left to itself.
enum Blocking {
    /// What `work` returns, or nil where that takes longer than `seconds`.
    static func wait<Value: Sendable>(
        atMost seconds: Double, for work: @escaping @Sendable () async throws -> Value
    ) throws -> Value? {
        let box = ResultBox<Value>()
        let done = DispatchSemaphore(value: 0)
        Task {
            do { box.put(.success(try await work())) } catch { box.put(.failure(error)) }
            done.signal()
        }
        guard done.wait(timeout: .now() + seconds) == .success else { return nil }
        return try box.take()?.get()
    }

    private final class ResultBox<Value: Sendable>: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)
        func put(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }
        func take() -> Result<Value, any Error>? { result.withLock { $0 } }
    }
}
