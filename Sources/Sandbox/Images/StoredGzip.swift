/// Gzip (RFC 1952) whose deflate blocks (RFC 1951, 3.2.4) are stored, not compressed: a few lines, the same bytes at
/// every run and on every machine, and every reader of gzip takes it.
enum StoredGzip {
    /// `bytes` as one gzip member without a name and without a time.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        var rest = bytes[...]
        repeat {
            let piece = rest.prefix(0xffff)
            rest = rest.dropFirst(piece.count)
            let length = UInt16(piece.count)
            out.append(rest.isEmpty ? 1 : 0)
            out += littleEndian(length)
            out += littleEndian(~length)
            out += piece
        } while !rest.isEmpty
        out += littleEndian(crc32(bytes))
        out += littleEndian(UInt32(truncatingIfNeeded: bytes.count))
        return out
    }

    /// The checksum of RFC 1952, section 8.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
