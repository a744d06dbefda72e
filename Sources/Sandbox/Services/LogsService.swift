internal import AWS
internal import FoundationEssentials

/// CloudWatch Logs: reads what builds have written.
struct LogsService: Sendable {
    let backend: Backend

    func register(in table: inout OperationTable) {
        table.add(CloudWatchLogs.GetLogEvents.self, get)
        table.add(CloudWatchLogs.FilterLogEvents.self, filter)
        registerGroups(in: &table)
    }

    private func get(_ input: CloudWatchLogs.GetLogEvents, _ call: Call) throws -> CloudWatchLogs.GetLogEvents.Output {
        let group = try Self.group(input.logGroupName, input.logGroupIdentifier)
        try ModelCheck.json.length(input.logStreamName, "logStreamName", 1...512)
        try ModelCheck.json.range(input.limit, "limit", 1...10_000)
        let arn = backend.place.arn("logs", "log-group:\(group):log-stream:\(input.logStreamName)")
        try backend.store.read { try $0.authorize(AccessRequest(call.caller, "logs:GetLogEvents", on: arn)) }
        guard backend.logs.has(group: group) else { throw Self.noGroup }
        guard let all = backend.logs.events(group: group, stream: input.logStreamName) else {
            throw ServiceError("ResourceNotFoundException", "The specified log stream does not exist.")
        }
        let events = all.filter { event in
            event.timestamp >= input.startTime ?? 0 && input.endTime.map { event.timestamp < $0 } ?? true
        }
        let range = try Self.range(of: events, input)
        return .init(
            events: events[range].map {
                .init(timestamp: $0.timestamp, message: $0.message, ingestionTime: $0.ingested)
            },
            nextForwardToken: Self.token("f", range.upperBound), nextBackwardToken: Self.token("b", range.lowerBound))
    }

    /// The page: at most `limit` events and 1 MiB (26 bytes an event besides its text), from the token's place or from
    /// one of the ends.
    private static func range(of events: [LogStore.Event], _ input: CloudWatchLogs.GetLogEvents) throws -> Range<Int> {
        let limit = input.limit ?? 10_000
        var forward = input.startFromHead == true
        var place = forward ? 0 : events.count
        if let token = input.nextToken {
            guard let read = read(token), read.place <= events.count else {
                throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
            }
            (forward, place) = read
        }
        var (count, bytes) = (0, 0)
        while count < limit {
            let next = forward ? place + count : place - count - 1
            guard events.indices.contains(next) else { break }
            bytes += events[next].message.utf8.count + 26
            guard bytes <= 1 << 20 else { break }
            count += 1
        }
        return forward ? place..<(place + count) : (place - count)..<place
    }

    private static func token(_ direction: String, _ place: Int) -> String {
        let digits = String(place)
        return "\(direction)/" + String(repeating: "0", count: max(0, 56 - digits.count)) + digits
    }

    private static func read(_ token: String) -> (forward: Bool, place: Int)? {
        guard token.hasPrefix("f/") || token.hasPrefix("b/"), let place = Int(token.dropFirst(2)), place >= 0 else {
            return nil
        }
        return (token.hasPrefix("f"), place)
    }

    /// The group that a request names, by name or by identifier.
    static func group(_ name: String?, _ identifier: String?) throws -> String {
        guard let group = name ?? identifier.map(Self.name), name == nil || identifier == nil else {
            throw ServiceError(
                "InvalidParameterException", "Exactly one of logGroupName and logGroupIdentifier must be given")
        }
        try ModelCheck.json.length(group, "logGroupName", 1...512)
        return group
    }

    static let noGroup = ServiceError("ResourceNotFoundException", "The specified log group does not exist.")

    /// A group's name from its name or ARN.
    private static func name(_ identifier: String) -> String {
        guard identifier.hasPrefix("arn:"), let name = identifier.split(separator: ":").dropFirst(6).first else {
            return identifier
        }
        return String(name)
    }
}
