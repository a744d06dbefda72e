/// A tree as XML elements: lists are `<member>` elements.
enum XMLTree {
    /// The name of a document's root, and what is in it; throws ``XMLError``.
    static func read(_ bytes: [UInt8]) throws(XMLError) -> (root: String, tree: TextTree) {
        struct Element {
            var name: String
            var text = ""
            var children: [(name: String, tree: TextTree)] = []

            var tree: TextTree {
                if children.isEmpty { return .text(text) }
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
                stack[stack.count - 1].children.append((element.name, element.tree))
            }
        }
        guard let root = stack[0].children.first else { throw XMLError(description: "no XML: no element") }
        return (root.name, root.tree)
    }

    /// The elements of a map, in the order of their names.
    static func text(_ tree: TextTree) -> String {
        switch tree {
        case .text(let text): escaped(text)
        case .list(let items): items.map { element("member", $0) }.joined()
        case .map(let members):
            members.sorted { $0.key < $1.key }.map { element($0.key, $0.value) }.joined()
        }
    }

    static func element(_ name: String, _ tree: TextTree) -> String { "<\(name)>\(text(tree))</\(name)>" }

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
