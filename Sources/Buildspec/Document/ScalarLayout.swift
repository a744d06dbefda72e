/// Where the lines of a scalar's text stand in the file: blocks, folded and quoted texts have other lines than the file.
struct ScalarLayout: Sendable, Hashable {
    /// A part of the text that stands on one line of the file.
    private struct Piece: Hashable {
        /// In UTF-8 bytes from the start of the text.
        let offset: Int
        let position: Position
    }

    /// Where the text begins.
    private let start: Position
    /// The parts in the order of the text; none where it is one part, as most are.
    private let pieces: [Piece]

    /// `text` is the scalar as the parser read it, `position` where it begins in `source`: a quote, a letter, `|` or `>`.
    init(_ text: String, _ style: YAMLNode.Style, at position: Position, in source: SourceText) {
        let isQuoted = style == .singleQuoted || style == .doubleQuoted
        let content = source.offset(of: position) + (isQuoted ? 1 : 0)
        let isBlock = style == .literal || style == .folded
        if !isBlock, source.stands(text, at: content) {
            start = Position(line: position.line, column: position.column + (isQuoted ? 1 : 0))
            pieces = []
            return
        }
        let bytes = Array(text.utf8)
        let first = style == .folded ? source.lineRange(position.line).upperBound : content
        pieces =
            style == .literal
            ? Self.literal(bytes, below: position.line, in: source)
            : Self.aligned(bytes, style, from: first, line: position.line + (style == .folded ? 1 : 0), in: source)
        start = pieces[0].position
    }

    /// The line of the file on which an offset in the text, in UTF-8 bytes, stands.
    func line(of offset: Int) -> Int { offset > 0 ? (lastPiece(upTo: offset)?.position ?? start).line : start.line }

    /// The place in the file of an offset in the text, in UTF-8 bytes.
    func position(of offset: Int, in text: String) -> Position {
        guard offset > 0 else { return start }
        let piece = lastPiece(upTo: offset) ?? Piece(offset: 0, position: start)
        let between = text.utf8.dropFirst(piece.offset).prefix(offset - piece.offset)
        return Position(
            line: piece.position.line, column: piece.position.column + between.count { $0 & 0xC0 != 0x80 })
    }

    private func lastPiece(upTo offset: Int) -> Piece? {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : pieces[low - 1]
    }

    /// Each line of a literal block is a line of the file behind its indentation.
    private static func literal(_ bytes: [UInt8], below line: Int, in source: SourceText) -> [Piece] {
        var pieces: [Piece] = []
        var (offset, number) = (0, line + 1)
        while offset <= bytes.count {
            let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
            let indent = max(source.line(number).count - (end - offset), 0)
            pieces.append(Piece(offset: offset, position: Position(line: number, column: indent + 1)))
            offset = end + 1
            number += 1
        }
        return pieces
    }

    /// Follows the text through the file; only blanks, line ends and escapes differ. Where they do, a new part begins.
    private static func aligned(
        _ bytes: [UInt8], _ style: YAMLNode.Style, from first: Int, line: Int, in source: SourceText
    ) -> [Piece] {
        var pieces: [Piece] = []
        // Where the last part begins in the file, and in the text.
        var (start, startOffset) = (first, 0)
        var (index, number) = (first, line)
        var end = source.lineRange(number).upperBound
        var rest = 0
        for (offset, byte) in bytes.enumerated() {
            if rest > 0 {
                rest -= 1
                continue
            }
            if isBlank(UInt32(byte)) { continue }
            var escape: YAMLEscape.Reading?
            // Only what folding and escapes leave out stands between; line breaks of every kind are among it.
            while index < source.bytes.count {
                let isEscape = source.bytes[index] == UInt8(ascii: "\\") && style == .doubleQuoted
                guard isEscape else {
                    if source.bytes[index] == byte { break }
                    index += 1
                    continue
                }
                let read = YAMLEscape.read(source.bytes, at: index)
                guard read.isBlank else {
                    escape = read
                    break
                }
                index += read.width
            }
            guard index < source.bytes.count else { break }
            if index - start != offset - startOffset || pieces.isEmpty || index >= end {
                let last = number
                while number < source.lineCount, index >= source.lineRange(number).upperBound { number += 1 }
                end = number < source.lineCount ? source.lineRange(number).upperBound : .max
                let isSame = number == last && !pieces.isEmpty
                let lead = source.bytes[(isSame ? start : source.lineRange(number).lowerBound)..<index]
                let column = (isSame ? pieces[pieces.count - 1].position.column : 1) + lead.count { $0 & 0xC0 != 0x80 }
                pieces.append(
                    Piece(
                        offset: pieces.isEmpty ? 0 : offset, position: Position(line: number, column: column)))
                (start, startOffset) = (index, offset)
            }
            if let escape {
                index += escape.width
                rest = escape.length - 1
            } else {
                index += byte == UInt8(ascii: "'") && style == .singleQuoted ? 2 : 1
            }
        }
        return pieces.isEmpty ? [Piece(offset: 0, position: Position(line: line, column: 1))] : pieces
    }

    /// Whether it is a blank or a line end.
    static func isBlank(_ scalar: UInt32) -> Bool {
        scalar == 0x20 || scalar == 0x09 || scalar == 0x0A || scalar == 0x0D
    }
}
