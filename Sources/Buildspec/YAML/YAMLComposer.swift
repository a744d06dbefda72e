/// Makes nodes of a parser's events: one document, aliases resolved, nothing that could exhaust the machine.
struct YAMLComposer: ~Copyable {
    /// Why a text that is YAML is not used.
    enum Refusal: Error {
        case secondDocument(Position)
        case unknownAlias(Position)
        case repeatedKey(YAMLNode.RepeatedKey)
        case keyWithMembers(Position)
        case tooDeep(Position)
        case tooMany
    }

    /// More nodes than any honest file has; a few lines of nested aliases can stand for billions.
    static let mostNodes = 200_000
    /// Deeper nesting would overflow the stack of whoever walks the nodes.
    static let deepestNesting = 256

    private let allowsRepeatedKeys: Bool
    private var parser: YAMLParser
    private var anchors: [[UInt8]: (node: YAMLNode, size: Int, height: Int)] = [:]
    private var count = 0
    private var depth = 0
    /// The greatest depth since it was last set back, that of aliased nodes counted.
    private var deepest = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, allowsRepeatedKeys: Bool) throws {
        self.allowsRepeatedKeys = allowsRepeatedKeys
        parser = try YAMLParser(bytes)
    }

    /// The only document of the stream; nil where there is none. Throws ``YAMLParser/Failure`` and ``Refusal``.
    mutating func document() throws -> YAMLNode? {
        _ = try parser.next()
        guard case (.documentStart, _) = try parser.next() else { return nil }
        let (event, position) = try parser.next()
        let root = try node(event, position)
        _ = try parser.next()
        let (last, place) = try parser.next()
        guard case .streamEnd = last else { throw Refusal.secondDocument(place) }
        return root
    }

    private mutating func node(_ event: YAMLParser.Event, _ position: Position) throws -> YAMLNode {
        let (before, deepestBefore) = (count, deepest)
        deepest = depth
        defer { deepest = max(deepest, deepestBefore) }
        try grow(by: 1)
        let node: YAMLNode
        let name: [UInt8]?
        switch event {
        case .scalar(let text, let style, let anchor):
            node = YAMLNode(.scalar(text, style), at: position)
            name = anchor
        case .sequenceStart(let anchor):
            node = YAMLNode(
                .sequence(try nested(at: position) { composer throws in try composer.items() }), at: position)
            name = anchor
        case .mappingStart(let anchor):
            let (pairs, repeated) = try nested(at: position) { composer throws in try composer.pairs() }
            node = YAMLNode(.mapping(pairs), at: position, repeatedKeys: repeated)
            name = anchor
        case .alias(let name):
            guard let known = anchors[name] else { throw Refusal.unknownAlias(position) }
            try grow(by: known.size - 1)
            try reach(depth + known.height, at: position)
            return known.node
        case .end, .documentStart, .streamStart, .streamEnd:
            throw YAMLParser.Failure.grammar(problem: "a value is missing", at: position, context: nil, since: position)
        }
        if let name { anchors[name] = (node, count - before, deepest - depth) }
        return node
    }

    private mutating func items() throws -> [YAMLNode] {
        var items: [YAMLNode] = []
        items.reserveCapacity(8)
        while true {
            let (event, position) = try parser.next()
            if case .end = event { return items }
            items.append(try node(event, position))
        }
    }

    private mutating func pairs() throws -> (pairs: [YAMLNode.Pair], repeated: [YAMLNode.RepeatedKey]) {
        var pairs: [YAMLNode.Pair] = []
        pairs.reserveCapacity(4)
        var repeated: [YAMLNode.RepeatedKey] = []
        var known = KnownKeys()
        while true {
            let (event, position) = try parser.next()
            if case .end = event { return (pairs, repeated) }
            let key = try node(event, position)
            guard key.text != nil else { throw Refusal.keyWithMembers(position) }
            let (next, place) = try parser.next()
            let pair = YAMLNode.Pair(key: key, value: try node(next, place))
            if let index = known.index(of: key.text ?? "", in: pairs) {
                let again = YAMLNode.RepeatedKey(
                    name: key.text ?? "?", position: position, first: pairs[index].key.position)
                guard allowsRepeatedKeys else { throw Refusal.repeatedKey(again) }
                repeated.append(again)
                pairs[index] = pair
            } else {
                pairs.append(pair)
            }
        }
    }

    private mutating func nested<Result>(
        at position: Position, _ read: (inout YAMLComposer) throws -> Result
    ) throws -> Result {
        depth += 1
        defer { depth -= 1 }
        try reach(depth, at: position)
        return try read(&self)
    }

    private mutating func reach(_ depth: Int, at position: Position) throws {
        deepest = max(deepest, depth)
        guard depth <= Self.deepestNesting else { throw Refusal.tooDeep(position) }
    }

    private mutating func grow(by nodes: Int) throws {
        count += nodes
        guard count <= Self.mostNodes else { throw Refusal.tooMany }
    }
}

/// Finds a key among the pairs of a mapping so far: in a small one, as most are, by looking at each.
private struct KnownKeys {
    private static let small = 16
    private var indices: [String: Int] = [:]

    mutating func index(of key: String, in pairs: [YAMLNode.Pair]) -> Int? {
        guard pairs.count > Self.small else { return pairs.firstIndex { $0.key.text == key } }
        for index in indices.count..<pairs.count { indices[pairs[index].key.text ?? ""] = index }
        return indices[key]
    }
}
