/// Amazon CloudWatch Logs: its operations and shapes (API version 2014-03-28).
public enum CloudWatchLogs {
    /// How it is reached.
    public static let service = AWSService(
        id: "logs", endpointPrefix: "logs", environmentSuffix: "CLOUDWATCH_LOGS",
        wire: .json(targetPrefix: "Logs_20140328."), memberNames: .asWritten)

    /// An operation of CloudWatch Logs.
    public protocol Operation: AWSOperation {}
}

extension CloudWatchLogs.Operation {
    /// CloudWatch Logs.
    public static var service: AWSService { CloudWatchLogs.service }
}

extension CloudWatchLogs {
    /// Reads a stream's events, at most 1 MiB or 10 000 a page.
    public struct GetLogEvents: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The group's name, or
        public var logGroupName: String?
        /// its name or ARN.
        public var logGroupIdentifier: String?
        /// The stream.
        public var logStreamName: String
        /// The first moment, in milliseconds since 1970.
        public var startTime: Int?
        /// The moment after the last.
        public var endTime: Int?
        /// From the page before.
        public var nextToken: String?
        /// 1 to 10 000.
        public var limit: Int?
        /// From the oldest event on; from the newest back where nil.
        public var startFromHead: Bool?
        /// Shows what a data protection policy masks.
        public var unmask: Bool?

        /// From its members.
        public init(
            logGroupName: String? = nil, logGroupIdentifier: String? = nil, logStreamName: String,
            startTime: Int? = nil, endTime: Int? = nil, nextToken: String? = nil, limit: Int? = nil,
            startFromHead: Bool? = nil, unmask: Bool? = nil
        ) {
            self.logGroupName = logGroupName
            self.logGroupIdentifier = logGroupIdentifier
            self.logStreamName = logStreamName
            self.startTime = startTime
            self.endTime = endTime
            self.nextToken = nextToken
            self.limit = limit
            self.startFromHead = startFromHead
            self.unmask = unmask
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Events, oldest first.
            public var events: [OutputLogEvent]
            /// Asks for later events; at the end it is the token that was sent.
            public var nextForwardToken: String?
            /// Asks for earlier ones.
            public var nextBackwardToken: String?

            /// From its members.
            public init(
                events: [OutputLogEvent] = [], nextForwardToken: String? = nil, nextBackwardToken: String? = nil
            ) {
                self.events = events
                self.nextForwardToken = nextForwardToken
                self.nextBackwardToken = nextBackwardToken
            }
        }
    }

    /// One event.
    public struct OutputLogEvent: Codable, Hashable, Sendable {
        /// When it happened, in milliseconds since 1970.
        public var timestamp: Int?
        /// Its text.
        public var message: String?
        /// When it arrived.
        public var ingestionTime: Int?

        /// From its members.
        public init(timestamp: Int? = nil, message: String? = nil, ingestionTime: Int? = nil) {
            self.timestamp = timestamp
            self.message = message
            self.ingestionTime = ingestionTime
        }
    }
}
