internal import AWS

/// CloudWatch Logs: groups and streams.
extension LogsService {
    func registerGroups(in table: inout OperationTable) {
        table.add(CloudWatchLogs.DescribeLogGroups.self, describeGroups)
        table.add(CloudWatchLogs.DescribeLogStreams.self, describeStreams)
        table.add(CloudWatchLogs.DeleteLogGroup.self) { input, call in
            try ModelCheck.json.length(input.logGroupName, "logGroupName", 1...512)
            try authorize("logs:DeleteLogGroup", input.logGroupName, call)
            guard backend.logs.delete(group: input.logGroupName) else { throw Self.noGroup }
            return NoOutput()
        }
    }

    private func describeGroups(_ input: CloudWatchLogs.DescribeLogGroups, _ call: Call) throws
        -> CloudWatchLogs.DescribeLogGroups.Output
    {
        try ModelCheck.json.range(input.limit, "limit", 1...50)
        if input.logGroupNamePrefix != nil, input.logGroupNamePattern != nil {
            throw ServiceError(
                "InvalidParameterException", "LogGroup name prefix and LogGroup name pattern are mutually exclusive "
                    + "parameters.")
        }
        try authorize("logs:DescribeLogGroups", "", call)
        let fitting = backend.logs.groups.filter { name, _ in
            input.logGroupNamePattern.map { name.lowercased().contains($0.lowercased()) }
                ?? name.hasPrefix(input.logGroupNamePrefix ?? "")
        }
        let page = try Self.page(fitting.sorted { $0.key < $1.key }, input.nextToken, input.limit)
        return .init(
            logGroups: page.items.map { name, streams in
                let arn = backend.place.arn("logs", "log-group:\(name)")
                let events = streams.values.joined()
                return .init(
                    logGroupName: name, creationTime: events.lazy.map(\.ingested).min() ?? 0, metricFilterCount: 0,
                    arn: "\(arn):*", storedBytes: Self.size(events), logGroupClass: "STANDARD", logGroupArn: arn)
            }, nextToken: page.next)
    }

    private func describeStreams(_ input: CloudWatchLogs.DescribeLogStreams, _ call: Call) throws
        -> CloudWatchLogs.DescribeLogStreams.Output
    {
        let group = try Self.group(input.logGroupName, input.logGroupIdentifier)
        try ModelCheck.json.range(input.limit, "limit", 1...50)
        try ModelCheck.json.oneOf(input.orderBy, "orderBy", ["LogStreamName", "LastEventTime"])
        if input.orderBy == "LastEventTime", input.logStreamNamePrefix != nil {
            throw ServiceError(
                "InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.")
        }
        try authorize("logs:DescribeLogStreams", group, call)
        guard let streams = backend.logs.groups[group] else { throw Self.noGroup }
        let fitting = streams.filter { $0.key.hasPrefix(input.logStreamNamePrefix ?? "") }
        let ascending = fitting.sorted { left, right in
            guard input.orderBy == "LastEventTime" else { return left.key < right.key }
            return (left.value.last?.timestamp ?? 0, left.key) < (right.value.last?.timestamp ?? 0, right.key)
        }
        let page = try Self.page(
            input.descending == true ? ascending.reversed() : ascending, input.nextToken, input.limit)
        return .init(
            logStreams: page.items.map { name, events in
                .init(
                    logStreamName: name, creationTime: events.first?.ingested ?? 0,
                    firstEventTimestamp: events.first?.timestamp, lastEventTimestamp: events.last?.timestamp,
                    lastIngestionTime: events.last?.ingested, uploadSequenceToken: "1",
                    arn: backend.place.arn("logs", "log-group:\(group):log-stream:\(name)"),
                    // Always 0 since 2019 (API_LogStream).
                    storedBytes: 0)
            }, nextToken: page.next)
    }

    /// What the events take: their text and 26 bytes each.
    private static func size(_ events: some Sequence<LogStore.Event>) -> Int {
        events.reduce(0) { $0 + $1.message.utf8.count + 26 }
    }

    private static func page<Item>(_ items: [Item], _ token: String?, _ limit: Int?) throws
        -> (items: [Item], next: String?)
    {
        guard let page = Page.cut(items, from: token, size: limit ?? 50) else {
            throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
        }
        return page
    }
}
