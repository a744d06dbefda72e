internal import Core

/// What a registry asks for with status 401: one challenge of a `WWW-Authenticate` field (RFC 7235, section 4.1).
public struct Challenge: Sendable, Hashable {
    /// `bearer`, `basic`: lower case, since schemes are compared so.
    public var scheme: String
    /// The parameters by their lower-case names; of a name that stands twice the first counts.
    public var parameters: [String: String]

    /// A challenge of its parts; names in lower case.
    public init(scheme: String, parameters: [String: String] = [:]) {
        (self.scheme, self.parameters) = (scheme, parameters)
    }

    /// Reads all challenges of a field; what cannot be read ends the list. Values may stand without quotes.
    public static func parse(_ field: String) -> [Challenge] {
        var scanner = Scanner(bytes: Array(field.utf8))
        var challenges: [Challenge] = []
        while true {
            scanner.skipBlanksAndCommas()
            guard let word = scanner.word() else { break }
            let wasAfterComma = scanner.hasPassedComma
            scanner.skipBlanks()
            if scanner.takes(UInt8(ascii: "=")), !challenges.isEmpty {
                scanner.skipBlanks()
                guard let value = scanner.value() else { break }
                if value.hasPrefix("=") { continue }  // the padding of a token68
                challenges[challenges.count - 1].parameters[word.lowercased()] =
                    challenges[challenges.count - 1].parameters[word.lowercased()] ?? value
            } else if challenges.isEmpty || wasAfterComma {
                challenges.append(Challenge(scheme: word.lowercased()))
            }
            // Else it is a token68, such as Negotiate's, which no registry uses: skipped.
        }
        return challenges
    }
}

private struct Scanner {
    let bytes: [UInt8]
    var index = 0
    var hasPassedComma = false

    mutating func skipBlanks() {
        while index < bytes.count, ASCII.isBlank(bytes[index]) { index += 1 }
    }

    mutating func skipBlanksAndCommas() {
        hasPassedComma = false
        while index < bytes.count, ASCII.isBlank(bytes[index]) || bytes[index] == UInt8(ascii: ",") {
            if bytes[index] == UInt8(ascii: ",") { hasPassedComma = true }
            index += 1
        }
    }

    mutating func takes(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// A scheme, a name or a token68 without its padding.
    mutating func word() -> String? {
        run { !ASCII.isBlank($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "\"") }
    }

    mutating func value() -> String? {
        guard takes(UInt8(ascii: "\"")) else {
            return run { !ASCII.isBlank($0) && $0 != UInt8(ascii: ",") } ?? ""
        }
        var out: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: out, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), index < bytes.count {
                out.append(bytes[index])
                index += 1
            } else {
                out.append(byte)
            }
        }
        return nil
    }

    private mutating func run(_ isPart: (UInt8) -> Bool) -> String? {
        let end = bytes[index...].firstIndex { !isPart($0) } ?? bytes.endIndex
        guard end > index else { return nil }
        defer { index = end }
        return String(decoding: bytes[index..<end], as: UTF8.self)
    }
}
