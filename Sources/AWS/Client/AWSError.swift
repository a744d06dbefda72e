public import Core

/// A service's refusal, in its own words.
public struct AWSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The service's id, such as `codebuild`.
    public var service: String
    /// The operation's name.
    public var operation: String
    /// The HTTP status.
    public var status: Int
    /// The service's code, such as `ResourceNotFoundException`, without prefix or suffix; `HTTP503` where the answer has none.
    public var code: String
    /// The service's words; may be empty.
    public var message: String
    /// The service's number for the request.
    public var requestID: String?
    /// S3: the Region in which the bucket is, where the refusal names it.
    public var region: String?

    /// A refusal from its parts.
    public init(
        service: String, operation: String, status: Int, code: String, message: String, requestID: String? = nil,
        region: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.status = status
        self.code = code
        self.message = message
        self.requestID = requestID
        self.region = region
    }

    /// `CodeBuild StartBuild: CODE: message (request ID)`.
    public var description: String {
        let words = message.isEmpty ? code : "\(code): \(message)"
        return "\(service) \(operation): \(words)" + (requestID.map { " (request \($0))" } ?? "")
    }

    /// Whether the service asks for fewer calls (botocore's list). Secrets Manager's `LimitExceededException` is a quota, not this.
    public var isThrottle: Bool { status == 429 || RetryTables.throttles(code, service: service) }
    /// Whether a permission is missing.
    public var isAccessDenied: Bool {
        ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess"].contains(code)
    }
    /// Whether the credentials have ended.
    public var isExpiredCredentials: Bool {
        ["ExpiredToken", "ExpiredTokenException"].contains(code)
    }
    /// Whether the credentials are unknown or wrong.
    public var isWrongCredentials: Bool {
        [
            "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException",
            "IncompleteSignature", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
            "InvalidAccessKeyId",
        ].contains(code)
    }
    /// Whether the thing that was named does not exist.
    public var isNotFound: Bool {
        [
            "ResourceNotFoundException", "NoSuchEntity", "NoSuchEntityException", "NotFoundException", "NoSuchKey",
            "NoSuchBucket", "NoSuchVersion",
        ].contains(code) || status == 404 && code == "HTTP404"
    }
}

/// A write whose answer was lost: it may have happened. Whoever called settles it by reading, then repeats or goes on.
public struct OutcomeUnknown: Error, Sendable, CustomStringConvertible {
    /// The service's id.
    public var service: String
    /// The operation's name.
    public var operation: String
    /// How the answer was lost: a `TransportError`, or an ``AWSError`` with a status of 500 and above.
    public var cause: any Error

    /// A lost answer.
    public init(service: String, operation: String, cause: any Error) {
        self.service = service
        self.operation = operation
        self.cause = cause
    }

    /// In a sentence.
    public var description: String {
        "\(service) \(operation): the answer was lost, so whether it happened is not known (\(cause))"
    }

    /// The same for a person.
    public var forPeople: UnthrottleError {
        UnthrottleError(.network, description, hint: "Look at the resource before you do it again.")
    }
}
