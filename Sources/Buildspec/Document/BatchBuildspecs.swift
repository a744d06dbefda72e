extension YAMLNode {
    /// The paths that a `batch` member names as the buildspecs of its builds (build-spec-ref, batch: build-list, build-graph,
    /// build-matrix and build-fanout), in the order of the file.
    var namedBuildspecs: [Located<String>] {
        pairs.flatMap { pair -> [Located<String>] in
            guard pair.key.text == "buildspec" else { return pair.value.namedBuildspecs }
            return (pair.value.items ?? [pair.value]).compactMap { item in
                item.text.map { Located($0, at: item.position) }
            }
        } + (items ?? []).flatMap(\.namedBuildspecs)
    }
}

extension BuildspecDocument {
    /// The paths of the other buildspecs that the batch of a text runs, each once; none for a text without a batch.
    public func batchBuildspecs(in text: String) -> [String] {
        guard otherMembers["batch"] != nil,
            let batch = (try? YAMLReader.read(SourceText(text), path: "", allowsRepeatedKeys: true))?["batch"]
        else { return [] }
        var paths: [String] = []
        for path in batch.namedBuildspecs where !path.value.contains("\n") && !paths.contains(path.value) {
            paths.append(path.value)
        }
        return paths
    }
}
