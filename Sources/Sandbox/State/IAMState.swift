internal import AWS
internal import FoundationEssentials

/// What IAM holds, and the sessions that STS has given out.
struct IAMState: Codable, Sendable, Hashable {
    /// A role with its policies, each as the text that was handed in.
    struct Role: Codable, Sendable, Hashable, PolicyHolder {
        var name: String
        var path: String
        var id: String
        var arn: String
        var created: Date
        var description: String?
        var maxSessionDuration: Int
        var permissionsBoundary: String?
        var trustPolicy: String
        var tags: [IAM.Tag]
        var inline: [String: String] = [:]
        var attached: [String] = []
    }

    /// A user with its policies.
    struct User: Codable, Sendable, Hashable, PolicyHolder {
        var name: String
        var path: String
        var id: String
        var arn: String
        var created: Date
        var permissionsBoundary: String?
        var tags: [IAM.Tag]
        var inline: [String: String] = [:]
        var attached: [String] = []
    }

    /// A user's access key.
    struct AccessKey: Codable, Sendable, Hashable {
        var id: String
        var secret: Sensitive<String>
        var user: String
        var created: Date
        var isActive = true
    }

    /// A role's session that STS gave out.
    struct Session: Codable, Sendable, Hashable {
        var secret: Sensitive<String>
        var token: Sensitive<String>
        var expires: Date
        /// The role as it was then: one that is made again under its name is another.
        var roleARN: String
        var roleID: String
        var name: String
        /// Session policies, as documents.
        var policies: [String]
        var tags: [String: String]
        var sourceIdentity: String?
    }

    /// A managed policy with up to five versions, of which one counts.
    struct ManagedPolicy: Codable, Sendable, Hashable {
        struct Version: Codable, Sendable, Hashable {
            /// `v1` and so on.
            var id: String
            var document: String
            var created: Date
        }

        var name: String
        var path: String
        var id: String
        var arn: String
        var created: Date
        var description: String?
        var tags: [IAM.Tag]
        /// Oldest first.
        var versions: [Version]
        /// The id of the one that counts.
        var counting = "v1"
        /// The last version's number; numbers are not given twice.
        var lastNumber = 1

        /// What the policy says.
        var document: String { versions.first { $0.id == counting }?.document ?? "" }
    }

    /// By name; IAM looks names up by case, and lets no two differ in case only.
    var roles: [String: Role] = [:]
    /// By ARN.
    var policies: [String: ManagedPolicy] = [:]
    /// By name.
    var users: [String: User] = [:]
    /// By the key's id.
    var accessKeys: [String: AccessKey] = [:]
    /// By the key's id.
    var sessions: [String: Session] = [:]

    init() {}

    /// Users, keys and sessions are not in the files of earlier sandboxes.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        roles = try container.decode([String: Role].self, forKey: .roles)
        policies = try container.decode([String: ManagedPolicy].self, forKey: .policies)
        users = try container.decodeIfPresent([String: User].self, forKey: .users) ?? [:]
        accessKeys = try container.decodeIfPresent([String: AccessKey].self, forKey: .accessKeys) ?? [:]
        sessions = try container.decodeIfPresent([String: Session].self, forKey: .sessions) ?? [:]
    }

    /// The role of an ARN, whose path counts.
    func role(arn: String) -> Role? {
        roles.values.first { $0.arn == arn }
    }
}
