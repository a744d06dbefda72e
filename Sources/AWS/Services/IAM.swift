internal import Core
public import FoundationEssentials

/// AWS Identity and Access Management: its operations and shapes (API version 2010-05-08). One endpoint a partition.
public enum IAM {
    /// How it is reached.
    public static let service = AWSService(
        id: "iam", endpointPrefix: "iam", environmentSuffix: "IAM", wire: .query(version: "2010-05-08"),
        memberNames: .capitalized(except: ["sshPublicKeys": "SSHPublicKeys", "mfaDevices": "MFADevices"]),
        isGlobal: true, clockTolerance: .seconds(900))

    /// An operation of IAM.
    public protocol Operation: AWSOperation {}

    /// A policy document in an answer: IAM sends it percent-encoded (RFC 3986); in requests it is plain text.
    public struct EncodedDocument: Codable, Hashable, Sendable, CustomStringConvertible {
        /// The document itself.
        public var text: String
        /// A document.
        public init(_ text: String) { self.text = text }
        /// The document itself.
        public var description: String { text }

        /// Reads it from its encoded form.
        public init(from decoder: any Decoder) throws {
            text = PercentEncoding.decode(try decoder.singleValueContainer().decode(String.self))
        }
        /// Writes its encoded form.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(PercentEncoding.encode(text))
        }
    }
}

extension IAM.Operation {
    /// IAM.
    public static var service: AWSService { IAM.service }
}

extension IAM {
    /// A role.
    public struct Role: Codable, Hashable, Sendable {
        /// Its path, `/` by default.
        public var path: String
        /// Its name.
        public var roleName: String
        /// Its id.
        public var roleId: String
        /// Its ARN.
        public var arn: String
        /// When it was made.
        public var createDate: Date
        /// Who may take it.
        public var assumeRolePolicyDocument: EncodedDocument?
        /// For people.
        public var description: String?
        /// In seconds.
        public var maxSessionDuration: Int?
        /// What its policies cannot go beyond.
        public var permissionsBoundary: PermissionsBoundary?
        /// Its tags.
        public var tags: [Tag]?
        /// When it was last used.
        public var roleLastUsed: RoleLastUsed?

        /// From its members.
        public init(
            path: String, roleName: String, roleId: String, arn: String, createDate: Date,
            assumeRolePolicyDocument: EncodedDocument? = nil, description: String? = nil,
            maxSessionDuration: Int? = nil, permissionsBoundary: PermissionsBoundary? = nil, tags: [Tag]? = nil,
            roleLastUsed: RoleLastUsed? = nil
        ) {
            self.path = path
            self.roleName = roleName
            self.roleId = roleId
            self.arn = arn
            self.createDate = createDate
            self.assumeRolePolicyDocument = assumeRolePolicyDocument
            self.description = description
            self.maxSessionDuration = maxSessionDuration
            self.permissionsBoundary = permissionsBoundary
            self.tags = tags
            self.roleLastUsed = roleLastUsed
        }
    }

    /// What a role's policies cannot go beyond.
    public struct PermissionsBoundary: Codable, Hashable, Sendable {
        /// `Policy`.
        public var permissionsBoundaryType: String?
        /// The policy.
        public var permissionsBoundaryArn: String?

        /// From its members.
        public init(permissionsBoundaryType: String? = nil, permissionsBoundaryArn: String? = nil) {
            self.permissionsBoundaryType = permissionsBoundaryType
            self.permissionsBoundaryArn = permissionsBoundaryArn
        }
    }

    /// When and where a role was last used.
    public struct RoleLastUsed: Codable, Hashable, Sendable {
        /// When.
        public var lastUsedDate: Date?
        /// Where.
        public var region: String?

        /// From its members.
        public init(lastUsedDate: Date? = nil, region: String? = nil) {
            self.lastUsedDate = lastUsedDate
            self.region = region
        }
    }

    /// A tag.
    public struct Tag: Codable, Hashable, Sendable {
        /// Its key.
        public var key: String
        /// Its value.
        public var value: String

        /// From its members.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// A managed policy that a role has.
    public struct AttachedPolicy: Codable, Hashable, Sendable {
        /// Its name.
        public var policyName: String?
        /// Its ARN.
        public var policyArn: String?

        /// From its members.
        public init(policyName: String? = nil, policyArn: String? = nil) {
            self.policyName = policyName
            self.policyArn = policyArn
        }
    }

    /// A managed policy.
    public struct Policy: Codable, Hashable, Sendable {
        /// Its name.
        public var policyName: String?
        /// Its id.
        public var policyId: String?
        /// Its ARN.
        public var arn: String?
        /// Its path.
        public var path: String?
        /// The version that counts.
        public var defaultVersionId: String?
        /// How many have it.
        public var attachmentCount: Int?
        /// How many are bounded by it.
        public var permissionsBoundaryUsageCount: Int?
        /// Whether it can be attached.
        public var isAttachable: Bool?
        /// For people.
        public var description: String?
        /// When it was made.
        public var createDate: Date?
        /// When it last changed.
        public var updateDate: Date?
        /// Its tags.
        public var tags: [Tag]?

        /// From its members.
        public init(
            policyName: String? = nil, policyId: String? = nil, arn: String? = nil, path: String? = nil,
            defaultVersionId: String? = nil, attachmentCount: Int? = nil, permissionsBoundaryUsageCount: Int? = nil,
            isAttachable: Bool? = nil, description: String? = nil, createDate: Date? = nil, updateDate: Date? = nil,
            tags: [Tag]? = nil
        ) {
            self.policyName = policyName
            self.policyId = policyId
            self.arn = arn
            self.path = path
            self.defaultVersionId = defaultVersionId
            self.attachmentCount = attachmentCount
            self.permissionsBoundaryUsageCount = permissionsBoundaryUsageCount
            self.isAttachable = isAttachable
            self.description = description
            self.createDate = createDate
            self.updateDate = updateDate
            self.tags = tags
        }
    }

    /// A version of a managed policy.
    public struct PolicyVersion: Codable, Hashable, Sendable {
        /// What it allows.
        public var document: EncodedDocument?
        /// Its id, such as `v1`.
        public var versionId: String?
        /// Whether it counts.
        public var isDefaultVersion: Bool?
        /// When it was made.
        public var createDate: Date?

        /// From its members.
        public init(
            document: EncodedDocument? = nil, versionId: String? = nil, isDefaultVersion: Bool? = nil,
            createDate: Date? = nil
        ) {
            self.document = document
            self.versionId = versionId
            self.isDefaultVersion = isDefaultVersion
            self.createDate = createDate
        }
    }
}
