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
        var attestations: [String] = []
        var inherits: [String] = []
        /// Whether its named contexts are computed, so that any image's name may be one of them.
        var hasOpenContexts = false
    }

    private(set) var variables: [String: String] = [:]
    private(set) var groups: [String: [String]] = [:]
    private(set) var targets: [String: Target] = [:]
    /// The services of compose files, which make the group `default` where no file has one.
    private var services: [String] = []

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

    /// The targets of services, in their order.
    init(services: [(name: String, target: Target)]) {
        self.services = services.map(\.name)
        targets = Dictionary(services.map { ($0.name, $0.target) }) { $1 }
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
            } else if name == "default", targets[name] == nil, !services.isEmpty {
                for service in services { add(service, depth: depth + 1) }
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
            if let name = pair.key.text { add(name, HCLScanner.members(of: pair.value)) }
        }
    }

    private mutating func read(_ block: HCLScanner.Block) {
        guard let name = block.label else { return }
        let members = block.members
        switch block.kind {
        case "variable": variables[name] = members["default"]?.text ?? ""
        case "group": groups[name] = members["targets"]?.list ?? []
        case "target": add(name, members)
        default: return
        }
    }

    /// A target, or the targets that its matrix makes of it, which stand together under its name.
    private mutating func add(_ name: String, _ members: [String: HCLScanner.Value]) {
        guard let matrix = BakeMatrix(members["matrix"]) else {
            targets[name] = Target(members)
            return
        }
        var made: [String] = []
        for (index, values) in matrix.turns.enumerated() {
            let own = members.mapValues { BakeMatrix.fill($0, with: values) }
            let written = own["name"]?.text.flatMap { $0.contains("$") ? nil : $0 } ?? "\(name)-\(index + 1)"
            targets[written] = Target(own)
            made.append(written)
        }
        groups[name] = made
    }
}

extension BakeFile.Target {
    fileprivate init(_ members: [String: HCLScanner.Value]) {
        self.init(
            dockerfile: members["dockerfile"]?.text, inline: members["dockerfile-inline"]?.text,
            context: members["context"]?.text, stage: members["target"]?.text,
            arguments: members["args"]?.map ?? [:], contexts: members["contexts"]?.map ?? [:],
            tags: members["tags"]?.list ?? [], attestations: members["attest"]?.list ?? [],
            inherits: members["inherits"]?.list ?? [],
            hasOpenContexts: members["contexts"].map { $0.map == nil } ?? false)
    }

    fileprivate func overridden(by other: BakeFile.Target) -> BakeFile.Target {
        BakeFile.Target(
            dockerfile: other.dockerfile ?? dockerfile, inline: other.inline ?? inline,
            context: other.context ?? context,
            stage: other.stage ?? stage, arguments: arguments.merging(other.arguments) { $1 },
            contexts: contexts.merging(other.contexts) { $1 }, tags: other.tags.isEmpty ? tags : other.tags,
            attestations: other.attestations.isEmpty ? attestations : other.attestations,
            inherits: other.inherits, hasOpenContexts: hasOpenContexts || other.hasOpenContexts)
    }
}
