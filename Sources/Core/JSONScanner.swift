internal import FoundationEssentials

/// Finds where the values of a JSON object stand (RFC 8259, section 2), without reading numbers into any type.
struct JSONScanner {
    private static let deepest = 512

    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The members of the object that the text as a whole is, in their order.
    mutating func document() throws -> [(name: String, value: Range<Int>)] {
        var members: [(String, Range<Int>)] = []
        skipBlanks()
        try object(depth: 1) { members.append(($0, $1)) }
        skipBlanks()
        guard position == bytes.count else { throw wrong() }
        return members
    }

    /// The text that a token in quotes stands for; nil for another token.
    static func text(of token: ArraySlice<UInt8>) -> String? {
        guard token.first == UInt8(ascii: "\"") else { return nil }
        return try? JSONDecoder().decode(String.self, from: Data(token))
    }

    private mutating func object(depth: Int, _ found: (String, Range<Int>) -> Void) throws {
        try take("{")
        skipBlanks()
        if next == UInt8(ascii: "}") { return position += 1 }
        while true {
            skipBlanks()
            let start = position
            try string()
            guard let name = Self.text(of: bytes[start..<position]) else { throw wrong() }
            skipBlanks()
            try take(":")
            skipBlanks()
            let value = position
            try self.value(depth: depth)
            found(name, value..<position)
            skipBlanks()
            if next == UInt8(ascii: "}") { return position += 1 }
            try take(",")
        }
    }

    private mutating func array(depth: Int) throws {
        try take("[")
        skipBlanks()
        if next == UInt8(ascii: "]") { return position += 1 }
        while true {
            skipBlanks()
            try value(depth: depth)
            skipBlanks()
            if next == UInt8(ascii: "]") { return position += 1 }
            try take(",")
        }
    }

    private mutating func value(depth: Int) throws {
        guard depth < Self.deepest else { throw wrong() }
        switch next {
        case UInt8(ascii: "{"): try object(depth: depth + 1) { _, _ in }
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "\""):
            let start = position
            try string()
            guard Self.text(of: bytes[start..<position]) != nil else { throw wrong() }
        case UInt8(ascii: "t"): try take("true")
        case UInt8(ascii: "f"): try take("false")
        case UInt8(ascii: "n"): try take("null")
        default: try number()
        }
    }

    /// To the closing quote; what is between the quotes is checked where it is read.
    private mutating func string() throws {
        try take("\"")
        while let byte = next {
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        throw wrong()
    }

    /// `-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?`
    private mutating func number() throws {
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
    }

    private mutating func digits() throws {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw wrong() }
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
    }

    private mutating func take(_ token: String) throws {
        guard position <= bytes.count, bytes[position...].starts(with: token.utf8) else { throw wrong() }
        position += token.utf8.count
    }

    /// Without the text, which may hold a secret.
    private func wrong() -> UnthrottleError {
        UnthrottleError(.invalidInput, "this is no JSON object (byte \(min(position, bytes.count)))")
    }
}
