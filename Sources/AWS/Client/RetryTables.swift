/// Which failures are worth another attempt: botocore's tables (`botocore/retries/standard.py`).
enum RetryTables {
    private static let throttleCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded",
        "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException",
    ]
    private static let transientStatuses: Set<Int> = [500, 502, 503, 504]
    private static let transientCodes: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete",
    ]

    /// Whether a code asks for fewer calls. `LimitExceededException` does in some services; in Secrets Manager and KMS, and
    /// as CodeBuild's `AccountLimitExceededException`, it is a quota that waiting does not lift.
    static func throttles(_ code: String, service: String) -> Bool {
        if code == "LimitExceededException" { return !["secretsmanager", "kms", "codebuild"].contains(service) }
        return throttleCodes.contains(code)
    }

    /// Whether the same request may succeed a moment later, though the service did not ask for fewer.
    static func isTransient(status: Int, code: String) -> Bool {
        transientStatuses.contains(status) || transientCodes.contains(code)
    }
}
