/// A node of a YAML document with its position. Two nodes are equal when they mean the same, wherever they stand.
struct YAMLNode: Sendable {
    /// What the node holds.
    enum Content: Sendable, Hashable {
        /// A text; `style` tells a plain `1` from a quoted "1".
        case scalar(String, Style)
        case sequence([YAMLNode])
        case mapping([Pair])
    }

    enum Style: Sendable, Hashable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    struct Pair: Sendable, Hashable {
        var key: YAMLNode
        var value: YAMLNode
    }

    /// A key that stands more than once in one mapping. As with PyYAML the last one counts; other parsers refuse the file.
    struct RepeatedKey: Sendable, Hashable {
        let name: String
        /// Where it stands again.
        let position: Position
        let first: Position
    }

    var content: Content
    let position: Position
    /// Of a mapping, the keys that stand more than once; of anything else none.
    private(set) var repeatedKeys: [RepeatedKey] = []

    /// The scalar's text; nil for anything else.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// How a scalar is written; `plain` for anything else.
    var style: Style {
        if case .scalar(_, let style) = content { style } else { .plain }
    }

    /// Whether this is YAML's null: nothing, `~` or `null` without quotes.
    var isNull: Bool {
        guard case .scalar(let text, .plain) = content, text.utf8.count < 5 else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The members of a mapping, else none.
    var pairs: [Pair] {
        if case .mapping(let pairs) = content { pairs } else { [] }
    }

    /// The items of a sequence; nil for anything else.
    var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// A mapping's own member; merged ones are not seen.
    subscript(key: String) -> YAMLNode? {
        get { pairs.first { $0.key.text == key }?.value }
        set {
            guard case .mapping(var pairs) = content, let newValue else { return }
            if let index = pairs.firstIndex(where: { $0.key.text == key }) {
                pairs[index].value = newValue
            } else {
                pairs.append(Pair(key: YAMLNode(text: key, at: newValue.position), value: newValue))
            }
            content = .mapping(pairs)
        }
    }

    /// A plain scalar.
    init(text: String, at position: Position) {
        self.init(.scalar(text, .plain), at: position)
    }

    init(_ content: Content, at position: Position, repeatedKeys: [RepeatedKey] = []) {
        self.content = content
        self.position = position
        self.repeatedKeys = repeatedKeys
    }
}

extension YAMLNode: Hashable {
    /// By meaning: the same type and content. The order of a mapping's members and the way in which a text is quoted do
    /// not count, but a plain scalar is never equal to a quoted one, since plain `1` is a number.
    static func == (left: YAMLNode, right: YAMLNode) -> Bool {
        switch (left.content, right.content) {
        case (.scalar(let a, let s), .scalar(let b, let t)): a == b && (s == .plain) == (t == .plain)
        case (.sequence(let a), .sequence(let b)): a == b
        case (.mapping(let a), .mapping(let b)): a.count == b.count && Set(a) == Set(b)
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch content {
        case .scalar(let text, let style):
            hasher.combine(text)
            hasher.combine(style == .plain)
        case .sequence(let items): hasher.combine(items)
        case .mapping(let pairs): hasher.combine(pairs.count)
        }
    }
}

extension YAMLNode.RepeatedKey: CustomStringConvertible {
    var description: String {
        "the key '\(name)' stands more than once (first on line \(first.line)), and YAML parsers differ on which one counts"
    }
}
