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
        var platforms: [String] = []
        /// Names that the image gets beside the service's own.
        var tags: [String] = []

        /// The services on whose images it builds.
        var services: [String] {
            contexts.values.sorted().compactMap(ComposeFile.service)
        }
    }

    /// `extends` of a service.
    struct Extension: Sendable, Hashable {
        let service: String
        let file: String?
        let position: Position
    }

    /// An item of `include`: files that are read as a project of their own.
    struct Include: Sendable, Hashable {
        /// One, or several, the later over the earlier.
        let paths: [String]
        let projectDirectory: String?
        let environmentFiles: [String]
        let position: Position
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
        var platform: String?
        /// Whether `!reset` takes away what an earlier file says.
        var dropsBuild = false
        var dropsImage = false
    }

    /// The service that a value names as `service:NAME`; nil for any other.
    static func service(named text: String) -> String? {
        let scheme = "service:"
        return text.hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : nil
    }

    private(set) var services: [Service] = []
    private(set) var includes: [Include] = []
    /// The project's name, as it is written.
    private(set) var name: String?

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
                pair.key.text.flatMap {
                    $0.hasPrefix("x-") ? nil : Service($0, pair.value, at: pair.key.position, in: source)
                }
            }
        }
        name = isFirstVersion ? nil : root["name"]?.text
        includes = (root["include"]?.items ?? []).map { item in
            Include(
                paths: item.text.map { [$0] } ?? item.merged("path")?.texts ?? [],
                projectDirectory: item.merged("project_directory")?.text,
                environmentFiles: item.merged("env_file")?.texts ?? [], position: item.position)
        }
    }
}

extension ComposeFile.Service {
    fileprivate init?(_ name: String, _ node: YAMLNode, at position: Position, in source: SourceText) {
        guard case .mapping = node.content else { return nil }
        self.init(name: name, position: position)
        // A tag stands where its value begins.
        func isReset(_ value: YAMLNode) -> Bool {
            value.isNull && source.stands("!reset", at: source.offset(of: value.position))
        }
        for pair in node.mergedPairs {
            let value = pair.value
            switch pair.key.text {
            case "image" where isReset(value): dropsImage = true
            case "build" where isReset(value): dropsBuild = true
            case "image":
                image = value.isNull || value.text == "" ? nil : value.text.map { Located($0, at: value.position) }
            case "build": build = ComposeFile.Build(value, at: pair.key.position)
            case "extends":
                extends = (value.text ?? value.merged("service")?.text).map {
                    ComposeFile.Extension(
                        service: $0, file: value.merged("file")?.text, position: pair.key.position)
                }
            case "profiles": profiles = value.items?.compactMap(\.text) ?? []
            case "depends_on", "links":
                let names = value.items?.compactMap(\.text) ?? value.mergedPairs.compactMap(\.key.text)
                needs += names.map { String($0.prefix { $0 != ":" }) }
            case "network_mode", "ipc", "pid":
                if let service = value.text.flatMap(ComposeFile.service) { needs.append(service) }
            case "volumes_from":
                needs += value.texts.filter { !$0.hasPrefix("container:") }.map { String($0.prefix { $0 != ":" }) }
            case "pull_policy": pullPolicy = value.text
            case "platform": platform = value.isNull ? nil : value.text
            default: continue
            }
        }
    }

    /// This service with what a later file, or a service that extends it, says otherwise.
    func overridden(by other: ComposeFile.Service) -> ComposeFile.Service {
        var result = ComposeFile.Service(name: other.name, position: other.position)
        result.image = other.image ?? image
        result.build = build.map { own in other.build.map(own.overridden) ?? own } ?? other.build
        if other.dropsImage { result.image = nil }
        if other.dropsBuild { result.build = nil }
        result.extends = other.extends
        result.profiles = other.profiles.isEmpty ? profiles : other.profiles
        result.needs = needs + other.needs
        result.pullPolicy = other.pullPolicy ?? pullPolicy
        result.platform = other.platform ?? platform
        return result
    }

    /// This service where its file is not the one that is read: what it pulls stands at `position` there.
    func moved(to position: Position) -> ComposeFile.Service {
        var result = self
        result.image = image.map { Located($0.value, at: position) }
        result.build?.position = position
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
        self.init(position: position)
        for pair in node.mergedPairs {
            let value = pair.value
            switch pair.key.text {
            case "context": context = value.text
            case "dockerfile": dockerfile = value.text
            case "dockerfile_inline": inline = value.text
            case "target": target = value.text
            case "platforms": platforms = value.texts
            case "tags": tags = value.texts
            case "additional_contexts": contexts = Self.settings(value).compactMapValues(\.self)
            case "args": arguments = Self.settings(value)
            default: continue
            }
        }
    }

    /// A member that is a list of `NAME=value`, or a mapping; a name without a value has none.
    private static func settings(_ node: YAMLNode) -> [String: String?] {
        var settings: [String: String?] = [:]
        for item in node.items?.compactMap(\.text) ?? [] {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            settings[parts[0]] = .some(parts.count > 1 ? parts[1] : nil)
        }
        for pair in node.mergedPairs {
            if let name = pair.key.text { settings[name] = .some(pair.value.isNull ? nil : pair.value.text) }
        }
        return settings
    }

    fileprivate func overridden(by other: ComposeFile.Build) -> ComposeFile.Build {
        ComposeFile.Build(
            context: other.context ?? context, dockerfile: other.dockerfile ?? dockerfile,
            inline: other.inline ?? inline,
            arguments: arguments.merging(other.arguments) { $1 }, target: other.target ?? target,
            position: other.position, contexts: contexts.merging(other.contexts) { $1 },
            platforms: other.platforms.isEmpty ? platforms : other.platforms, tags: tags + other.tags)
    }
}
