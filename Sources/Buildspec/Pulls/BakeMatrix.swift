/// `matrix` of a bake target (Bake file reference, `target.matrix`): one target for each choice of its values.
struct BakeMatrix {
    /// What each choice puts in place of `${name}`, and of `${name.member}` where the values are objects.
    let turns: [[String: String]]

    private static let most = 64

    /// Nil where there is none, and where its values are computed or too many.
    init?(_ written: HCLScanner.Value?) {
        guard case .map(let axes) = written, !axes.isEmpty else { return nil }
        var turns: [[String: String]] = [[:]]
        for (name, values) in axes.sorted(by: { $0.key < $1.key }) {
            guard case .list(let values) = values, !values.isEmpty, turns.count * values.count <= Self.most else {
                return nil
            }
            turns = turns.flatMap { turn in values.map { turn.merging(Self.settings(name, $0)) { $1 } } }
        }
        self.turns = turns
    }

    private static func settings(_ name: String, _ value: HCLScanner.Value) -> [String: String] {
        switch value {
        case .text(let text): [name: text]
        case .map(let members):
            Dictionary(
                uniqueKeysWithValues: members.compactMap { member, value in
                    value.text.map { ("\(name).\(member)", $0) }
                })
        case .list: [:]
        }
    }

    /// A value with those of a turn in it.
    static func fill(_ value: HCLScanner.Value, with turn: [String: String]) -> HCLScanner.Value {
        switch value {
        case .text(let text): .text(turn.reduce(text) { $0.replacing("${\($1.key)}", with: $1.value) })
        case .list(let list): .list(list.map { fill($0, with: turn) })
        case .map(let map): .map(map.mapValues { fill($0, with: turn) })
        }
    }
}

extension HCLScanner {
    /// The members of a JSON object as those of a block.
    static func members(of node: YAMLNode) -> [String: Value] {
        var members: [String: Value] = [:]
        for pair in node.pairs {
            if let key = pair.key.text, let value = value(of: pair.value) { members[key] = value }
        }
        return members
    }

    private static func value(of node: YAMLNode) -> Value? {
        if let items = node.items { return .list(items.compactMap(value)) }
        if case .mapping = node.content { return .map(members(of: node)) }
        return node.text.map { .text($0) }
    }
}
