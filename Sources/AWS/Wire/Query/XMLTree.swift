/// A tree as XML elements: lists are `<member>` elements, or where they are flat, elements of one name beside the others.
enum XMLTree {
    /// The name of a document's root, and what is in it; throws ``XMLError``.
    static func read(_ bytes: [UInt8], flatLists: Bool = false) throws(XMLError) -> (root: String, tree: TextTree) {
        struct Element {
            var name: String
            var text = ""
            var children: [(name: String, tree: TextTree)] = []

            func tree(flatLists: Bool) -> TextTree {
                if children.isEmpty { return .text(text) }
                if flatLists {
                    let lists = Dictionary(grouping: children, by: \.name)
                    return .map(lists.mapValues { $0.count == 1 ? $0[0].tree : .list($0.map(\.tree)) })
                }
                if children.allSatisfy({ $0.name == "member" }) { return .list(children.map(\.tree)) }
                return .map(Dictionary(children.map { ($0.name, $0.tree) }, uniquingKeysWith: { first, _ in first }))
            }
        }
        var reader = XMLReader(bytes)
        var stack: [Element] = [Element(name: "")]
        while let event = try reader.next() {
            switch event {
            case .start(let name): stack.append(Element(name: name))
            case .text(let text): stack[stack.count - 1].text += text
            case .end:
                let element = stack.removeLast()
                stack[stack.count - 1].children.append((element.name, element.tree(flatLists: flatLists)))
            }
        }
        guard let root = stack[0].children.first else { throw XMLError(description: "no XML: no element") }
        return (root.name, root.tree)
    }

    /// The elements of a map, in the order of their names.
    static func text(_ tree: TextTree, flatLists: Bool = false) -> String {
        switch tree {
        case .text(let text): escaped(text)
        case .list(let items): items.map { element("member", $0) }.joined()
        case .map(let members):
            members.sorted { $0.key < $1.key }.map { name, tree in
                guard flatLists, case .list(let items) = tree else { return element(name, tree, flatLists: flatLists) }
                return items.map { element(name, $0, flatLists: true) }.joined()
            }.joined()
        }
    }

    static func element(_ name: String, _ tree: TextTree, flatLists: Bool = false) -> String {
        "<\(name)>\(text(tree, flatLists: flatLists))</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\r": out += "&#xD;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
