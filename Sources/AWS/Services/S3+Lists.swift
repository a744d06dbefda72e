public import FoundationEssentials
internal import HTTPTypes

extension S3 {
    /// A bucket's keys in the order of their UTF-8 bytes, up to 1 000 a page.
    public struct ListObjectsV2: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }
        /// Where its members stand.
        public static let binding: HTTPBinding? = HTTPBinding(
            .get, "/", query: ["list-type": "2"],
            input: [
                "Bucket": .address, "Delimiter": .query("delimiter"), "EncodingType": .query("encoding-type"),
                "MaxKeys": .query("max-keys"), "Prefix": .query("prefix"),
                "ContinuationToken": .query("continuation-token"), "FetchOwner": .query("fetch-owner"),
                "StartAfter": .query("start-after"), "RequestPayer": .header("x-amz-request-payer"),
                "ExpectedBucketOwner": .header("x-amz-expected-bucket-owner"),
            ])
        /// The bucket.
        public static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }

        /// The bucket.
        public var bucket: String
        /// Keys that have it behind the prefix are folded into one.
        public var delimiter: String?
        /// `url`: keys come percent-encoded, since XML cannot hold all that a key can.
        public var encodingType: String?
        /// 1 to 1 000.
        public var maxKeys: Int?
        /// Only keys that begin so.
        public var prefix: String?
        /// From the page before.
        public var continuationToken: String?
        /// With their owners.
        public var fetchOwner: Bool?
        /// Only keys behind it.
        public var startAfter: String?
        /// `requester`: the caller pays.
        public var requestPayer: String?
        /// The account that must own the bucket; else 403.
        public var expectedBucketOwner: String?

        /// From its members.
        public init(
            bucket: String, delimiter: String? = nil, encodingType: String? = nil, maxKeys: Int? = nil,
            prefix: String? = nil, continuationToken: String? = nil, fetchOwner: Bool? = nil, startAfter: String? = nil,
            requestPayer: String? = nil, expectedBucketOwner: String? = nil
        ) {
            self.bucket = bucket
            self.delimiter = delimiter
            self.encodingType = encodingType
            self.maxKeys = maxKeys
            self.prefix = prefix
            self.continuationToken = continuationToken
            self.fetchOwner = fetchOwner
            self.startAfter = startAfter
            self.requestPayer = requestPayer
            self.expectedBucketOwner = expectedBucketOwner
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Whether there is another page.
            public var isTruncated: Bool?
            /// Objects.
            public var contents: [Object]
            /// The bucket.
            public var name: String?
            /// As it was asked.
            public var prefix: String?
            /// As it was asked.
            public var delimiter: String?
            /// As it was asked.
            public var maxKeys: Int?
            /// What folded keys begin with.
            public var commonPrefixes: [CommonPrefix]
            /// As it was asked.
            public var encodingType: String?
            /// Objects and folded ones of this page.
            public var keyCount: Int?
            /// As it was asked.
            public var continuationToken: String?
            /// Asks for the next page; nil at the end.
            public var nextContinuationToken: String?
            /// As it was asked.
            public var startAfter: String?

            /// From its members.
            public init(
                isTruncated: Bool? = nil, contents: [Object] = [], name: String? = nil, prefix: String? = nil,
                delimiter: String? = nil, maxKeys: Int? = nil, commonPrefixes: [CommonPrefix] = [],
                encodingType: String? = nil, keyCount: Int? = nil, continuationToken: String? = nil,
                nextContinuationToken: String? = nil, startAfter: String? = nil
            ) {
                self.isTruncated = isTruncated
                self.contents = contents
                self.name = name
                self.prefix = prefix
                self.delimiter = delimiter
                self.maxKeys = maxKeys
                self.commonPrefixes = commonPrefixes
                self.encodingType = encodingType
                self.keyCount = keyCount
                self.continuationToken = continuationToken
                self.nextContinuationToken = nextContinuationToken
                self.startAfter = startAfter
            }
        }
    }

    /// An object in a list.
    public struct Object: Codable, Hashable, Sendable {
        /// Its key.
        public var key: String
        /// When it was written.
        public var lastModified: Date?
        /// The version's tag, in quotes.
        public var eTag: String?
        /// Its checksums.
        public var checksumAlgorithm: [String]?
        /// `FULL_OBJECT` or `COMPOSITE`.
        public var checksumType: String?
        /// Bytes.
        public var size: Int?
        /// Its class.
        public var storageClass: String?
        /// Its owner.
        public var owner: Owner?

        /// From its members.
        public init(
            key: String, lastModified: Date? = nil, eTag: String? = nil, checksumAlgorithm: [String]? = nil,
            checksumType: String? = nil, size: Int? = nil, storageClass: String? = nil, owner: Owner? = nil
        ) {
            self.key = key
            self.lastModified = lastModified
            self.eTag = eTag
            self.checksumAlgorithm = checksumAlgorithm
            self.checksumType = checksumType
            self.size = size
            self.storageClass = storageClass
            self.owner = owner
        }
    }

    /// What several keys begin with.
    public struct CommonPrefix: Codable, Hashable, Sendable {
        /// With the delimiter.
        public var prefix: String?

        /// From its members.
        public init(prefix: String? = nil) {
            self.prefix = prefix
        }
    }

    /// An owner.
    public struct Owner: Codable, Hashable, Sendable {
        /// No longer sent.
        public var displayName: String?
        /// The account's canonical id.
        public var id: String?

        /// From its members.
        public init(displayName: String? = nil, id: String? = nil) {
            self.displayName = displayName
            self.id = id
        }
    }
}
