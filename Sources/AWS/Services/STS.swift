/// AWS Security Token Service (API version 2011-06-15).
public enum STS {
    /// How it is reached.
    public static let service = AWSService(
        id: "sts", endpointPrefix: "sts", environmentSuffix: "STS", wire: .query(version: "2011-06-15"),
        memberNames: .capitalized(except: ["policyDescriptorArn": "arn"]), clockTolerance: .seconds(900))

    /// An operation of STS.
    public protocol Operation: AWSOperation {}
}

extension STS.Operation {
    /// STS.
    public static var service: AWSService { STS.service }
}

extension STS {
    /// Who the caller is; needs no permission.
    public struct GetCallerIdentity: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// From its members.
        public init() {}

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The caller's id.
            public var userId: String?
            /// The account, twelve digits.
            public var account: String?
            /// The caller.
            public var arn: String?

            /// From its members.
            public init(userId: String? = nil, account: String? = nil, arn: String? = nil) {
                self.userId = userId
                self.account = account
                self.arn = arn
            }
        }
    }
}
