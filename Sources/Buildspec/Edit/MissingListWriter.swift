/// Makes a list of commands where the file has none: in a phase without commands, or in a new phase `install`.
struct MissingListWriter {
    struct Edit {
        let offset: Int
        let text: String
        let phase: PhaseName
        let expected: YAMLNode
    }

    let command: String
    let root: YAMLNode
    let source: SourceText

    /// Two blanks a level, as nearly every buildspec has it; the file's own step is kept where it shows one.
    private var step: Int {
        guard let phases = root.pairs.first(where: { $0.key.text == "phases" }), let phase = phases.value.pairs.first
        else { return 2 }
        return max(phase.key.position.column - phases.key.position.column, 1)
    }

    func edit() throws -> Edit {
        guard let phases = root.pairs.first(where: { $0.key.text == "phases" }) else {
            throw Insertion.Uncertain("the file has no 'phases'")
        }
        let known = phases.value.pairs.compactMap { pair in pair.key.text.flatMap(PhaseName.init).map { ($0, pair) } }
        if let (name, phase) = known.min(by: { $0.0 < $1.0 }) { return try edit(name, phase) }
        guard phases.value.isNull else { throw Insertion.Uncertain("'phases' has no phase that this program knows") }
        let column = phases.key.position.column - 1
        let lines = [(column + step, "install:")] + commandLines(column + 2 * step)
        let expected = wrapped("install", wrapped("commands", list(at: phases.value.position)))
        return try edit(.install, after: phases, lines) { $0["phases"] = expected }
    }

    private func edit(_ name: PhaseName, _ phase: YAMLNode.Pair) throws -> Edit {
        let column = phase.key.position.column - 1
        let list = list(at: phase.value.position)
        guard !phase.value.isNull else {
            return try edit(name, after: phase, commandLines(column + step)) {
                $0["phases"]?[name.rawValue] = wrapped("commands", list)
            }
        }
        if let commands = phase.value.pairs.first(where: { $0.key.text == "commands" }) {
            return try edit(name, in: commands, list)
        }
        guard let first = phase.value.pairs.first, isBlock(first.key) else {
            throw Insertion.Uncertain("phase \(name.rawValue) is written in one line")
        }
        var expected = root
        expected["phases"]?[name.rawValue]?["commands"] = list
        return Edit(
            offset: source.lineRange(first.key.position.line).lowerBound,
            text: joined(commandLines(first.key.position.column - 1)) + source.lineEnd, phase: name, expected: expected)
    }

    /// `commands:` with nothing behind it, or with empty brackets.
    private func edit(_ name: PhaseName, in commands: YAMLNode.Pair, _ list: YAMLNode) throws -> Edit {
        if commands.value.isNull {
            let line = (commands.key.position.column - 1 + step, "- \(command)")
            return try edit(name, after: commands, [line]) { $0["phases"]?[name.rawValue]?["commands"] = list }
        }
        let offset = source.offset(of: commands.value.position)
        guard commands.value.items?.isEmpty == true, offset < source.bytes.count,
            source.bytes[offset] == UInt8(ascii: "[")
        else {
            throw Insertion.Uncertain("no item of the commands of phase \(name.rawValue) is a command")
        }
        let isJSON =
            source.offset(of: root.position) < source.bytes.count
            && source.bytes[source.offset(of: root.position)] == UInt8(ascii: "{")
        let value = ScalarWriter.write(command, style: isJSON ? .doubleQuoted : .singleQuoted, at: list.position)
        var expected = root
        expected["phases"]?[name.rawValue]?["commands"] = YAMLNode(.sequence([value.node]), at: list.position)
        return Edit(offset: offset + 1, text: value.written, phase: name, expected: expected)
    }

    /// Lines below the line of a key whose value is nothing at all.
    private func edit(
        _ name: PhaseName, after pair: YAMLNode.Pair, _ lines: [(Int, String)], change: (inout YAMLNode) -> Void
    ) throws -> Edit {
        guard pair.value.text == "", isBlock(pair.key) else {
            throw Insertion.Uncertain("'\(pair.key.text ?? "")' has a null as its value")
        }
        var expected = root
        change(&expected)
        let line = source.lineRange(pair.key.position.line)
        let endsFile = source.line(pair.key.position.line).endIndex == line.upperBound
        return Edit(
            offset: line.upperBound,
            text: endsFile ? source.lineEnd + joined(lines) : joined(lines) + source.lineEnd, phase: name,
            expected: expected)
    }

    private func commandLines(_ column: Int) -> [(Int, String)] {
        [(column, "commands:"), (column + step, "- \(command)")]
    }

    private func joined(_ lines: [(Int, String)]) -> String {
        lines.map { String(repeating: " ", count: $0) + $1 }.joined(separator: source.lineEnd)
    }

    private func isBlock(_ key: YAMLNode) -> Bool {
        source.line(key.position.line).prefix(key.position.column - 1).allSatisfy { $0 == 0x20 }
    }

    private func list(at position: Position) -> YAMLNode {
        YAMLNode(.sequence([YAMLNode(text: command, at: position)]), at: position)
    }

    private func wrapped(_ name: String, _ value: YAMLNode) -> YAMLNode {
        YAMLNode(
            .mapping([YAMLNode.Pair(key: YAMLNode(text: name, at: value.position), value: value)]), at: value.position)
    }
}
