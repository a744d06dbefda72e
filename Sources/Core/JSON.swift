public import FoundationEssentials

/// Any JSON value (RFC 8259): for documents of which this program must keep the members that it does not know.
///
/// Numbers are read into 64 bits; where every digit must stay, take `JSONObjectText`.
public enum JSON: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number without a fraction that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSON])
    /// An object; the order of its members is not kept.
    case object([String: JSON])

    /// A member of an object; nil for a missing one or a value that is no object.
    public subscript(key: String) -> JSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The text, if this is one.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The items, if this is a list.
    public var array: [JSON]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// The members, if this is an object.
    public var object: [String: JSON]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// Reads a document; throws `invalidInput` where it is no JSON.
    public init(parsing data: Data) throws {
        do {
            self = try JSONDecoder().decode(JSON.self, from: data)
        } catch {
            throw UnthrottleError(.invalidInput, "this is not JSON", cause: error)
        }
    }

    /// Reads a document from its text; throws `invalidInput` where it is no JSON.
    public init(parsing text: String) throws {
        try self.init(parsing: Data(text.utf8))
    }

    /// The value as any `Encodable` would be written.
    public init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        self = try JSONDecoder().decode(JSON.self, from: encoder.encode(value))
    }

    /// The document as text with sorted members, on one line or indented for people.
    public func text(pretty: Bool = false) -> String {
        var text = JSONText(pretty: pretty)
        text.write(self)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}

extension JSON: Codable {
    /// Reads whatever value stands there.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A list.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object; of a name that stands twice the last counts.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
    /// `null`
    public init(nilLiteral: ()) { self = .null }
}
