internal import AWS
internal import FoundationEssentials

extension IAM {
    /// Without a name: of the user who calls.
    struct CreateAccessKey: Served {
        var userName: String?
        struct Output: Codable, Hashable, Sendable { var accessKey: AccessKey }
    }

    /// A key with its secret half, which is shown once.
    struct AccessKey: Codable, Hashable, Sendable {
        var userName: String
        var accessKeyId: String
        var status: String
        var secretAccessKey: Sensitive<String>
        var createDate: Date
    }

    struct UpdateAccessKey: Served {
        var userName: String?
        var accessKeyId: String
        /// `Active` or `Inactive`.
        var status: String
        typealias Output = NoOutput
    }

    struct DeleteAccessKey: Served {
        var userName: String?
        var accessKeyId: String
        typealias Output = NoOutput
    }

    struct ListAccessKeys: Served {
        var userName: String?
        var marker: String?
        var maxItems: Int?

        struct Output: Codable, Hashable, Sendable {
            var accessKeyMetadata: [Metadata]
            var isTruncated: Bool
            var marker: String?
        }
        struct Metadata: Codable, Hashable, Sendable {
            var userName: String
            var accessKeyId: String
            var status: String
            var createDate: Date
        }
    }
}
