internal import Core

/// Fills a document from nodes; what does not fit becomes a finding.
struct DocumentReader {
    var document = BuildspecDocument()
    let source: SourceText

    init(source: SourceText) {
        self.source = source
    }

    private static let topMembers: Set = [
        "version", "run-as", "env", "proxy", "batch", "phases", "reports", "artifacts", "cache",
    ]
    /// Version 0.1 has its variables beside `env`.
    private static let formerTopMembers = topMembers.union(["environment_variables"])
    private static let environmentMembers: Set = [
        "shell", "variables", "parameter-store", "secrets-manager", "exported-variables", "git-credential-helper",
    ]
    private static let phaseMembers: Set = ["run-as", "on-failure", "runtime-versions", "commands", "finally", "steps"]

    private static let phaseNames = Set(PhaseName.allCases.map(\.rawValue))

    mutating func read(_ root: YAMLNode) {
        readVersion(root)
        let known = document.version == .perCommandShell ? Self.formerTopMembers : Self.topMembers
        for pair in members(of: root, at: "", known: known) {
            let name = pair.key.text ?? ""
            switch name {
            case "run-as": document.runAs = located(pair, at: name)
            case "env": readEnvironment(pair.value)
            case "environment_variables":
                let member = "\(name).plaintext"
                document.environment.variables.merge(texts(pair.value["plaintext"] ?? pair.value, at: member)) { $1 }
            case "phases": readPhases(pair.value)
            case "version": continue
            default:
                document.otherMembers[name] = pair.key.position
                if let shape = MemberShape.top[name] { check(pair.value, against: shape, at: name) }
            }
        }
        document.phases.sort { $0.name < $1.name }
    }

    private mutating func readVersion(_ root: YAMLNode) {
        guard let node = root["version"] else {
            return note(
                .error, root.position, "version",
                "there is no 'version'; CodeBuild refuses the file: add 'version: 0.2'")
        }
        guard let text = node.text, let version = BuildspecDocument.Version(rawValue: text.trimmed) else {
            return note(.error, node.position, "version", "CodeBuild knows the versions 0.1 and 0.2 only")
        }
        document.version = version
    }

    private mutating func readEnvironment(_ node: YAMLNode) {
        for pair in members(of: node, at: "env", known: Self.environmentMembers) {
            let name = pair.key.text ?? ""
            var member: String { "env.\(name)" }
            switch name {
            case "variables": document.environment.variables = texts(pair.value, at: member)
            case "parameter-store": document.environment.parameters = texts(pair.value, at: member)
            case "secrets-manager":
                document.environment.secrets = texts(pair.value, at: member)
                checkReferences()
            case "exported-variables": document.environment.exported = list(pair.value, at: member)
            case "shell":
                guard let text = located(pair, at: member) else { continue }
                guard let shell = BuildShell(specified: text.value) else {
                    note(
                        .error, text.position, member,
                        "CodeBuild knows the shells bash, /bin/sh, powershell.exe and cmd.exe")
                    continue
                }
                document.environment.shell = Located(shell, at: text.position)
            default: document.environment.gitCredentialHelper = pair.value.text?.lowercased() == "yes"
            }
        }
    }

    private mutating func checkReferences() {
        for (name, value) in document.environment.secrets where SecretReference(value.value) == nil {
            note(
                .error, value.position, "env.secrets-manager.\(name)",
                "this is no secret reference: secret-id[:json-key[:version-stage[:version-id]]], "
                    + "with a stage or a version but not both"
            )
        }
    }

    private mutating func readPhases(_ node: YAMLNode) {
        for pair in members(of: node, at: "phases", known: Self.phaseNames) {
            guard let name = pair.key.text.flatMap(PhaseName.init) else { continue }
            document.phases.append(readPhase(name, pair))
        }
    }

    private mutating func readPhase(_ name: PhaseName, _ pair: YAMLNode.Pair) -> BuildspecDocument.Phase {
        let path = "phases.\(name.rawValue)"
        var phase = BuildspecDocument.Phase(name: name, position: pair.key.position)
        for pair in members(of: pair.value, at: path, known: Self.phaseMembers) {
            let name = pair.key.text ?? ""
            var member: String { "\(path).\(name)" }
            switch name {
            case "run-as": phase.runAs = located(pair, at: member)
            case "on-failure":
                guard let text = located(pair, at: member) else { continue }
                guard let value = OnFailure(text.value) else {
                    note(
                        .error, text.position, member,
                        "on-failure is ABORT, CONTINUE, RETRY, RETRY-count, RETRY-regex or RETRY-count-regex")
                    continue
                }
                phase.onFailure = Located(value, at: text.position)
            case "runtime-versions": phase.runtimeVersions = texts(pair.value, at: member)
            case "commands": phase.commands = commands(pair.value, at: member)
            case "finally": phase.finally = commands(pair.value, at: member)
            default: note(.warning, pair.key.position, member, "this member is not read by this program")
            }
        }
        return phase
    }

