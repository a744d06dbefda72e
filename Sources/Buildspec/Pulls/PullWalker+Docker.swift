internal import Core

/// What `docker` and its likes pull.
extension PullWalker {
    private static let globalFlags: Set = ["-D", "--debug", "--tls", "--tlsverify", "-v", "--version", "--help"]
    static let buildFlags: Set = [
        "--no-cache", "--pull", "--load", "--push", "--quiet", "-q", "--rm", "--force-rm", "--squash", "--compress",
        "--check",
        "-D", "--debug", "--disable-content-trust", "--stream", "--layers", "--help",
    ]

    mutating func docker(
        _ words: ArraySlice<ShellWord>, at place: Place, tool: String = "docker", input: String? = nil
    ) {
        var words = state.scope.split(words)
        var globals = OptionWords(words, flags: Self.globalFlags, untilOperand: true)
        let verb = globals.operands.first
        if verb?.hasExpansion == true || verb?.text == "login" || verb?.text == "logout" {
            words = ArraySlice(words.map(resolved))
            globals = OptionWords(words, flags: Self.globalFlags, untilOperand: true)
        }
        var config = globals.values("--config").last
        var line = DockerCommandLine(words)
        let rest = globals.operands.dropFirst()
        let action = line.action()
        if case .login(let target, let isShown) = action {
            noteScriptLogin(words, target, passwordInArguments: isShown, at: place)
            config = config ?? Self.ownConfigurations[tool]
        } else {
            config = config ?? configuration(of: tool, at: place)
        }
        switch action {
        case .login(.dockerHub, _): noteLogin(at: place, config: config)
        case .login(.registry(let server), _)
        where tool != "docker" && ["index.docker.io", "registry-1.docker.io"].contains(where: server.contains):
            // Other clients know the Hub by those names too.
            noteLogin(at: place, config: config)
        case .login(.ecr, _):
            let server = OptionWords(rest, valued: DockerCommandLine.loginValues).operands.first
            if let server { state.noteRegistry(server.text) }
        case .logout(.dockerHub), .logout(.unknown): state.logOut(user: place.user, config: config)
        case .pull(let image):
            guard let image else {
                return unknown("\(tool) pull gets its image from elsewhere", at: place, config: config)
            }
            pull(image, "\(tool) pull", at: place, config: config)
        case .run(let image), .create(let image):
            guard let image else {
                return unknown("\(tool) run gets its image from elsewhere", at: place, config: config)
            }
            // What stands behind the image is the container's own.
            let options = rest.prefix { $0.text != image }
            func pulls(_ policy: String) -> Bool {
                zip(options, options.dropFirst()).contains { $0.text == "--pull" && $1.text == policy }
                    || options.contains { $0.text == "--pull=\(policy)" }
            }
            if pulls("never") { return }
            pull(image, "\(tool) run", at: place, config: config, onlyIfMissing: !pulls("always"))
        case .build:
            let skipped = ["image", "builder"].contains(globals.operands.first?.text) ? 2 : 1
            build(globals.operands.dropFirst(skipped), tool, at: place, config: config, input: input)
        case .buildx: buildx(rest, at: place, config: config, input: input)
        case .compose: compose(rest, by: "\(tool) compose", at: place, config: config)
        case .manifest: manifest(rest, at: place, config: config)
        case .other(let verb) where verb.hasPrefix("$"):
            unknown("a variable decides what \(tool) does", at: place, config: config)
        case .other("bake"): bake(rest, at: place, config: config)
        case .other(let verb): other(verb, rest, at: place)
        case .query where ["inspect", "image", "images"].contains(verb?.text):
            for word in rest where !word.text.hasPrefix("-") {
                let text = state.expand(word.text)
                state.asked.insert(ImageName(text.text, isResolved: text.isResolved).identity)
            }
        case .login, .logout, .startDaemon, .install, .query: return
        }
    }

    /// A word with the values of its variables, where all are known.
    private func resolved(_ word: ShellWord) -> ShellWord {
        guard word.hasExpansion else { return word }
        let text = state.expand(word.text)
        return ShellWord(text: text.text, hasExpansion: !text.isResolved, substitutions: word.substitutions)
    }

    private static let mayBeBuilt = "what was built before may have this name"
    static let mayBePulled = "a command before it that runs only sometimes pulls it"
    static let mayBeLoaded = "a command before it loads images, and may have loaded this one"

