public import FoundationEssentials
internal import HTTPTypes

extension S3 {
    /// Writes an object.
    public struct PutObject: Operation, Hashable {
        /// The same bytes under the same key.
        public static var effect: Effect { .idempotent }
        /// Where its members stand.
        public static let binding: HTTPBinding? = HTTPBinding(
            .put, "/{Key+}",
            input: [
                "Bucket": .address, "Key": .path, "IfMatch": .header("If-Match"),
                "IfNoneMatch": .header("If-None-Match"), "CacheControl": .header("Cache-Control"),
                "ContentDisposition": .header("Content-Disposition"), "ContentEncoding": .header("Content-Encoding"),
                "ContentLanguage": .header("Content-Language"), "ContentMD5": .header("Content-MD5"),
                "ContentType": .header("Content-Type"), "ChecksumAlgorithm": .header("x-amz-sdk-checksum-algorithm"),
                "ChecksumCRC32": .header("x-amz-checksum-crc32"), "ChecksumCRC32C": .header("x-amz-checksum-crc32c"),
                "ChecksumCRC64NVME": .header("x-amz-checksum-crc64nvme"),
                "ChecksumSHA1": .header("x-amz-checksum-sha1"), "ChecksumSHA256": .header("x-amz-checksum-sha256"),
                "Metadata": .headers(prefix: "x-amz-meta-"),
                "ServerSideEncryption": .header("x-amz-server-side-encryption"),
                "StorageClass": .header("x-amz-storage-class"),
                "SSEKMSKeyId": .header("x-amz-server-side-encryption-aws-kms-key-id"),
                "BucketKeyEnabled": .header("x-amz-server-side-encryption-bucket-key-enabled"),
                "RequestPayer": .header("x-amz-request-payer"), "Tagging": .header("x-amz-tagging"),
                "ExpectedBucketOwner": .header("x-amz-expected-bucket-owner"),
            ],
            output: [
                "ETag": .header("ETag"), "ChecksumCRC32": .header("x-amz-checksum-crc32"),
                "ChecksumCRC32C": .header("x-amz-checksum-crc32c"),
                "ChecksumCRC64NVME": .header("x-amz-checksum-crc64nvme"),
                "ChecksumSHA1": .header("x-amz-checksum-sha1"), "ChecksumSHA256": .header("x-amz-checksum-sha256"),
                "ChecksumType": .header("x-amz-checksum-type"),
                "ServerSideEncryption": .header("x-amz-server-side-encryption"),
                "VersionId": .header("x-amz-version-id"),
                "SSEKMSKeyId": .header("x-amz-server-side-encryption-aws-kms-key-id"),
                "BucketKeyEnabled": .header("x-amz-server-side-encryption-bucket-key-enabled"),
                "Size": .header("x-amz-object-size"),
            ])
        /// The bucket.
        public static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }
        /// The object.
        public static var body: BodyMember<Self>? { \Self.body }
        /// With a condition, a repeat of a write that went well is refused: then a lost answer is settled by reading.
        public var effect: Effect { ifMatch == nil && ifNoneMatch == nil ? .idempotent : .write }

        /// The bucket.
        public var bucket: String
        /// The object's key, as it is: nothing in it is normalised.
        public var key: String
        /// The object; empty where nil.
        public var body: Data?
        /// Only over the version with this ETag; else 412.
        public var ifMatch: String?
        /// `*`: only where there is none; else 412.
        public var ifNoneMatch: String?
        /// For readers.
        public var cacheControl: String?
        /// For readers.
        public var contentDisposition: String?
        /// For readers.
        public var contentEncoding: String?
        /// For readers.
        public var contentLanguage: String?
        /// MD5, in base64.
        public var contentMD5: String?
        /// For readers; `binary/octet-stream` where nil.
        public var contentType: String?
        /// Which checksum is sent; the client sends CRC-32 where there is none.
        public var checksumAlgorithm: String?
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
        /// What the writer adds.
        public var metadata: [String: String]?
        /// `AES256`, `aws:kms` or `aws:kms:dsse`.
        public var serverSideEncryption: String?
        /// Its class; `STANDARD` where nil.
        public var storageClass: String?
        /// The key.
        public var sseKMSKeyId: String?
        /// Whether the bucket's key is used.
        public var bucketKeyEnabled: Bool?
        /// `requester`: the caller pays.
        public var requestPayer: String?
        /// Tags, as a query string.
        public var tagging: String?
        /// The account that must own the bucket; else 403.
        public var expectedBucketOwner: String?

