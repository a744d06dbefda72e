internal import AWS

extension IAM {
    struct ListRoles: Served {
        var pathPrefix: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var roles: [Role]
            var isTruncated: Bool
            var marker: String?
        }
    }

    struct UpdateRole: Served {
        var roleName: String
        var description: String?
        var maxSessionDuration: Int?
        /// Nothing but its element.
        struct Output: Codable, Hashable, Sendable {}
    }

    struct UpdateRoleDescription: Served {
        var roleName: String
        var description: String
        struct Output: Codable, Hashable, Sendable { var role: Role }
    }

    struct UpdateAssumeRolePolicy: Served {
        var roleName: String
        var policyDocument: String
        typealias Output = NoOutput
    }

    struct TagRole: Served {
        var roleName: String
        var tags: [Tag]
        typealias Output = NoOutput
    }

    struct UntagRole: Served {
        var roleName: String
        var tagKeys: [String]
        typealias Output = NoOutput
    }

    struct ListRoleTags: Served {
        var roleName: String
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var tags: [Tag]
            var isTruncated: Bool
            var marker: String?
        }
    }

    struct PutRolePermissionsBoundary: Served {
        var roleName: String
        var permissionsBoundary: String
        typealias Output = NoOutput
    }

    struct DeleteRolePermissionsBoundary: Served {
        var roleName: String
        typealias Output = NoOutput
    }

    struct ListInstanceProfilesForRole: Served {
        var roleName: String
        var marker: String?
        var maxItems: Int?
        /// The sandbox has no instances, so the list is empty.
        struct Output: Codable, Hashable, Sendable {
            var instanceProfiles: [String]
            var isTruncated: Bool
        }
    }

    struct ListPolicies: Served {
        /// `All`, `AWS` or `Local`.
        var scope: String?
        var onlyAttached: Bool?
        var pathPrefix: String?
        var policyUsageFilter: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var policies: [Policy]
            var isTruncated: Bool
            var marker: String?
        }
    }

    struct ListPolicyVersions: Served {
        var policyArn: String
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var versions: [PolicyVersion]
            var isTruncated: Bool
            var marker: String?
        }
    }

    struct DeletePolicy: Served {
        var policyArn: String
        typealias Output = NoOutput
    }

    struct CreatePolicyVersion: Served {
        var policyArn: String
        var policyDocument: String
        var setAsDefault: Bool?
        struct Output: Codable, Hashable, Sendable { var policyVersion: PolicyVersion }
    }

    struct SetDefaultPolicyVersion: Served {
        var policyArn: String
        var versionId: String
        typealias Output = NoOutput
    }

    struct DeletePolicyVersion: Served {
        var policyArn: String
        var versionId: String
        typealias Output = NoOutput
    }

    struct TagPolicy: Served {
        var policyArn: String
        var tags: [Tag]
        typealias Output = NoOutput
    }

    struct UntagPolicy: Served {
        var policyArn: String
        var tagKeys: [String]
        typealias Output = NoOutput
    }

    /// Terraform asks for them when it takes a user away.
    struct ListGroupsForUser: Served {
        var userName: String
        var marker: String?
        var maxItems: Int?
        /// The sandbox has no groups, so the list is empty.
        struct Output: Codable, Hashable, Sendable {
            var groups: [String]
            var isTruncated: Bool
        }
    }
}
