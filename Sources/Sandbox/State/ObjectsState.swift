internal import FoundationEssentials

/// What S3 holds: small objects, whole.
struct ObjectsState: Codable, Sendable, Hashable {
    struct StoredObject: Codable, Sendable, Hashable {
        var data: Data
        /// In quotes, as S3 has it.
        var eTag: String
        var modified: Date
        var contentType: String?
        var cacheControl: String?
        var contentDisposition: String?
        var contentEncoding: String?
        var contentLanguage: String?
        var metadata: [String: String]?
        /// In base64, where the writer sent it.
        var crc32: String?
        var sha1: String?
        var sha256: String?
    }

    struct Bucket: Codable, Sendable, Hashable {
        var created: Date
        /// By key.
        var objects: [String: StoredObject] = [:]
    }

    /// By name.
    var buckets: [String: Bucket] = [:]
}
