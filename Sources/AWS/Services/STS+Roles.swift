public import FoundationEssentials

extension STS {
    /// Keys that end.
    public struct Credentials: Codable, Hashable, Sendable {
        /// The public half.
        public var accessKeyId: String
        /// The half that is never sent.
        public var secretAccessKey: Sensitive<String>
        /// What goes with every request.
        public var sessionToken: Sensitive<String>
        /// When they end.
        public var expiration: Date

        /// From its members.
        public init(
            accessKeyId: String, secretAccessKey: Sensitive<String>, sessionToken: Sensitive<String>, expiration: Date
        ) {
            self.accessKeyId = accessKeyId
            self.secretAccessKey = secretAccessKey
            self.sessionToken = sessionToken
            self.expiration = expiration
        }
    }

    /// A role's session.
    public struct AssumedRoleUser: Codable, Hashable, Sendable {
        /// `ROLE-ID:SESSION-NAME`.
        public var assumedRoleId: String
        /// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION-NAME`.
        public var arn: String

        /// From its members.
        public init(assumedRoleId: String, arn: String) {
            self.assumedRoleId = assumedRoleId
            self.arn = arn
        }
    }

    /// A managed policy by its ARN.
    public struct PolicyDescriptor: Codable, Hashable, Sendable {
        /// Its ARN; on the wire the member is `arn`, where other members start with a capital.
        public var policyDescriptorArn: String

        /// From its members.
        public init(policyDescriptorArn: String) { self.policyDescriptorArn = policyDescriptorArn }
    }

    /// A session's tag.
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

    /// Keys of a role, for a caller whom its trust policy names.
    public struct AssumeRole: Operation, Hashable {
        /// Each call gives other keys and changes nothing.
        public static var effect: Effect { .read }
        /// The role.
        public var roleArn: String
        /// What CloudTrail shows as the caller's name.
        public var roleSessionName: String
        /// How long the keys last, 900 s to the role's maximum; an hour where it is nil.
        public var durationSeconds: Int?
        /// What the role's owner and the caller agreed on.
        public var externalId: String?
        /// The MFA device.
        public var serialNumber: String?
        /// The MFA device's present code.
        public var tokenCode: String?
        /// A session policy: the session may do no more than it allows.
        public var policy: String?
        /// At most ten managed policies as session policies.
        public var policyArns: [PolicyDescriptor]?
        /// Session tags.
        public var tags: [Tag]?
        /// Who stands behind the caller: it stays with the session and with those that the session makes.
        public var sourceIdentity: String?

        /// From its members.
        public init(
            roleArn: String, roleSessionName: String, durationSeconds: Int? = nil, externalId: String? = nil,
            serialNumber: String? = nil, tokenCode: String? = nil, policy: String? = nil,
            policyArns: [PolicyDescriptor]? = nil, tags: [Tag]? = nil, sourceIdentity: String? = nil
        ) {
            self.roleArn = roleArn
            self.roleSessionName = roleSessionName
            self.durationSeconds = durationSeconds
            self.externalId = externalId
            self.serialNumber = serialNumber
            self.tokenCode = tokenCode
            self.policy = policy
            self.policyArns = policyArns
            self.tags = tags
            self.sourceIdentity = sourceIdentity
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The keys.
            public var credentials: Credentials?
            /// Who the caller now is.
            public var assumedRoleUser: AssumedRoleUser?
            /// The one of the request, or of the session that made it.
            public var sourceIdentity: String?

            /// From its members.
            public init(
                credentials: Credentials? = nil, assumedRoleUser: AssumedRoleUser? = nil, sourceIdentity: String? = nil
            ) {
                self.credentials = credentials
                self.assumedRoleUser = assumedRoleUser
                self.sourceIdentity = sourceIdentity
            }
        }
    }

    /// Keys of a role, for the bearer of a token that the role's identity provider issued; the token is the proof, so the call is not
    /// signed.
    public struct AssumeRoleWithWebIdentity: Operation, Hashable {
        /// Each call gives other keys and changes nothing.
        public static var effect: Effect { .read }
        /// The token is the proof.
        public static var isSigned: Bool { false }
        /// The role.
        public var roleArn: String
        /// What CloudTrail shows as the caller's name.
        public var roleSessionName: String
        /// The token.
        public var webIdentityToken: Sensitive<String>

        /// From its members.
        public init(roleArn: String, roleSessionName: String, webIdentityToken: Sensitive<String>) {
            self.roleArn = roleArn
            self.roleSessionName = roleSessionName
            self.webIdentityToken = webIdentityToken
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The keys.
            public var credentials: Credentials?
            /// Who the caller now is.
            public var assumedRoleUser: AssumedRoleUser?

            /// From its members.
            public init(credentials: Credentials? = nil, assumedRoleUser: AssumedRoleUser? = nil) {
                self.credentials = credentials
                self.assumedRoleUser = assumedRoleUser
            }
        }
    }
}
