/// Writes JSON as `JSONEncoder` does with sorted keys and plain slashes, without going through `Encodable`, which would take most of a
/// long report's time.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private let isPretty: Bool
    private var depth: Int

    init(pretty: Bool, depth: Int) { (isPretty, self.depth) = (pretty, depth) }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .integer(let value): write(String(value))
        case .number(let value): write(Self.text(of: value))
        case .string(let value): writeString(value)
        case .array(let items):
            write(items, within: ("[", "]")) { text, item in text.write(item) }
        case .object(let members):
            write(members.sorted { $0.key < $1.key }, within: ("{", "}")) { text, member in
                text.writeString(member.key)
                text.write(text.isPretty ? " : " : ":")
                text.write(member.value)
            }
        }
    }

    private mutating func write<Item>(
        _ items: [Item], within brackets: (String, String), _ each: (inout JSONText, Item) -> Void
    ) {
        write(brackets.0)
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { write(",") }
            startLine()
            each(&self, item)
        }
        depth -= 1
        if items.isEmpty, isPretty { write("\n") }
        startLine()
        write(brackets.1)
    }

    private mutating func startLine() {
        guard isPretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func writeString(_ text: String) {
        let quote = UInt8(ascii: "\"")
        bytes.append(quote)
        var text = text
        text.withUTF8 { text in
            if text.contains(where: { $0 < 0x20 || $0 == quote || $0 == UInt8(ascii: "\\") }) {
                for byte in text { writeEscaped(byte) }
            } else {
                bytes.append(contentsOf: text)
            }
        }
        bytes.append(quote)
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: write("\\b")
        case 0x09: write("\\t")
        case 0x0A: write("\\n")
        case 0x0C: write("\\f")
        case 0x0D: write("\\r")
        case ..<0x20: write("\\u00" + Hex.encode(CollectionOfOne(byte)))
        default: bytes.append(byte)
        }
    }

    /// A number without a fraction stands without one; JSON knows no others than finite ones.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
