internal import Core

/// Puts a command into a list of commands that has some, in the list's own style.
struct ListWriter {
    struct Edit {
        let offset: Int
        let text: String
        /// The list afterwards.
        let list: YAMLNode
    }

    let command: String
    let list: YAMLNode
    let root: YAMLNode
    let source: SourceText

    func edit(at target: LoginPlace.Target) throws -> Edit {
        if let inside = target.inside { return try editInside(target, at: inside) }
        guard let items = list.items else { return try editScalar() }
        guard items.indices.contains(target.command.index) else {
            throw Insertion.Uncertain("the list has no such item")
        }
        let start = firstOfItems
        switch byte(at: start) {
        case UInt8(ascii: "-"): return try editBlock(items, at: target.command.index, dash: start)
        case UInt8(ascii: "["): return editFlow(items, at: target.command.index)
        default: throw Insertion.Uncertain("the list is written in an unusual way")
        }
    }

    /// The offset of the list's first dash or of its bracket, behind an anchor or a tag.
    private var firstOfItems: Int {
        var index = source.offset(of: list.position)
        while let byte = byte(at: index) {
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                while let next = self.byte(at: index), !isBlank(next) { index += 1 }
            case UInt8(ascii: "#"): while let next = self.byte(at: index), next != 0x0A, next != 0x0D { index += 1 }
            case _ where isBlank(byte): index += 1
            default: return index
            }
        }
        return index
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// A line of its own, with the dash under the other dashes, above the comments that belong to the item below.
    private func editBlock(_ items: [YAMLNode], at index: Int, dash: Int) throws -> Edit {
        let item = items[index]
        let indent = source.bytes[..<dash].reversed().prefix { $0 != 0x0A && $0 != 0x0D }.count
        guard let number = dashLine(of: item, indent: indent) else {
            throw Insertion.Uncertain("item \(index) does not begin on a line of its own")
        }
        // A dash alone on its line shows no gap; those of other items do.
        let line = source.line(number)
        let gap = line.dropFirst(indent + 1).prefix { $0 == 0x20 || $0 == 0x09 }
        let value = scalar(like: item)
        let dash =
            String(repeating: " ", count: indent) + "-" + String(decoding: gap.isEmpty ? [0x20] : gap, as: UTF8.self)
        return Edit(
            offset: source.lineRange(firstCommentLine(above: number, indent: indent)).lowerBound,
            text: dash + value.written + source.lineEnd(of: number), list: inserting(value.node, at: index))
    }

    /// The line of an item's dash: its own, or one above with nothing but blank lines and comments between.
    private func dashLine(of item: YAMLNode, indent: Int) -> Int? {
        for number in stride(from: item.position.line, to: 0, by: -1) {
            let line = source.line(number)
            let rest = line.dropFirst(indent)
            let isDash = line.prefix(indent).allSatisfy { $0 == 0x20 } && rest.first == UInt8(ascii: "-")
            if number == item.position.line, isDash { return number }
            let text = (isDash ? rest.dropFirst() : line).drop { $0 == 0x20 || $0 == 0x09 }
            let isEmpty = text.isEmpty || text.first == UInt8(ascii: "#")
            if isDash { return isEmpty ? number : nil }
            guard isEmpty || number == item.position.line else { return nil }
        }
        return nil
    }

    private func firstCommentLine(above number: Int, indent: Int) -> Int {
        var first = number
        while first > 1 {
            let line = source.line(first - 1)
            let isComment =
                line.count > indent && line.prefix(indent).allSatisfy { $0 == 0x20 }
                && line[line.startIndex + indent] == UInt8(ascii: "#")
            guard isComment else { break }
            first -= 1
        }
        return first
    }

    /// An item before another between brackets; on its own line where the other one has its own.
    private func editFlow(_ items: [YAMLNode], at index: Int) -> Edit {
        let item = items[index]
        let offset = source.offset(of: item.position)
        let lead = source.bytes[source.lineRange(item.position.line).lowerBound..<offset]
        let isAlone = lead.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        let value = scalar(like: item, inFlow: true)
        // `["a","b"]` stays as narrow as it is.
        let isNarrow =
            index + 1 < items.count
            ? byte(at: source.offset(of: items[index + 1].position) - 1) == UInt8(ascii: ",")
            : byte(at: source.offset(of: list.position) - 1) == UInt8(ascii: ":")
        let gap = isAlone ? source.lineEnd + String(decoding: lead, as: UTF8.self) : isNarrow ? "" : " "
        return Edit(offset: offset, text: value.written + "," + gap, list: inserting(value.node, at: index))
    }

    /// A command that stands alone, without a list: it becomes the second item of one.
    private func editScalar() throws -> Edit {
        guard !isFlow(root), let key = key(of: list) else {
            throw Insertion.Uncertain("the commands are one text, which would have to become a list")
        }
        let start = source.offset(of: key.position)
        let name = Array((key.text ?? "").utf8)
        guard source.bytes[start...].starts(with: name + [UInt8(ascii: ":")]) else {
            throw Insertion.Uncertain("the key of the commands is written in an unusual way")
        }
        let value = scalar(like: nil)
        let dash = source.lineEnd + String(repeating: " ", count: key.position.column - 1) + "-"
        return Edit(
            offset: start + name.count + 1, text: dash + " " + value.written + dash,
            list: YAMLNode(.sequence([value.node, list]), at: list.position))
    }

    private func inserting(_ node: YAMLNode, at index: Int) -> YAMLNode {
        var items = list.items ?? []
        items.insert(node, at: index)
        return YAMLNode(.sequence(items), at: list.position)
    }

    /// The command as a scalar that fits its neighbour's quotes.
    private func scalar(like neighbour: YAMLNode?, inFlow: Bool = false) -> (written: String, node: YAMLNode) {
        var style = YAMLNode.Style.plain
        if case .scalar(_, let own) = neighbour?.content, own == .singleQuoted || own == .doubleQuoted {
            style = .singleQuoted
        }
        if inFlow { style = isFlow(root) ? .doubleQuoted : .singleQuoted }
        return ScalarWriter.write(command, style: style, at: list.position)
    }

    private func isFlow(_ node: YAMLNode) -> Bool { byte(at: source.offset(of: node.position)) == UInt8(ascii: "{") }

    private func byte(at offset: Int) -> UInt8? { offset < source.bytes.count ? source.bytes[offset] : nil }

    private func key(of value: YAMLNode) -> YAMLNode? {
        let phases = root["phases"]?.pairs.flatMap(\.value.pairs) ?? []
        return phases.first { $0.value.position == value.position && $0.key.position < value.position }?.key
    }
}

/// Writes a text as a YAML scalar.
enum ScalarWriter {
    static func write(_ text: String, style: YAMLNode.Style, at position: Position) -> (written: String, node: YAMLNode)
    {
        let written =
            switch style {
            case .doubleQuoted: JSON.string(text).text()
            case .singleQuoted:
                "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
            case .plain, .literal, .folded: text
            }
        return (written, YAMLNode(.scalar(text, style), at: position))
    }
}
