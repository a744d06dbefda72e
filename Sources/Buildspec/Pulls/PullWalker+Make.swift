/// Makefiles and package.json: tools that run commands written elsewhere.
extension PullWalker {
    private static let makeFlags: Set = [
        "-s", "-k", "-B", "-n", "-i", "-e", "-w", "-d", "-r", "-R", "--silent", "--quiet", "--no-print-directory",
        "--always-make", "--keep-going", "--debug", "--dry-run", "--environment-overrides", "--ignore-errors",
        "--print-directory", "--trace", "--no-builtin-rules", "--warn-undefined-variables",
    ]

    /// The recipes of the targets, and of those that they need.
    mutating func followMake(_ all: ArraySlice<ShellWord>, at place: Place) {
        // `-j` has its number in the same word, or none.
        let words = all.flatMap { $0.hasExpansion ? state.words(of: $0.text) ?? [$0] : [$0] }
            .filter { !$0.text.hasPrefix("-j") && !$0.text.hasPrefix("--jobs") }
        let line = OptionWords(words.filter { !$0.text.allSatisfy(\.isNumber) }, flags: Self.makeFlags)
        var folder = state.folder
        for change in line.values("-C", "--directory") {
            let text = state.expand(change)
            folder =
                text.isResolved
                ? CheckoutReader.path(text.text, from: folder) ?? CheckoutReader.outside : CheckoutReader.outside
        }
        let names =
            line.values("-f", "--file", "--makefile").last.map { [$0] } ?? ["GNUmakefile", "makefile", "Makefile"]
        let found = names.compactMap { CheckoutReader.path($0, from: folder) }
            .compactMap { path in checkout.text(of: path).map { (path, $0) } }.first
        let settings = line.operands.filter { $0.text.contains("=") }
        let targets = line.operands.map { state.expand($0.text).text }.filter { !$0.contains("=") }
        guard let (path, text) = found, open.count < 8 else {
            let what = (["make"] + targets).joined(separator: " ")
            // It may build images that are run later.
            state.mayHaveImages = true
            return noteDelegation("\(what) may pull; there is no Makefile here", words, at: place)
        }
        let kept = state.scope
        state.folder = folder
        for word in settings { state.assign(word, certain: true) }
        let set = Set(settings.compactMap { $0.text.split(separator: "=").first.map(String.init) })
        let reader = checkout
        let makefile = Makefile(text) { name in
            CheckoutReader.path(name, from: folder).flatMap { reader.text(of: $0) }
        }
        // A variable of the Makefile wins over the environment's, unless it is set with `?=`; one of the command wins over all.
        for (name, value) in makefile.assignments where !set.contains(name) {
            if value.isDefault, state.variables[name] != nil { continue }
            let text = state.expand(value.text)
            state.variables[name] =
                text.isResolved
                ? .likely(text.text) : text.text.utf8.count > 500 ? .partial("$" + name) : .partial(text.text)
        }
        for recipe in makefile.recipes(for: targets) {
            guard !recipe.isMissing else {
                noteDelegation("make \(recipe.target) may pull; \(path) has no such target", words, at: place)
                continue
            }
            // Each line has a shell of its own.
            for (number, command) in recipe.lines.enumerated() {
                follow(command, named: "\(path), target \(recipe.target), command \(number + 1)", shell: .sh, at: place)
            }
        }
        state.scope = kept
    }

    private static let packageVerbs: Set = ["test", "start", "stop", "restart"]

    /// A script of package.json with those that npm runs before and after it. False where the package or the script is not
    /// here, and for words that are no script.
    mutating func followPackageScript(_ program: Program, at place: Place) -> Bool {
        let manager = program.name ?? ""
        let line = OptionWords(
            program.words.dropFirst(),
            flags: [
                "-s", "--silent", "--if-present", "--frozen-lockfile", "--immutable", "--no-audit", "--ignore-scripts",
                "-w",
                "--workspace-root", "-r", "--recursive", "--verbose", "--bun",
            ], untilOperand: true)
        var operands = ArraySlice(line.operands.map(\.text))
        guard var verb = operands.popFirst(), !line.has("-r"), !line.has("--recursive") else { return false }
        if verb == "workspace" || verb == "workspaces" { return false }
        if verb == "run" || verb == "run-script" {
            while let option = operands.first, option.hasPrefix("-") { operands.removeFirst(); _ = option }
            guard let name = operands.popFirst() else { return false }
            verb = name
        } else if verb == "t" {
            verb = "test"
        } else if manager == "npm" || manager == "bun", !Self.packageVerbs.contains(verb) {
            return false
        }
        var folder = state.folder
        for change in line.values("--prefix", "--cwd", "-C", "--dir") {
            folder = CheckoutReader.path(state.expand(change).text, from: folder) ?? CheckoutReader.outside
        }
        guard let path = CheckoutReader.path("package.json", from: folder), let text = checkout.text(of: path),
            let scripts = try? YAMLReader.read(SourceText(text), path: path)?["scripts"], scripts[verb]?.text != nil
        else { return false }
        let kept = state.folder
        state.folder = folder
        for name in ["pre" + verb, verb, "post" + verb] {
            if let script = scripts[name]?.text {
                follow(script, named: "\(path), script \(name)", shell: .sh, at: place)
            }
        }
        state.folder = kept
        return true
    }
}
