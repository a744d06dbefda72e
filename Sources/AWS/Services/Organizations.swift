public import FoundationEssentials

/// AWS Organizations: its operations and shapes (API version 2016-11-28).
public enum Organizations {
    /// How it is reached.
    public static let service = AWSService(
        id: "organizations", endpointPrefix: "organizations", environmentSuffix: "ORGANIZATIONS",
        wire: .json(targetPrefix: "AWSOrganizationsV20161128."), memberNames: .capitalized(), isGlobal: true)

    /// An operation of Organizations.
    public protocol Operation: AWSOperation {}
}

extension Organizations.Operation {
    /// Organizations.
    public static var service: AWSService { Organizations.service }
}

extension Organizations {
    /// The organization's accounts, up to 20 a page; a page may be empty and not the last.
    public struct ListAccounts: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// From the page before.
        public var nextToken: String?
        /// 1 to 20.
        public var maxResults: Int?

        /// From its members.
        public init(nextToken: String? = nil, maxResults: Int? = nil) {
            self.nextToken = nextToken
            self.maxResults = maxResults
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Accounts.
            public var accounts: [Account]
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(accounts: [Account] = [], nextToken: String? = nil) {
                self.accounts = accounts
                self.nextToken = nextToken
            }
        }
    }

    /// An account of the organization.
    public struct Account: Codable, Hashable, Sendable {
        /// Its twelve digits.
        public var id: String?
        /// Its ARN.
        public var arn: String?
        /// Its root user's address.
        public var email: Sensitive<String>?
        /// Its name.
        public var name: String?
        /// `ACTIVE`, `SUSPENDED` or `PENDING_CLOSURE`; AWS ends this member in September 2026.
        public var status: String?
        /// `PENDING_ACTIVATION`, `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE` or `CLOSED`.
        public var state: String?
        /// Where it stands below the roots.
        public var paths: [String]?
        /// `INVITED` or `CREATED`.
        public var joinedMethod: String?
        /// Since when.
        public var joinedTimestamp: Date?

        /// From its members.
        public init(
            id: String? = nil, arn: String? = nil, email: Sensitive<String>? = nil, name: String? = nil,
            status: String? = nil, state: String? = nil, paths: [String]? = nil, joinedMethod: String? = nil,
            joinedTimestamp: Date? = nil
        ) {
            self.id = id
            self.arn = arn
            self.email = email
            self.name = name
            self.status = status
            self.state = state
            self.paths = paths
            self.joinedMethod = joinedMethod
            self.joinedTimestamp = joinedTimestamp
        }
    }
}
