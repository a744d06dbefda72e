/// Which program does what.
extension PullWalker {
    mutating func act(_ program: Program, at place: Place, input: String? = nil) {
        let words = program.words.dropFirst()
        // Whatever it is called as, a script that starts docker pulls nothing.
        if program.setsDockerUp { return }
        noteImageTask(program)
        guard program.traits.contains(.puller) else {
            if program.name == "find", runOnFound(program, at: place) { return }
            let isRetry = program.name?.contains("retry") == true
            var inside = place
            inside.isRetried = place.isRetried || isRetry
            inside.doubt = place.doubt ?? "a program that is not known runs it"
            // `retry 3 "docker pull a"`: it may hand the text to a shell.
            if isRetry, let text = words.last?.text, text.contains(" ") {
                return nested(text, shell: .sh, at: inside)
            }
            guard let wrapped = program.wrapped ?? commandBehindDashes(of: program) else {
                return followScript(program, at: place)
            }
            return runInner(wrapped, at: inside, input: input)
        }
        switch program.name {
        case "docker": docker(words, at: place, input: input)
        case "podman", "nerdctl", "finch": docker(words, at: place, tool: program.name ?? "", input: input)
        case "docker-compose", "podman-compose":
            compose(state.scope.split(words), by: program.name ?? "", at: place)
        case "kind" where words.first?.text == "create" && words.contains { $0.text == "cluster" }:
            kind(words, at: place)
        case "minikube" where words.first?.text == "start",
            "k3d" where words.prefix(2).map(\.text) == ["cluster", "create"],
            "buildctl", "skaffold", "earthly", "act", "dagger", "ko", "localstack", "testcontainers":
            unknown("\(program.name ?? "") may pull", at: place)
        case "pack": pack(words, at: place)
        case "npm", "yarn", "pnpm", "bun":
            if !followPackageScript(program, at: place) { followScript(program, at: place) }
        case "run-s", "run-p", "npm-run-all":
            if !followScriptList(program, at: place) { followScript(program, at: place) }
        case "npx" where ["run-s", "run-p", "npm-run-all"].contains(words.first?.text):
            act(Program(words), at: place, input: input)
        case "buildah", "skopeo", "oras", "cosign":
            if words.first?.text == "login" { return docker(words, at: place, tool: program.name ?? "") }
            switch program.name {
            case "buildah": buildah(words, at: place)
            case "skopeo": skopeo(words, at: place)
            default: read(by: program, at: place)
            }
        case "crane" where words.first?.text == "auth" && words.dropFirst().first?.text == "login":
            docker(words.dropFirst(), at: place, tool: "crane")
        case "unthrottle" where words.prefix(2).map(\.text) == ["helper", "install"]:
            noteLogin(at: place, config: nil)
        case "helm": helm(words, at: place)
        case "executor" where program.words.first?.text.contains("kaniko") == true, "kaniko": kaniko(words, at: place)
        case "sam" where words.first?.text == "local":
            note(
                FoundPull(
                    ImageName("public.ecr.aws/lambda/$RUNTIME"), line: place.line, .unknown,
                    "sam local runs functions in an image of their runtime"), at: place)
        case "sam" where words.contains { $0.text == "--build-image" || $0.text.hasPrefix("--build-image=") }:
            let line = OptionWords(words, flags: ["--use-container", "-u", "--cached", "--parallel", "--debug"])
            for image in line.values("--build-image", "-bi") {
                // One for all functions, or for the function before the equals sign.
                pull(image.split(separator: "=").last.map(String.init) ?? image, "sam build", at: place)
            }
        case "sam" where words.contains { $0.text == "--use-container" || $0.text == "-u" }:
            note(
                FoundPull(
                    ImageName("public.ecr.aws/sam/build-$RUNTIME"), line: place.line, .unknown,
                    "sam build --use-container pulls an image for each runtime"), at: place)
        default:
            if !read(by: program, at: place) { followScript(program, at: place) }
        }
    }

