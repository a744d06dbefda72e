/// YAML's merge keys (YAML 1.1, type `!!merge`), and members that may be one or several.
extension YAMLNode {
    /// The members with those of `<<` behind them, where they are not overridden.
    var mergedPairs: [Pair] {
        var result = pairs.filter { $0.key.text != "<<" }
        for merge in pairs where merge.key.text == "<<" {
            for source in merge.value.items ?? [merge.value] {
                let names = Set(result.map(\.key))
                result += source.mergedPairs.filter { !names.contains($0.key) }
            }
        }
        return result
    }

    /// A mapping's member, its own or a merged one.
    func merged(_ key: String) -> YAMLNode? { mergedPairs.first { $0.key.text == key }?.value }

    /// The texts of a member that is one text, or a list of them.
    var texts: [String] { text.map { isNull ? [] : [$0] } ?? items?.compactMap(\.text) ?? [] }
}
