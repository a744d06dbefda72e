extension CloudWatchLogs {
    /// Starts a query of Logs Insights over groups.
    public struct StartQuery: Operation, Hashable {
        /// Changes nothing; a repeat is another query.
        public static var effect: Effect { .read }

        /// `CWLI` where nil, `SQL` or `PPL`.
        public var queryLanguage: String?
        /// One group, or
        public var logGroupName: String?
        /// up to 50, or
        public var logGroupNames: [String]?
        /// up to 50 names or ARNs.
        public var logGroupIdentifiers: [String]?
        /// The first moment, in seconds since 1970.
        public var startTime: Int
        /// The last moment, in seconds since 1970.
        public var endTime: Int
        /// The query.
        public var queryString: String
        /// 1 to 100 000 rows; 10 000 where nil.
        public var limit: Int?

        /// From its members.
        public init(
            queryLanguage: String? = nil, logGroupName: String? = nil, logGroupNames: [String]? = nil,
            logGroupIdentifiers: [String]? = nil, startTime: Int, endTime: Int, queryString: String, limit: Int? = nil
        ) {
            self.queryLanguage = queryLanguage
            self.logGroupName = logGroupName
            self.logGroupNames = logGroupNames
            self.logGroupIdentifiers = logGroupIdentifiers
            self.startTime = startTime
            self.endTime = endTime
            self.queryString = queryString
            self.limit = limit
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// The query.
            public var queryId: String

            /// From its members.
            public init(queryId: String) {
                self.queryId = queryId
            }
        }
    }

    /// What a query has found so far.
    public struct GetQueryResults: Operation, Hashable {
        /// Changes nothing.
        public static var effect: Effect { .read }

        /// The query.
        public var queryId: String
        /// From the page before.
        public var nextToken: String?
        /// Rows a page.
        public var maxItems: Int?

        /// From its members.
        public init(queryId: String, nextToken: String? = nil, maxItems: Int? = nil) {
            self.queryId = queryId
            self.nextToken = nextToken
            self.maxItems = maxItems
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Its language.
            public var queryLanguage: String?
            /// Rows.
            public var results: [[ResultField]]
            /// What was read.
            public var statistics: QueryStatistics?
            /// Whether it goes on.
            public var status: QueryStatus?
            /// The key of what it keeps.
            public var encryptionKey: String?
            /// Asks for the next page; nil at the end.
            public var nextToken: String?

            /// From its members.
            public init(
                queryLanguage: String? = nil, results: [[ResultField]] = [], statistics: QueryStatistics? = nil,
                status: QueryStatus? = nil, encryptionKey: String? = nil, nextToken: String? = nil
            ) {
                self.queryLanguage = queryLanguage
                self.results = results
                self.statistics = statistics
                self.status = status
                self.encryptionKey = encryptionKey
                self.nextToken = nextToken
            }
        }
    }

    /// A field of a row.
    public struct ResultField: Codable, Hashable, Sendable {
        /// Its name.
        public var field: String?
        /// Its value, as text.
        public var value: String?

        /// From its members.
        public init(field: String? = nil, value: String? = nil) {
            self.field = field
            self.value = value
        }
    }

    /// What a query has read.
    public struct QueryStatistics: Codable, Hashable, Sendable {
        /// Events that match.
        public var recordsMatched: Double?
        /// Events read.
        public var recordsScanned: Double?
        /// Events that an index saved.
        public var estimatedRecordsSkipped: Double?
        /// Bytes read.
        public var bytesScanned: Double?
        /// Bytes that an index saved.
        public var estimatedBytesSkipped: Double?
        /// Groups read.
        public var logGroupsScanned: Double?

        /// From its members.
        public init(
            recordsMatched: Double? = nil, recordsScanned: Double? = nil, estimatedRecordsSkipped: Double? = nil,
            bytesScanned: Double? = nil, estimatedBytesSkipped: Double? = nil, logGroupsScanned: Double? = nil
        ) {
            self.recordsMatched = recordsMatched
            self.recordsScanned = recordsScanned
            self.estimatedRecordsSkipped = estimatedRecordsSkipped
            self.bytesScanned = bytesScanned
            self.estimatedBytesSkipped = estimatedBytesSkipped
            self.logGroupsScanned = logGroupsScanned
        }
    }

    /// Where a query stands.
    public struct QueryStatus: OpenEnumeration {
        /// As the wire has it.
        public let rawValue: String
        /// Any value, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Waits.
        public static let scheduled = Self(rawValue: "Scheduled")
        /// Goes on.
        public static let running = Self(rawValue: "Running")
        /// All is found.
        public static let complete = Self(rawValue: "Complete")
        /// Ended with an error.
        public static let failed = Self(rawValue: "Failed")
        /// Was stopped.
        public static let cancelled = Self(rawValue: "Cancelled")
        /// Took more than an hour.
        public static let timeout = Self(rawValue: "Timeout")
        /// Not known.
        public static let unknown = Self(rawValue: "Unknown")
    }
}
