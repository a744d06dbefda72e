internal import AWS

/// What a user of AWS can have and one of the sandbox cannot: Terraform asks for each of them before it takes away a user
/// with `force_destroy`.
extension IAM {
    struct ListSSHPublicKeys: Served {
        var userName: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var sshPublicKeys: [String]
            var isTruncated: Bool
        }
    }

    struct ListSigningCertificates: Served {
        var userName: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var certificates: [String]
            var isTruncated: Bool
        }
    }

    struct ListServiceSpecificCredentials: Served {
        var userName: String?
        var serviceName: String?
        var allUsers: Bool?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var serviceSpecificCredentials: [String]
            var isTruncated: Bool
        }
    }

    struct ListMFADevices: Served {
        var userName: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var mfaDevices: [String]
            var isTruncated: Bool
        }
    }

    /// Of the account, not of a user.
    struct ListVirtualMFADevices: Served {
        /// `Assigned`, `Unassigned` or `Any`.
        var assignmentStatus: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var virtualMFADevices: [String]
            var isTruncated: Bool
        }
    }

    struct DeleteLoginProfile: Served {
        var userName: String?
        typealias Output = NoOutput
    }
}
