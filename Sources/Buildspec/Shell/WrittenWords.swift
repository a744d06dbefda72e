/// The words of one simple command as they are written, with their quotes.
struct WrittenWords {
    /// The command, without the blanks and the operator behind it.
    let bytes: ArraySlice<UInt8>
    /// Each word.
    let words: [String]
    private let ranges: [Range<Int>]

    /// Reads the first command of a POSIX shell's text; nil where anything but words, quotes and variables stands in it, so that
    /// the words are not all that there is.
    init?(_ text: ArraySlice<UInt8>) {
        var ranges: [Range<Int>] = []
        var index = text.startIndex
        scan: while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
            case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: ")"):
                break scan
            default:
                guard let end = Self.end(ofWordAt: index, in: text) else { return nil }
                ranges.append(index..<end)
                index = end
            }
        }
        guard let first = ranges.first, let last = ranges.last else { return nil }
        bytes = text[first.lowerBound..<last.upperBound]
        words = ranges.map { String(decoding: text[$0], as: UTF8.self) }
        self.ranges = ranges
    }

    private static func end(ofWordAt start: Int, in text: ArraySlice<UInt8>) -> Int? {
        var index = start
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                let quote = text[index]
                guard let end = text[(index + 1)...].firstIndex(of: quote) else { return nil }
                if quote == UInt8(ascii: "\""), !text[index..<end].allSatisfy({ !special.contains($0) }) { return nil }
                index = end + 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "|"),
                UInt8(ascii: "&"), UInt8(ascii: ")"):
                return index
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: "#"): return nil
            case let byte where special.contains(byte): return nil
            default: index += 1
            }
        }
        return index
    }

    /// Escapes and command substitutions.
    private static let special: Set = [UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "(")]

    /// The command with other words for those of `range`, or without them where there are none.
    func replacing(_ range: Range<Int>, by new: [String]) -> String {
        var parts: [String] = []
        for index in words.indices {
            if index == range.lowerBound { parts += new.map { (index == 0 ? "" : " ") + $0 } }
            guard !range.contains(index) else { continue }
            let start = index == 0 ? bytes.startIndex : ranges[index - 1].upperBound
            parts.append(String(decoding: bytes[start..<ranges[index].upperBound], as: UTF8.self))
        }
        return parts.joined()
    }
}
