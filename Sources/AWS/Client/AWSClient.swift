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
    private let regions = BucketRegions()
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
        var endpoint = try endpoint(for: operation)
        var request = try request(for: operation, endpoint)
        let policy = RetryPolicy(maxAttempts: configuration.maxAttempts)
        let scope =
            configuration.retryMode == .standard
            ? nil : RateLimiters.Scope(account: account, region: endpoint.signingRegion, service: O.service.id)
        var attempt = 1
        var spent: Int?
        var corrected = false
        var redirected = false
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
                return try output(response, of: operation)
            } catch {
                if let error = error as? AWSError, !redirected,
                    regions.learns(from: error, bucket: bucket(of: operation), tried: endpoint.signingRegion)
                {
                    redirected = true
                    endpoint = try self.endpoint(for: operation)
                    request = try self.request(for: operation, endpoint)
                    continue
                }
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
                switch policy.decide(failure, effect: operation.effect, attempt: attempt, quota: quota) {
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
        var message = try O.service.codec.encodeRequest(operation)
        if O.service == S3.service { try S3Requests.complete(&message, for: O.self, endpoint) }
        return WebRequest(
            message.method, url(message, endpoint), headers: message.headers, body: message.body, carriesSecret: true)
    }

    /// A bucket that stands in the path has no slash behind it, as botocore has it.
    private func url(_ message: WireMessage, _ endpoint: Endpoint) -> String {
        let isBucket = message.target == "/" || message.target.hasPrefix("/?")
        let hasPath = endpoint.url.split(separator: "/", omittingEmptySubsequences: false).count > 3
        return endpoint.url + (isBucket && hasPath ? String(message.target.dropFirst()) : message.target)
    }

    private func bucket<O: AWSOperation>(of operation: O) -> String? { O.bucket.map { operation[keyPath: $0] } }

    private func endpoint<O: AWSOperation>(for operation: O) throws -> Endpoint {
        guard let bucket = bucket(of: operation) else {
            return try Endpoint(
                O.service, region: configuration.region, variant: configuration.endpointVariant,
                overrides: configuration.endpoints)
        }
        // Whoever names an endpoint may have no names for buckets below it: botocore keeps them in the path there, too.
        return try Endpoint(
            bucket: bucket, region: regions[bucket] ?? configuration.region, variant: configuration.endpointVariant,
            overrides: configuration.endpoints, pathStyle: configuration.endpoints[S3.service] != nil)
    }

    /// The request with its signature in its URL, for whoever has no keys: for `seconds`, 1 to 604 800, or as long as the credentials
    /// live. Throws `invalidInput` for another number, and what ``call(_:)`` throws before it sends.
    public func presigned<O: AWSOperation>(_ operation: O, seconds: Int) async throws -> PresignedRequest {
        let endpoint = try endpoint(for: operation)
        let message = try O.service.codec.encodeRequest(operation)
        let request = WebRequest(message.method, url(message, endpoint), headers: message.headers)
        return try signer.presign(
            request, service: O.service.signingName, region: endpoint.signingRegion,
            credentials: try await credentials.credentials(), at: skew.corrected(time.now()), seconds: seconds)
    }

    /// Each attempt is signed anew: the time moves on, and credentials may have been refreshed.
    private func signed(_ request: WebRequest, for service: AWSService, _ endpoint: Endpoint) async throws -> WebRequest
    {
        try signer.sign(
            request, service: service.signingName,
            region: endpoint.signingRegion, credentials: try await credentials.credentials(),
            at: skew.corrected(time.now()), rule: service == S3.service ? .s3 : .standard)
    }

    private func refusal<O: AWSOperation>(_ response: CompleteResponse, of: O.Type) -> AWSError? {
        guard !(200..<300).contains(response.status) else { return nil }
        let error = O.service.codec.decodeError(headers: response.head.headers, body: response.bytes)
        return AWSError(
            service: O.service.id, operation: O.name, status: response.status,
            code: error.code ?? "HTTP\(response.status)", message: error.message, requestID: error.requestID,
            region: error.region)
    }

    private func output<O: AWSOperation>(_ response: CompleteResponse, of operation: O) throws -> O.Output {
        do {
            try S3Requests.check(response, for: O.self)
            return try O.service.codec.decodeAnswer(O.self, headers: response.head.headers, body: response.bytes)
        } catch let error as TransportError {
            throw error
        } catch {
            let unreadable = UnthrottleError(
                .network, "\(O.service.id) \(O.name): the answer cannot be read (\(Self.place(of: error)))",
                hint: Self.notAWS)
            // Whoever answered, the write may have happened.
            guard operation.effect == .write else { throw unreadable }
            throw OutcomeUnknown(service: O.service.id, operation: O.name, cause: unreadable)
        }
    }

    /// What may have answered in AWS's place.
    static let notAWS =
        "Is there a proxy in between, or is AWS_ENDPOINT_URL set to something that is not AWS?"

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
