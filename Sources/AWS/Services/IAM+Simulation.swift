extension IAM {
    /// What a principal's policies say of actions, on paper: neither when they take effect nor what the resource's own policy says.
    public struct SimulatePrincipalPolicy: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The principal.
        public var policySourceArn: String
        /// Policies besides its own, as JSON.
        public var policyInputList: [String]?
        /// A boundary instead of its own, as JSON.
        public var permissionsBoundaryPolicyInputList: [String]?
        /// The actions, such as `secretsmanager:GetSecretValue`.
        public var actionNames: [String]
        /// The resources; `*` where nil.
        public var resourceArns: [String]?
        /// The resources' policy, as JSON.
        public var resourcePolicy: String?
        /// The account of a resource whose ARN has none.
        public var resourceOwner: String?
        /// The user whose call is played; needed where the source is a group and there is a resource policy.
        public var callerArn: String?
        /// Condition keys.
        public var contextEntries: [ContextEntry]?
        /// For EC2's actions.
        public var resourceHandlingOption: String?
        /// 1 to 1 000.
        public var maxItems: Int?
        /// From the page before.
        public var marker: String?

        /// From its members.
        public init(
            policySourceArn: String, policyInputList: [String]? = nil,
            permissionsBoundaryPolicyInputList: [String]? = nil, actionNames: [String] = [],
            resourceArns: [String]? = nil, resourcePolicy: String? = nil, resourceOwner: String? = nil,
            callerArn: String? = nil, contextEntries: [ContextEntry]? = nil, resourceHandlingOption: String? = nil,
            maxItems: Int? = nil, marker: String? = nil
        ) {
            self.policySourceArn = policySourceArn
            self.policyInputList = policyInputList
            self.permissionsBoundaryPolicyInputList = permissionsBoundaryPolicyInputList
            self.actionNames = actionNames
            self.resourceArns = resourceArns
            self.resourcePolicy = resourcePolicy
            self.resourceOwner = resourceOwner
            self.callerArn = callerArn
            self.contextEntries = contextEntries
            self.resourceHandlingOption = resourceHandlingOption
            self.maxItems = maxItems
            self.marker = marker
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// One for each action and resource.
            public var evaluationResults: [EvaluationResult]
            /// Whether there is another page.
            public var isTruncated: Bool?
            /// Asks for it.
            public var marker: String?

            /// From its members.
            public init(evaluationResults: [EvaluationResult] = [], isTruncated: Bool? = nil, marker: String? = nil) {
                self.evaluationResults = evaluationResults
                self.isTruncated = isTruncated
                self.marker = marker
            }
        }
    }

    /// A condition key with its values.
    public struct ContextEntry: Codable, Hashable, Sendable {
        /// Its name.
        public var contextKeyName: String?
        /// Its values.
        public var contextKeyValues: [String]?
        /// Their type, such as `string` or `stringList`.
        public var contextKeyType: String?

        /// From its members.
        public init(contextKeyName: String? = nil, contextKeyValues: [String]? = nil, contextKeyType: String? = nil) {
            self.contextKeyName = contextKeyName
            self.contextKeyValues = contextKeyValues
            self.contextKeyType = contextKeyType
        }
    }

    /// What the policies say of one action.
    public struct EvaluationResult: Codable, Hashable, Sendable {
        /// The action.
        public var evalActionName: String
        /// The resource.
        public var evalResourceName: String?
        /// `allowed`, `explicitDeny` or `implicitDeny`.
        public var evalDecision: String
        /// The statements that decide.
        public var matchedStatements: [MatchedStatement]?
        /// Condition keys that statements ask for and no one gave.
        public var missingContextValues: [String]?
        /// What the organization's policies say.
        public var organizationsDecisionDetail: OrganizationsDecisionDetail?
        /// What the boundary says.
        public var permissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetail?
        /// The same for each resource.
        public var resourceSpecificResults: [ResourceSpecificResult]?

        /// From its members.
        public init(
            evalActionName: String, evalResourceName: String? = nil, evalDecision: String,
            matchedStatements: [MatchedStatement]? = nil, missingContextValues: [String]? = nil,
            organizationsDecisionDetail: OrganizationsDecisionDetail? = nil,
            permissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetail? = nil,
            resourceSpecificResults: [ResourceSpecificResult]? = nil
        ) {
            self.evalActionName = evalActionName
            self.evalResourceName = evalResourceName
            self.evalDecision = evalDecision
            self.matchedStatements = matchedStatements
            self.missingContextValues = missingContextValues
            self.organizationsDecisionDetail = organizationsDecisionDetail
            self.permissionsBoundaryDecisionDetail = permissionsBoundaryDecisionDetail
            self.resourceSpecificResults = resourceSpecificResults
        }
    }

    /// What the policies say of one action on one resource.
    public struct ResourceSpecificResult: Codable, Hashable, Sendable {
        /// The resource.
        public var evalResourceName: String
        /// `allowed`, `explicitDeny` or `implicitDeny`.
        public var evalResourceDecision: String
        /// The statements that decide.
        public var matchedStatements: [MatchedStatement]?
        /// Condition keys that statements ask for and no one gave.
        public var missingContextValues: [String]?
        /// What the boundary says.
        public var permissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetail?

        /// From its members.
        public init(
            evalResourceName: String, evalResourceDecision: String, matchedStatements: [MatchedStatement]? = nil,
            missingContextValues: [String]? = nil,
            permissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetail? = nil
        ) {
            self.evalResourceName = evalResourceName
            self.evalResourceDecision = evalResourceDecision
            self.matchedStatements = matchedStatements
            self.missingContextValues = missingContextValues
            self.permissionsBoundaryDecisionDetail = permissionsBoundaryDecisionDetail
        }
    }

    /// A statement that decides.
    public struct MatchedStatement: Codable, Hashable, Sendable {
        /// The policy's id.
        public var sourcePolicyId: String?
        /// Its kind, such as `IAM Policy` or `user-managed`.
        public var sourcePolicyType: String?
        /// Where it begins.
        public var startPosition: Position?
        /// Where it ends.
        public var endPosition: Position?

        /// From its members.
        public init(
            sourcePolicyId: String? = nil, sourcePolicyType: String? = nil, startPosition: Position? = nil,
            endPosition: Position? = nil
        ) {
            self.sourcePolicyId = sourcePolicyId
            self.sourcePolicyType = sourcePolicyType
            self.startPosition = startPosition
            self.endPosition = endPosition
        }
    }

    /// A place in a policy's text.
    public struct Position: Codable, Hashable, Sendable {
        /// From 1 on.
        public var line: Int?
        /// From 0 on.
        public var column: Int?

        /// From its members.
        public init(line: Int? = nil, column: Int? = nil) {
            self.line = line
            self.column = column
        }
    }

    /// What the organization's policies say.
    public struct OrganizationsDecisionDetail: Codable, Hashable, Sendable {
        /// Whether they allow it.
        public var allowedByOrganizations: Bool?

        /// From its members.
        public init(allowedByOrganizations: Bool? = nil) {
            self.allowedByOrganizations = allowedByOrganizations
        }
    }

    /// What the boundary says.
    public struct PermissionsBoundaryDecisionDetail: Codable, Hashable, Sendable {
        /// Whether it allows it.
        public var allowedByPermissionsBoundary: Bool?

        /// From its members.
        public init(allowedByPermissionsBoundary: Bool? = nil) {
            self.allowedByPermissionsBoundary = allowedByPermissionsBoundary
        }
    }
}
