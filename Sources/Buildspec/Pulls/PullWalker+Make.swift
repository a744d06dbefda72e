/// Makefiles.
extension PullWalker {
    /// As many bytes of a Makefile cost as much as a command.
    static let bytesOfStep = 128
    private static let makeFlags: Set = [
        "-s", "-k", "-B", "-n", "-i", "-e", "-w", "-d", "-r", "-R", "--silent", "--quiet", "--no-print-directory",
        "--always-make", "--keep-going", "--debug", "--dry-run", "--environment-overrides", "--ignore-errors",
        "--print-directory", "--trace", "--no-builtin-rules", "--warn-undefined-variables",
    ]

    /// The recipes of the targets, and of those that they need.
    mutating func followMake(_ all: ArraySlice<ShellWord>, at place: Place, isVersion: Bool = false) {
        // `-j` has its number in the same word, or none.
        let words = all.flatMap { $0.hasExpansion ? state.scope.words(of: $0.text) ?? [$0] : [$0] }
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
            line.values("-f", "--file", "--makefile").last.map { [state.expand($0).text] }
            ?? ["GNUmakefile", "makefile", "Makefile"]
        let found = names.compactMap { name in CheckoutReader.path(name, from: folder).map { (name, $0) } }
            .compactMap { name, path in checkout.text(of: path).map { (name, path, $0) } }.first
        let targets = line.operands.map { state.expand($0.text).text }.filter { !$0.contains("=") }
        guard let (name, path, text) = found, open.count < 8 else {
            let what = (["make"] + targets).joined(separator: " ")
            // It may build images that are run later.
            state.mayHaveImages = true
            return noteDelegation("\(what) may pull; there is no Makefile here", targets, at: place)
        }
        if !isVersion, checkout.isDoubted(path) {
            return inEachVersion(of: CollectionOfOne(path)) { $0.followMake(all, at: place, isVersion: true) }
        }
        guard spend(text.utf8.count / Self.bytesOfStep) else {
            state.mayHaveImages = true
            return noteDelegation("make may pull; it reads too much to be followed each time", targets, at: place)
        }
        let kept = (state.scope, makeSettings)
        let surroundings = makeSurroundings(line, in: folder, targets: targets)
        makeSettings = surroundings.settings
        state.folder = folder
        let makefile = Makefile(text, name: name, in: surroundings)
        let start = state.scope
        var (environment, scope) = ([Makefile.Variable](), start)
        let recipes = makefile.recipes(for: targets)
        // What it included, and what its functions did.
        budget -= (makefile.bytes - text.utf8.count + makefile.variables.reading.spent * 4) / Self.bytesOfStep
        for recipe in recipes {
            guard !recipe.isMissing else {
                let why =
                    recipe.isOpen
                    ? "does not tell that target's name"
                    : !recipe.target.isEmpty
                        ? "has no such target"
                        : targets.isEmpty && makefile.hasHiddenFiles
                            ? "includes files that cannot be read here" : "has more than can be followed here"
                let what = recipe.target.isEmpty ? "make" : "make \(recipe.target)"
                noteDelegation("\(what) may pull; \(path) \(why)", targets, at: place)
                continue
            }
            // Most recipes have the same environment.
            if recipe.environment != environment {
                state.scope = start
                hand(recipe.environment)
                (environment, scope) = (recipe.environment, state.scope)
            }
            // Each line has a shell of its own.
            for (number, command) in recipe.commands.enumerated() {
                state.scope = recipe.target.isEmpty ? start : scope
                let name = recipe.target.isEmpty ? "function shell" : "target \(recipe.target), command"
                follow(command, named: "\(path), \(name) \(number + 1)", at: place)
            }
        }
        (state.scope, makeSettings) = kept
    }

    /// What make starts with. The variables that the command sets are the recipes' environment, too, and those of another make
    /// that they start.
    private mutating func makeSurroundings(
        _ line: OptionWords, in folder: String, targets: [String]
    ) -> MakeVariables.Surroundings {
        var surroundings = MakeVariables.Surroundings()
        let outside = state.scope
        surroundings.environment = { name in
            let value = outside.value(name)
            return value == .unknown ? nil : value
        }
        surroundings.settings = makeSettings
        for word in line.operands {
            guard let equals = word.text.firstIndex(of: "=") else { continue }
            let name = word.text[..<equals].filter { !":+?".contains($0) }
            var word = word
            word.text = name + word.text[equals...]
            state.scope.assign(word, certain: true)
            surroundings.settings[name] = state.variables[name]
        }
        for (name, value) in surroundings.settings { state.variables[name] = value }
        if folder != CheckoutReader.outside {
            surroundings.folder = CheckoutReader.absolute(folder)
        }
        surroundings.goals = targets
        surroundings.prefersEnvironment = line.has("-e") || line.has("--environment-overrides")
        let reader = checkout
        surroundings.file = { name in CheckoutReader.path(name, from: folder).flatMap { reader.text(of: $0) } }
        surroundings.matches = { reader.paths(matching: $0, from: folder) }
        return surroundings
    }

    /// Sets what a recipe's commands find in their environment.
    private mutating func hand(_ environment: [Makefile.Variable]) {
        let outside = state.scope
        for variable in environment {
            let text = outside.expand(variable.text)
            state.variables[variable.name] =
                if text.isResolved {
                    text.isSure && variable.isSure ? .known(text.text) : .likely(text.text)
                } else {
                    .partial(text.text.utf8.count > 500 ? "$" + variable.name : text.text)
                }
        }
    }

    private mutating func follow(_ command: MakeCommand, named name: String, at place: Place) {
        var here = place
        if command.isConditional { (here.certainty, here.isSureInBranch) = (max(here.certainty, .likely), false) }
        if command.isDoubtful { here.doubt = here.doubt ?? "a variable of the Makefile may be set otherwise" }
        for (number, value) in command.values.enumerated() {
            state.variables[MakeCommand.name(of: number)] = .likely(value)
        }
        if let hidden = command.hidden {
            state.mayHaveImages = true
            noteDelegation("\(name), may pull by way of a function of make", [hidden], at: here)
        }
        follow(command.text, named: name, shell: .sh, at: here)
    }
}
