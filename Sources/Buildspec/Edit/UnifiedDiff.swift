/// The difference of two texts as `diff -u` prints it, for people and for `patch`.
public struct UnifiedDiff: Sendable {
    private enum Change { case same, removed, added }

    /// The diff with its header lines; empty where the texts are equal.
    public let text: String

    /// Compares `old` and `new` line by line. `context` is the number of equal lines around a change. Line ends count.
    public init(from old: String, to new: String, oldName: String, newName: String, context: Int = 3) {
        let changes = Self.changes(Self.lines(old), Self.lines(new))
        guard changes.contains(where: { $0.0 != .same }) else {
            text = ""
            return
        }
        var out = "--- \(oldName)\n+++ \(newName)\n"
        for hunk in Self.hunks(changes, context: context) { out += Self.write(changes, hunk) }
        text = out
    }

    private static func write(_ changes: [(Change, String)], _ hunk: Range<Int>) -> String {
        func start(_ skipped: Change, _ length: Int) -> Int {
            changes[..<hunk.lowerBound].count { $0.0 != skipped } + (length == 0 ? 0 : 1)
        }
        let (oldLength, newLength) = (changes[hunk].count { $0.0 != .added }, changes[hunk].count { $0.0 != .removed })
        var out = "@@ -\(start(.added, oldLength)),\(oldLength) +\(start(.removed, newLength)),\(newLength) @@\n"
        for (change, line) in changes[hunk] {
            out += (change == .same ? " " : change == .added ? "+" : "-") + line
            if line.utf8.last != 0x0A { out += "\n\\ No newline at end of file\n" }
        }
        return out
    }

    /// Lines with their line ends.
    private static func lines(_ text: String) -> [String] {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self) + "\n"
        }
        guard let last = lines.popLast() else { return [] }
        if last != "\n" { lines.append(String(decoding: last.utf8.dropLast(), as: UTF8.self)) }
        return lines
    }

    private static func changes(_ old: [String], _ new: [String]) -> [(Change, String)] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var added: [Int: String] = [:]
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): added[offset] = line
            }
        }
        var changes: [(Change, String)] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                changes.append((.removed, old[i]))
                i += 1
            } else if let line = added[j] {
                changes.append((.added, line))
                j += 1
            } else {
                changes.append((.same, old[i]))
                (i, j) = (i + 1, j + 1)
            }
        }
        return changes
    }

    private static func hunks(_ changes: [(Change, String)], context: Int) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for index in changes.indices where changes[index].0 != .same {
            let range = max(index - context, 0)..<min(index + context + 1, changes.count)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }
}
