internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// How often and how long a registry is asked again.
public struct RegistryRetry: Sendable, Hashable {
    /// All attempts, the first included.
    public var attempts: Int
    /// The first wait at most, in seconds; it doubles with each attempt, and each wait is a random part of it.
    public var base: Double
    /// The longest `Retry-After` that is waited out, in seconds.
    public var longestWait: Int

    /// A rule of one's own.
    public init(attempts: Int = 4, base: Double = 0.5, longestWait: Int = 60) {
        (self.attempts, self.base, self.longestWait) = (attempts, base, longestWait)
    }
}

/// Sends requests to registries and their token services; here, and only here, they are sent again.
///
/// Again: transport errors and answers 408, 500, 502, 503 and 504, after a random wait; 429 with a `Retry-After` that
/// is short enough, after that. Never again: the pull limit, which asking makes no shorter, and a locked login.
struct Sender: Sendable {
    let transport: any Transport
    let time: Timekeeper
    let dice: Dice
    let retry: RegistryRetry

    /// A head, and the body's text where the body was read.
    struct Answer: Sendable {
        var response: WebResponse
        var bytes: [UInt8]
        var throttle: Throttle?
        var retryAfter: Int?

        var status: Int { response.status }
        var headers: HTTPFields { response.headers }
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// The answer, whatever its status; throws ``RegistryError`` `unavailable` where there is none in the end.
    ///
    /// - Parameters:
    ///   - host: the registry, for messages and to tell limits apart
    ///   - streams: whether the body of a good answer is left to be read by the caller
    func send(_ request: WebRequest, host: String, identity: Identity, streams: Bool = false) async throws -> Answer {
        var attempt = 1
        while true {
            do {
                let answer = try await once(request, host: host, identity: identity, streams: streams)
                guard attempt < retry.attempts, let wait = wait(after: answer, attempt: attempt) else { return answer }
                try await time.sleep(wait)
            } catch let error as TransportError {
                guard attempt < retry.attempts, Self.isTransient(error.kind) else {
                    throw Self.unavailable(host, error)
                }
                try await time.sleep(backoff(attempt))
            }
            attempt += 1
        }
    }

    /// A random wait before the attempt after `attempt` (full jitter).
    func backoff(_ attempt: Int) -> Duration {
        .seconds(dice.uniform() * retry.base * Double(1 << min(attempt - 1, 6)))
    }

    static func isTransient(_ kind: TransportError.Kind) -> Bool {
        switch kind {
        case .notConnected, .connectionLost, .timedOut: true
        case .malformed, .tooLarge, .forbidden: false
        }
    }

    static func unavailable(_ host: String, _ error: TransportError) -> RegistryError {
        RegistryError(
            error.kind == .tooLarge || error.kind == .malformed ? .malformed : .unavailable,
            error.kind == .malformed
                ? "\(host)'s answer is no HTTP; Docker Hub's limit of requests by address is at times answered so"
                : "\(host) gave no usable answer",
            cause: error)
    }

    private func once(_ request: WebRequest, host: String, identity: Identity, streams: Bool) async throws -> Answer {
        var response: WebResponse
        var bytes: [UInt8] = []
        if streams {
            response = try await transport.send(request)
            if response.status >= 300 { bytes = (try? await response.collect(most: 64 << 10)) ?? [] }
        } else {
            let complete = try await transport.fetch(request, most: 8 << 20)
            (response, bytes) = (complete.head, complete.bytes)
        }
        let text = response.status >= 400 ? String(decoding: bytes, as: UTF8.self) : ""
        return Answer(
            response: response, bytes: bytes,
            throttle: Throttle(
                host: host, status: response.status, headers: response.headers, body: text, identity: identity),
            retryAfter: response.headers[.retryAfter].flatMap { RetryAfter.seconds($0, now: time.now()) })
    }

    private func wait(after answer: Answer, attempt: Int) -> Duration? {
        switch answer.throttle {
        case .pullLimit, .loginLock: return nil
        case .abuseLimit, .otherRegistry, .ambiguous:
            guard let seconds = answer.retryAfter, seconds <= retry.longestWait else { return nil }
            return .seconds(seconds) + backoff(1)
        case nil:
            guard [408, 500, 502, 503, 504].contains(answer.status) else { return nil }
            guard let seconds = answer.retryAfter else { return backoff(attempt) }
            return seconds <= retry.longestWait ? .seconds(seconds) : nil
        }
    }
}

extension Sender.Answer {
    /// The error that this answer is, for a request that asked `host` for `what`.
    func failure(asking host: String, for what: String, identity: Identity) -> RegistryError {
        let words = ErrorBody.words(text)
        if let throttle {
            if throttle == .loginLock {
                return RegistryError(.loginLocked, "\(host) refuses logins of \(identity) for now", words: words)
            }
            return RegistryError(
                .throttled(throttle, retryAfter: retryAfter), "\(host) refuses \(what) for now (status \(status))",
                words: words)
        }
        let kind: RegistryError.Kind =
            switch status {
            case 401, 403: .denied
            case 404: .notFound
            case 408, 500...: .unavailable
            default: .malformed
            }
        return RegistryError(kind, "\(host) refuses \(what) (status \(status))", words: words)
    }
}
