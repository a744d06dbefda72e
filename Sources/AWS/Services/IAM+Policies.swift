extension IAM {
    /// Makes a managed policy.
    public struct CreatePolicy: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// Its name.
        public var policyName: String
        /// Its path, `/` where nil.
        public var path: String?
        /// What it allows.
        public var policyDocument: String
        /// For people.
        public var description: String?
        /// Its tags.
        public var tags: [Tag]?

        /// From its members.
        public init(
            policyName: String, path: String? = nil, policyDocument: String, description: String? = nil,
            tags: [Tag]? = nil
        ) {
            self.policyName = policyName
            self.path = path
            self.policyDocument = policyDocument
            self.description = description
            self.tags = tags
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The policy.
            public var policy: Policy?

            /// From its members.
            public init(policy: Policy? = nil) {
                self.policy = policy
            }
        }
    }

    /// Reads a managed policy, without its document.
    public struct GetPolicy: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The policy.
        public var policyArn: String

        /// From its members.
        public init(policyArn: String) {
            self.policyArn = policyArn
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The policy.
            public var policy: Policy?

            /// From its members.
            public init(policy: Policy? = nil) {
                self.policy = policy
            }
        }
    }

    /// Reads a version of a managed policy.
    public struct GetPolicyVersion: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The policy.
        public var policyArn: String
        /// The version.
        public var versionId: String

        /// From its members.
        public init(policyArn: String, versionId: String) {
            self.policyArn = policyArn
            self.versionId = versionId
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The version.
            public var policyVersion: PolicyVersion?

            /// From its members.
            public init(policyVersion: PolicyVersion? = nil) {
                self.policyVersion = policyVersion
            }
        }
    }

    /// Gives a role a managed policy.
    public struct AttachRolePolicy: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// The role.
        public var roleName: String
        /// The policy.
        public var policyArn: String

        /// From its members.
        public init(roleName: String, policyArn: String) {
            self.roleName = roleName
            self.policyArn = policyArn
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// Takes a managed policy from a role.
    public struct DetachRolePolicy: Operation, Hashable {
        /// A repeat may fail or act twice.
        public static var effect: Effect { .write }

        /// The role.
        public var roleName: String
        /// The policy.
        public var policyArn: String

        /// From its members.
        public init(roleName: String, policyArn: String) {
            self.roleName = roleName
            self.policyArn = policyArn
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }
}
