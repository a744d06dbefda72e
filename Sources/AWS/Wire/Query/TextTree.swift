/// What AWS Query can say: texts, lists and maps of texts. Both of its halves, the form that goes out and the XML that comes back, are this tree.
indirect enum TextTree: Hashable, Sendable {
    case text(String)
    case list([TextTree])
    case map([String: TextTree])

    subscript(name: String) -> TextTree? {
        if case .map(let members) = self { members[name] } else { nil }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
