/// Which program does what.
extension PullWalker {
    mutating func act(_ program: Program, at place: Place) {
        let words = program.words.dropFirst()
        switch program.name {
        case "docker": docker(words, at: place)
        case "unthrottle" where words.prefix(2).map(\.text) == ["helper", "install"]:
            noteLogin(at: place, config: nil)
        case "podman", "nerdctl": docker(words, at: place, tool: program.name ?? "")
        case "docker-compose", "podman-compose": compose(words, at: place)
        case "buildah": buildah(words, at: place)
        case "skopeo": skopeo(words, at: place)
        case "crane", "gcrane": crane(words, at: place)
        case "executor" where program.words.first?.text.contains("kaniko") == true, "kaniko": kaniko(words, at: place)
        case "sam" where words.contains { $0.text == "--use-container" || $0.text == "-u" }:
            note(
                FoundPull(
                    ImageName("public.ecr.aws/sam/build-$RUNTIME"), line: place.line, .unknown,
                    "sam build --use-container pulls an image for each runtime"), at: place)
        default: followScript(program, at: place)
        }
    }

    private mutating func buildah(_ words: ArraySlice<ShellWord>, at place: Place) {
        let rest = words.dropFirst()
        switch words.first?.text {
        case "from", "pull":
            let line = OptionWords(rest, flags: ["-q", "--quiet", "--pull", "--pull-always", "-a", "--all-tags"])
            if let image = line.operands.first { pull(image.text.withoutTransport, "buildah", at: place) }
        case "bud", "build", "build-using-dockerfile": build(rest, "buildah", at: place)
        default: return
        }
    }

    private mutating func skopeo(_ words: ArraySlice<ShellWord>, at place: Place) {
        guard let verb = words.first?.text, ["copy", "inspect", "sync"].contains(verb) else { return }
        let source = words.dropFirst().first { $0.text.hasPrefix("docker://") }
        guard let source,
            verb != "copy"
                || source == words.dropFirst().first(where: { $0.text.contains(":") && !$0.text.hasPrefix("-") })
        else { return }
        pull(source.text.withoutTransport, "skopeo \(verb)", at: place, keeps: false)
    }

    private mutating func crane(_ words: ArraySlice<ShellWord>, at place: Place) {
        guard let verb = words.first?.text,
            ["pull", "copy", "cp", "export", "manifest", "config", "mutate"].contains(verb)
        else { return }
        let line = OptionWords(words.dropFirst(), flags: ["--insecure", "-v", "--verbose", "--all-tags", "-a"])
        if let image = line.operands.first { pull(image.text, "crane \(verb)", at: place, keeps: false) }
    }

    private mutating func kaniko(_ words: ArraySlice<ShellWord>, at place: Place) {
        let line = OptionWords(
            words, flags: ["--cleanup", "--no-push", "--reproducible", "--single-snapshot", "--force"])
        var context = line.values("--context", "-c").last
        if let text = context, text.hasPrefix("dir://") { context = String(text.dropFirst("dir://".count)) }
        build(
            context: context, file: line.values("--dockerfile", "-f").last, arguments: line.values("--build-arg"),
            target: line.values("--target").last, at: place)
    }

    /// `./x.sh`, `bash x.sh`, `. x.sh`: followed where the checkout has it and it is a shell's.
    private mutating func followScript(_ program: Program, at place: Place) {
        guard let name = program.delegation(), !program.onlyPrepares else { return }
        let isSourced = program.name == "." || program.name == "source"
        let path = state.expand(name)
        guard path.isResolved, let file = CheckoutReader.path(path.text, from: state.folder),
            let text = checkout.text(of: file)
        else {
            return note(
                FoundPull(nil, line: place.line, .unknown, "\(name) may pull; it cannot be read here"), at: place)
        }
        guard let shell = Self.shell(of: text, named: file) else {
            return note(
                FoundPull(nil, line: place.line, .unknown, "\(file) may pull; it is no shell script"), at: place)
        }
        follow(text, named: file, shell: shell, at: place, sourced: isSourced)
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

    /// The recipes of the targets, and of those that they need.
    mutating func followMake(_ words: ArraySlice<ShellWord>, at place: Place) {
        let line = OptionWords(
            words,
            flags: [
                "-s", "-k", "-B", "-n", "-i", "-e", "-w", "--silent", "--no-print-directory", "--always-make", "-j",
            ])
        var folder = state.folder
        for change in line.values("-C", "--directory") { folder = CheckoutReader.path(change, from: folder) ?? "/" }
        let names =
            line.values("-f", "--file", "--makefile").last.map { [$0] } ?? ["GNUmakefile", "makefile", "Makefile"]
        let found = names.compactMap { CheckoutReader.path($0, from: folder) }
            .compactMap { path in checkout.text(of: path).map { (path, $0) } }.first
        let settings = line.operands.filter { $0.text.contains("=") }
        let targets = line.operands.map(\.text).filter { !$0.contains("=") }
        guard let (path, text) = found else {
            let what = (["make"] + targets).joined(separator: " ")
            return note(
                FoundPull(nil, line: place.line, .unknown, "\(what) may pull; there is no Makefile here"), at: place)
        }
        let makefile = Makefile(text)
        let kept = (state.variables, state.folder)
        state.folder = folder
        for (name, value) in makefile.variables where state.variables[name] == nil {
            state.variables[name] = .likely(state.expand(value).text)
        }
        for word in settings { state.assign(word, certain: true) }
        for recipe in makefile.recipes(for: targets) {
            if recipe.isMissing {
                note(
                    FoundPull(
                        nil, line: place.line, .unknown, "make \(recipe.target) may pull; \(path) has no such target"),
                    at: place)
            } else {
                follow(recipe.script, named: "\(path), target \(recipe.target)", shell: .sh, at: place)
            }
        }
        (state.variables, state.folder) = kept
    }
}

extension String {
    /// The image behind `docker://`.
    fileprivate var withoutTransport: String {
        hasPrefix("docker://") ? String(dropFirst("docker://".count)) : self
    }
}
