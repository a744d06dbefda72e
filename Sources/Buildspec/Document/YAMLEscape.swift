internal import Core

/// The escapes of YAML's double-quoted style (YAML 1.1, 5.6).
enum YAMLEscape {
    /// One of them, as it is written and what it leaves in the text.
    struct Reading {
        /// In bytes of the file, the backslash among them.
        let width: Int
        /// In UTF-8 bytes; none for a line end that is left out.
        let length: Int
        /// Whether it leaves a blank or a line end.
        let isBlank: Bool
    }

    /// The escape whose backslash stands at `index`.
    static func read(_ bytes: [UInt8], at index: Int) -> Reading {
        guard index + 1 < bytes.count else { return Reading(width: 1, length: 1, isBlank: false) }
        switch bytes[index + 1] {
        case UInt8(ascii: "x"): return number(bytes, at: index, digits: 2)
        case UInt8(ascii: "u"): return number(bytes, at: index, digits: 4)
        case UInt8(ascii: "U"): return number(bytes, at: index, digits: 8)
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), 0x20, 0x09, 0x0A, 0x0D:
            return Reading(width: 2, length: 1, isBlank: true)
        case UInt8(ascii: "N"), UInt8(ascii: "_"): return Reading(width: 2, length: 2, isBlank: false)
        case UInt8(ascii: "L"), UInt8(ascii: "P"): return Reading(width: 2, length: 3, isBlank: false)
        default: return Reading(width: 2, length: 1, isBlank: false)
        }
    }

    private static func number(_ bytes: [UInt8], at index: Int, digits: Int) -> Reading {
        let text = String(decoding: bytes[(index + 2)...].prefix(digits), as: UTF8.self)
        let scalar = UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) ?? " "
        return Reading(
            width: digits + 2, length: String(scalar).utf8.count, isBlank: ScalarLayout.isBlank(scalar.value))
    }
}
