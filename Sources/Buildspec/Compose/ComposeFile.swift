internal import Core

/// A compose file as far as pulls go (Compose Specification: services, build, extends, include, profiles). Texts stand as they
/// were written, with their variables.
public struct ComposeFile: Sendable, Hashable {
    /// `build` of a service.
    struct Build: Sendable, Hashable {
        var context: String?
        var dockerfile: String?
        var inline: String?
        var arguments: [String: String?] = [:]
        var target: String?
        var position: Position
        /// `additional_contexts`
        var contexts: [String: String] = [:]
    }

    /// `extends` of a service.
    struct Extension: Sendable, Hashable {
        let service: String
        let file: String?
    }

    /// A service.
    struct Service: Sendable, Hashable {
        let name: String
        let position: Position
        var image: Located<String>?
        var build: Build?
        var extends: Extension?
        var profiles: [String] = []
        var needs: [String] = []
        var pullPolicy: String?
    }

    private(set) var services: [Service] = []
    /// The files of `include`.
    private(set) var includes: [String] = []

    /// Reads a compose file. Throws `invalidInput` with line and column: for broken YAML, and for a file without services.
    public init(parsing text: String, path: String) throws {
        let source = SourceText(text)
        guard let root = try YAMLReader.read(source, path: path), case .mapping = root.content else {
            throw YAMLReader.refusal(
                "this is no compose file: it has no members", at: Position(line: 1, column: 1), source, path: path)
        }
        // Version 1 of the format had its services at the top.
        let known: Set = ["services", "include", "version", "name", "volumes", "networks", "secrets", "configs"]
        let isFirstVersion = !root.pairs.contains { $0.key.text.map(known.contains) ?? false }
        let list = isFirstVersion ? root : root["services"]
        if isFirstVersion, !root.pairs.contains(where: { $0.value["image"] != nil || $0.value["build"] != nil }) {
            throw YAMLReader.refusal(
                "this is no compose file: it has no 'services'", at: root.position, source, path: path)
        }
        if let list, !list.isNull {
            guard case .mapping = list.content else {
                throw YAMLReader.refusal("'services' must be a mapping", at: list.position, source, path: path)
            }
            services = list.mergedPairs.compactMap { pair in
                pair.key.text.flatMap { $0.hasPrefix("x-") ? nil : Service($0, pair.value, at: pair.key.position) }
            }
        }
        includes = (root["include"]?.items ?? []).flatMap { item in
            item.text.map { [$0] } ?? item["path"]?.text.map { [$0] } ?? item["path"]?.items?.compactMap(\.text) ?? []
        }
    }
}

extension ComposeFile.Service {
    fileprivate init?(_ name: String, _ node: YAMLNode, at position: Position) {
        guard case .mapping = node.content else { return nil }
        self.init(name: name, position: position)
        for pair in node.mergedPairs {
            let value = pair.value
            switch pair.key.text {
            case "image": image = value.isNull ? nil : value.text.map { Located($0, at: value.position) }
            case "build": build = ComposeFile.Build(value, at: pair.key.position)
            case "extends":
                extends = (value.text ?? value["service"]?.text).map {
                    ComposeFile.Extension(service: $0, file: value["file"]?.text)
                }
            case "profiles": profiles = value.items?.compactMap(\.text) ?? []
            case "depends_on", "links":
                let names = value.items?.compactMap(\.text) ?? value.pairs.compactMap(\.key.text)
                needs += names.map { String($0.prefix { $0 != ":" }) }
            case "pull_policy": pullPolicy = value.text
            default: continue
            }
        }
    }

    /// This service with what a later file, or a service that extends it, says otherwise.
    func overridden(by other: ComposeFile.Service) -> ComposeFile.Service {
        var result = ComposeFile.Service(name: other.name, position: other.position)
        result.image = other.image ?? image
        result.build = build.map { own in other.build.map(own.overridden) ?? own } ?? other.build
        result.extends = other.extends
        result.profiles = other.profiles.isEmpty ? profiles : other.profiles
        result.needs = needs + other.needs
        result.pullPolicy = other.pullPolicy ?? pullPolicy
        return result
    }
}

extension ComposeFile.Build {
    fileprivate init?(_ node: YAMLNode, at position: Position) {
        if let context = node.text {
            guard !node.isNull else { return nil }
            self.init(context: context, position: position)
            return
        }
        self.init(context: node["context"]?.text, position: position)
        for pair in node.mergedPairs {
            switch pair.key.text {
            case "dockerfile": dockerfile = pair.value.text
            case "dockerfile_inline": inline = pair.value.text
            case "target": target = pair.value.text
            case "additional_contexts":
                for item in pair.value.items?.compactMap(\.text) ?? [] {
                    let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
                    if parts.count == 2 { contexts[parts[0]] = parts[1] }
                }
                for item in pair.value.pairs {
                    if let name = item.key.text, let value = item.value.text { contexts[name] = value }
                }
            case "args":
                for item in pair.value.items?.compactMap(\.text) ?? [] {
                    let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                        String.init)
                    arguments[parts[0]] = .some(parts.count > 1 ? parts[1] : nil)
                }
                for item in pair.value.pairs {
                    if let name = item.key.text { arguments[name] = .some(item.value.isNull ? nil : item.value.text) }
                }
            default: continue
            }
        }
    }

    fileprivate func overridden(by other: ComposeFile.Build) -> ComposeFile.Build {
        ComposeFile.Build(
            context: other.context ?? context, dockerfile: other.dockerfile ?? dockerfile,
            inline: other.inline ?? inline,
            arguments: arguments.merging(other.arguments) { $1 }, target: other.target ?? target,
            position: other.position, contexts: contexts.merging(other.contexts) { $1 })
    }
}

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
}
