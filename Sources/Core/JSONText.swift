/// Writes JSON (RFC 8259) as `JSONEncoder` does with sorted keys and plain slashes, without going through `Encodable`, which would
/// take most of a long report's time.
public struct JSONText {
    /// What is written so far, as UTF-8.
    public private(set) var bytes: [UInt8] = []
    private let isPretty: Bool
    private var depth: Int
    /// Whether the innermost object or list that is open has nothing in it.
    private var isEmpty = true

    /// An empty text, on one line or indented for people; `depth` is how many levels it stands below the outermost one of the text
    /// that it becomes a part of.
    public init(pretty: Bool = false, depth: Int = 0) {
        (isPretty, self.depth) = (pretty, depth)
        bytes.reserveCapacity(1 << 10)
    }

    /// Writes a value.
    public mutating func write(_ value: JSON) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): bytes += Self.text(of: value).utf8
        case .string(let value): writeString(value)
        case .array(let items): writeList(items) { text, item in text.write(item) }
        case .object(let members):
            writeObject { text in
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    text.writeMember(name) { $0.write(value) }
                }
            }
        }
    }

    /// Writes a text, or `null`.
    public mutating func write(_ value: String?) {
        if let value { writeString(value) } else { put("null") }
    }

    /// Writes a list, each item by `write`.
    public mutating func writeList<Item>(_ items: [Item], _ write: (inout JSONText, Item) -> Void) {
        nest("[", "]") { text in
            for item in items {
                text.startItem()
                write(&text, item)
            }
        }
    }

    /// Writes an object; `write` calls ``writeMember(_:_:)`` for each member, in the order of their names.
    public mutating func writeObject(_ write: (inout JSONText) -> Void) { nest("{", "}", write) }

    /// Writes a member of the object that is open.
    public mutating func writeMember(_ name: String, _ write: (inout JSONText) -> Void) {
        startItem()
        writeString(name)
        put(isPretty ? " : " : ":")
        write(&self)
    }

    private mutating func nest(_ opening: StaticString, _ closing: StaticString, _ write: (inout JSONText) -> Void) {
        put(opening)
        depth += 1
        isEmpty = true
        write(&self)
        depth -= 1
        if isEmpty, isPretty { put("\n") }
        isEmpty = false
        startLine()
        put(closing)
    }

    private mutating func startItem() {
        startLine(after: !isEmpty)
        isEmpty = false
    }

    /// The next line with its indentation, behind a comma or not.
    private mutating func startLine(after hasComma: Bool = false) {
        let line = Self.line
        let blanks = isPretty ? 2 * depth : 0
        let room = line.utf8CodeUnitCount - 2
        let start = line.utf8Start + (hasComma ? 0 : 1)
        put(start, (hasComma ? 1 : 0) + (isPretty ? 1 + min(blanks, room) : 0))
        if blanks > room { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: blanks - room)) }
    }

    private static let line: StaticString = ",\n                                "

    private mutating func put(_ text: StaticString) { put(text.utf8Start, text.utf8CodeUnitCount) }

    private mutating func put(_ start: UnsafePointer<UInt8>, _ count: Int) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    }

    private mutating func writeString(_ text: String) {
        let quote = UInt8(ascii: "\"")
        bytes.append(quote)
        var text = text
        text.withUTF8 { text in
            var start = 0
            for (index, byte) in text.enumerated()
            where byte < 0x20 || byte == quote || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                writeEscaped(byte)
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
        bytes.append(quote)
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: put("\\b")
        case 0x09: put("\\t")
        case 0x0A: put("\\n")
        case 0x0C: put("\\f")
        case 0x0D: put("\\r")
        default: bytes += ("\\u00" + Hex.encode(CollectionOfOne(byte))).utf8
        }
    }

    /// A number without a fraction stands without one; JSON knows no others than finite ones.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
