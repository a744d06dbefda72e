/// Amazon EventBridge: its operations and shapes (API version 2015-10-07).
public enum EventBridge {
    /// How it is reached.
    public static let service = AWSService(
        id: "events", endpointPrefix: "events", environmentSuffix: "EVENTBRIDGE",
        wire: .json(targetPrefix: "AWSEvents."), memberNames: .capitalized())

    /// An operation of EventBridge.
    public protocol Operation: AWSOperation {}
}

extension EventBridge.Operation {
    /// EventBridge.
    public static var service: AWSService { EventBridge.service }
}

extension EventBridge {
    /// Makes or replaces a rule.
    public struct PutRule: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// Its name.
        public var name: String
        /// A rate or a cron expression, or
        public var scheduleExpression: String?
        /// the pattern of the events that it is for, as JSON.
        public var eventPattern: String?
        /// `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.
        public var state: String?
        /// For people.
        public var description: String?
        /// The role that hands events on.
        public var roleArn: String?
        /// Its tags; of no effect on a rule that is there.
        public var tags: [Tag]?
        /// The bus, by name or ARN; `default` where nil.
        public var eventBusName: String?

        /// From its members.
        public init(
            name: String, scheduleExpression: String? = nil, eventPattern: String? = nil, state: String? = nil,
            description: String? = nil, roleArn: String? = nil, tags: [Tag]? = nil, eventBusName: String? = nil
        ) {
            self.name = name
            self.scheduleExpression = scheduleExpression
            self.eventPattern = eventPattern
            self.state = state
            self.description = description
            self.roleArn = roleArn
            self.tags = tags
            self.eventBusName = eventBusName
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its ARN.
            public var ruleArn: String?

            /// From its members.
            public init(ruleArn: String? = nil) {
                self.ruleArn = ruleArn
            }
        }
    }

    /// Takes a rule away; its targets must go first.
    public struct DeleteRule: Operation, Hashable {
        /// A rule that is not there may be deleted.
        public static var effect: Effect { .idempotent }

        /// Its name.
        public var name: String
        /// The bus, by name or ARN; `default` where nil.
        public var eventBusName: String?
        /// Needed for a rule that a service manages.
        public var force: Bool?

        /// From its members.
        public init(name: String, eventBusName: String? = nil, force: Bool? = nil) {
            self.name = name
            self.eventBusName = eventBusName
            self.force = force
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// Adds targets to a rule, or replaces those of the same ids.
    public struct PutTargets: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// The rule.
        public var rule: String
        /// The bus, by name or ARN; `default` where nil.
        public var eventBusName: String?
        /// Up to five a rule.
        public var targets: [Target]

        /// From its members.
        public init(rule: String, eventBusName: String? = nil, targets: [Target] = []) {
            self.rule = rule
            self.eventBusName = eventBusName
            self.targets = targets
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// How many were refused.
            public var failedEntryCount: Int?
            /// Those, with reasons.
            public var failedEntries: [FailedEntry]

            /// From its members.
            public init(failedEntryCount: Int? = nil, failedEntries: [FailedEntry] = []) {
                self.failedEntryCount = failedEntryCount
                self.failedEntries = failedEntries
            }
        }
    }

    /// Takes targets off a rule.
    public struct RemoveTargets: Operation, Hashable {
        /// A target that is gone is refused; a lost answer is settled by reading.
        public static var effect: Effect { .write }

        /// The rule.
        public var rule: String
        /// The bus, by name or ARN; `default` where nil.
        public var eventBusName: String?
        /// Their ids.
        public var ids: [String]
        /// Needed for a rule that a service manages.
        public var force: Bool?

        /// From its members.
        public init(rule: String, eventBusName: String? = nil, ids: [String] = [], force: Bool? = nil) {
            self.rule = rule
            self.eventBusName = eventBusName
            self.ids = ids
            self.force = force
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// How many were refused.
            public var failedEntryCount: Int?
            /// Those, with reasons.
            public var failedEntries: [FailedEntry]

            /// From its members.
            public init(failedEntryCount: Int? = nil, failedEntries: [FailedEntry] = []) {
                self.failedEntryCount = failedEntryCount
                self.failedEntries = failedEntries
            }
        }
    }

    /// A tag.
    public struct Tag: Codable, Hashable, Sendable {
        /// Its name.
        public var key: String
        /// Its value.
        public var value: String

        /// From its members.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }
}