        /// From its members.
        public init(
            bucket: String, key: String, body: Data? = nil, ifMatch: String? = nil, ifNoneMatch: String? = nil,
            cacheControl: String? = nil, contentDisposition: String? = nil, contentEncoding: String? = nil,
            contentLanguage: String? = nil, contentMD5: String? = nil, contentType: String? = nil,
            checksumAlgorithm: String? = nil, checksumCRC32: String? = nil, checksumCRC32C: String? = nil,
            checksumCRC64NVME: String? = nil, checksumSHA1: String? = nil, checksumSHA256: String? = nil,
            metadata: [String: String]? = nil, serverSideEncryption: String? = nil, storageClass: String? = nil,
            sseKMSKeyId: String? = nil, bucketKeyEnabled: Bool? = nil, requestPayer: String? = nil,
            tagging: String? = nil, expectedBucketOwner: String? = nil
        ) {
            self.bucket = bucket
            self.key = key
            self.body = body
            self.ifMatch = ifMatch
            self.ifNoneMatch = ifNoneMatch
            self.cacheControl = cacheControl
            self.contentDisposition = contentDisposition
            self.contentEncoding = contentEncoding
            self.contentLanguage = contentLanguage
            self.contentMD5 = contentMD5
            self.contentType = contentType
            self.checksumAlgorithm = checksumAlgorithm
            self.checksumCRC32 = checksumCRC32
            self.checksumCRC32C = checksumCRC32C
            self.checksumCRC64NVME = checksumCRC64NVME
            self.checksumSHA1 = checksumSHA1
            self.checksumSHA256 = checksumSHA256
            self.metadata = metadata
            self.serverSideEncryption = serverSideEncryption
            self.storageClass = storageClass
            self.sseKMSKeyId = sseKMSKeyId
            self.bucketKeyEnabled = bucketKeyEnabled
            self.requestPayer = requestPayer
            self.tagging = tagging
            self.expectedBucketOwner = expectedBucketOwner
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
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
            /// How it is encrypted.
            public var serverSideEncryption: String?
            /// The version.
            public var versionId: String?
            /// The key.
            public var sseKMSKeyId: String?
            /// Whether the bucket's key was used.
            public var bucketKeyEnabled: Bool?
            /// Bytes.
            public var size: Int?

            /// From its members.
            public init(
                eTag: String? = nil, checksumCRC32: String? = nil, checksumCRC32C: String? = nil,
                checksumCRC64NVME: String? = nil, checksumSHA1: String? = nil, checksumSHA256: String? = nil,
                checksumType: String? = nil, serverSideEncryption: String? = nil, versionId: String? = nil,
                sseKMSKeyId: String? = nil, bucketKeyEnabled: Bool? = nil, size: Int? = nil
            ) {
                self.eTag = eTag
                self.checksumCRC32 = checksumCRC32
                self.checksumCRC32C = checksumCRC32C
                self.checksumCRC64NVME = checksumCRC64NVME
                self.checksumSHA1 = checksumSHA1
                self.checksumSHA256 = checksumSHA256
                self.checksumType = checksumType
                self.serverSideEncryption = serverSideEncryption
                self.versionId = versionId
                self.sseKMSKeyId = sseKMSKeyId
                self.bucketKeyEnabled = bucketKeyEnabled
                self.size = size
            }
        }
    }

    /// Deletes an object, or marks it deleted where versions are kept.
    public struct DeleteObject: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }
        /// Where its members stand.
        public static let binding: HTTPBinding? = HTTPBinding(
            .delete, "/{Key+}", status: 204,
            input: [
                "Bucket": .address, "Key": .path, "MFA": .header("x-amz-mfa"), "VersionId": .query("versionId"),
                "RequestPayer": .header("x-amz-request-payer"),
                "ExpectedBucketOwner": .header("x-amz-expected-bucket-owner"), "IfMatch": .header("If-Match"),
            ],
            output: ["DeleteMarker": .header("x-amz-delete-marker"), "VersionId": .header("x-amz-version-id")])
        /// The bucket.
        public static var bucket: (any KeyPath<Self, String> & Sendable)? { \Self.bucket }

        /// The bucket.
        public var bucket: String
        /// The object's key, as it is: nothing in it is normalised.
        public var key: String
        /// Where the bucket asks for it: serial number and code.
        public var mfa: String?
        /// A version, for good.
        public var versionId: String?
        /// `requester`: the caller pays.
        public var requestPayer: String?
        /// The account that must own the bucket; else 403.
        public var expectedBucketOwner: String?
        /// Only the version with this ETag; else 412.
        public var ifMatch: String?

        /// From its members.
        public init(
            bucket: String, key: String, mfa: String? = nil, versionId: String? = nil, requestPayer: String? = nil,
            expectedBucketOwner: String? = nil, ifMatch: String? = nil
        ) {
            self.bucket = bucket
            self.key = key
            self.mfa = mfa
            self.versionId = versionId
            self.requestPayer = requestPayer
            self.expectedBucketOwner = expectedBucketOwner
            self.ifMatch = ifMatch
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Whether a mark was set or taken away.
            public var deleteMarker: Bool?
            /// The version.
            public var versionId: String?

            /// From its members.
            public init(deleteMarker: Bool? = nil, versionId: String? = nil) {
                self.deleteMarker = deleteMarker
                self.versionId = versionId
            }
        }
    }
}
