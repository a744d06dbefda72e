internal import Core

/// What a file of a checkout is, as far as this program reads it.
public enum SourceKind: String, Sendable, Hashable, CaseIterable {
    /// A CodeBuild buildspec.
    case buildspec
    /// A Dockerfile or Containerfile.
    case dockerfile
    /// A compose file.
    case compose

    /// What the name alone says; nil where it says nothing. Such a file is still known by its content.
    public init?(path: String) {
        let name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
        let isYAML = name.hasSuffix(".yml") || name.hasSuffix(".yaml")
        let isBuildspec = name.contains("buildspec") && (isYAML || name.hasSuffix(".json"))
        if Self.isDockerfile(name) {
            self = .dockerfile
        } else if isYAML, !isBuildspec,
            name.hasPrefix("docker-compose") || name.hasPrefix("compose.") || name.hasPrefix("compose-")
        {
            self = .compose
        } else if isBuildspec {
            self = .buildspec
        } else {
            return nil
        }
    }

    /// What the file is by its name, else by its content; nil for anything else.
    public init?(path: String, text: String) {
        if let named = SourceKind(path: path) {
            self = named
        } else if let root = try? YAMLReader.read(SourceText(text), path: path), let kind = Self.kind(of: root) {
            self = kind
        } else if Self.hasTopMember("phases", in: text) {
            self = .buildspec  // broken, and to be refused as one
        } else if path.split(separator: "/").last?.contains(".") != true, Self.startsLikeDockerfile(text) {
            self = .dockerfile
        } else {
            return nil
        }
    }

    private static func hasTopMember(_ name: String, in text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix(name + ":") }
    }

    private static func isDockerfile(_ name: String) -> Bool {
        let others = [
            ".dockerignore", ".md", ".sh", ".py", ".go", ".js", ".ts", ".yml", ".yaml", ".json", ".html", ".rb",
        ]
        return (name.contains("dockerfile") || name.contains("containerfile"))
            && !others.contains { name.hasSuffix($0) }
    }

    private static func kind(of root: YAMLNode) -> SourceKind? {
        let keys = Set(root.pairs.compactMap(\.key.text))
        if keys.contains("phases") || keys.contains("version") && keys.contains("batch") { return .buildspec }
        let services = root["services"]?.pairs ?? []
        let isCompose = services.contains { $0.value["image"] != nil || $0.value["build"] != nil }
        return isCompose ? .compose : nil
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
