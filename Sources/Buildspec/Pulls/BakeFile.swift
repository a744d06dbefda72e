internal import Core

/// A file of `docker buildx bake` (Bake file reference), HCL or JSON, as far as pulls go: variables, groups, and of each target
/// its Dockerfile, context, arguments, stage and named contexts.
struct BakeFile {
    /// `target "name"`
    struct Target: Hashable {
        var dockerfile: String?
        var inline: String?
        var context: String?
        var stage: String?
        var arguments: [String: String] = [:]
        var contexts: [String: String] = [:]
        var tags: [String] = []
        var inherits: [String] = []
    }

    private(set) var variables: [String: String] = [:]
    private(set) var groups: [String: [String]] = [:]
    private(set) var targets: [String: Target] = [:]

    private static let deepest = 16

    /// Reads a file; nil for one that is neither HCL nor JSON as this reader knows them.
    init?(_ text: String, path: String) {
        if path.hasSuffix(".json") {
            guard let root = try? YAMLReader.read(SourceText(text), path: path) else { return nil }
            read(root)
        } else {
            var scanner = HCLScanner(text)
            guard let blocks = scanner.blocks() else { return nil }
            for block in blocks { read(block) }
        }
    }

    /// Takes a later file over this one, as several `-f` do.
    mutating func merge(_ other: BakeFile) {
        variables.merge(other.variables) { $1 }
        groups.merge(other.groups) { $1 }
        targets.merge(other.targets) { $0.overridden(by: $1) }
    }

    /// The names of the targets that these names ask for; groups become their members.
    func selected(_ names: [String]) -> [String] {
        var found: [String] = []
        func add(_ name: String, depth: Int) {
            if let members = groups[name], depth < Self.deepest {
                for member in members { add(member, depth: depth + 1) }
            } else if !found.contains(name) {
                found.append(name)
            }
        }
        for name in names.isEmpty ? ["default"] : names { add(name, depth: 0) }
        return found
    }

    /// A target with what it inherits; nil where there is none of that name.
    func target(_ name: String) -> Target? { target(name, depth: 0) }

    private func target(_ name: String, depth: Int) -> Target? {
        guard let own = targets[name], depth < Self.deepest else { return nil }
        let bases = own.inherits.compactMap { target($0, depth: depth + 1) }
        return bases.reduce(Target()) { $0.overridden(by: $1) }.overridden(by: own)
    }

    private mutating func read(_ root: YAMLNode) {
        for pair in root["variable"]?.pairs ?? [] {
            if let name = pair.key.text { variables[name] = pair.value["default"]?.text ?? "" }
        }
        for pair in root["group"]?.pairs ?? [] {
            if let name = pair.key.text { groups[name] = pair.value["targets"]?.items?.compactMap(\.text) ?? [] }
        }
        for pair in root["target"]?.pairs ?? [] {
            guard let name = pair.key.text else { continue }
            var target = Target()
            target.dockerfile = pair.value["dockerfile"]?.text
            target.inline = pair.value["dockerfile-inline"]?.text
            target.context = pair.value["context"]?.text
            target.stage = pair.value["target"]?.text
            for item in pair.value["args"]?.pairs ?? [] { target.arguments[item.key.text ?? ""] = item.value.text }
            for item in pair.value["contexts"]?.pairs ?? [] { target.contexts[item.key.text ?? ""] = item.value.text }
            target.tags = pair.value["tags"]?.items?.compactMap(\.text) ?? []
            target.inherits = pair.value["inherits"]?.items?.compactMap(\.text) ?? []
            targets[name] = target
        }
    }

    private mutating func read(_ block: HCLScanner.Block) {
        guard let name = block.label else { return }
        let members = block.members
        switch block.kind {
        case "variable": variables[name] = members["default"]?.text ?? ""
        case "group": groups[name] = members["targets"]?.list ?? []
        case "target":
            targets[name] = Target(
                dockerfile: members["dockerfile"]?.text, inline: members["dockerfile-inline"]?.text,
                context: members["context"]?.text, stage: members["target"]?.text,
                arguments: members["args"]?.map ?? [:], contexts: members["contexts"]?.map ?? [:],
                tags: members["tags"]?.list ?? [], inherits: members["inherits"]?.list ?? [])
        default: return
        }
    }
}

extension BakeFile.Target {
    fileprivate func overridden(by other: BakeFile.Target) -> BakeFile.Target {
        BakeFile.Target(
            dockerfile: other.dockerfile ?? dockerfile, inline: other.inline ?? inline,
            context: other.context ?? context,
            stage: other.stage ?? stage, arguments: arguments.merging(other.arguments) { $1 },
            contexts: contexts.merging(other.contexts) { $1 }, tags: other.tags.isEmpty ? tags : other.tags,
            inherits: other.inherits)
    }
}