    /// Something that may pull, and cannot be told.
    mutating func unknown(_ why: String, at place: Place, config: String? = nil) {
        note(FoundPull(nil, line: place.line, .unknown, why), at: place, config: config)
    }

    /// One image by its name, as the shell hands it over. `keeps` is whether it is there afterwards.
    mutating func pull(
        _ written: String, _ what: String, at place: Place, config: String? = nil, onlyIfMissing: Bool = false,
        keeps: Bool = true
    ) {
        let text = state.expand(written)
        let image = state.located(ImageName(text.text, isResolved: text.isResolved))
        // No registry has the id of an image that is here.
        if onlyIfMissing || text.text == ShellScript.idOfBuiltImage, state.hasImage(image) { return }
        var found = FoundPull(image, line: place.line, .certain, what)
        if !text.isResolved {
            found = found.under(
                image.registry == nil || !image.isPlausible ? .unknown : .likely,
                "the file does not tell the value of a variable")
        } else if image.reference == nil, !image.isCurated {
            found = found.under(.unknown, "docker does not take this name")
        } else if !text.isSure {
            found = found.under(.likely, "a variable of the project or the shell may say otherwise")
        } else if onlyIfMissing, state.mayBeBuilt(image) {
            found = found.under(.unknown, "compose may have built it under this name")
        } else if onlyIfMissing, state.mayHaveName(image) {
            found = found.under(.likely, Self.mayBeBuilt)
        } else if onlyIfMissing, state.mayHavePulled(image) {
            found = found.under(.likely, Self.mayBePulled)
        } else if onlyIfMissing, state.hasLoadedImages {
            found = found.under(.unknown, Self.mayBeLoaded)
        } else if onlyIfMissing, state.mayHaveImages {
            found = found.under(.likely, "a command before it may have built or loaded it")
        }
        note(found, at: place, config: config)
        if keeps { state.keepPull(of: image, isSure: place.isSureInBranch) }
    }

    mutating func build(
        _ words: some Sequence<ShellWord>, _ tool: String, at place: Place, config: String? = nil, input: String? = nil
    ) {
        let line = OptionWords(words, flags: Self.buildFlags)
        build(
            context: line.operands.last?.text, file: line.values("-f", "--file").last,
            arguments: line.values("--build-arg"), target: line.values("--target").last,
            contexts: line.values("--build-context"), platforms: line.values("--platform"),
            by: tool, at: place, config: config, input: input)
        for file in line.values("--iidfile") { imageFiles.insert(fileKey(file)) }
        for tag in line.values("-t", "--tag") { state.keepImage(named: state.expand(tag).text) }
        let attestations = line.values("--attest") + line.values("--sbom").map { "type=sbom,\($0)" }
        scan(attestations, at: place, config: config)
    }

    /// The image that writes a bill of materials (docs.docker.com, Build, SBOM attestations).
    mutating func scan(_ attestations: [String], at place: Place, config: String?) {
        guard let attestation = attestations.last(where: { $0.contains("type=sbom") }) else { return }
        let fields = attestation.split(separator: ",")
        if fields.contains("false") || fields.contains("disabled=true") { return }
        let generator = fields.first { $0.hasPrefix("generator=") }?.dropFirst("generator=".count)
        pull(
            generator.map(String.init) ?? "docker/buildkit-syft-scanner:stable-1",
            "the scanner of the SBOM attestation",
            at: place, config: config, keeps: false)
    }

    /// Who builds where a command of that tool does.
    func builder(of tool: String) -> DockerfileBuild.Builder {
        switch tool {
        case "podman", "buildah", "kaniko", "podman compose", "podman-compose": return .other
        case "nerdctl", "finch", "docker buildx": return .buildKit
        default: break
        }
        switch state.scope.value("DOCKER_BUILDKIT") {
        case .known("0"), .likely("0"): return .classic
        case .known, .likely: return .buildKit
        default: return tool == "docker compose" ? .buildKit : .docker
        }
    }

