/// One insertion into a buildspec's text, and the document that it must lead to.
struct Insertion {
    /// Why no place in the text is certain.
    struct Uncertain: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// Where, in bytes after a byte-order mark.
    let offset: Int
    /// What.
    let text: String
    /// In which phase.
    let phase: PhaseName
    /// The document after it.
    let expected: YAMLNode

    init(_ command: String, at place: LoginPlace, of root: YAMLNode, in source: SourceText) throws {
        if let key = Self.repeatedKey(in: root) { throw Uncertain("\(key.position): \(key)") }
        switch place {
        case .before(let target):
            guard let list = root["phases"]?[target.phase.rawValue]?[target.list.rawValue] else {
                throw Uncertain("phase \(target.phase.rawValue) takes its commands from an alias")
            }
            let writer = ListWriter(command: command, list: list, root: root, source: source)
            let edit = try writer.edit(at: target)
            var expected = root
            expected["phases"]?[target.phase.rawValue]?[target.list.rawValue] = edit.list
            (offset, text, phase, self.expected) = (edit.offset, edit.text, target.phase, expected)
        case .create:
            let edit = try MissingListWriter(command: command, root: root, source: source).edit()
            (offset, text, phase, expected) = (edit.offset, edit.text, edit.phase, edit.expected)
        case .alreadyThere:
            throw Uncertain("there is a login already")
        }
    }

    /// One that leaves open which commands run.
    private static func repeatedKey(in root: YAMLNode) -> YAMLNode.RepeatedKey? {
        let phases = root["phases"]
        return root.repeatedKeys.first { $0.name == "phases" } ?? phases?.repeatedKeys.first
            ?? phases?.pairs.lazy.compactMap {
                $0.value.repeatedKeys.first { ["commands", "finally"].contains($0.name) }
            }.first
    }
}
