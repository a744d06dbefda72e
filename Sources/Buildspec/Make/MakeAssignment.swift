internal import Core

/// A line that sets a variable (GNU make manual, 6.5 to 6.9).
struct MakeAssignment {
    enum Operation {
        /// `=`
        case recursive
        /// `:=`, `::=`, `:::=`
        case simple
        /// `?=`
        case ifUnset
        /// `+=`
        case append
        /// `!=`
        case shell
    }

    /// The name as it is written; it may be put together from others.
    let name: String
    let operation: Operation
    let text: String
    var isExported = false
    var isOverride = false

    private static let modifiers: Set = ["export", "override", "private"]

    /// Reads a line without its comment; nil for a rule or anything else.
    init?(_ line: String) {
        let bytes = Array(line.utf8)
        let found = MakeSyntax.firstIndex(in: bytes[...]) {
            bytes[$0] == UInt8(ascii: "=") || bytes[$0] == UInt8(ascii: ":")
        }
        guard let found else { return nil }
        let equals = bytes[found...].drop { $0 == UInt8(ascii: ":") }.startIndex
        guard equals < bytes.count, bytes[equals] == UInt8(ascii: "=") else { return nil }
        var end = found
        switch found == equals && found > 0 ? bytes[found - 1] : bytes[found] {
        case UInt8(ascii: ":"): operation = .simple
        case UInt8(ascii: "?"): (operation, end) = (.ifUnset, found - 1)
        case UInt8(ascii: "+"): (operation, end) = (.append, found - 1)
        case UInt8(ascii: "!"): (operation, end) = (.shell, found - 1)
        default: operation = .recursive
        }
        guard
            let name = Self.name(
                String(decoding: bytes[..<end], as: UTF8.self), isExported: &isExported, isOverride: &isOverride)
        else { return nil }
        self.name = name
        text = String(decoding: bytes[(equals + 1)...], as: UTF8.self).trimmed
    }

    /// `define NAME` with its lines.
    init?(definition line: String, lines: [String]) {
        var words = MakeSyntax.words(line)
        let operators: [String: Operation] = [
            "=": .recursive, ":=": .simple, "::=": .simple, ":::=": .simple, "?=": .ifUnset, "+=": .append,
            "!=": .shell,
        ]
        operation = words.last.flatMap { operators[$0] } ?? .recursive
        if let last = words.last, operators[last] != nil { words.removeLast() }
        let left = words.filter { $0 != "define" }.joined(separator: " ")
        guard let name = Self.name(left, isExported: &isExported, isOverride: &isOverride) else { return nil }
        self.name = name
        text = lines.joined(separator: "\n")
    }

    /// Whether a line starts a definition of several lines.
    static func isDefinition(_ line: String) -> Bool {
        MakeSyntax.words(line.prefix(100)).first { !modifiers.contains($0) } == "define"
    }

    /// The one word that is left of a name without its modifiers.
    private static func name(_ left: String, isExported: inout Bool, isOverride: inout Bool) -> String? {
        var rest = Substring(left.trimmed)
        while let word = rest.split(whereSeparator: \.isWhitespace).first, word.count < rest.count,
            modifiers.contains(String(word))
        {
            if word == "export" { isExported = true }
            if word == "override" { isOverride = true }
            rest = Substring(rest.dropFirst(word.count).trimmed)
        }
        let bytes = Array(rest.utf8)
        guard !bytes.isEmpty, MakeSyntax.firstIndex(in: bytes[...], where: { bytes[$0] <= 0x20 }) == nil else {
            return nil
        }
        return String(rest)
    }
}