    mutating func build(
        context: String?, file: String?, arguments: [String], target: String?, contexts: [String] = [],
        platforms: [String] = [], by tool: String, at place: Place, config: String? = nil, input: String? = nil
    ) {
        var request = DockerfileBuild(
            builder: builder(of: tool), target: target.map { state.expand($0).text }, isComplete: true)
        request.arguments = buildArguments(arguments)
        for context in contexts {
            let parts = context.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { request.contexts[parts[0]] = state.expand(parts[1]).text }
        }
        request.platforms = buildPlatforms(platforms)
        let dockerfile = DockerfileAtPath(
            context: context.map { state.expand($0).text }, file: file.map { state.expand($0).text },
            folder: state.folder, input: input, names: DockerfileAtPath.names(for: tool))
        for found in dockerfile.pulls(request, in: checkout) {
            if let image = found.image, state.hasImage(image) { continue }
            var found = state.hasLoadedImages ? found.under(.likely, Self.mayBeLoaded) : found
            if let image = found.image, state.mayHaveName(image) { found = found.under(.likely, Self.mayBeBuilt) }
            if let image = found.image, state.mayHavePulled(image) { found = found.under(.likely, Self.mayBePulled) }
            note(found, at: place, config: config)
        }
    }

    /// The values of `--build-arg`.
    func buildArguments(_ written: [String]) -> [String: VariableText.Value] {
        var arguments: [String: VariableText.Value] = [:]
        for argument in written {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            arguments[parts[0]] = parts.count > 1 ? state.expand(parts[1]).value : state.scope.value(parts[0])
        }
        return arguments
    }

    /// The words of `--platform`, or of the variable that stands for it; one for the builder's own tells nothing.
    private func buildPlatforms(_ written: [String]) -> [String] {
        var texts = written.map { state.expand($0).text }
        if texts.isEmpty, case .known(let text) = state.scope.value("DOCKER_DEFAULT_PLATFORM") { texts = [text] }
        return texts.flatMap { $0.split(separator: ",").map(String.init) }.filter { $0 != "local" }
    }

    private mutating func buildx(
        _ all: ArraySlice<ShellWord>, at place: Place, config: String?, input: String? = nil
    ) {
        let words = ArraySlice(OptionWords(all, flags: ["-D", "--debug"], untilOperand: true).operands)
        let rest = words.dropFirst()
        switch words.first?.text {
        case "build", "b": build(rest, "docker buildx", at: place, config: config, input: input)
        case "create":
            let line = OptionWords(rest, flags: ["--bootstrap", "--use", "--append", "--leave"])
            guard !line.has("--append") || line.has("--use") else { return }
            let driver = line.values("--driver").last ?? "docker-container"
            guard driver == "docker-container" else { return }
            let options = line.values("--driver-opt").flatMap { $0.split(separator: ",") }
            let image = options.first { $0.hasPrefix("image=") }.map { String($0.dropFirst("image=".count)) }
            pull(
                image ?? "moby/buildkit:buildx-stable-1", "docker buildx create boots BuildKit", at: place,
                config: config)
        case "bake": bake(rest, at: place, config: config)
        default: return
        }
    }

    private mutating func manifest(_ words: ArraySlice<ShellWord>, at place: Place, config: String?) {
        let names = words.map(\.text)
        guard let verb = names.first(where: { !$0.hasPrefix("-") && $0 != "imagetools" && $0 != "manifest" }),
            let start = names.firstIndex(of: verb)
        else { return }
        let line = OptionWords(
            words.dropFirst(start + 1),
            valued: ["-t", "--tag", "-f", "--file", "--builder", "--format", "--os", "--arch"])
        let isManifest = !names.contains("imagetools")
        switch verb {
        case "inspect":
            guard let image = line.operands.last else { return }
            pull(
                image.text, "docker manifest inspect reads the manifest, which counts", at: place, config: config,
                keeps: false)
        case "create":
            // The first of `manifest create` is the list that is made.
            for image in line.operands.dropFirst(isManifest ? 1 : 0)
            where !image.text.hasPrefix("{") && !image.text.contains(" ") {
                pull(
                    image.text, "it reads the manifest of each image that it lists, which counts", at: place,
                    config: config, keeps: false)
            }
        default: return
        }
    }

    private mutating func other(_ verb: String, _ words: ArraySlice<ShellWord>, at place: Place) {
        let names = words.map(\.text).filter { !$0.hasPrefix("-") }
        switch verb {
        case "tag", "image tag": if let name = names.last { state.keepImage(named: state.expand(name).text) }
        case "commit": if let name = names.last { state.keepImage(named: state.expand(name).text) }
        case "load", "image load": state.hasLoadedImages = true
        case "import", "image import":
            if names.count > 1, let name = names.last { state.keepImage(named: state.expand(name).text) }
        default:
            let name = "docker \(verb)"
            if let client = ImageClient.named(name) { read(by: client, called: name, words, at: place) }
        }
    }
}
