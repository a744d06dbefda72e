extension CloudWatchLogs {
    /// The events of a group that match a pattern, at most 1 MiB or 10 000 a page; a page may be empty and not the last.
    public struct FilterLogEvents: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The group's name, or
        public var logGroupName: String?
        /// its name or ARN.
        public var logGroupIdentifier: String?
        /// Only these streams, at most 100, or
        public var logStreamNames: [String]?
        /// only those whose names begin so.
        public var logStreamNamePrefix: String?
        /// The first moment, in milliseconds since 1970.
        public var startTime: Int?
        /// The last moment, in milliseconds since 1970.
        public var endTime: Int?
        /// CloudWatch's filter pattern; all where nil.
        public var filterPattern: String?
        /// From the page before.
        public var nextToken: String?
        /// 1 to 10 000.
        public var limit: Int?
        /// Has no effect any more: events of all streams are mixed.
        public var interleaved: Bool?
        /// Shows what a data protection policy masks.
        public var unmask: Bool?

        /// From its members.
        public init(
            logGroupName: String? = nil, logGroupIdentifier: String? = nil, logStreamNames: [String]? = nil,
            logStreamNamePrefix: String? = nil, startTime: Int? = nil, endTime: Int? = nil,
            filterPattern: String? = nil, nextToken: String? = nil, limit: Int? = nil, interleaved: Bool? = nil,
            unmask: Bool? = nil
        ) {
            self.logGroupName = logGroupName
            self.logGroupIdentifier = logGroupIdentifier
            self.logStreamNames = logStreamNames
            self.logStreamNamePrefix = logStreamNamePrefix
            self.startTime = startTime
            self.endTime = endTime
            self.filterPattern = filterPattern
            self.nextToken = nextToken
            self.limit = limit
            self.interleaved = interleaved
            self.unmask = unmask
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Events.
            public var events: [FilteredLogEvent]
            /// Empty; CloudWatch no longer fills it.
            public var searchedLogStreams: [SearchedLogStream]?
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(
                events: [FilteredLogEvent] = [], searchedLogStreams: [SearchedLogStream]? = nil,
                nextToken: String? = nil
            ) {
                self.events = events
                self.searchedLogStreams = searchedLogStreams
                self.nextToken = nextToken
            }
        }
    }

    /// An event that matches.
    public struct FilteredLogEvent: Codable, Hashable, Sendable {
        /// Its stream.
        public var logStreamName: String?
        /// When it happened, in milliseconds since 1970.
        public var timestamp: Int?
        /// Its text.
        public var message: String?
        /// When it arrived.
        public var ingestionTime: Int?
        /// Its id.
        public var eventId: String?

        /// From its members.
        public init(
            logStreamName: String? = nil, timestamp: Int? = nil, message: String? = nil, ingestionTime: Int? = nil,
            eventId: String? = nil
        ) {
            self.logStreamName = logStreamName
            self.timestamp = timestamp
            self.message = message
            self.ingestionTime = ingestionTime
            self.eventId = eventId
        }
    }

    /// A stream that was searched.
    public struct SearchedLogStream: Codable, Hashable, Sendable {
        /// Its name.
        public var logStreamName: String?
        /// Whether to its end.
        public var searchedCompletely: Bool?

        /// From its members.
        public init(logStreamName: String? = nil, searchedCompletely: Bool? = nil) {
            self.logStreamName = logStreamName
            self.searchedCompletely = searchedCompletely
        }
    }
}
