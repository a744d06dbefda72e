/// `docker buildx bake`
extension PullWalker {
    /// The files that bake finds by itself, those that are there one over the other.
    private static let usual = [
        "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml", "docker-bake.json",
        "docker-bake.override.json", "docker-bake.hcl", "docker-bake.override.hcl",
    ]

    mutating func bake(
        _ words: ArraySlice<ShellWord>, at place: Place, config: String?, isVersion: Bool = false
    ) {
        let line = OptionWords(
            words, flags: ["--load", "--push", "--no-cache", "--pull", "--print", "--check", "--debug", "-D"])
        guard !line.has("--print"), line.values("--list").isEmpty else { return }
        let named = line.values("-f", "--file")
        let paths = (named.isEmpty ? Self.usual : named).compactMap { path($0) }.filter { checkout.text(of: $0) != nil }
        guard !paths.isEmpty, named.isEmpty || paths.count == named.count else {
            state.mayHaveImages = true
            return unknown("docker buildx bake: its file is not in the checkout", at: place, config: config)
        }
        if !isVersion, paths.contains(where: checkout.isDoubted) {
            return inEachVersion(of: paths) { $0.bake(words, at: place, config: config, isVersion: true) }
        }
        let composeFiles = paths.filter(Self.isCompose)
        let scope = state.scope
        let project = ComposeProject(composeFiles, in: checkout) { scope.value($0) }
        for problem in project.problems { note(problem, at: place, config: config) }
        var file = BakeFile(project)
        for path in paths where !Self.isCompose(path) {
            if let text = checkout.text(of: path), let read = BakeFile(text, path: path) {
                file.merge(read)
            } else {
                unknown("docker buildx bake: \(path) cannot be read", at: place, config: config)
            }
        }
        let names = line.operands.map { state.expand($0.text).text }
        var done: Set<String> = []
        bake(file, names, set: line.values("--set"), at: place, config: config, &done)
        scan(line.values("--sbom").map { "type=sbom,\($0)" }, at: place, config: config)
    }

    private static func isCompose(_ path: String) -> Bool { path.hasSuffix(".yml") || path.hasSuffix(".yaml") }

    /// Builds the targets that are not `done`, and those whose results they build on.
    private mutating func bake(
        _ file: BakeFile, _ names: [String], set: [String], at place: Place, config: String?, _ done: inout Set<String>
    ) {
        let kept = state.variables
        for (name, value) in file.variables where state.variables[name] == nil {
            let text = state.expand(value)
            state.variables[name] = text.isResolved ? .likely(text.text) : .partial("$" + name)
        }
        defer { state.variables = kept }
        let selected = file.selected(names)
        for name in selected where done.insert(name).inserted {
            guard var target = file.target(name) else {
                unknown("docker buildx bake \(name): there is no such target here", at: place, config: config)
                continue
            }
            override(&target, named: name, by: set)
            if target.hasOpenContexts {
                unknown("docker buildx bake \(name): its contexts are computed", at: place, config: config)
                for tag in target.tags { state.keepImage(named: state.expand(tag).text) }
                continue
            }
            // A context that is another target is built from this file too.
            let images = target.contexts.filter { !$0.value.hasPrefix("target:") }
            let built = target.contexts.filter { $0.value.hasPrefix("target:") }
            for context in built.values {
                let other = String(context.dropFirst("target:".count))
                if file.target(other) != nil { bake(file, [other], set: set, at: place, config: config, &done) }
            }
            build(
                context: target.context,
                file: target.inline == nil ? target.dockerfile.map { inContext($0, target) } : "-",
                arguments: target.arguments.filter { !isNull($0.value) }.map { "\($0.key)=\($0.value)" },
                target: target.stage,
                contexts: images.map { "\($0.key)=\($0.value)" } + built.map { "\($0.key)=target:" },
                by: "docker buildx", at: place, config: config, input: target.inline)
            scan(target.attestations, at: place, config: config)
            for tag in target.tags { state.keepImage(named: state.expand(tag).text) }
        }
    }

    /// A variable without a default and a value hands no argument on.
    private func isNull(_ value: String) -> Bool { value.hasPrefix("${") && state.expand(value).text.isEmpty }

    /// Bake finds the Dockerfile in the context.
    private func inContext(_ file: String, _ target: BakeFile.Target) -> String {
        guard let context = target.context, context != ".", !file.hasPrefix("/") else { return file }
        return context + "/" + file
    }

    /// `--set target.key=value`
    private func override(_ target: inout BakeFile.Target, named name: String, by settings: [String]) {
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let key = parts[0].split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, key.count == 2, key[0] == "*" || key[0] == name else { continue }
            switch key[1] {
            case "context": target.context = parts[1]
            case "dockerfile": target.dockerfile = parts[1]
            case "target": target.stage = parts[1]
            case "tags": target.tags.append(parts[1])
            case "attest": target.attestations.append(parts[1])
            case let argument where argument.hasPrefix("args."):
                target.arguments[String(argument.dropFirst(5))] = parts[1]
            case let context where context.hasPrefix("contexts."):
                target.contexts[String(context.dropFirst(9))] = parts[1]
            default: continue
            }
        }
    }
}
