/// Lower-case hexadecimal.
public enum Hex {
    /// Two digits a byte.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The same, at the end of a text that is held as bytes.
    public static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * bytes.count) { digits in
            for (index, byte) in bytes.enumerated() {
                digits[2 * index] = digit(byte >> 4)
                digits[2 * index + 1] = digit(byte & 15)
            }
            text.append(contentsOf: digits)
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? 0x30 : 0x57) }
}

/// Percent-encoding (RFC 3986).
public enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Every byte but the unreserved ones (`A-Z a-z 0-9 - . _ ~`) and those of `keeping` as `%XX`, upper case.
    public static func encode(_ text: String, keeping: String = "") -> String {
        let kept = Set(keeping.utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.contains(byte) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The text behind `%XX`; a `%` that no two digits follow stands for itself. `plusIsSpace` for forms.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = value(bytes[index + 1]),
                let low = value(bytes[index + 2])
            {
                out.append(high << 4 | low)
                index += 3
            } else {
                out.append(plusIsSpace && bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isName(byte) || "-.~".utf8.contains(byte)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension StringProtocol {
    /// The text without the blanks (space, tab, line ends) at both of its ends.
    @inlinable public var trimmed: String {
        let isText: (UInt8) -> Bool = { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        let bytes = Substring(self).utf8
        guard let first = bytes.firstIndex(where: isText), let last = bytes.lastIndex(where: isText) else { return "" }
        let middle = Substring(bytes[first...last])
        return bytes[first] < 0x80 && bytes[last] < 0x80 ? String(middle) : middle.trimmedOfAnyBlank
    }

    /// The same, the blanks beyond ASCII among them.
    @usableFromInline var trimmedOfAnyBlank: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

/// Names that a person may have meant.
public enum Nearest {
    /// Up to `most` of `candidates`, those first that take the fewest edits; none that takes more than half of the name's length.
    public static func names(to name: String, among candidates: some Sequence<String>, most: Int = 3) -> [String] {
        let wanted = Array(name.lowercased().unicodeScalars)
        let edits = Swift.max(2, wanted.count / 2)
        var found: [(distance: Int, name: String)] = []
        for name in candidates {
            let scalars = Array(name.lowercased().unicodeScalars)
            // Each letter more or less is an edit.
            guard abs(scalars.count - wanted.count) <= edits else { continue }
            let distance = distance(wanted, scalars)
            if distance <= edits { found.append((distance, name)) }
        }
        return found.sorted { $0 < $1 }.prefix(most).map(\.name)
    }

    /// Levenshtein's distance.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = left == right ? diagonal : 1 + Swift.min(diagonal, above, row[j])
                diagonal = above
            }
        }
        return row[b.count]
    }
}
