/// The check of members that are not read further.
extension DocumentReader {
    /// Compares a value with its shape; a value that is not there fits every shape.
    mutating func check(_ node: YAMLNode, against shape: MemberShape, at path: @autoclosure () -> String) {
        guard !node.isNull else { return }
        switch shape {
        case .text: checkText(node, at: path())
        case .word(let words):
            guard checkText(node, at: path()), let text = node.text, !words.contains(text.uppercased()) else { return }
            note(.warning, node.position, path(), "CodeBuild knows \(words.sorted().joined(separator: ", ")) here")
        case .texts:
            for (index, item) in (node.items ?? [node]).enumerated() {
                if !item.isNull { checkText(item, at: node.items == nil ? path() : "\(path())[\(index)]") }
            }
        case .members(let shapes, let needed): checkMembers(node, shapes, needed, at: path())
        case .named(let shape):
            guard expectMapping(node, at: path()) else { return }
            noteRepeats(in: node, at: path())
            for pair in merged(node.pairs) {
                check(pair.value, against: shape, at: "\(path()).\(pair.key.text ?? "?")")
            }
        case .list(let shape):
            guard let items = node.items else {
                return note(.error, node.position, path(), "CodeBuild expects a list here")
            }
            for (index, item) in items.enumerated() { check(item, against: shape, at: "\(path())[\(index)]") }
        }
    }

    @discardableResult
    private mutating func checkText(_ node: YAMLNode, at path: @autoclosure () -> String) -> Bool {
        if node.text != nil { return true }
        note(
            .error, node.position, path(),
            "CodeBuild expects a text here and finds a \(node.items == nil ? "map" : "list")")
        return false
    }

    private mutating func expectMapping(_ node: YAMLNode, at path: @autoclosure () -> String) -> Bool {
        if case .mapping = node.content { return true }
        note(.error, node.position, path(), "CodeBuild expects names and values here")
        return false
    }

    private mutating func checkMembers(
        _ node: YAMLNode, _ shapes: [String: MemberShape], _ needed: [String], at path: @autoclosure () -> String
    ) {
        let found = members(of: node, at: path(), isKnown: { shapes[$0] != nil }, known: shapes.keys)
        for pair in found {
            guard let name = pair.key.text, let shape = shapes[name] else { continue }
            check(pair.value, against: shape, at: "\(path()).\(name)")
        }
        guard case .mapping = node.content else { return }
        for name in needed where !found.contains(where: { $0.key.text == name }) {
            note(.error, node.position, path(), "CodeBuild needs '\(name)' here")
        }
    }
}
