/// A change of a file that puts one finding right: bytes of the file in place of others.
public struct LintRepair: Sendable, Hashable, Codable {
    /// Where, in bytes after a byte-order mark.
    let offset: Int
    /// How many bytes go.
    let count: Int
    /// What comes for them.
    let replacement: String

    init(_ range: Range<Int>, _ replacement: String) {
        (offset, count, self.replacement) = (range.lowerBound, range.count, replacement)
    }

    func applied(to source: SourceText) -> String {
        source.replacing(offset..<offset + count, by: replacement)
    }
}

extension LintSubject {
    /// A repair that gives an item of a phase's list another text; nil where the changed file would not read as the old one with
    /// that text and nothing else.
    func repair(_ item: YAMLNode, to text: String, style: YAMLNode.Style, in range: Range<Int>, by written: String)
        -> LintRepair?
    {
        guard findsRepairs else { return nil }
        let repair = LintRepair(range, written)
        let expected = root?.replacing(at: item.position, by: YAMLNode(.scalar(text, style), at: item.position))
        let changed = SourceText(repair.applied(to: source))
        guard let expected, expected != root,
            let again = try? YAMLReader.read(changed, path: "", allowsRepeatedKeys: true), again == expected
        else { return nil }
        return repair
    }

    /// A repair that gives a shell command other words. `edit` gets its words as they are written, and whether
    /// another command's output is its input, and returns the new command.
    func repair(_ command: Command, _ edit: (_ words: WrittenWords, _ isFed: Bool) -> String?) -> LintRepair? {
        // A wrapper that nobody knows may run it twice, or have another use for its input.
        let wrappers = command.shell.words.dropLast(command.program.words.count).map(\.text)
        guard findsRepairs, command.program.dockerAction() != nil, !wrappers.contains("xargs") else { return nil }
        guard let item = root?.item(at: command.item), let text = item.text else { return nil }
        let all = Array(text.utf8)
        guard all.indices.contains(command.shell.offset), let words = WrittenWords(all[command.shell.offset...]),
            let new = edit(words, feeder(of: command) != nil)
        else { return nil }
        // Only a command that stands in the file as the shell gets it can be changed there.
        let start = source.offset(of: command.position)
        let range = start..<start + words.bytes.count
        guard range.upperBound <= source.bytes.count, source.bytes[range].elementsEqual(words.bytes) else { return nil }
        let edited =
            all[..<words.bytes.startIndex] + Array(new.utf8) + all[words.bytes.endIndex...]
        let written = item.style == .doubleQuoted ? new.replacing("\"", with: "\\\"") : new
        return repair(
            item, to: String(decoding: edited, as: UTF8.self), style: item.style, in: range, by: written)
    }
}

extension YAMLNode {
    /// The document with another node where one begins; the outermost of those that begin there.
    fileprivate func replacing(at position: Position, by node: YAMLNode) -> YAMLNode {
        if self.position == position { return node }
        let content: Content =
            switch self.content {
            case .scalar: self.content
            case .sequence(let items): .sequence(items.map { $0.replacing(at: position, by: node) })
            case .mapping(let pairs):
                .mapping(pairs.map { Pair(key: $0.key, value: $0.value.replacing(at: position, by: node)) })
            }
        return YAMLNode(content, at: self.position, repeatedKeys: repeatedKeys)
    }

    /// The item of a list of commands that begins at a place.
    func item(at position: Position) -> YAMLNode? {
        let lists = self["phases"]?.pairs.flatMap { [$0.value["commands"], $0.value["finally"]] } ?? []
        return lists.lazy.compactMap(\.self).flatMap { $0.items ?? [$0] }.first { $0.position == position }
    }
}
