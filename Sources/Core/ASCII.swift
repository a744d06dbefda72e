/// Classes of ASCII bytes, for parsers that read UTF-8 as bytes.
public enum ASCII {
    /// `a` to `z`
    @inlinable public static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    /// `A` to `Z`
    @inlinable public static func isUpper(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
    /// `0` to `9`
    @inlinable public static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    /// A letter or a digit
    @inlinable public static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLower(byte) || isUpper(byte) || isDigit(byte)
    }
    /// What the name of a shell's variable is made of
    @inlinable public static func isName(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "_") }
    /// A hexadecimal digit, its letter lower case
    @inlinable public static func isLowerHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    /// A hexadecimal digit
    @inlinable public static func isHex(_ byte: UInt8) -> Bool {
        isLowerHex(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
    /// A space or a tab
    @inlinable public static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
