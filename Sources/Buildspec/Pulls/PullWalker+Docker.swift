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
        var words = ArraySlice(words.flatMap { $0.hasExpansion ? state.words(of: $0.text) ?? [$0] : [$0] })
        let verbs: Set = ["login", "logout"]
        if words.contains(where: { verbs.contains($0.text) }) { words = ArraySlice(words.map(resolved)) }
        let globals = OptionWords(words, flags: Self.globalFlags, untilOperand: true)
        let config = globals.values("--config").last
        var line = DockerCommandLine(words)
        let rest = globals.operands.dropFirst()
        switch line.action() {
        case .login(.dockerHub, _): noteLogin(at: place, config: config)
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
            let options = zip(rest, rest.dropFirst()).contains { $0.text == "--pull" && $1.text == "always" }
            let always = options || rest.contains { $0.text == "--pull=always" }
            pull(image, "\(tool) run", at: place, config: config, onlyIfMissing: !always)
        case .build:
            let skipped = ["image", "builder"].contains(globals.operands.first?.text) ? 2 : 1
            build(globals.operands.dropFirst(skipped), tool, at: place, config: config, input: input)
        case .buildx: buildx(rest, at: place, config: config, input: input)
        case .compose: compose(rest, at: place, config: config)
        case .manifest: manifest(rest, at: place, config: config)
        case .other(let verb): other(verb, rest, at: place)
        case .login, .logout, .startDaemon, .install, .query: return
        }
    }

    /// A word with the values of its variables, where all are known.
    private func resolved(_ word: ShellWord) -> ShellWord {
        guard word.hasExpansion else { return word }
        let text = state.expand(word.text)
        return ShellWord(text: text.text, hasExpansion: !text.isResolved, substitutions: word.substitutions)
    }

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
        let image = ImageName(text.text, isResolved: text.isResolved)
        if onlyIfMissing, state.hasImage(image) { return }
        var found = FoundPull(image, line: place.line, .certain, what)
        if !text.isResolved {
            found = found.under(
                image.registry == nil || !image.isPlausible ? .unknown : .likely,
                "the file does not tell the value of a variable")
        } else if image.reference == nil, !image.isCurated {
            found = found.under(.unknown, "docker does not take this name")
        } else if !text.isSure {
            found = found.under(.likely, "a variable of the project or the shell may say otherwise")
        } else if onlyIfMissing, state.hasLoadedImages {
            found = found.under(.likely, "a command before it may have built or loaded it")
        }
        note(found, at: place, config: config)
        if keeps { state.keepImage(image) }
    }

    mutating func build(
        _ words: some Sequence<ShellWord>, _ tool: String, at place: Place, config: String? = nil, input: String? = nil
    ) {
        let line = OptionWords(words, flags: Self.buildFlags)
        build(
            context: line.operands.last?.text, file: line.values("-f", "--file").last,
            arguments: line.values("--build-arg"), target: line.values("--target").last,
            contexts: line.values("--build-context"), at: place, config: config, input: input)
        for tag in line.values("-t", "--tag") { state.keepImage(ImageName(state.expand(tag).text)) }
    }

    mutating func build(
        context: String?, file: String?, arguments: [String], target: String?, contexts: [String] = [], at place: Place,
        config: String? = nil, input: String? = nil
    ) {
        var request = DockerfileBuild(target: target.map { state.expand($0).text }, isComplete: true)
        request.arguments = buildArguments(arguments)
        for context in contexts {
            let parts = context.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { request.contexts[parts[0]] = state.expand(parts[1]).text }
        }
        let dockerfile = DockerfileAtPath(
            context: context.map { state.expand($0).text }, file: file.map { state.expand($0).text },
            folder: state.folder, input: input)
        for found in dockerfile.pulls(request, in: checkout) {
            if let image = found.image, state.hasImage(image) { continue }
            note(found, at: place, config: config)
        }
    }

    /// The values of `--build-arg`.
    private func buildArguments(_ written: [String]) -> [String: VariableText.Value] {
        var arguments: [String: VariableText.Value] = [:]
        for argument in written {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let text = parts.count > 1 ? state.expand(parts[1]) : nil
            arguments[parts[0]] =
                text.map { $0.isResolved ? ($0.isSure ? .known($0.text) : .likely($0.text)) : .partial($0.text) }
                ?? state.value(parts[0])
        }
        return arguments
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
        guard names.contains("inspect"), let image = names.last(where: { !$0.hasPrefix("-") && $0 != "inspect" }),
            image != "imagetools", image != "manifest"
        else { return }
        pull(image, "docker manifest inspect reads the manifest, which counts", at: place, config: config, keeps: false)
    }

    private mutating func other(_ verb: String, _ words: ArraySlice<ShellWord>, at place: Place) {
        let names = words.map(\.text).filter { !$0.hasPrefix("-") }
        switch verb {
        case "tag", "image tag": if let name = names.last { state.keepImage(ImageName(state.expand(name).text)) }
        case "commit": if let name = names.last { state.keepImage(ImageName(state.expand(name).text)) }
        case "load", "import": state.hasLoadedImages = true
        default: return
        }
    }

    mutating func compose(_ words: ArraySlice<ShellWord>, at place: Place, config: String? = nil) {
        let line = OptionWords(
            words,
            flags: ["--verbose", "--compatibility", "--dry-run", "--all-resources", "--help", "-v", "--version"],
            untilOperand: true)
        guard let verb = line.operands.first?.text, let work = Self.composeVerb(verb) else { return }
        let rest = OptionWords(
            line.operands.dropFirst(),
            flags: [
                "-d", "--detach", "--build", "--no-build", "--pull", "-q", "--quiet", "--quiet-pull", "--no-cache",
                "--parallel",
                "--force-recreate", "--no-recreate", "--no-deps", "--remove-orphans", "-V", "--renew-anon-volumes",
                "--wait",
                "--abort-on-container-exit", "--no-start", "--rm", "-T", "--no-TTY", "--service-ports",
                "--ignore-pull-failures",
                "--include-deps", "--push", "--no-log-prefix", "--no-color", "--always-recreate-deps", "--force-rm",
                "--compress", "--ignore-buildable", "--with-dependencies", "--attach-dependencies", "-i",
                "--interactive",
                "--use-aliases", "--watch", "-w", "--menu", "-y", "--yes", "-P",
            ], untilOperand: verb == "run")
        var services = rest.operands.map(\.text)
        if verb == "run" { services = Array(services.prefix(1)) }
        var folder = state.folder
        for change in line.values("--project-directory") { folder = CheckoutReader.path(change, from: folder) ?? "/" }
        guard let paths = composeFiles(line.values("-f", "--file"), folder: folder) else {
            // It may build images that are run later.
            state.hasLoadedImages = true
            return unknown("docker compose \(verb): no compose file is in the checkout", at: place, config: config)
        }
        let environment = line.values("--env-file").last.flatMap { CheckoutReader.path($0, from: folder) }
        let variables = state
        let project = ComposeProject(paths, environmentFile: environment, in: checkout) { variables.value($0) }
        var profiles = Set(line.values("--profile").map { state.expand($0).text })
        profiles.formUnion(told("COMPOSE_PROFILES", separator: ","))
        var selection = ComposeProject.Selection(verb: work, services: services, profiles: profiles)
        selection.arguments = buildArguments(rest.values("--build-arg"))
        selection.withoutNeeds = rest.has("--no-deps")
        selection.onlyUnbuildable = rest.has("--ignore-buildable")
        if work != .pull { for image in project.builtImages(selection) { state.keepImage(image) } }
        for found in project.pulls(selection) {
            if let image = found.image, state.hasImage(image), work != .pull { continue }
            if let image = found.image, work != .build { state.keepImage(image) }
            note(found, at: place, config: config)
        }
    }

    /// The parts of a variable's value, known or likely.
    private func told(_ name: String, separator: Character) -> [String] {
        switch state.value(name) {
        case .known(let text), .likely(let text): text.split(separator: separator).map(String.init)
        case .partial, .unknown: []
        }
    }

    private static func composeVerb(_ verb: String) -> ComposeProject.Verb? {
        switch verb {
        case "up", "run", "create", "watch": .up
        case "build": .build
        case "pull": .pull
        default: nil
        }
    }

    /// The files that are named, or those that compose finds by itself; nil where one is missing.
    private func composeFiles(_ named: [String], folder: String) -> [String]? {
        let names = named.isEmpty ? told("COMPOSE_FILE", separator: ":") : named
        func present(_ name: String) -> String? {
            let text = state.expand(name)
            guard text.isResolved, let path = CheckoutReader.path(text.text, from: folder),
                checkout.text(of: path) != nil
            else { return nil }
            return path
        }
        if !names.isEmpty {
            let paths = names.compactMap(present)
            return paths.count == names.count ? paths : nil
        }
        let usual = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"].lazy.compactMap(
            present
        ).first
        guard let usual else { return nil }
        let overrides = ["override.yml", "override.yaml"].lazy.compactMap { suffix in
            let stem = usual.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
            return present("\(stem.split(separator: "/").last.map(String.init) ?? stem).\(suffix)")
        }.first
        return [usual] + (overrides.map { [$0] } ?? [])
    }
}
