public import FoundationEssentials
internal import HTTPTypes

extension S3 {
    /// Reads all about an object but its bytes. Its refusals have no body: a status is all that they say.
    public struct HeadObject: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }
        /// Where its members stand.
        public static let binding: HTTPBinding? = HTTPBinding(
            .head, "/{Key+}",
            input: [
                "Bucket": .address, "Key": .path, "IfMatch": .header("If-Match"),
                "IfModifiedSince": .header("If-Modified-Since", isDate: true), "IfNoneMatch": .header("If-None-Match"),
                "IfUnmodifiedSince": .header("If-Unmodified-Since", isDate: true), "Range": .header("Range"),
                "ResponseCacheControl": .query("response-cache-control"),
                "ResponseContentDisposition": .query("response-content-disposition"),
                "ResponseContentEncoding": .query("response-content-encoding"),
                "ResponseContentLanguage": .query("response-content-language"),
                "ResponseContentType": .query("response-content-type"), "VersionId": .query("versionId"),
                "RequestPayer": .header("x-amz-request-payer"),
                "ExpectedBucketOwner": .header("x-amz-expected-bucket-owner"),
                "ChecksumMode": .header("x-amz-checksum-mode"),
            ],
            output: [
                "DeleteMarker": .header("x-amz-delete-marker"), "AcceptRanges": .header("accept-ranges"),
                "LastModified": .header("Last-Modified", isDate: true), "ContentLength": .header("Content-Length"),
                "ETag": .header("ETag"), "ChecksumCRC32": .header("x-amz-checksum-crc32"),
                "ChecksumCRC32C": .header("x-amz-checksum-crc32c"),
                "ChecksumCRC64NVME": .header("x-amz-checksum-crc64nvme"),
                "ChecksumSHA1": .header("x-amz-checksum-sha1"), "ChecksumSHA256": .header("x-amz-checksum-sha256"),
                "ChecksumType": .header("x-amz-checksum-type"), "VersionId": .header("x-amz-version-id"),
                "CacheControl": .header("Cache-Control"), "ContentDisposition": .header("Content-Disposition"),
                "ContentEncoding": .header("Content-Encoding"), "ContentLanguage": .header("Content-Language"),
                "ContentRange": .header("Content-Range"), "ContentType": .header("Content-Type"),
                "ServerSideEncryption": .header("x-amz-server-side-encryption"),
                "Metadata": .headers(prefix: "x-amz-meta-"),
                "SSEKMSKeyId": .header("x-amz-server-side-encryption-aws-kms-key-id"),
                "BucketKeyEnabled": .header("x-amz-server-side-encryption-bucket-key-enabled"),
                "StorageClass": .header("x-amz-storage-class"),
            ])
        /// The bucket.
        public static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }

        /// The bucket.
        public var bucket: String
        /// The object's key, as it is: nothing in it is normalised.
        public var key: String
        /// Only if its ETag is this one; else 412.
        public var ifMatch: String?
        /// Only if it changed since; else 304.
        public var ifModifiedSince: Date?
        /// Only if its ETag is another; else 304.
        public var ifNoneMatch: String?
        /// Only if it did not change since; else 412.
        public var ifUnmodifiedSince: Date?
        /// The part of it, such as `bytes=0-99`.
        public var range: String?
        /// The answer's Cache-Control.
        public var responseCacheControl: String?
        /// The answer's Content-Disposition.
        public var responseContentDisposition: String?
        /// The answer's Content-Encoding.
        public var responseContentEncoding: String?
        /// The answer's Content-Language.
        public var responseContentLanguage: String?
        /// The answer's Content-Type.
        public var responseContentType: String?
        /// A version; the newest where nil.
        public var versionId: String?
        /// `requester`: the caller pays.
        public var requestPayer: String?
        /// The account that must own the bucket; else 403.
        public var expectedBucketOwner: String?
        /// `ENABLED`: with its checksums; the client asks for them where nil.
        public var checksumMode: String?

        /// From its members.
        public init(
            bucket: String, key: String, ifMatch: String? = nil, ifModifiedSince: Date? = nil,
            ifNoneMatch: String? = nil, ifUnmodifiedSince: Date? = nil, range: String? = nil,
            responseCacheControl: String? = nil, responseContentDisposition: String? = nil,
            responseContentEncoding: String? = nil, responseContentLanguage: String? = nil,
            responseContentType: String? = nil, versionId: String? = nil, requestPayer: String? = nil,
            expectedBucketOwner: String? = nil, checksumMode: String? = nil
        ) {
            self.bucket = bucket
            self.key = key
            self.ifMatch = ifMatch
            self.ifModifiedSince = ifModifiedSince
            self.ifNoneMatch = ifNoneMatch
            self.ifUnmodifiedSince = ifUnmodifiedSince
            self.range = range
            self.responseCacheControl = responseCacheControl
            self.responseContentDisposition = responseContentDisposition
            self.responseContentEncoding = responseContentEncoding
            self.responseContentLanguage = responseContentLanguage
            self.responseContentType = responseContentType
            self.versionId = versionId
            self.requestPayer = requestPayer
            self.expectedBucketOwner = expectedBucketOwner
            self.checksumMode = checksumMode
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Whether it is a mark of a deletion.
            public var deleteMarker: Bool?
            /// `bytes`.
            public var acceptRanges: String?
            /// When it was written.
            public var lastModified: Date?
            /// Bytes of this answer.
            public var contentLength: Int?
            /// The version's tag, in quotes.
            public var eTag: String?
            /// CRC-32, in base64.
            public var checksumCRC32: String?
            /// CRC-32C, in base64.
            public var checksumCRC32C: String?
            /// CRC-64/NVME, in base64.
            public var checksumCRC64NVME: String?
            /// SHA-1, in base64.
            public var checksumSHA1: String?
            /// SHA-256, in base64.
            public var checksumSHA256: String?
            /// `FULL_OBJECT`, or `COMPOSITE` of the parts' checksums.
            public var checksumType: String?
            /// The version.
            public var versionId: String?
            /// As it was written.
            public var cacheControl: String?
            /// As it was written.
            public var contentDisposition: String?
            /// As it was written.
            public var contentEncoding: String?
            /// As it was written.
            public var contentLanguage: String?
            /// Which part this is.
            public var contentRange: String?
            /// As it was written.
            public var contentType: String?
            /// `AES256`, `aws:kms` or `aws:kms:dsse`.
            public var serverSideEncryption: String?
            /// What the writer added; names in lower case.
            public var metadata: [String: String]?
            /// The key.
            public var sseKMSKeyId: String?
            /// Whether the bucket has a key of its own.
            public var bucketKeyEnabled: Bool?
            /// Its class; nil for `STANDARD`.
            public var storageClass: String?

            /// From its members.
            public init(
                deleteMarker: Bool? = nil, acceptRanges: String? = nil, lastModified: Date? = nil,
                contentLength: Int? = nil, eTag: String? = nil, checksumCRC32: String? = nil,
                checksumCRC32C: String? = nil, checksumCRC64NVME: String? = nil, checksumSHA1: String? = nil,
                checksumSHA256: String? = nil, checksumType: String? = nil, versionId: String? = nil,
                cacheControl: String? = nil, contentDisposition: String? = nil, contentEncoding: String? = nil,
                contentLanguage: String? = nil, contentRange: String? = nil, contentType: String? = nil,
                serverSideEncryption: String? = nil, metadata: [String: String]? = nil, sseKMSKeyId: String? = nil,
                bucketKeyEnabled: Bool? = nil, storageClass: String? = nil
            ) {
                self.deleteMarker = deleteMarker
                self.acceptRanges = acceptRanges
                self.lastModified = lastModified
                self.contentLength = contentLength
                self.eTag = eTag
                self.checksumCRC32 = checksumCRC32
                self.checksumCRC32C = checksumCRC32C
                self.checksumCRC64NVME = checksumCRC64NVME
                self.checksumSHA1 = checksumSHA1
                self.checksumSHA256 = checksumSHA256
                self.checksumType = checksumType
                self.versionId = versionId
                self.cacheControl = cacheControl
                self.contentDisposition = contentDisposition
                self.contentEncoding = contentEncoding
                self.contentLanguage = contentLanguage
                self.contentRange = contentRange
                self.contentType = contentType
                self.serverSideEncryption = serverSideEncryption
                self.metadata = metadata
                self.sseKMSKeyId = sseKMSKeyId
                self.bucketKeyEnabled = bucketKeyEnabled
                self.storageClass = storageClass
            }
        }
    }
}