    /// What another program runs.
    mutating func runInner(_ program: Program, at place: Place, input: String? = nil) {
        if let text = program.innerScript() { return nested(text, shell: program.innerShell, at: place) }
        if program.name == "make" { return followMake(program.words.dropFirst(), at: place) }
        act(program, at: place, input: input)
    }

    /// Of a program that is not known: it may take what stands behind `--` for a name, unless make or a script is meant.
    private func commandBehindDashes(of program: Program) -> Program? {
        guard let command = program.behindDashes else { return nil }
        if command.name == "make" { return command }
        return command.delegation().flatMap { path($0) }.flatMap { checkout.text(of: $0) } == nil ? nil : command
    }

    /// Build tools make images with tasks of theirs; one that an option names is there afterwards.
    private mutating func noteImageTask(_ program: Program) {
        guard program.traits.contains(.imageMaker) else { return }
        for word in program.words.dropFirst() {
            let text = word.text.lowercased()
            guard text.contains("image") || text.contains("docker") || text.contains("jib") else { continue }
            state.mayHaveImages = true
            if let equals = word.text.firstIndex(of: "="), text[..<equals].contains("image") {
                state.keepImage(named: state.expand(String(word.text[word.text.index(after: equals)...])).text)
            }
        }
    }

    /// A cluster of kind runs in containers of `kindest/node`, whose tag goes with kind's own version.
    private mutating func kind(_ words: ArraySlice<ShellWord>, at place: Place) {
        let line = OptionWords(words, flags: ["--retain", "-q", "--quiet"])
        let what = "kind create cluster runs its nodes from it"
        if let image = line.values("--image").last { return pull(image, what, at: place, onlyIfMissing: true) }
        note(
            FoundPull(ImageName("kindest/node"), line: place.line, .likely, "\(what), with a tag of kind's choice"),
            at: place)
    }

    /// `pack build` runs an image that builds, and looks at the one that it builds upon, which that image names.
    private mutating func pack(_ words: ArraySlice<ShellWord>, at place: Place) {
        if words.first?.text == "build" {
            let line = OptionWords(words.dropFirst(), flags: Self.packFlags)
            let policy = line.values("--pull-policy").last
            if let builder = line.values("-B", "--builder").last, policy != "never" {
                pull(
                    builder, "the builder of pack build", at: place,
                    onlyIfMissing: policy == "if-not-present")
            }
            if let image = line.operands.first { state.keepImage(named: state.expand(image.text).text) }
        }
        unknown("pack may pull", at: place)
    }

    private static let packFlags: Set = [
        "--clear-cache", "--publish", "--trust-builder", "--trust-extra-buildpacks", "-v", "--verbose", "-q", "--quiet",
        "--no-color", "--timestamps", "--interactive", "--sparse",
    ]

    private mutating func buildah(_ words: ArraySlice<ShellWord>, at place: Place) {
        let rest = words.dropFirst()
        switch words.first?.text {
        case "from", "pull":
            let line = OptionWords(rest, flags: ["-q", "--quiet", "--pull", "--pull-always", "-a", "--all-tags"])
            if let image = line.operands.first {
                pull(image.text.withoutTransport, "buildah", at: place, config: configuration(of: "buildah", at: place))
            }
        case "bud", "build", "build-using-dockerfile":
            build(rest, "buildah", at: place, config: configuration(of: "buildah", at: place))
        default: return
        }
    }

    private mutating func skopeo(_ words: ArraySlice<ShellWord>, at place: Place) {
        guard let verb = words.first?.text, ["copy", "inspect", "sync"].contains(verb) else { return }
        let config = configuration(of: "skopeo", at: place)
        if verb == "sync" {
            let line = OptionWords(words.dropFirst(), flags: Self.syncFlags)
            guard line.values("-s", "--src").last == "docker", let source = line.operands.first else { return }
            return pull(source.text, "skopeo sync", at: place, config: config, keeps: false)
        }
        let source = words.dropFirst().first { $0.text.hasPrefix("docker://") }
        guard let source,
            verb != "copy"
                || source == words.dropFirst().first(where: { $0.text.contains(":") && !$0.text.hasPrefix("-") })
        else { return }
        pull(source.text.withoutTransport, "skopeo \(verb)", at: place, config: config, keeps: false)
    }

