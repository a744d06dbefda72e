internal import Core

/// A text that is no XML.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and at which byte.
    public var description: String
}

/// A pull parser for the XML that AWS answers with: elements and texts. Attributes, comments, processing instructions and
/// namespaces are passed over; a document type is refused, so that no entity can be defined.
struct XMLReader {
    enum Event: Hashable {
        case start(String)
        case text(String)
        case end
    }

    private let bytes: [UInt8]
    private var index = 0
    private var open: [String] = []
    /// Whether the tag just read closes itself.
    private var endsAtOnce = false
    private var seenRoot = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { index = 3 }
    }

    /// The next event; nil at the end of the document.
    mutating func next() throws(XMLError) -> Event? {
        if endsAtOnce {
            endsAtOnce = false
            open.removeLast()
            return .end
        }
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "<") {
                let text = try decoded(take(upTo: "<") ?? rest())
                if !open.isEmpty { return .text(text) }
                guard text.allSatisfy(\.isWhitespace) else { throw error("text outside of the root element") }
            } else if skip("<!--") {
                guard take(upTo: "-->") != nil, skip("-->") else { throw error("an endless comment") }
            } else if skip("<![CDATA[") {
                guard !open.isEmpty, let text = take(upTo: "]]>"), skip("]]>") else {
                    throw error("an endless CDATA section")
                }
                return .text(String(decoding: text, as: UTF8.self))
            } else if skip("<?") {
                guard take(upTo: "?>") != nil, skip("?>") else { throw error("an endless instruction") }
            } else if skip("</") {
                return try endTag()
            } else if skip("<!") {
                throw error("a document type")
            } else {
                index += 1
                return try startTag()
            }
        }
        guard open.isEmpty, seenRoot else { throw error(open.last.map { "<\($0)> is not closed" } ?? "no element") }
        return nil
    }

    private mutating func startTag() throws(XMLError) -> Event {
        guard !open.isEmpty || !seenRoot else { throw error("a second root element") }
        guard open.count < 64 else { throw error("elements are nested too deeply") }
        seenRoot = true
        let name = takeName()
        guard !name.isEmpty else { throw error("a tag without a name") }
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "<") {
                break
            } else if byte == UInt8(ascii: ">") {
                endsAtOnce = bytes[index - 2] == UInt8(ascii: "/")
                open.append(name)
                return .start(Self.local(name))
            }
        }
        throw error("<\(name) is not closed")
    }

    private mutating func endTag() throws(XMLError) -> Event {
        let name = takeName()
        guard name == open.last, take(upTo: ">")?.allSatisfy(Self.isBlank) == true, skip(">") else {
            throw error("</\(name)> closes nothing")
        }
        open.removeLast()
        return .end
    }

    private mutating func takeName() -> String {
        let start = index
        while index < bytes.count, !Self.isBlank(bytes[index]), !Self.endsName.contains(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skip(_ mark: StaticString) -> Bool {
        guard matches(mark, at: index) else { return false }
        index += mark.utf8CodeUnitCount
        return true
    }

    private mutating func take(upTo mark: StaticString) -> ArraySlice<UInt8>? {
        var end = index
        while end < bytes.count, !matches(mark, at: end) { end += 1 }
        guard end < bytes.count else { return nil }
        defer { index = end }
        return bytes[index..<end]
    }

    private mutating func rest() -> ArraySlice<UInt8> {
        defer { index = bytes.count }
        return bytes[index...]
    }

    private func matches(_ mark: StaticString, at place: Int) -> Bool {
        mark.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    /// The text behind entity and character references; line ends as XML has them.
    private func decoded(_ raw: ArraySlice<UInt8>) throws(XMLError) -> String {
        let text = String(decoding: raw, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
            .joined(separator: "\n")
        guard text.contains("&") else { return text }
        var pieces = text.split(separator: "&", omittingEmptySubsequences: false)[...]
        var out = String(pieces.removeFirst())
        for piece in pieces {
            guard let end = piece.firstIndex(of: ";"), let character = Self.character(piece[..<end]) else {
                throw error("an unknown entity")
            }
            out.unicodeScalars.append(character)
            out += piece[piece.index(after: end)...]
        }
        return out
    }

    private static func character(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default:
            if name.hasPrefix("#x") {
                UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
            } else if name.hasPrefix("#") {
                UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
            } else {
                nil
            }
        }
    }

    private static let endsName = Array("/><=".utf8)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    private static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }
    private func error(_ words: String) -> XMLError { XMLError(description: "no XML: \(words), at byte \(index)") }
}
