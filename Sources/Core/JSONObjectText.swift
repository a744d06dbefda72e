/// A JSON object (RFC 8259) as it was written: single members can be read and set, and every other byte stays.
///
/// For documents that belong to somebody else, such as a secret with more keys than ours: numbers keep all of their digits, members
/// their order, text its escapes.
public struct JSONObjectText: Sendable {
    private struct Member: Sendable {
        var name: String
        var value: Range<Int>
    }

    private var bytes: [UInt8]
    private var members: [Member] = []
    /// Where a new member goes: right behind the last one, or behind the opening brace.
    private var end = 0

    /// An object without a member.
    public init() {
        bytes = Array("{}".utf8)
        end = 1
    }

    /// Reads an object; throws `invalidInput` where the text is no JSON object, or nests deeper than 512.
    public init(parsing text: String) throws {
        bytes = Array(text.utf8)
        var scanner = JSONScanner(bytes: bytes)
        var found: [Member] = []
        var last = 0
        for (name, value) in try scanner.document() {
            found.append(Member(name: name, value: value))
            last = value.upperBound
        }
        members = found
        end = found.isEmpty ? (bytes.firstIndex(of: UInt8(ascii: "{")) ?? 0) + 1 : last
    }

    /// The document.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A member that is a text; nil for a missing one and for any other value. Of a name that stands twice the last counts.
    public func string(_ name: String) -> String? {
        guard let member = members.last(where: { $0.name == name }) else { return nil }
        return JSONScanner.text(of: bytes[member.value])
    }

    /// Gives a member this text, wherever its name stands; a new one comes last.
    public mutating func set(_ name: String, to value: String) {
        let token = Array(JSON.string(value).text().utf8)
        guard members.contains(where: { $0.name == name }) else {
            let piece = Array(((members.isEmpty ? "" : ",") + JSON.string(name).text() + ":").utf8)
            bytes.insert(contentsOf: piece + token, at: end)
            let start = end + piece.count
            end = start + token.count
            members.append(Member(name: name, value: start..<end))
            return
        }
        for index in members.indices where members[index].name == name {
            let old = members[index].value
            bytes.replaceSubrange(old, with: token)
            let shift = token.count - old.count
            members[index].value = old.lowerBound..<(old.lowerBound + token.count)
            for later in members.indices where members[later].value.lowerBound > old.lowerBound {
                let range = members[later].value
                members[later].value = (range.lowerBound + shift)..<(range.upperBound + shift)
            }
            end += shift
        }
    }
}
