extension EventBridge {
    /// Where a rule sends events. Parameters for kinds of targets that this program never makes are left out.
    public struct Target: Codable, Hashable, Sendable {
        /// Its name in the rule.
        public var id: String
        /// The queue, function or other resource.
        public var arn: String
        /// The role that hands events on.
        public var roleArn: String?
        /// JSON to send instead of the event, or
        public var input: String?
        /// the part of the event to send, or
        public var inputPath: String?
        /// how to make another out of it.
        public var inputTransformer: InputTransformer?
        /// For FIFO queues.
        public var sqsParameters: SqsParameters?
        /// Where events go that cannot be delivered.
        public var deadLetterConfig: DeadLetterConfig?
        /// How often and how long to try.
        public var retryPolicy: TargetRetryPolicy?

        /// From its members.
        public init(
            id: String, arn: String, roleArn: String? = nil, input: String? = nil, inputPath: String? = nil,
            inputTransformer: InputTransformer? = nil, sqsParameters: SqsParameters? = nil,
            deadLetterConfig: DeadLetterConfig? = nil, retryPolicy: TargetRetryPolicy? = nil
        ) {
            self.id = id
            self.arn = arn
            self.roleArn = roleArn
            self.input = input
            self.inputPath = inputPath
            self.inputTransformer = inputTransformer
            self.sqsParameters = sqsParameters
            self.deadLetterConfig = deadLetterConfig
            self.retryPolicy = retryPolicy
        }
    }

    /// Makes a text out of an event.
    public struct InputTransformer: Codable, Hashable, Sendable {
        /// JSON paths by name.
        public var inputPathsMap: [String: String]?
        /// A text with `<name>` in it.
        public var inputTemplate: String

        /// From its members.
        public init(inputPathsMap: [String: String]? = nil, inputTemplate: String) {
            self.inputPathsMap = inputPathsMap
            self.inputTemplate = inputTemplate
        }
    }

    /// For FIFO queues.
    public struct SqsParameters: Codable, Hashable, Sendable {
        /// The group.
        public var messageGroupId: String?

        /// From its members.
        public init(messageGroupId: String? = nil) {
            self.messageGroupId = messageGroupId
        }
    }

    /// Where events go that cannot be delivered.
    public struct DeadLetterConfig: Codable, Hashable, Sendable {
        /// A queue.
        public var arn: String?

        /// From its members.
        public init(arn: String? = nil) {
            self.arn = arn
        }
    }

    /// How often and how long a delivery is tried.
    public struct TargetRetryPolicy: Codable, Hashable, Sendable {
        /// 0 to 185.
        public var maximumRetryAttempts: Int?
        /// 60 to 86 400.
        public var maximumEventAgeInSeconds: Int?

        /// From its members.
        public init(maximumRetryAttempts: Int? = nil, maximumEventAgeInSeconds: Int? = nil) {
            self.maximumRetryAttempts = maximumRetryAttempts
            self.maximumEventAgeInSeconds = maximumEventAgeInSeconds
        }
    }

    /// A target that was refused.
    public struct FailedEntry: Codable, Hashable, Sendable {
        /// Its id.
        public var targetId: String?
        /// Why, as a code.
        public var errorCode: String?
        /// Why, in words.
        public var errorMessage: String?

        /// From its members.
        public init(targetId: String? = nil, errorCode: String? = nil, errorMessage: String? = nil) {
            self.targetId = targetId
            self.errorCode = errorCode
            self.errorMessage = errorMessage
        }
    }
}
