internal import Core
internal import HTTP

/// A tree as the fields of a form: `Tags.member.1.Key=a` (smithy.io, "AWS Query protocol").
enum FormFields {
    /// The fields, percent-encoded, in the order of their names; an empty list is its name with nothing behind it.
    static func text(_ tree: TextTree) -> String {
        var fields: [String] = []
        func add(_ tree: TextTree, _ path: String) {
            let prefix = path.isEmpty ? "" : path + "."
            switch tree {
            case .text(let text): fields.append("\(PercentEncoding.encode(path))=\(PercentEncoding.encode(text))")
            case .list(let items) where items.isEmpty: fields.append("\(PercentEncoding.encode(path))=")
            case .list(let items): for (index, item) in items.enumerated() { add(item, "\(prefix)member.\(index + 1)") }
            case .map(let members):
                for (name, member) in members.sorted(by: { $0.key < $1.key }) { add(member, prefix + name) }
            }
        }
        add(tree, "")
        return fields.joined(separator: "&")
    }

    /// The tree of a form's fields; a map of numbers below `member` is a list.
    static func tree(_ text: String) -> TextTree {
        var root = Branch()
        for (name, value) in URLText.queryPairs(text) { root.set(name.split(separator: ".")[...], value) }
        return root.tree
    }

    private struct Branch {
        var text: String?
        var below: [String: Branch] = [:]

        mutating func set(_ path: ArraySlice<Substring>, _ value: String) {
            guard let name = path.first else { return text = value }
            below[String(name), default: Branch()].set(path.dropFirst(), value)
        }

        var tree: TextTree {
            if below.isEmpty, let text { return .text(text) }
            if below.count == 1, let items = below["member"]?.below, !items.isEmpty {
                let numbered = items.compactMap { item in Int(item.key).map { ($0, item.value.tree) } }
                if numbered.count == items.count { return .list(numbered.sorted { $0.0 < $1.0 }.map(\.1)) }
            }
            return .map(below.mapValues(\.tree))
        }
    }
}
