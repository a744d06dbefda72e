internal import FoundationEssentials

/// Turns an `Encodable` into a ``TextTree``: dates are ISO 8601, blobs base64, nil members are left out.
enum TreeCoding {
    static func tree(of value: some Encodable, names: MemberNames) throws -> TextTree {
        let slot = Slot()
        try TreeEncoder(slot: slot, names: names, codingPath: []).write(value)
        return slot.tree
    }
}

/// The place where a value lands; a class, since the containers of one encoder share it.
private final class Slot {
    enum Content {
        case text(String)
        case list([Slot])
        case map([String: Slot])
    }
    var content: Content

    init(_ content: Content = .map([:])) { self.content = content }

    var tree: TextTree {
        switch content {
        case .text(let text): .text(text)
        case .list(let items): .list(items.map(\.tree))
        case .map(let members): .map(members.mapValues(\.tree))
        }
    }

    func member(_ name: String) -> Slot {
        guard case .map(var members) = content else { return self }
        let slot = Slot()
        members[name] = slot
        content = .map(members)
        return slot
    }

    func item() -> Slot {
        guard case .list(var items) = content else { return self }
        let slot = Slot()
        items.append(slot)
        content = .list(items)
        return slot
    }
}

private struct TreeEncoder: Encoder {
    let slot: Slot
    let names: MemberNames
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.content = .map([:])
        return KeyedEncodingContainer(Members<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.content = .list([])
        return Items(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    func write<Value: Encodable>(_ value: Value) throws {
        switch value {
        case let date as Date: slot.content = .text(ISO8601.text(date))
        case let data as Data: slot.content = .text(data.base64EncodedString())
        // A map's keys are data, not names of members.
        case let map as [String: String]: slot.content = .map(map.mapValues { Slot(.text($0)) })
        case let plain as any LosslessStringConvertible: slot.content = .text(plain.description)
        default: try value.encode(to: self)
        }
    }

    func below(_ slot: Slot, _ key: any CodingKey) -> TreeEncoder {
        TreeEncoder(slot: slot, names: names, codingPath: codingPath + [key])
    }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: TreeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    private func below(_ key: any CodingKey) -> TreeEncoder {
        encoder.below(encoder.slot.member(encoder.names.wire(key.stringValue)), key)
    }

    func encodeNil(forKey key: Key) {}
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try below(key).write(value) }
    func nestedContainer<Inner: CodingKey>(keyedBy: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
        below(key).container(keyedBy: Inner.self)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { below(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { below(WireKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { below(key) }
}

private struct Items: UnkeyedEncodingContainer {
    let encoder: TreeEncoder
    var count = 0
    var codingPath: [any CodingKey] { encoder.codingPath }

    private mutating func below() -> TreeEncoder {
        count += 1
        return encoder.below(encoder.slot.item(), WireKey("\(count)"))
    }

    mutating func encodeNil() {}
    mutating func encode<Value: Encodable>(_ value: Value) throws { try below().write(value) }
    mutating func nestedContainer<Inner: CodingKey>(keyedBy: Inner.Type) -> KeyedEncodingContainer<Inner> {
        below().container(keyedBy: Inner.self)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { below().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { below() }
}

private struct Single: SingleValueEncodingContainer {
    let encoder: TreeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil() { encoder.slot.content = .text("") }
    func encode<Value: Encodable>(_ value: Value) throws { try encoder.write(value) }
}
