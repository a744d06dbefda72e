/// An image that the build of a Dockerfile asks a registry for.
public struct DockerfilePull: Sendable, Hashable {
    /// The image.
    public let image: ImageName
    /// The line of the instruction, from 1.
    public let line: Int
    /// How sure it is.
    public let certainty: Certainty
    /// What pulls it, and what makes it less than certain.
    public let why: String
}

extension Dockerfile {
    /// The images that a build of it pulls, in the order of their lines; `target` as in `docker build --target`.
    public func pulls(target: String? = nil) -> [DockerfilePull] { pulls(DockerfileBuild(target: target)) }

    func pulls(_ build: DockerfileBuild) -> [DockerfilePull] {
        guard build.platforms.count > 1 else {
            var reader = DockerfilePullReader(file: self, build: build, platform: build.platforms.first)
            return reader.read()
        }
        // What one platform needs is pulled, whatever the others do.
        var found: [DockerfilePull] = []
        for platform in build.platforms {
            var reader = DockerfilePullReader(file: self, build: build, platform: platform)
            for pull in reader.read() {
                if let index = found.firstIndex(where: { $0.line == pull.line && $0.image == pull.image }) {
                    if pull.certainty < found[index].certainty { found[index] = pull }
                } else {
                    found.append(pull)
                }
            }
        }
        return found.sorted { $0.line < $1.line }
    }
}

/// Follows the stages of one Dockerfile under one build command.
private struct DockerfilePullReader {
    let file: Dockerfile
    let build: DockerfileBuild
    var values: [String: VariableText.Value] = [:]
    var pulls: [DockerfilePull] = []

    /// What BuildKit sets by itself.
    private let automatic: [String: VariableText.Value]

    /// How sure it is that the stage that is built needs another one.
    private enum Need: Comparable { case certain, open, none }

    init(file: Dockerfile, build: DockerfileBuild, platform: String?) {
        self.file = file
        self.build = build
        let usual = BuildPlatform.usual
        var automatic = usual.arguments("BUILD").mapValues(VariableText.Value.likely)
        automatic["TARGETSTAGE"] = .likely("default")
        if let platform {
            let told = BuildPlatform(platform)
            let names = usual.arguments("TARGET").mapValues { _ in VariableText.Value.unknown }
            automatic.merge(told?.arguments("TARGET").mapValues(VariableText.Value.known) ?? names) { $1 }
        } else {
            automatic.merge(usual.arguments("TARGET").mapValues(VariableText.Value.likely)) { $1 }
        }
        self.automatic = automatic
    }

    mutating func read() -> [DockerfilePull] {
        readArguments()
        let bases = file.stages.map { expand($0.base) }
        let needs = needs(bases)
        let last = needs.keys.max() ?? 0
        addFrontend()
        for (index, stage) in file.stages.enumerated() {
            var need = needs[index] ?? .none
            // No builder goes past its target.
            if need == .none, index > last || build.builder == .buildKit { continue }
            if build.builder == .classic { need = .certain }
            if let context = context(insteadOf: stage) {
                // Its image is pulled in place of everything that the stage takes.
                if need != .none, let image = Self.image(of: context) {
                    pulls.append(
                        DockerfilePull(
                            image: image, line: stage.line, certainty: need == .certain ? .certain : .unknown,
                            why: "the named context in place of stage \(stage.name ?? "")"))
                }
                continue
            }
            if self.stage(named: bases[index].text, before: index) == nil {
                let name = stage.name.map { " AS \($0)" } ?? ""
                let mayBeStage = !stages(matching: bases[index], before: index).isEmpty
                add(bases[index], line: stage.line, need, "FROM\(name)", mayBeStage: mayBeStage)
            }
            // A number is never an image: BuildKit refuses one without a stage.
            for source in sources(of: index, bases)
            where self.stage(named: source.name, before: nil) == nil && Int(source.name) == nil {
                let instruction = source.kind == .copy ? "COPY --from" : "RUN --mount from"
                add(expand(source.name, of: stage), line: source.line, need, instruction)
            }
        }
        return pulls.sorted { $0.line < $1.line }
    }

    /// What a stage takes from others. What stands behind ONBUILD happens in a stage that is built on this one.
    private func sources(of index: Int, _ bases: [VariableText]) -> [Dockerfile.Source] {
        let triggers = stage(named: bases[index].text, before: index).map { file.stages[$0].sources } ?? []
        return file.stages[index].sources.filter { !$0.isOnBuild } + triggers.filter(\.isOnBuild)
    }

    /// The frontend, which a build argument may name in place of the file.
    private mutating func addFrontend() {
        guard build.builder == .docker || build.builder == .buildKit else { return }
        switch build.arguments["BUILDKIT_SYNTAX"] {
        case .known(let name): add(ImageName(name), line: 1, .certain, "the frontend of BUILDKIT_SYNTAX")
        case .likely(let name): add(ImageName(name), line: 1, .likely, "the frontend of BUILDKIT_SYNTAX")
        case .partial(let name):
            add(ImageName(name, isResolved: false), line: 1, .unknown, "the frontend of BUILDKIT_SYNTAX")
        case .unknown, nil:
            guard let syntax = file.syntax else { return }
            add(ImageName(syntax.value), line: syntax.position.line, .certain, "the frontend of '# syntax='")
        }
    }

