internal import Core
internal import FoundationEssentials
internal import HTTPTypes

/// AWS JSON 1.0 and 1.1 (smithy.io, "AWS JSON 1.1 protocol"): timestamps are epoch seconds, blobs base64, nil members are left out.
enum AWSJSON {
    static func contentType(_ version: AWSService.JSONVersion) -> String {
        "application/x-amz-json-" + version.rawValue
    }

    static func encode(_ value: some Encodable, names: MemberNames) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            // AWS has milliseconds; rounding keeps binary noise out of the text.
            try container.encode((date.timeIntervalSince1970 * 1000).rounded() / 1000)
        }
        if names != .asWritten {
            encoder.keyEncodingStrategy = .custom { WireKey(names.wire($0.last?.stringValue ?? "")) }
        }
        return try Array(encoder.encode(value))
    }

    static func decode<Value: Decodable>(_: Value.Type, from body: [UInt8], names: MemberNames) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            // AWS sends numbers; stand-ins for it send ISO 8601 too, and botocore reads both.
            let container = try decoder.singleValueContainer()
            guard let text = try? container.decode(String.self) else {
                return Date(timeIntervalSince1970: try container.decode(Double.self))
            }
            guard let date = ISO8601.date(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no timestamp")
            }
            return date
        }
        if names != .asWritten {
            decoder.keyDecodingStrategy = .custom { WireKey(names.member($0.last?.stringValue ?? "")) }
        }
        return try decoder.decode(Value.self, from: Data(body.isEmpty ? Array("{}".utf8) : body))
    }

    static func encodeError(code: String, message: String) throws -> [UInt8] {
        Array(JSON.object(["__type": .string(code), "message": .string(message)]).text().utf8)
    }

    /// Reads the code from the header or the body, `prefix#` and `:url` taken off, and the message under either of its names. Where the
    /// answer also names the code that the service had when it spoke Query, as `CODE;Sender`, that one counts, as botocore has it.
    static func decodeError(headers: HTTPFields, body: [UInt8]) -> WireError {
        let members = (try? JSON(parsing: Data(body)))?.object ?? [:]
        let code = headers[.amznErrorType] ?? members["__type"]?.string ?? members["code"]?.string
        let query = headers[.amznQueryError]?.split(separator: ";", omittingEmptySubsequences: false) ?? []
        if query.count == 2, !query[0].isEmpty {
            return WireError(code: String(query[0]), message: message(members), requestID: nil)
        }
        return WireError(
            code: code.map(bareCode).flatMap { $0.isEmpty ? nil : $0 },
            message: message(members), requestID: nil)
    }

    private static func message(_ members: [String: JSON]) -> String {
        (members["message"] ?? members["Message"] ?? members["errorMessage"])?.string ?? ""
    }

    static func bareCode(_ code: String) -> String {
        let name = code.prefix { $0 != ":" }
        return (name.lastIndex(of: "#").map { String(name[name.index(after: $0)...]) } ?? String(name)).trimmed
    }
}

/// A key that is a text.
struct WireKey: CodingKey {
    let stringValue: String
    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    var intValue: Int? { nil }
    init?(intValue: Int) { nil }
}
