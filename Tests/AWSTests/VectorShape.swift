import Core
import FoundationEssentials

@testable import AWS

/// The protocols that vectors are of.
enum VectorWire: Sendable {
    case json, query, rest
}

/// A shape of AWS's protocol vectors with the shapes that it refers to, so that one generic value plays every shape.
struct VectorShape: Sendable {
    let shapes: JSON
    let traits: JSON
    /// What a member says of itself: a shape's own name is that of a document's root.
    private let own: JSON

    init(shapes: JSON, reference: JSON) {
        self.shapes = shapes
        own = reference
        let named = shapes[reference["shape"]?.string ?? ""]?.object ?? [:]
        // A member's own traits count before its shape's.
        traits = .object(named.merging(reference.object ?? [:]) { $1 })
    }

    var type: String { traits["type"]?.string ?? "structure" }
    var members: [String: VectorShape] {
        (traits["members"]?.object ?? [:]).mapValues { VectorShape(shapes: shapes, reference: $0) }
    }
    var element: VectorShape { VectorShape(shapes: shapes, reference: traits["member"] ?? traits["value"] ?? [:]) }
    func wireName(_ member: String) -> String { own["locationName"]?.string ?? member }

    /// Whether the wire protocols here can say it. None of this program's services has floats or documents in what is used of it, nor,
    /// where they speak Query: maps, flattened lists, lists with elements of other names, other timestamp formats.
    func isSpoken(_ wire: VectorWire) -> Bool {
        if ["float", "double"].contains(type) || traits["document"] == true || traits["jsonvalue"] == true {
            return false
        }
        if type == "timestamp", let format = traits["timestampFormat"]?.string {
            let isHeader = traits["location"] == "header" && format == "rfc822"
            if !isHeader, format != (wire == .json ? "unixTimestamp" : "iso8601") { return false }
        }
        if wire == .rest { return isSpokenByREST }
        guard wire == .query else { return true }
        return type != "map" && traits["flattened"] != true && element.traits["locationName"] == nil
            && (type != "list" || element.isSpoken(.query))
    }

    /// S3 has no maps but those of header fields, and lists only in XML, all flat.
    private var isSpokenByREST: Bool {
        switch (traits["location"]?.string, type) {
        case ("headers", _): true
        case ("querystring", "map"): element.type == "string"
        case ("querystring", "list"): true
        case (.some("statusCode"), _), (.some, "list"), (_, "map"): false
        case (_, "list"):
            traits["flattened"] == true && element.traits["locationName"] == nil && element.isSpoken(.rest)
        default: traits["xmlAttribute"] != true && traits["xmlNamespace"] == nil
        }
    }
}

/// A value of a shape, as an operation's input is encoded.
struct VectorInput: Encodable {
    let shape: VectorShape
    let value: JSON

    func encode(to encoder: any Encoder) throws {
        switch (shape.type, value) {
        case ("structure", .object(let values)):
            var container = encoder.container(keyedBy: WireKey.self)
            for (name, value) in values where value != .null {
                guard let member = shape.members[name] else { continue }
                try container.encode(VectorInput(shape: member, value: value), forKey: WireKey(member.wireName(name)))
            }
        case ("map", .object(let values)):
            var container = encoder.container(keyedBy: WireKey.self)
            for (name, value) in values {
                try container.encode(VectorInput(shape: shape.element, value: value), forKey: WireKey(name))
            }
        case ("list", .array(let items)):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(VectorInput(shape: shape.element, value: item)) }
        case ("timestamp", let value):
            var container = encoder.singleValueContainer()
            try container.encode(Date(timeIntervalSince1970: try value.seconds))
        case ("blob", .string(let text)):
            var container = encoder.singleValueContainer()
            try container.encode(Data(text.utf8))
        default:
            var container = encoder.singleValueContainer()
            switch value {
            case .bool(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .string(let value): try container.encode(value)
            default: throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: shape.type))
            }
        }
    }
}

/// A value of a shape, as an operation's output is decoded; members that are not spoken are left out.
struct VectorOutput: Decodable {
    @TaskLocal static var root = (shape: VectorShape(shapes: [:], reference: [:]), wire: VectorWire.json)
    let value: JSON

    init(from decoder: any Decoder) throws { value = try Self.read(Self.root.shape, from: decoder) ?? .null }

    private static func read(_ shape: VectorShape, from decoder: any Decoder) throws -> JSON? {
        switch shape.type {
        case "structure":
            let container = try decoder.container(keyedBy: WireKey.self)
            var values: [String: JSON] = [:]
            for (name, member) in shape.members where member.isSpoken(root.wire) {
                let key = WireKey(member.wireName(name))
                guard container.contains(key), try !container.decodeNil(forKey: key) else { continue }
                values[name] = try read(member, from: try container.superDecoder(forKey: key))
            }
            return .object(values)
        case "map":
            let container = try decoder.container(keyedBy: WireKey.self)
            var values: [String: JSON] = [:]
            for key in container.allKeys where try !container.decodeNil(forKey: key) {
                values[key.stringValue] = try read(shape.element, from: try container.superDecoder(forKey: key))
            }
            return .object(values)
        case "list":
            var container = try decoder.unkeyedContainer()
            var items: [JSON] = []
            while !container.isAtEnd {
                items.append(try read(shape.element, from: try container.superDecoder()) ?? .null)
            }
            return .array(items)
        default: return try scalar(shape, try decoder.singleValueContainer())
        }
    }

    private static func scalar(_ shape: VectorShape, _ container: any SingleValueDecodingContainer) throws -> JSON {
        switch shape.type {
        case "timestamp": .number(try container.decode(Date.self).timeIntervalSince1970)
        case "blob": .string(String(decoding: try container.decode(Data.self), as: UTF8.self))
        case "boolean": .bool(try container.decode(Bool.self))
        case "integer", "long": .integer(try container.decode(Int64.self))
        default: .string(try container.decode(String.self))
        }
    }
}

extension JSON {
    var seconds: Double {
        get throws {
            switch self {
            case .integer(let value): Double(value)
            case .number(let value): value
            default: throw EncodingError.invalidValue(self, .init(codingPath: [], debugDescription: "no seconds"))
            }
        }
    }
}
