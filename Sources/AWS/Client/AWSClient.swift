public import Core
internal import FoundationEssentials
public import HTTP
internal import HTTPTypes

/// Calls AWS: encodes, signs, sends, decodes, and tries again where that is safe. The one place of retry for AWS.
public struct AWSClient: Sendable {
    /// Where and how to call.
    public let configuration: AWSConfiguration
    private let credentials: any CredentialProvider
    private let transport: any Transport
    private let time: Timekeeper
    private let dice: Dice
    private let signer = RequestSigner()
    private let quota = RetryQuota()
    private let skew = ClockSkew()
    private let account: String
    private let limiters: RateLimiters

    /// A client for one Region. In adaptive mode clients with the same `limiters` and `account` share what they learn from throttles.
    public init(
        _ configuration: AWSConfiguration, credentials: any CredentialProvider, transport: any Transport,
        time: Timekeeper = .system, dice: Dice = .system, account: String = "", limiters: RateLimiters = RateLimiters()
    ) {
        self.account = account
        self.limiters = limiters
        self.configuration = configuration
        self.credentials = credentials
        self.transport = transport
        self.time = time
        self.dice = dice
    }

    /// Calls an operation; throws ``AWSError``, ``OutcomeUnknown``, `TransportError`, `UnthrottleError` (no credentials, an answer
    /// that cannot be read) or `CancellationError`.
    public func call<O: AWSOperation>(_ operation: O) async throws -> O.Output {
        var operation = operation
        if let token = O.token, operation[keyPath: token] == nil { operation[keyPath: token] = dice.uuid() }
        let endpoint = try Endpoint(
            O.service, region: configuration.region, variant: configuration.endpointVariant,
            overrides: configuration.endpoints)
        let request = try request(for: operation, endpoint)
        let policy = RetryPolicy(maxAttempts: configuration.maxAttempts)
        let scope =
            configuration.retryMode == .standard
            ? nil : RateLimiters.Scope(account: account, region: endpoint.signingRegion, service: O.service.id)
        var attempt = 1
        var spent: Int?
        var corrected = false
        while true {
            var answer: CompleteResponse?
            if let scope { try await limiters.admit(scope, time: time) }
            do {
                let response = try await transport.fetch(
                    O.isSigned ? try await signed(request, for: O.service, endpoint) : request)
                answer = response
                if let error = refusal(response, of: O.self) { throw error }
                quota.refund(spent)
                if let scope { limiters.received(scope, throttled: false, time: time) }
                return try output(response, of: O.self)
            } catch {
                if let scope, error is AWSError || error is TransportError {
                    limiters.received(scope, throttled: (error as? AWSError)?.isThrottle == true, time: time)
                }
                if let error = error as? AWSError, !corrected,
                    skew.learns(from: error, dateHeader: answer?.head.headers[.date], now: time.now())
                {
                    corrected = true
                    continue
                }
                let failure = RetryPolicy.failure(of: error)
                switch policy.decide(failure, effect: O.effect, attempt: attempt, quota: quota) {
                case .giveUp: throw error
                case .outcomeUnknown: throw OutcomeUnknown(service: O.service.id, operation: O.name, cause: error)
                case .retry:
                    spent = failure == .answerLost(timeout: true) ? RetryQuota.timeoutCost : RetryQuota.cost
                    let asked = answer?.head.headers[.amzRetryAfter]
                    try await time.sleep(RetryPolicy.delay(attempt: attempt, serverAsks: asked, dice: dice))
                    attempt += 1
                }
            }
        }
    }

    private func request<O: AWSOperation>(for operation: O, _ endpoint: Endpoint) throws -> WebRequest {
        let message = try O.service.codec.encodeRequest(operation)
        return WebRequest(
            .post, endpoint.url + "/", headers: message.headers, body: message.body, carriesSecret: true)
    }

    /// Each attempt is signed anew: the time moves on, and credentials may have been refreshed.
    private func signed(_ request: WebRequest, for service: AWSService, _ endpoint: Endpoint) async throws -> WebRequest
    {
        try signer.sign(
            request, service: service.signingName,
            region: endpoint.signingRegion, credentials: try await credentials.credentials(),
            at: skew.corrected(time.now()))
    }

    private func refusal<O: AWSOperation>(_ response: CompleteResponse, of: O.Type) -> AWSError? {
        guard !(200..<300).contains(response.status) else { return nil }
        let error = O.service.codec.decodeError(headers: response.head.headers, body: response.bytes)
        return AWSError(
            service: O.service.id, operation: O.name, status: response.status,
            code: error.code ?? "HTTP\(response.status)", message: error.message, requestID: error.requestID)
    }

    private func output<O: AWSOperation>(_ response: CompleteResponse, of: O.Type) throws -> O.Output {
        do {
            return try O.service.codec.decodeAnswer(O.self, from: response.bytes)
        } catch {
            let unreadable = UnthrottleError(
                .network, "\(O.service.id) \(O.name): the answer cannot be read (\(Self.place(of: error)))",
                hint: "Is there a proxy in between, or is AWS_ENDPOINT_URL set to something that is not AWS?")
            // Whoever answered, the write may have happened.
            guard O.effect == .write else { throw unreadable }
            throw OutcomeUnknown(service: O.service.id, operation: O.name, cause: unreadable)
        }
    }

    /// Where decoding failed. Never the error itself: its words may hold what was read, a secret too.
    private static func place(of error: any Error) -> String {
        switch error {
        case let error as XMLError: error.description
        case DecodingError.keyNotFound(let key, let context): path(context.codingPath + [key]) + " is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            path(context.codingPath) + " is of another type"
        default: "it is in another format"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
