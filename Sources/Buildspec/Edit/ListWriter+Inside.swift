/// Lines inside a literal block (`|`), for a command that starts the daemon and uses it.
extension ListWriter {
    private static let continuations = ["&&", "||", "|", "\\", "("]

    /// A line before the docker action, within its command.
    func editInside(_ target: LoginPlace.Target, at offset: Int) throws -> Edit {
        let item = list.items.map { $0[target.command.index] } ?? list
        guard case .scalar(let text, .literal) = item.content, target.isTopLevel else {
            throw Insertion.Uncertain("one command both prepares docker and uses it")
        }
        let before = Array(text.utf8.prefix(offset))
        let index = before.count { $0 == 0x0A }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let number = item.position.line + 1 + index
        let blanks = lines[index].prefix { $0 == " " }
        let previous = lines[..<index].last { !$0.allSatisfy(\.isWhitespace) } ?? ""
        let lead = before.reversed().prefix { $0 != 0x0A }
        guard lead.allSatisfy({ $0 == 0x20 }), source.lineText(number).hasSuffix(lines[index]),
            !Self.continuations.contains(where: { previous.hasSuffix($0) })
        else { throw Insertion.Uncertain("one command both prepares docker and uses it") }

        let indent = source.lineText(number).prefix { $0 == " " }
        lines.insert(blanks + command, at: index)
        let edited = YAMLNode(.scalar(lines.joined(separator: "\n"), .literal), at: item.position)
        var items = list.items ?? []
        if !items.isEmpty { items[target.command.index] = edited }
        return Edit(
            offset: source.lineRange(number).lowerBound, text: indent + command + source.lineEnd,
            list: list.items == nil ? edited : YAMLNode(.sequence(items), at: list.position))
    }
}
