internal import FoundationEssentials

extension TreeCoding {
    /// Reads a `Decodable` from a tree; throws `DecodingError`.
    /// In a tree with flat lists, a list of one item is that item.
    static func value<Value: Decodable>(
        _: Value.Type, from tree: TextTree, names: MemberNames, flatLists: Bool = false
    ) throws -> Value {
        try TreeDecoder(tree: tree, names: names, flatLists: flatLists, codingPath: []).read(Value.self)
    }
}

private struct TreeDecoder: Decoder {
    let tree: TextTree
    let names: MemberNames
    let flatLists: Bool
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Members<Key>(decoder: self, members: try members()))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Items(decoder: self, items: try items()) }
    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value: Any? =
            if type == Date.self {
                ISO8601.date(try text())
            } else if type == Data.self {
                Data(base64Encoded: try text())
            } else if type == [String: String].self {
                // A map's keys are data, not names of members.
                try members().mapValues { try text(of: $0) }
            } else if let plain = type as? any LosslessStringConvertible.Type {
                plain.init(try text())
            } else {
                try type.init(from: self)
            }
        guard let value = value as? Value else { throw mismatch(type, "the text is no \(type)") }
        return value
    }

    func below(_ tree: TextTree, _ key: any CodingKey) -> TreeDecoder {
        TreeDecoder(tree: tree, names: names, flatLists: flatLists, codingPath: codingPath + [key])
    }

    func mismatch(_ type: Any.Type, _ words: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: words))
    }

    private func text() throws -> String { try text(of: tree) }

    private func text(of tree: TextTree) throws -> String {
        guard let text = tree.text else { throw mismatch(String.self, "a text was expected") }
        return text
    }

    /// An empty element is an empty map or an empty list, whichever is asked for.
    private func members() throws -> [String: TextTree] {
        switch tree {
        case .map(let members): return members
        case .text(let text) where text.allSatisfy(\.isWhitespace): return [:]
        default: throw mismatch([String: String].self, "members were expected")
        }
    }

    private func items() throws -> [TextTree] {
        switch tree {
        case .list(let items): return items
        case .text(let text) where text.allSatisfy(\.isWhitespace) && !flatLists: return []
        case .text where flatLists, .map where flatLists: return [tree]
        default: throw mismatch([String].self, "a list was expected")
        }
    }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: TreeDecoder
    let members: [String: TextTree]
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: decoder.names.member($0)) } }

    private func below(_ key: any CodingKey) throws -> TreeDecoder {
        guard let tree = members[decoder.names.wire(key.stringValue)] else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "\(key.stringValue) is missing"))
        }
        return decoder.below(tree, key)
    }

    func contains(_ key: Key) -> Bool { members[decoder.names.wire(key.stringValue)] != nil }
    func decodeNil(forKey key: Key) -> Bool { !contains(key) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try below(key).read(type) }
    func nestedContainer<Inner: CodingKey>(keyedBy: Inner.Type, forKey key: Key) throws -> KeyedDecodingContainer<Inner>
    { try below(key).container(keyedBy: Inner.self) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try below(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { try below(WireKey("super")) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try below(key) }
}

private struct Items: UnkeyedDecodingContainer {
    let decoder: TreeDecoder
    let items: [TextTree]
    var currentIndex = 0
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private mutating func below() throws -> TreeDecoder {
        guard !isAtEnd else { throw decoder.mismatch([String].self, "the list has ended") }
        defer { currentIndex += 1 }
        return decoder.below(items[currentIndex], WireKey("\(currentIndex)"))
    }

    func decodeNil() -> Bool { false }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try below().read(type) }
    mutating func nestedContainer<Inner: CodingKey>(keyedBy: Inner.Type) throws -> KeyedDecodingContainer<Inner> {
        try below().container(keyedBy: Inner.self)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try below().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try below() }
}

private struct Single: SingleValueDecodingContainer {
    let decoder: TreeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.read(type) }
}