    private mutating func readArguments() {
        for argument in file.arguments {
            if let given = build.arguments[argument.name] {
                values[argument.name] = given
            } else if let value = argument.value {
                let expanded = expand(value).value
                if case .known(let text) = expanded, !build.isComplete {
                    values[argument.name] = .likely(text)
                } else {
                    values[argument.name] = expanded
                }
            } else if let value = automatic[argument.name] {
                values[argument.name] = value
            } else if values[argument.name] == nil {
                values[argument.name] = build.isComplete ? .known("") : .unknown
            }
        }
    }

    private func expand(_ text: String, of stage: Dockerfile.Stage? = nil) -> VariableText {
        var own = values
        for argument in stage?.arguments ?? [] where own[argument.name] == nil || argument.value != nil {
            own[argument.name] =
                build.arguments[argument.name] ?? argument.value.map { .likely($0) } ?? .unknown
        }
        return VariableText(text, escape: file.escape.asciiValue, quotes: true) { name in
            own[name] ?? automatic[name] ?? .unknown
        }
    }

    /// The stages that the target needs; BuildKit builds no others. Where a variable decides which stage another one builds on,
    /// each that it may mean is open.
    private func needs(_ bases: [VariableText]) -> [Int: Need] {
        guard !file.stages.isEmpty else { return [:] }
        let target = build.target.flatMap { stage(named: $0, before: nil) } ?? file.stages.count - 1
        var needs: [Int: Need] = [:]
        var waiting = [(target, Need.certain)]
        while let (index, need) = waiting.popLast() {
            guard need < needs[index] ?? .none else { continue }
            needs[index] = need
            if context(insteadOf: file.stages[index]) != nil { continue }
            if let base = stage(named: bases[index].text, before: index) { waiting.append((base, need)) }
            waiting += stages(matching: bases[index], before: index).map { ($0, .open) }
            waiting += sources(of: index, bases).compactMap { stage(named: $0.name, before: nil) }.map { ($0, need) }
        }
        return needs
    }

    /// The stages before `limit` that an unresolved name may mean. One without any text of its own may mean anything.
    private func stages(matching name: VariableText, before limit: Int) -> [Int] {
        let pattern = OpenText(name.text.lowercased())
        guard !name.isResolved, pattern.literals.contains(where: { !$0.isEmpty }) else { return [] }
        return file.stages[..<limit].indices.filter { file.stages[$0].name.map(pattern.matches) ?? false }
    }

    /// The stage of that name or number; FROM sees only those before it.
    private func stage(named name: String, before limit: Int?) -> Int? {
        let end = limit ?? file.stages.count
        if let index = file.stages[..<end].lastIndex(where: { $0.name == name.lowercased() }) { return index }
        guard limit == nil, let number = Int(name), file.stages.indices.contains(number) else { return nil }
        return number
    }

    private mutating func add(
        _ text: VariableText, line: Int, _ need: Need, _ what: String, mayBeStage: Bool = false
    ) {
        let image = ImageName(text.text, isResolved: text.isResolved, mayBeStage: mayBeStage)
        if mayBeStage {
            add(image, line: line, .unknown, "\(what): a variable decides which stage it is, or which image")
        } else if !text.isResolved {
            add(
                image, line: line, need == .certain && image.registry != nil ? .likely : .unknown,
                "\(what): the file does not tell the value of a variable")
        } else if need == .open {
            add(image, line: line, .unknown, "\(what): a variable decides whether the stage that is built needs it")
        } else if need == .none {
            add(image, line: line, .unknown, "\(what): the stage that is built does not need it")
        } else if !image.isPlausible {
            add(image, line: line, .unknown, "\(what): docker does not take this name")
        } else if !text.isSure {
            add(image, line: line, .likely, "\(what), with the default of a build argument")
        } else {
            add(image, line: line, .certain, what)
        }
    }

    private mutating func add(_ image: ImageName, line: Int, _ certainty: Certainty, _ why: String) {
        var image = image
        if let context = context(named: image) {
            guard let other = Self.image(of: context) else { return }
            image = other
        }
        guard image.text != "scratch", !image.text.isEmpty else { return }
        pulls.append(DockerfilePull(image: image, line: line, certainty: certainty, why: why))
    }

    /// The named context that stands for an image: BuildKit compares names in full.
    private func context(named image: ImageName) -> String? {
        build.contexts[image.text] ?? build.contexts.first { ImageName($0.key).identity == image.identity }?.value
    }

    /// The named context that stands for a stage of its name.
    private func context(insteadOf stage: Dockerfile.Stage) -> String? {
        stage.name.flatMap { name in build.contexts.first { $0.key.lowercased() == name }?.value }
    }

    /// The image of a context; nil for a folder, a repository or another target.
    private static func image(of context: String) -> ImageName? {
        let scheme = "docker-image://"
        return context.hasPrefix(scheme) ? ImageName(String(context.dropFirst(scheme.count))) : nil
    }
}
