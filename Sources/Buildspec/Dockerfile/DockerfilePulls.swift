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

/// What a build command hands to a Dockerfile.
struct DockerfileBuild: Hashable {
    /// `--build-arg`; a name without a value that the files tell is ``VariableText/Value/unknown``.
    var arguments: [String: VariableText.Value] = [:]
    /// `--target`; nil builds the last stage.
    var target: String?
    /// `--build-context NAME=VALUE`
    var contexts: [String: String] = [:]
    /// Whether this is the whole command, so that an argument that is not here has its default.
    var isComplete = false
}

extension Dockerfile {
    /// The images that a build of it pulls, in the order of their lines; `target` as in `docker build --target`.
    public func pulls(target: String? = nil) -> [DockerfilePull] { pulls(DockerfileBuild(target: target)) }

    func pulls(_ build: DockerfileBuild) -> [DockerfilePull] {
        var reader = DockerfilePullReader(file: self, build: build)
        return reader.read()
    }
}

/// Follows the stages of one Dockerfile under one build command.
private struct DockerfilePullReader {
    let file: Dockerfile
    let build: DockerfileBuild
    var values: [String: VariableText.Value] = [:]
    var pulls: [DockerfilePull] = []

    /// What BuildKit sets by itself; a build for another platform has others.
    private static let automatic: [String: String] = [
        "TARGETPLATFORM": "linux/amd64", "TARGETOS": "linux", "TARGETARCH": "amd64", "TARGETVARIANT": "",
        "BUILDPLATFORM": "linux/amd64", "BUILDOS": "linux", "BUILDARCH": "amd64", "BUILDVARIANT": "",
        "TARGETSTAGE": "default",
    ]

    init(file: Dockerfile, build: DockerfileBuild) {
        self.file = file
        self.build = build
    }

    mutating func read() -> [DockerfilePull] {
        readArguments()
        let bases = file.stages.map { expand($0.base) }
        let built = reached(bases.map(\.text))
        if let syntax = file.syntax {
            let image = ImageName(syntax.value)
            add(image, line: syntax.position.line, .certain, "the frontend of '# syntax='")
        }
        for (index, stage) in file.stages.enumerated() {
            let isBuilt = built.contains(index)
            if self.stage(named: bases[index].text, before: index) == nil {
                let name = stage.name.map { " AS \($0)" } ?? ""
                add(bases[index], line: stage.line, isBuilt: isBuilt, "FROM\(name)")
            }
            for source in stage.sources where self.stage(named: source.name, before: nil) == nil {
                let text = expand(source.name, of: stage)
                let instruction = source.kind == .copy ? "COPY --from" : "RUN --mount from"
                if source.isOnBuild {
                    add(
                        ImageName(text.text, isResolved: text.isResolved), line: source.line, .unknown,
                        "ONBUILD \(instruction): only a build from this one's image pulls it")
                } else {
                    add(text, line: source.line, isBuilt: isBuilt, instruction)
                }
            }
        }
        return pulls.sorted { $0.line < $1.line }
    }

    private mutating func readArguments() {
        for argument in file.arguments {
            if let given = build.arguments[argument.name] {
                values[argument.name] = given
            } else if let value = argument.value {
                let expanded = expand(value)
                values[argument.name] =
                    !expanded.isResolved
                    ? .unknown
                    : build.isComplete && expanded.isSure ? .known(expanded.text) : .likely(expanded.text)
            } else if let value = Self.automatic[argument.name] {
                values[argument.name] = .likely(value)
            } else {
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
        return VariableText(text, escape: file.escape, quotes: true) { name in
            own[name] ?? Self.automatic[name].map { .likely($0) } ?? .unknown
        }
    }

    /// The stages that the target needs; BuildKit builds no others.
    private func reached(_ bases: [String]) -> Set<Int> {
        let target = build.target.flatMap { stage(named: $0, before: nil) } ?? file.stages.count - 1
        var reached: Set<Int> = []
        var waiting = [target]
        while let index = waiting.popLast() {
            guard reached.insert(index).inserted else { continue }
            if let base = stage(named: bases[index], before: index) { waiting.append(base) }
            waiting += file.stages[index].sources.compactMap { stage(named: $0.name, before: nil) }
        }
        return reached
    }

    /// The stage of that name or number; FROM sees only those before it.
    private func stage(named name: String, before limit: Int?) -> Int? {
        let end = limit ?? file.stages.count
        if let index = file.stages[..<end].lastIndex(where: { $0.name == name.lowercased() }) { return index }
        guard limit == nil, let number = Int(name), file.stages.indices.contains(number) else { return nil }
        return number
    }

    private mutating func add(_ text: VariableText, line: Int, isBuilt: Bool, _ what: String) {
        let image = ImageName(text.text, isResolved: text.isResolved)
        if !text.isResolved {
            add(
                image, line: line, isBuilt && image.registry != nil ? .likely : .unknown,
                "\(what): the file does not tell the value of a variable")
        } else if !isBuilt {
            add(image, line: line, .unknown, "\(what): the stage that is built does not need it")
        } else if !text.isSure {
            add(image, line: line, .likely, "\(what), with the default of a build argument")
        } else {
            add(image, line: line, .certain, what)
        }
    }

    private mutating func add(_ image: ImageName, line: Int, _ certainty: Certainty, _ why: String) {
        var image = image
        if let context = build.contexts[image.text] {
            guard context.hasPrefix("docker-image://") else { return }
            image = ImageName(String(context.dropFirst("docker-image://".count)))
        }
        guard image.text != "scratch", !image.text.isEmpty else { return }
        pulls.append(DockerfilePull(image: image, line: line, certainty: certainty, why: why))
    }
}
