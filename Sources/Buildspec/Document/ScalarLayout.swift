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

    /// The place in the file of an offset in the text, in UTF-8 bytes.
    func position(of offset: Int, in text: String) -> Position {
        guard offset > 0 else { return start }
        let piece = pieces.last { $0.offset <= offset } ?? Piece(offset: 0, position: start)
        let between = text.utf8.dropFirst(piece.offset).prefix(offset - piece.offset)
        return Position(
            line: piece.position.line, column: piece.position.column + between.count { $0 & 0xC0 != 0x80 })
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

    /// Follows the text through the file; only blanks, line ends and escapes differ.
    private static func aligned(
        _ bytes: [UInt8], _ style: YAMLNode.Style, from first: Int, line: Int, in source: SourceText
    ) -> [Piece] {
        var pieces: [Piece] = []
        var (index, number) = (first, line)
        for (offset, byte) in bytes.enumerated() where !isBlank(byte) {
            // Only what folding and escapes leave out stands between; line breaks of every kind are among it.
            while index < source.bytes.count, source.bytes[index] != byte, !isEscape(style, source, index) {
                index += isContinuation(style, source, index) ? 2 : 1
            }
            while number < source.lineCount, index >= source.lineRange(number).upperBound { number += 1 }
            guard index < source.bytes.count else { break }
            if pieces.last?.position.line != number {
                let lead = source.bytes[source.lineRange(number).lowerBound..<index]
                pieces.append(
                    Piece(
                        offset: pieces.isEmpty ? 0 : offset,
                        position: Position(line: number, column: lead.count { $0 & 0xC0 != 0x80 } + 1)))
            }
            index += width(style, byte, source, index)
        }
        return pieces.isEmpty ? [Piece(offset: 0, position: Position(line: line, column: 1))] : pieces
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// An escaped line end, or one of the escapes `\\n`, `\\t`, `\\ `, which stand for blanks.
    private static func isContinuation(_ style: YAMLNode.Style, _ source: SourceText, _ index: Int) -> Bool {
        guard style == .doubleQuoted, source.bytes[index] == UInt8(ascii: "\\"), index + 1 < source.bytes.count else {
            return false
        }
        return isBlank(source.bytes[index + 1]) || "ntr".utf8.contains(source.bytes[index + 1])
    }

    /// An escape that stands for anything but a blank.
    private static func isEscape(_ style: YAMLNode.Style, _ source: SourceText, _ index: Int) -> Bool {
        style == .doubleQuoted && source.bytes[index] == UInt8(ascii: "\\") && !isContinuation(style, source, index)
    }

    /// How many bytes of the file stand for one byte of the text.
    private static func width(_ style: YAMLNode.Style, _ byte: UInt8, _ source: SourceText, _ index: Int) -> Int {
        switch style {
        case .singleQuoted where byte == UInt8(ascii: "'"): 2
        case .doubleQuoted where source.bytes[index] == UInt8(ascii: "\\"): 2
        default: 1
        }
    }
}