    /// A list of commands, or one command alone, which CodeBuild accepts too; nothing is an empty list.
    private mutating func commands(
        _ node: YAMLNode, at member: @autoclosure () -> String
    ) -> [BuildspecDocument.Command] {
        if node.isNull {
            note(.warning, node.position, member(), "there is no command here")
            return []
        }
        var commands: [BuildspecDocument.Command] = []
        commands.reserveCapacity(node.items?.count ?? 1)
        let source = source
        readItems(of: node, at: member()) { index, text, item in
            commands.append(
                BuildspecDocument.Command(
                    text: text, position: item.position, index: index,
                    layout: ScalarLayout(text, item.style, at: item.position, in: source)))
        }
        return commands
    }

    private mutating func list(_ node: YAMLNode, at member: @autoclosure () -> String) -> [Located<String>] {
        var list: [Located<String>] = []
        readItems(of: node, at: member()) { _, text, item in list.append(Located(text, at: item.position)) }
        return list
    }

    /// Hands on the items of a list, or the single value that stands for a list of one; those that are no text become findings.
    private mutating func readItems(
        of node: YAMLNode, at member: @autoclosure () -> String,
        _ take: (_ index: Int, _ text: String, _ item: YAMLNode) -> Void
    ) {
        for (index, item) in (node.items ?? [node]).enumerated() {
            if let text = item.text, !item.isNull {
                take(index, text, item)
                continue
            }
            let path = node.items == nil ? member() : "\(member())[\(index)]"
            if item.isNull {
                note(.warning, item.position, path, "this item is empty")
            } else {
                note(
                    .error, item.position, path,
                    item.items != nil
                        ? "CodeBuild expects a text here and finds a list"
                        : "CodeBuild expects a text here and finds a map: an unquoted ': ' in a command makes one; "
                            + "put the command in single quotes"
                )
            }
        }
    }

    private mutating func texts(_ node: YAMLNode, at member: @autoclosure () -> String) -> [String: Located<String>] {
        guard !node.isNull else { return [:] }
        guard case .mapping = node.content else {
            note(.error, node.position, member(), "CodeBuild expects names and values here")
            return [:]
        }
        noteRepeats(in: node, at: member())
        var texts: [String: Located<String>] = [:]
        for pair in merged(node.pairs) {
            guard let name = pair.key.text else { continue }
            guard let value = pair.value.text else {
                note(.error, pair.value.position, "\(member()).\(name)", "CodeBuild expects a text here")
                continue
            }
            texts[name] = Located(pair.value.isNull ? "" : value, at: pair.value.position)
        }
        return texts
    }

    private mutating func located(_ pair: YAMLNode.Pair, at member: @autoclosure () -> String) -> Located<String>? {
        guard let text = pair.value.text, !pair.value.isNull else {
            note(.error, pair.value.position, member(), "CodeBuild expects a text here")
            return nil
        }
        return Located(text, at: pair.value.position)
    }

    /// The known members of a mapping; the others, and a value that is no mapping, become findings.
    mutating func members(of node: YAMLNode, at path: @autoclosure () -> String, known: Set<String>) -> [YAMLNode.Pair]
    {
        members(of: node, at: path(), isKnown: known.contains, known: known)
    }

    /// The same with names that are in no set.
    mutating func members(
        of node: YAMLNode, at path: @autoclosure () -> String, isKnown: (String) -> Bool,
        known: some Collection<String>
    ) -> [YAMLNode.Pair] {
        guard !node.isNull else { return [] }
        guard case .mapping = node.content else {
            note(
                .error, node.position, path(),
                "CodeBuild expects members here: \(known.sorted().joined(separator: ", "))"
            )
            return []
        }
        noteRepeats(in: node, at: path())
        let pairs = merged(node.pairs)
        // Mostly nothing is to be left out.
        guard pairs.indices.contains(where: { !isKnown(pairs[$0].key.text ?? "?") }) else { return pairs }
        return pairs.filter { pair in
            let name = pair.key.text ?? "?"
            if isKnown(name) { return true }
            let near = Nearest.names(to: name, among: known, most: 1).first.map { "; did you mean '\($0)'?" } ?? ""
            note(
                .warning, pair.key.position, path().isEmpty ? name : "\(path()).\(name)",
                "CodeBuild does not know '\(name)' here\(near)")
            return false
        }
    }

    /// The pairs with those of `<<` (YAML 1.1's merge key) behind them, where they are not overridden.
    func merged(_ pairs: [YAMLNode.Pair]) -> [YAMLNode.Pair] {
        guard pairs.indices.contains(where: { pairs[$0].key.text == "<<" }) else { return pairs }
        var result = pairs.filter { $0.key.text != "<<" }
        for merge in pairs where merge.key.text == "<<" {
            for source in merge.value.items ?? [merge.value] {
                let names = Set(result.map(\.key))
                result += merged(source.pairs).filter { !names.contains($0.key) }
            }
        }
        return result
    }

    mutating func noteRepeats(in node: YAMLNode, at path: @autoclosure () -> String) {
        for key in node.repeatedKeys {
            note(.error, key.position, path().isEmpty ? key.name : "\(path()).\(key.name)", key.description)
        }
    }

    mutating func note(
        _ severity: BuildspecFinding.Severity, _ position: Position, _ member: String, _ message: String
    ) {
        document.findings.append(
            BuildspecFinding(severity: severity, position: position, member: member, message: message))
    }
}
