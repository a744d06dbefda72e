/// One build of a batch (batch-build-buildspec): of `build-list`, `build-graph`, `build-matrix` or `build-fanout`.
public struct BatchBuild: Sendable, Hashable {
    /// Its name; of a matrix, none.
    public internal(set) var identifier: String?
    /// The buildspec that it runs in place of this one: a path from the checkout's root.
    public internal(set) var buildspec: Located<String>?
    /// The image that it runs in, in place of the project's.
    public internal(set) var image: Located<String>?
    /// Its variables, over those of the buildspec.
    public internal(set) var variables: [String: String] = [:]

    /// More builds of one matrix than these are not told apart.
    private static let most = 64

    static func all(_ batch: YAMLNode?) -> [BatchBuild] {
        guard let batch else { return [] }
        var builds: [BatchBuild] = []
        for name in ["build-list", "build-graph"] {
            builds += (batch[name]?.items ?? []).filter { !$0.pairs.isEmpty }.map { BatchBuild($0) }
        }
        if let matrix = batch["build-matrix"] { builds += Self.matrix(matrix) }
        if let fanout = batch["build-fanout"], !fanout.isNull { builds.append(BatchBuild(fanout)) }
        return builds
    }

    private init(_ node: YAMLNode) {
        identifier = node["identifier"]?.text
        take(node)
    }

    private mutating func take(_ node: YAMLNode) {
        buildspec = Self.located(node["buildspec"]) ?? buildspec
        image = Self.located(node["env"]?["image"]) ?? image
        for pair in node["env"]?["variables"]?.pairs ?? [] {
            if let name = pair.key.text { variables[name] = pair.value.text }
        }
    }

    /// Each value of each dynamic member with each of the others.
    private static func matrix(_ matrix: YAMLNode) -> [BatchBuild] {
        var builds = [BatchBuild(matrix["static"] ?? matrix)]
        guard let dynamic = matrix["dynamic"] else { return builds }
        func vary(_ node: YAMLNode?, _ set: (inout BatchBuild, YAMLNode) -> Void) {
            let values = node.map { $0.items ?? [$0] }?.filter { $0.text != nil } ?? []
            guard !values.isEmpty, builds.count * values.count <= most else { return }
            builds = builds.flatMap { build in
                values.map { value in
                    var build = build
                    set(&build, value)
                    return build
                }
            }
        }
        vary(dynamic["buildspec"]) { $0.buildspec = located($1) }
        vary(dynamic["env"]?["image"]) { $0.image = located($1) }
        for pair in dynamic["env"]?["variables"]?.pairs ?? [] {
            guard let name = pair.key.text else { continue }
            vary(pair.value) { $0.variables[name] = $1.text }
        }
        return builds
    }

    private static func located(_ node: YAMLNode?) -> Located<String>? {
        guard let node, let text = node.text, !node.isNull, !text.isEmpty else { return nil }
        return Located(text, at: node.position)
    }
}
