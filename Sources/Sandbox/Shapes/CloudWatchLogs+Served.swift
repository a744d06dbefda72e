internal import AWS

extension CloudWatchLogs {
    struct DescribeLogGroups: Served {
        var logGroupNamePrefix: String?
        var logGroupNamePattern: String?
        var limit: Int?
        var nextToken: String?

        struct Output: Codable, Hashable, Sendable {
            var logGroups: [Group]
            var nextToken: String?
        }
        struct Group: Codable, Hashable, Sendable {
            var logGroupName: String
            /// Milliseconds since 1970.
            var creationTime: Int
            var metricFilterCount: Int
            var arn: String
            var storedBytes: Int
            var logGroupClass: String
            var logGroupArn: String
        }
    }

    struct DescribeLogStreams: Served {
        var logGroupName: String?
        var logGroupIdentifier: String?
        var logStreamNamePrefix: String?
        /// `LogStreamName` or `LastEventTime`.
        var orderBy: String?
        var descending: Bool?
        var limit: Int?
        var nextToken: String?

        struct Output: Codable, Hashable, Sendable {
            var logStreams: [Stream]
            var nextToken: String?
        }
        struct Stream: Codable, Hashable, Sendable {
            var logStreamName: String
            var creationTime: Int
            var firstEventTimestamp: Int?
            var lastEventTimestamp: Int?
            var lastIngestionTime: Int?
            var uploadSequenceToken: String
            var arn: String
            var storedBytes: Int
        }
    }

    struct DeleteLogGroup: Served {
        var logGroupName: String
        typealias Output = NoOutput
    }
}
