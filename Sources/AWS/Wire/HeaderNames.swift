internal import HTTPTypes

extension HTTPField.Name {
    /// Makes a name from a literal of this file's; all are tokens as RFC 9110 has them.
    private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .contentType }

    static let amzTarget = known("X-Amz-Target")
    static let amzContentSHA256 = known("X-Amz-Content-SHA256")
    static let amzBucketRegion = known("x-amz-bucket-region")
    static let amzChecksumAlgorithm = known("x-amz-sdk-checksum-algorithm")
    static let amzChecksumMode = known("x-amz-checksum-mode")
    static let amzDate = known("X-Amz-Date")
    static let amzSecurityToken = known("X-Amz-Security-Token")
    static let amzRetryAfter = known("x-amz-retry-after")
    static let amznQueryMode = known("x-amzn-query-mode")
    static let amznQueryError = known("x-amzn-query-error")
    static let amznErrorType = known("x-amzn-ErrorType")
    static let amznRequestID = known("x-amzn-RequestId")
    static let amzRequestID = known("x-amz-request-id")
    static let ec2Token = known("X-aws-ec2-metadata-token")
    static let ec2TokenLifetime = known("X-aws-ec2-metadata-token-ttl-seconds")
    static let ssoBearerToken = known("x-amz-sso_bearer_token")
    static let host = known("Host")
}
