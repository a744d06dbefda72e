internal import AWS
internal import FoundationEssentials

extension IAM {
    /// A user.
    struct User: Codable, Hashable, Sendable {
        var path: String
        var userName: String
        var userId: String
        var arn: String
        var createDate: Date
        var permissionsBoundary: PermissionsBoundary?
        var tags: [Tag]?
    }

    struct CreateUser: Served {
        var userName: String
        var path: String?
        var permissionsBoundary: String?
        var tags: [Tag]?
        struct Output: Codable, Hashable, Sendable { var user: User }
    }

    /// Without a name: the user who calls.
    struct GetUser: Served {
        var userName: String?
        typealias Output = CreateUser.Output
    }

    struct DeleteUser: Served {
        var userName: String
        typealias Output = NoOutput
    }

    struct ListUsers: Served {
        var pathPrefix: String?
        var marker: String?
        var maxItems: Int?
        struct Output: Codable, Hashable, Sendable {
            var users: [User]
            var isTruncated: Bool
            var marker: String?
        }
    }

    struct TagUser: Served {
        var userName: String
        var tags: [Tag]
        typealias Output = NoOutput
    }

    struct UntagUser: Served {
        var userName: String
        var tagKeys: [String]
        typealias Output = NoOutput
    }

    struct ListUserTags: Served {
        var userName: String
        var marker: String?
        var maxItems: Int?
        typealias Output = ListRoleTags.Output
    }

    struct PutUserPolicy: Served {
        var userName: String
        var policyName: String
        var policyDocument: String
        typealias Output = NoOutput
    }

    struct GetUserPolicy: Served {
        var userName: String
        var policyName: String
        struct Output: Codable, Hashable, Sendable {
            var userName: String
            var policyName: String
            var policyDocument: EncodedDocument
        }
    }

    struct DeleteUserPolicy: Served {
        var userName: String
        var policyName: String
        typealias Output = NoOutput
    }

    struct ListUserPolicies: Served {
        var userName: String
        var marker: String?
        var maxItems: Int?
        typealias Output = ListRolePolicies.Output
    }

    struct AttachUserPolicy: Served {
        var userName: String
        var policyArn: String
        typealias Output = NoOutput
    }

    struct DetachUserPolicy: Served {
        var userName: String
        var policyArn: String
        typealias Output = NoOutput
    }

    struct ListAttachedUserPolicies: Served {
        var userName: String
        var pathPrefix: String?
        var marker: String?
        var maxItems: Int?
        typealias Output = ListAttachedRolePolicies.Output
    }

    struct PutUserPermissionsBoundary: Served {
        var userName: String
        var permissionsBoundary: String
        typealias Output = NoOutput
    }

    struct DeleteUserPermissionsBoundary: Served {
        var userName: String
        typealias Output = NoOutput
    }
}