    private static let syncFlags: Set = [
        "-a", "--all", "--dry-run", "--preserve-digests", "--remove-signatures", "--scoped", "--keep-going",
        "--no-creds",
        "--src-no-creds", "--dest-no-creds",
    ]

    private mutating func kaniko(_ words: ArraySlice<ShellWord>, at place: Place) {
        let line = OptionWords(
            words, flags: ["--cleanup", "--no-push", "--reproducible", "--single-snapshot", "--force"])
        var context = line.values("--context", "-c").last
        if let text = context, text.hasPrefix("dir://") { context = String(text.dropFirst("dir://".count)) }
        build(
            context: context, file: line.values("--dockerfile", "-f").last, arguments: line.values("--build-arg"),
            target: line.values("--target").last, by: "kaniko", at: place)
    }

    /// `./x.sh`, `bash x.sh`, `. x.sh`: followed where the checkout has it and it is a shell's.
    private mutating func followScript(_ program: Program, at place: Place) {
        let isSourced = program.traits.contains(.sourcing)
        if isSourced, sourceSettings(program, at: place) { return }
        guard let name = program.delegation(), !program.onlyPrepares else { return }
        let path = state.expand(name)
        guard path.isResolved, let file = CheckoutReader.path(path.text, from: state.folder),
            let text = checkout.text(of: file)
        else {
            if name.hasSuffix("sh") || name.contains("build") { state.mayHaveImages = true }
            if isSourced { hasUnknownSettings = true }
            // A folder that commands print has no name of its own.
            let shown = name.hasPrefix("$0") ? CheckoutReader.path(path.text, from: state.folder) ?? name : name
            return noteDelegation("\(shown) may pull; it cannot be read here", program.taskNames, at: place)
        }
        guard let shell = Self.shell(of: text, named: file) else {
            return noteDelegation("\(file) may pull; it is no shell script", program.taskNames, at: place)
        }
        let words = program.words.drop { $0.text != name }.dropFirst()
        inEachVersion(of: CollectionOfOne(file)) { walker in
            let text = walker.checkout.text(of: file) ?? text
            walker.follow(text, named: file, shell: shell, at: place, sourced: isSourced, arguments: words)
        }
    }

    /// A file of settings that the checkout has, such as `.env`; false for any other.
    private mutating func sourceSettings(_ program: Program, at place: Place) -> Bool {
        guard let file = program.words.dropFirst().first?.text, file.hasSuffix(".env"), let path = path(file),
            let text = checkout.text(of: path)
        else { return false }
        inEachVersion(of: CollectionOfOne(path)) { walker in
            walker.follow(walker.checkout.text(of: path) ?? text, named: path, shell: .sh, at: place, sourced: true)
        }
        return true
    }

    private static func shell(of text: String, named path: String) -> BuildShell? {
        let first = text.prefix { $0 != "\n" && $0 != "\r\n" }
        if first.hasPrefix("#!") {
            let words = first.dropFirst(2).split { $0 == " " || $0 == "/" }.map(String.init)
            return words.contains { ["sh", "bash", "dash", "ash", "zsh", "ksh"].contains($0) } ? .bash : nil
        }
        if path.hasSuffix(".ps1") { return .powershell }
        if path.hasSuffix(".cmd") || path.hasSuffix(".bat") { return .cmd }
        return [".py", ".js", ".rb", ".pl", ".php", ".ts"].contains { path.hasSuffix($0) } ? nil : .sh
    }
}

extension String {
    /// The image behind `docker://`.
    fileprivate var withoutTransport: String {
        hasPrefix("docker://") ? String(dropFirst("docker://".count)) : self
    }
}
