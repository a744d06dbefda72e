extension IAM {
    /// Makes a role.
    public struct CreateRole: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// Its path, `/` where nil.
        public var path: String?
        /// Its name.
        public var roleName: String
        /// Who may take it.
        public var assumeRolePolicyDocument: String
        /// For people.
        public var description: String?
        /// In seconds.
        public var maxSessionDuration: Int?
        /// What its policies cannot go beyond.
        public var permissionsBoundary: String?
        /// Its tags.
        public var tags: [Tag]?

        /// From its members.
        public init(
            path: String? = nil, roleName: String, assumeRolePolicyDocument: String, description: String? = nil,
            maxSessionDuration: Int? = nil, permissionsBoundary: String? = nil, tags: [Tag]? = nil
        ) {
            self.path = path
            self.roleName = roleName
            self.assumeRolePolicyDocument = assumeRolePolicyDocument
            self.description = description
            self.maxSessionDuration = maxSessionDuration
            self.permissionsBoundary = permissionsBoundary
            self.tags = tags
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The role.
            public var role: Role

            /// From its members.
            public init(role: Role) {
                self.role = role
            }
        }
    }

    /// Reads a role.
    public struct GetRole: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// Its name.
        public var roleName: String

        /// From its members.
        public init(roleName: String) {
            self.roleName = roleName
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The role.
            public var role: Role

            /// From its members.
            public init(role: Role) {
                self.role = role
            }
        }
    }

    /// Deletes a role that has no policies.
    public struct DeleteRole: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// Its name.
        public var roleName: String

        /// From its members.
        public init(roleName: String) {
            self.roleName = roleName
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// Makes or replaces an inline policy.
    public struct PutRolePolicy: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .write }

        /// The role.
        public var roleName: String
        /// The policy.
        public var policyName: String
        /// What it allows.
        public var policyDocument: String

        /// From its members.
        public init(roleName: String, policyName: String, policyDocument: String) {
            self.roleName = roleName
            self.policyName = policyName
            self.policyDocument = policyDocument
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// Reads an inline policy.
    public struct GetRolePolicy: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The role.
        public var roleName: String
        /// The policy.
        public var policyName: String

        /// From its members.
        public init(roleName: String, policyName: String) {
            self.roleName = roleName
            self.policyName = policyName
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The role.
            public var roleName: String
            /// The policy.
            public var policyName: String
            /// What it allows.
            public var policyDocument: EncodedDocument

            /// From its members.
            public init(roleName: String, policyName: String, policyDocument: EncodedDocument) {
                self.roleName = roleName
                self.policyName = policyName
                self.policyDocument = policyDocument
            }
        }
    }

    /// Deletes an inline policy.
    public struct DeleteRolePolicy: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// The role.
        public var roleName: String
        /// The policy.
        public var policyName: String

        /// From its members.
        public init(roleName: String, policyName: String) {
            self.roleName = roleName
            self.policyName = policyName
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// The names of a role's inline policies.
    public struct ListRolePolicies: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The role.
        public var roleName: String
        /// From the page before.
        public var marker: String?
        /// 1 to 1000; 100 where nil.
        public var maxItems: Int?

        /// From its members.
        public init(roleName: String, marker: String? = nil, maxItems: Int? = nil) {
            self.roleName = roleName
            self.marker = marker
            self.maxItems = maxItems
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Names.
            public var policyNames: [String]
            /// Whether there are more.
            public var isTruncated: Bool?
            /// Asks for the next page.
            public var marker: String?

            /// From its members.
            public init(policyNames: [String] = [], isTruncated: Bool? = nil, marker: String? = nil) {
                self.policyNames = policyNames
                self.isTruncated = isTruncated
                self.marker = marker
            }
        }
    }

    /// A role's managed policies.
    public struct ListAttachedRolePolicies: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The role.
        public var roleName: String
        /// Only those below this path.
        public var pathPrefix: String?
        /// From the page before.
        public var marker: String?
        /// 1 to 1000; 100 where nil.
        public var maxItems: Int?

        /// From its members.
        public init(roleName: String, pathPrefix: String? = nil, marker: String? = nil, maxItems: Int? = nil) {
            self.roleName = roleName
            self.pathPrefix = pathPrefix
            self.marker = marker
            self.maxItems = maxItems
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Policies.
            public var attachedPolicies: [AttachedPolicy]
            /// Whether there are more.
            public var isTruncated: Bool?
            /// Asks for the next page.
            public var marker: String?

            /// From its members.
            public init(attachedPolicies: [AttachedPolicy] = [], isTruncated: Bool? = nil, marker: String? = nil) {
                self.attachedPolicies = attachedPolicies
                self.isTruncated = isTruncated
                self.marker = marker
            }
        }
    }
}
