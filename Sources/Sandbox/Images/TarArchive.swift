/// A tar archive (POSIX.1-1988 ustar) whose bytes depend on its files alone: owner 0, time 0, files in the order given.
struct TarArchive {
    private static let block = 512
    private var blocks: [UInt8] = []

    /// Adds a folder; `path` without a slash at its ends, of which 99 bytes count.
    mutating func addFolder(_ path: String) {
        appendHeader(path + "/", size: 0, mode: 0o755, type: "5")
    }

    /// Adds a file; `path` without a slash at its start, of which 100 bytes count.
    mutating func addFile(_ path: String, _ contents: [UInt8], mode: Int = 0o644) {
        appendHeader(path, size: contents.count, mode: mode, type: "0")
        blocks += contents
        blocks += [UInt8](repeating: 0, count: (Self.block - contents.count % Self.block) % Self.block)
    }

    /// The whole archive, with the two empty blocks that end it.
    var bytes: [UInt8] { blocks + [UInt8](repeating: 0, count: 2 * Self.block) }

    private mutating func appendHeader(_ path: String, size: Int, mode: Int, type: Character) {
        var header = [UInt8](repeating: 0, count: Self.block)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put(String(decoding: path.utf8.prefix(100), as: UTF8.self), at: 0)
        put(Self.octal(mode, digits: 7), at: 100)
        put(Self.octal(0, digits: 7), at: 108)
        put(Self.octal(0, digits: 7), at: 116)
        put(Self.octal(size, digits: 11), at: 124)
        put(Self.octal(0, digits: 11), at: 136)
        put("        ", at: 148)  // the checksum counts its own field as blanks
        put(String(type), at: 156)
        put("ustar\u{0}00", at: 257)
        let checksum = header.reduce(0) { $0 + Int($1) }
        put(Self.octal(checksum, digits: 6) + "\u{0} ", at: 148)
        blocks += header
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
