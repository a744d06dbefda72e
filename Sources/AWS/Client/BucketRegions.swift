internal import HTTPTypes
internal import Synchronization

/// Where buckets are, learnt from S3's refusals: a bucket answers in its own Region only (S3 User Guide, "Request redirection").
final class BucketRegions: Sendable {
    private static let codes: Set<String> = [
        "PermanentRedirect", "TemporaryRedirect", "Redirect", "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException", "HTTP301", "HTTP307", "HTTP400",
    ]
    private let known = Mutex<[String: String]>([:])

    /// The Region of a bucket that is elsewhere; nil where none was learnt.
    subscript(bucket: String?) -> String? {
        guard let bucket else { return nil }
        return known.withLock { $0[bucket] }
    }

    /// Whether the refusal says that the bucket is in another Region than `tried`, so that one more attempt makes sense. HEAD's
    /// refusals have no code, only a status.
    func learns(from error: AWSError, bucket: String?, tried: String) -> Bool {
        guard error.service == S3.service.id, Self.codes.contains(error.code), let bucket, let region = error.region,
            region != tried, AWSConfiguration.isRegion(region), Partition(region: region) == Partition(region: tried)
        else { return false }
        known.withLock { $0[bucket] = region }
        return true
    }
}
