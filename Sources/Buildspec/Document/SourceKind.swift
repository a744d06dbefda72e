internal import Core

/// What a file of a checkout is, as far as this program reads it.
public enum SourceKind: String, Sendable, Hashable, CaseIterable {
    /// A CodeBuild buildspec.
    case buildspec
    /// A Dockerfile or Containerfile.
    case dockerfile
    /// A compose file.
    case compose

    /// What the name alone says for certain; nil where the content must say it.
    public init?(path: String) { self.init(name: Self.lastPart(of: path)) }

    /// The same, of the last part of a path in lower case.
    private init?(name: String) {
        let isYAML = name.hasSuffix(".yml") || name.hasSuffix(".yaml")
        let isBuildspec = name.contains("buildspec") && (isYAML || name.hasSuffix(".json"))
        if DockerfileName(name) == .exact {
            self = .dockerfile
        } else if Self.composeNames.contains(name) || isYAML && !isBuildspec && name.hasPrefix("docker-compose") {
            self = .compose
        } else if isBuildspec {
            self = .buildspec
        } else {
            return nil
        }
    }

    /// What the file is by its name, else by its content; nil for anything else.
    public init?(path: String, text: String) {
        guard let kind = Self.kind(path: path, text: text, SourceText(text)).kind else { return nil }
        self = kind
    }

    /// The same, and the document where it had to be read for that.
    static func kind(path: String, text: String, _ source: SourceText) -> (kind: SourceKind?, root: YAMLNode?) {
        let name = lastPart(of: path)
        if let named = SourceKind(name: name) { return (named, nil) }
        if DockerfileName(name) == .certain { return (.dockerfile, nil) }
        if mayBeDockerfile(name), startsLikeDockerfile(text) { return (.dockerfile, nil) }
        if DockerfileName(name) == .likely { return (nil, nil) }
        if let root = try? YAMLReader.read(source, path: path, allowsRepeatedKeys: true) {
            return (kind(of: root, isComposeName: name.hasPrefix("compose")), root)
        }
        let isYAML = name.hasSuffix(".yml") || name.hasSuffix(".yaml") || !name.contains(".")
        // Broken, and to be refused as a buildspec.
        return (isYAML && hasTopMember("phases", in: text) ? .buildspec : nil, nil)
    }

    /// What a file that was found in a folder is. There a name like `dockerfile.snippets` says little: a file is a Dockerfile where
    /// it can be read as one, and only one that is called `Dockerfile` may be broken. Templates are passed over: what they pull is
    /// not known before they are filled.
    public init?(foundAt path: String, text: String) {
        guard let kind = Self.kind(foundAt: path, text: text, SourceText(text)).kind else { return nil }
        self = kind
    }

    /// The same, and the document where it had to be read for that.
    static func kind(foundAt path: String, text: String, _ source: SourceText) -> (kind: SourceKind?, root: YAMLNode?) {
        let found = kind(path: path, text: text, source)
        guard found.kind == .dockerfile else { return found }
        // `FROM {{base}}` can be read, and names nothing that docker would take.
        let file = try? Dockerfile(parsing: text, path: path)
        if let file, file.pulls().allSatisfy(\.image.isPlausible) { return found }
        let isTemplate = ["{{", "{%", "<%"].contains { text.contains($0) }
        return isTemplate || DockerfileName(lastPart(of: path)) != .exact ? (nil, nil) : found
    }

    /// Whether a file of this name in a folder is worth a look at its content.
    public static func isCandidate(_ path: String) -> Bool {
        let name = lastPart(of: path)
        return SourceKind(name: name) != nil || DockerfileName(name) != .none || name.hasSuffix(".yml")
            || name.hasSuffix(".yaml")
    }

    /// Whether a file of this name is read although it is not UTF-8, as BuildKit reads a Dockerfile.
    public static func mayHoldAnyBytes(_ path: String) -> Bool { DockerfileName(lastPart(of: path)) != .none }

    private static let composeNames: Set = [
        "compose.yml", "compose.yaml", "compose.override.yml", "compose.override.yaml",
    ]

    private static func lastPart(of path: String) -> String {
        var path = path
        let (name, isLower) = path.withUTF8 { path in
            let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
            let name = UnsafeBufferPointer(rebasing: path[start...])
            return (String(decoding: name, as: UTF8.self), name.allSatisfy { $0 < 0x80 && !ASCII.isUpper($0) })
        }
        return isLower ? name : name.lowercased()
    }

    private static func mayBeDockerfile(_ name: String) -> Bool {
        !name.contains(".") || DockerfileName(name) == .likely
    }

    private static func hasTopMember(_ name: String, in text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix(name + ":") }
    }

    private static func kind(of root: YAMLNode, isComposeName: Bool) -> SourceKind? {
        if isBuildspec(root) { return .buildspec }
        guard let services = root["services"], !services.pairs.isEmpty else { return nil }
        let isCompose = services.pairs.contains { $0.value["image"] != nil || $0.value["build"] != nil }
        return isCompose || isComposeName ? .compose : nil
    }

    /// Other tools have phases, too: Device Farm's test specs, Image Builder's components.
    private static func isBuildspec(_ root: YAMLNode) -> Bool {
        let version = root["version"]?.text?.trimmed
        guard version == nil || version.flatMap(BuildspecDocument.Version.init) != nil else { return false }
        let batches = ["build-list", "build-graph", "build-matrix", "build-fanout"]
        if version != nil, batches.contains(where: { root["batch"]?[$0] != nil }) { return true }
        guard case .mapping(let phases) = root["phases"]?.content, root["schemaVersion"] == nil else { return false }
        let known = phases.filter { phase in
            phase.key.text.flatMap(PhaseName.init) != nil && (phase.value.isNull || !phase.value.pairs.isEmpty)
        }
        return known.count * 2 > phases.count || phases.isEmpty
    }

    /// The first instruction of a Dockerfile is FROM or ARG.
    private static func startsLikeDockerfile(_ text: String) -> Bool {
        let lines = text.split(whereSeparator: \.isNewline).map(\.trimmed)
        guard let first = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }) else { return false }
        let words = first.split(whereSeparator: \.isWhitespace)
        guard words.count > 1, !words[1].hasPrefix("=") else { return false }
        return ["FROM", "ARG"].contains(words[0].uppercased())
            && lines.contains { $0.uppercased().hasPrefix("FROM ") }
    }
}
