internal import Core
internal import Crypto

/// A piece of text put into another, kept as the piece and two hashes: the text itself may hold what is nobody's business.
public struct TextInsertion: Codable, Sendable, Hashable {
    /// Where the piece begins, in UTF-8 bytes.
    public var offset: Int
    /// The line that it makes, from 1.
    public var line: Int
    /// The piece.
    public var piece: String
    /// SHA-256 of the text without it.
    public var before: String
    /// SHA-256 of the text with it.
    public var after: String

    /// The difference of two texts of which the second is the first with one piece put in; nil where it is not so.
    public init?(from old: String, to new: String) {
        let (a, b) = (Array(old.utf8), Array(new.utf8))
        guard b.count > a.count else { return nil }
        let same = zip(a, b).prefix { $0 == $1 }.count
        // A piece that begins as the rest does could stand at several places; a whole line is what a person sees.
        let start = b[..<same].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let length = b.count - a.count
        guard let offset = [start, same].first(where: { Array(b[..<$0] + b[($0 + length)...]) == a }) else {
            return nil
        }
        self.offset = offset
        line = b[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
        piece = String(decoding: b[offset..<(offset + length)], as: UTF8.self)
        before = Self.hash(old)
        after = Self.hash(new)
    }

    /// The text with the piece put in; nil where the text is not the one that the plan saw.
    public func inserting(into text: String) -> String? {
        guard Self.hash(text) == before else { return nil }
        let bytes = Array(text.utf8)
        return String(decoding: bytes[..<offset] + Array(piece.utf8) + bytes[offset...], as: UTF8.self)
    }

    /// The text with the piece taken out; nil where the text is not the one that the step wrote.
    public func removing(from text: String) -> String? {
        guard Self.hash(text) == after else { return nil }
        let bytes = Array(text.utf8)
        return String(decoding: bytes[..<offset] + bytes[(offset + piece.utf8.count)...], as: UTF8.self)
    }

    private static func hash(_ text: String) -> String { Hex.encode(SHA256.hash(data: Array(text.utf8))) }
}
