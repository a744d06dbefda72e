internal import Core

/// The conditionals that are open at a line (GNU make manual, 7). A branch that make surely does not take is left out; of the
/// others none is sure, since what they ask for may be set out of sight.
struct MakeConditions {
    private struct Frame {
        /// Whether a branch so far is surely taken.
        var isSettled = false
        /// Whether a branch so far is taken where what is not known is empty.
        var isTaken = false
        var isSkipped = false
        var isLikely = false
    }

    private var frames: [Frame] = []
    private static let deepest = 64
    /// How many are open that are deeper than any honest one; nothing in them is sure.
    private var ignored = 0

    /// Whether make does not read the line.
    var isSkipped: Bool { frames.contains(where: \.isSkipped) }

    /// Where the line stands.
    var branch: MakeVariables.Branch {
        frames.isEmpty ? .always : .sometimes(isLikely: ignored == 0 && frames.allSatisfy(\.isLikely))
    }

    var isOpen: Bool { !frames.isEmpty }

    /// Takes a line if it is a conditional's; false where it is none.
    mutating func take(_ line: String, _ variables: MakeVariables) -> Bool {
        let line = MakeSyntax.withoutComment(line).trimmed
        let word = line.prefix { $0.isLetter }
        let rest = line.dropFirst(word.count)
        guard rest.first.map({ $0.isWhitespace || "(\"'".contains($0) }) ?? true else { return false }
        switch word {
        case "ifeq", "ifneq", "ifdef", "ifndef":
            guard frames.count < Self.deepest else {
                ignored += 1
                return true
            }
            frames.append(Frame())
            enter(String(word), String(rest).trimmed, variables)
        case "else":
            guard !frames.isEmpty, ignored == 0 else { return true }
            let condition = rest.drop(while: \.isWhitespace)
            let word = condition.prefix { $0.isLetter }
            enter(String(word), String(condition.dropFirst(word.count)).trimmed, variables)
        case "endif": if ignored > 0 { ignored -= 1 } else { _ = frames.popLast() }
        default: return false
        }
        return true
    }

    /// Enters the next branch of the innermost conditional; the last `else` has no word.
    private mutating func enter(_ word: String, _ text: String, _ variables: MakeVariables) {
        guard var frame = frames.last else { return }
        let (value, isKnown) =
            switch word {
            case "": (true, true)
            case "ifdef", "ifndef": Self.isSet(text, variables, isWanted: word == "ifdef")
            default: Self.areEqual(text, variables, isWanted: word != "ifneq")
            }
        frame.isSkipped = frame.isSettled || !value && isKnown
        frame.isLikely = value && !frame.isTaken
        frame.isTaken = frame.isTaken || value
        // Where an earlier branch may be taken, this one only may be.
        frame.isSettled = frame.isSettled || value && isKnown
        frames[frames.count - 1] = frame
    }

    private static func isSet(_ text: String, _ variables: MakeVariables, isWanted: Bool) -> (Bool, Bool) {
        let name = MakeText(text, in: variables, emptiesUnset: true, isImmediate: true)
        guard let value = variables.find(name.plain.trimmed) else { return (!isWanted, false) }
        return (!value.text.isEmpty == isWanted, name.isSure && value.isSure)
    }

    private static func areEqual(_ text: String, _ variables: MakeVariables, isWanted: Bool) -> (Bool, Bool) {
        guard let (left, right) = sides(text) else { return (isWanted, false) }
        let texts = [left, right].map {
            MakeText($0.trimmed, in: variables, emptiesUnset: true, isImmediate: true)
        }
        let isKnown = texts.allSatisfy { $0.isSure && !$0.text.contains("$") }
        return ((texts[0].plain.trimmed == texts[1].plain.trimmed) == isWanted, isKnown)
    }

    /// `(a,b)`, `"a" "b"`, `'a' 'b'`
    private static func sides(_ text: String) -> (String, String)? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count > 2 else { return nil }
        func string(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
        if first == UInt8(ascii: "("), last == UInt8(ascii: ")") {
            let parts = MakeSyntax.arguments(bytes[1..<(bytes.count - 1)], most: 2)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        guard first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
            let end = bytes.dropFirst().firstIndex(of: first)
        else { return nil }
        let rest = Array(string(bytes[(end + 1)...]).trimmed.utf8)
        guard let quote = rest.first, rest.count > 1, rest.last == quote else { return nil }
        return (string(bytes[1..<end]), string(rest[1..<(rest.count - 1)]))
    }
}
