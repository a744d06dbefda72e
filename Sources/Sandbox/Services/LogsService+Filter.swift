internal import AWS

/// CloudWatch Logs: FilterLogEvents.
extension LogsService {
    func filter(_ input: CloudWatchLogs.FilterLogEvents, _ call: Call) throws
        -> CloudWatchLogs.FilterLogEvents.Output
    {
        let group = try Self.group(input.logGroupName, input.logGroupIdentifier)
        try ModelCheck.json.range(input.limit, "limit", 1...10_000)
        let pattern = try LogPattern(input.filterPattern ?? "")
        if input.logStreamNames != nil, input.logStreamNamePrefix != nil {
            throw ServiceError(
                "InvalidParameterException", "LogStreamNamePrefix and LogStreamNames cannot be specified together")
        }
        try authorize("logs:FilterLogEvents", group, call)
        guard let streams = backend.logs.groups[group] else { throw Self.noGroup }
        for name in input.logStreamNames ?? [] where streams[name] == nil {
            throw ServiceError("ResourceNotFoundException", "The specified log stream does not exist.")
        }
        let wanted = streams.filter { name, _ in
            input.logStreamNames?.contains(name) ?? name.hasPrefix(input.logStreamNamePrefix ?? "")
        }
        let found = wanted.sorted { $0.key < $1.key }.flatMap { name, events in
            events.enumerated().filter { _, event in
                event.timestamp >= input.startTime ?? 0 && event.timestamp <= input.endTime ?? .max
                    && pattern.fits(event.message)
            }.map { index, event in
                CloudWatchLogs.FilteredLogEvent(
                    logStreamName: name, timestamp: event.timestamp, message: event.message,
                    ingestionTime: event.ingested, eventId: "\(event.timestamp)\(String(10_000_000 + index).dropFirst())")
            }
        }
        let inOrder = found.enumerated().sorted {
            ($0.element.timestamp ?? 0, $0.offset) < ($1.element.timestamp ?? 0, $1.offset)
        }.map(\.element)
        guard let page = Page.cut(inOrder, from: input.nextToken, size: input.limit ?? 10_000) else {
            throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
        }
        // The list of searched streams is always empty since 2019 (API_FilterLogEvents).
        return .init(events: page.items, searchedLogStreams: [], nextToken: page.next)
    }

    /// Actions on a whole group have the ARN of its streams with no name behind it.
    func authorize(_ action: String, _ group: String, _ call: Call) throws {
        let arn = backend.place.arn("logs", "log-group:\(group):log-stream:")
        try backend.store.read { try $0.authorize(AccessRequest(call.caller, action, on: arn)) }
    }
}

/// A filter pattern for unstructured events (CloudWatch Logs User Guide, "Filter pattern syntax"): every term must be
/// there, of those with `?` one, of those with `-` none; case counts.
struct LogPattern: Sendable, Hashable {
    private var all: [String] = []
    private var any: [String] = []
    private var none: [String] = []

    /// Throws `InvalidParameterException` for patterns of other kinds: the sandbox does not evaluate them.
    init(_ text: String) throws {
        if let first = text.first(where: { !$0.isWhitespace }), "{[%".contains(first) {
            throw ServiceError(
                "InvalidParameterException", "Invalid filter pattern: the sandbox has patterns of terms only, not of JSON, "
                    + "columns or regular expressions")
        }
        var rest = text[...]
        while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[start...]
            let mark = rest.first.flatMap { "?-".contains($0) ? $0 : nil }
            if mark != nil { rest = rest.dropFirst() }
            let term: Substring
            if rest.first == "\"" {
                guard let end = rest.dropFirst().firstIndex(of: "\"") else {
                    throw ServiceError("InvalidParameterException", "Invalid filter pattern: a quote is not closed")
                }
                term = rest[rest.index(after: rest.startIndex)..<end]
                rest = rest[rest.index(after: end)...]
            } else {
                term = rest.prefix { !$0.isWhitespace }
                guard term.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
                    throw ServiceError(
                        "InvalidParameterException",
                        "Invalid character(s) in term '\(term)'")
                }
                rest = rest.dropFirst(term.count)
            }
            switch mark {
            case "?": any.append(String(term))
            case "-": none.append(String(term))
            default: all.append(String(term))
            }
        }
    }

    func fits(_ message: String) -> Bool {
        all.allSatisfy(message.contains) && !none.contains(where: message.contains)
            && (any.isEmpty || any.contains(where: message.contains))
    }
}
