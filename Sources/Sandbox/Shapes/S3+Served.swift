internal import AWS
internal import FoundationEssentials
internal import HTTPTypes

extension S3 {
    protocol Served: S3.Operation, ServedOperation {}

    /// Operations of buckets that the sandbox has besides those of objects.
    static let served: [any S3.Operation.Type] = [CreateBucket.self, DeleteBucket.self, HeadBucket.self]

    struct CreateBucket: Served {
        static let binding: HTTPBinding? = HTTPBinding(
            .put, "/", input: ["Bucket": .address], output: ["Location": .header("Location")])
        static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }

        var bucket: String
        /// The Region, where it is not us-east-1.
        var locationConstraint: String?
        struct Output: Codable, Hashable, Sendable { var location: String }
    }

    struct DeleteBucket: Served {
        static let binding: HTTPBinding? = HTTPBinding(.delete, "/", status: 204, input: ["Bucket": .address])
        static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }

        var bucket: String
        struct Output: Codable, Hashable, Sendable {}
    }

    struct HeadBucket: Served {
        static let binding: HTTPBinding? = HTTPBinding(
            .head, "/", input: ["Bucket": .address], output: ["BucketRegion": .header("x-amz-bucket-region")])
        static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }

        var bucket: String
        struct Output: Codable, Hashable, Sendable { var bucketRegion: String }
    }

    struct ListBuckets: Served {
        static let binding: HTTPBinding? = HTTPBinding(
            .get, "/",
            input: [
                "MaxBuckets": .query("max-buckets"), "ContinuationToken": .query("continuation-token"),
                "Prefix": .query("prefix"), "BucketRegion": .query("bucket-region"),
            ])

        /// 1 to 10 000.
        var maxBuckets: Int?
        var continuationToken: String?
        var prefix: String?
        var bucketRegion: String?
        struct Output: Codable, Hashable, Sendable {
            var buckets: List
            var owner: Owner
            var continuationToken: String?
            var prefix: String?
        }
        /// S3's list of buckets has an element around it, where its other lists have none.
        struct List: Codable, Hashable, Sendable { var bucket: [Bucket] }
        struct Bucket: Codable, Hashable, Sendable {
            var name: String
            var creationDate: Date
            /// Only where the request asked for a part of them.
            var bucketRegion: String?
        }
    }
}
