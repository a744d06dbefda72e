/// A file's text as bytes, with the lines that a YAML parser sees, so that a position can be turned into an offset and
/// an edit keeps every byte outside of itself.
struct SourceText {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text without its byte-order mark, as UTF-8.
    let bytes: [UInt8]
    /// Whether a byte-order mark stood before the text.
    let hasByteOrderMark: Bool
    private let lineStarts: [Int]

    init(_ text: String) {
        let all = Array(text.utf8)
        hasByteOrderMark = all.starts(with: Self.mark)
        bytes = hasByteOrderMark ? Array(all.dropFirst(Self.mark.count)) : all
        lineStarts = bytes.withUnsafeBufferPointer { bytes in
            var starts = [0]
            starts.reserveCapacity(bytes.count / 32)
            var index = 0
            while index < bytes.count {
                // What nearly every byte is.
                if Self.isPlain(eightOf: bytes, at: index) {
                    index += 8
                    continue
                }
                if bytes[index] >= 0x20, bytes[index] < 0x80 {
                    index += 1
                    continue
                }
                let length = Self.lineBreakLength(in: bytes, at: index)
                index += max(length, 1)
                if length > 0 { starts.append(index) }
            }
            return starts
        }
    }

    /// The text that a parser is given.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// How many lines there are; an empty one after the last line end is not counted.
    var lineCount: Int {
        lineStarts.last == bytes.count && lineStarts.count > 1 ? lineStarts.count - 1 : lineStarts.count
    }

    /// The bytes of a line (from 1) without its line end.
    func line(_ number: Int) -> ArraySlice<UInt8> {
        let range = lineRange(number)
        var end = range.upperBound
        while end > range.lowerBound, Self.lineBreakLength(in: bytes, at: lastBreak(before: end)) > 0 {
            end = lastBreak(before: end)
        }
        return bytes[range.lowerBound..<end]
    }

    /// A line as text without its line end.
    func lineText(_ number: Int) -> String { String(decoding: line(number), as: UTF8.self) }

    /// The offsets of a line (from 1) with its line end; past the end an empty range there.
    func lineRange(_ number: Int) -> Range<Int> {
        guard number >= 1, number <= lineStarts.count else { return bytes.count..<bytes.count }
        return lineStarts[number - 1]..<(number < lineStarts.count ? lineStarts[number] : bytes.count)
    }

    /// The offset of a position.
    func offset(of position: Position) -> Int {
        var index = lineRange(position.line).lowerBound
        for _ in 1..<max(position.column, 1) where index < bytes.count {
            index += 1
            while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        }
        return index
    }

    /// Whether `text` stands at an offset.
    func stands(_ text: String, at offset: Int) -> Bool {
        var text = text
        return text.withUTF8 { text in
            guard offset <= bytes.count, text.count <= bytes.count - offset else { return false }
            return bytes.withUnsafeBytes { bytes in
                let (here, text) = (UnsafeRawBufferPointer(rebasing: bytes[offset...]), UnsafeRawBufferPointer(text))
                var index = 0
                while index + 8 <= text.count {
                    guard Self.eight(of: here, at: index) == Self.eight(of: text, at: index) else { return false }
                    index += 8
                }
                return here[index..<text.count].elementsEqual(text[index...])
            }
        }
    }

    private static func eight(of bytes: UnsafeRawBufferPointer, at index: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }

    /// Whether the eight bytes there are ASCII and no control characters, among which line breaks are.
    private static func isPlain(eightOf bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 8 <= bytes.count else { return false }
        let word = eight(of: UnsafeRawBufferPointer(bytes), at: index)
        // A byte below 0x20 borrows from its highest bit, one above 0x7F has that bit.
        return (word | (word &- 0x2020_2020_2020_2020)) & 0x8080_8080_8080_8080 == 0
    }

    /// The line end that the file uses: that of its first line, `\n` where it has none.
    var lineEnd: String { ownLineEnd(1) ?? "\n" }

    /// The line end of a line, or of the one before it, or of the file.
    func lineEnd(of number: Int) -> String { ownLineEnd(number) ?? ownLineEnd(number - 1) ?? lineEnd }

    private func ownLineEnd(_ number: Int) -> String? {
        let end = bytes[line(number).endIndex..<lineRange(number).upperBound]
        return end.isEmpty ? nil : String(decoding: end, as: UTF8.self)
    }

    /// The whole text with `addition` put in at `offset`.
    func inserting(_ addition: String, at offset: Int) -> String { replacing(offset..<offset, by: addition) }

    /// The whole text with `replacement` for the bytes of `range`.
    func replacing(_ range: Range<Int>, by replacement: String) -> String {
        let head = hasByteOrderMark ? Self.mark : []
        return String(
            decoding: head + bytes[..<range.lowerBound] + Array(replacement.utf8) + bytes[range.upperBound...],
            as: UTF8.self)
    }

    /// How many bytes the line break at `index` takes, zero where there is none. libyaml breaks lines at CR, LF, CRLF,
    /// NEL, LS and PS (YAML 1.1, 4.1.4).
    private static func lineBreakLength<Bytes: Collection>(in bytes: Bytes, at index: Int) -> Int
    where Bytes.Element == UInt8, Bytes.Index == Int {
        guard index >= 0, index < bytes.count else { return 0 }
        func follows(_ offset: Int, _ byte: UInt8) -> Bool {
            index + offset < bytes.count && bytes[index + offset] == byte
        }
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return follows(1, 0x0A) ? 2 : 1
        case 0xC2: return follows(1, 0x85) ? 2 : 0
        case 0xE2: return follows(1, 0x80) && (follows(2, 0xA8) || follows(2, 0xA9)) ? 3 : 0
        default: return 0
        }
    }

    private func lastBreak(before end: Int) -> Int {
        for length in [3, 2, 1] where Self.lineBreakLength(in: bytes, at: end - length) == length {
            return end - length
        }
        return -1
    }
}
