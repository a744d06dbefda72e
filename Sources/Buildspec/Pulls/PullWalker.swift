/// Follows commands in the order in which a build runs them, and notes what they pull.
struct PullWalker {
    /// A command's place.
    struct Place {
        var phase: PhaseName?
        var line: Int
        var certainty = Certainty.certain
        /// Where the command is written, if not in the file itself.
        var origin: String?
        var isRetried = false
        var user = "root"
    }

    let checkout: CheckoutReader
    var state = ShellState()
    private(set) var pulls: [ImagePull] = []
    /// Docker Hub logins and where they stand.
    private(set) var logins: [(line: Int, phase: PhaseName?, user: String)] = []
    /// The scripts that are open, so that none is followed in a circle.
    var open: [String] = []
    private var budget = 20_000

    private static let deepest = 8

    init(_ checkout: CheckoutReader) {
        self.checkout = checkout
    }

    /// Follows a shell text; `line` gives the line of an offset in it.
    mutating func walk(_ text: String, shell: BuildShell, at place: Place, line: (Int) -> Int) {
        walk(ShellScript(text, shell: shell), of: text, shell: shell, at: place, line: line)
    }

    /// Follows a shell text that is split already.
    mutating func walk(
        _ script: ShellScript, of text: String, shell: BuildShell, at place: Place, line: (Int) -> Int
    ) {
        noteConfiguration(text)
        walk(script, shell: shell, at: place, line: line)
    }

    private mutating func walk(_ script: ShellScript, shell: BuildShell, at place: Place, line: (Int) -> Int) {
        for command in script.commands {
            budget -= 1
            guard budget > 0 else { return }
            var here = place
            here.line = line(command.offset)
            if command.condition == .sometimes { here.certainty = max(here.certainty, .likely) }
            let loops = command.loops
            here.isRetried = here.isRetried || loops.contains { !$0.isOverImages }
            for word in command.words + command.assignments {
                for inner in word.substitutions { walk(inner, shell: shell, at: here) { _ in here.line } }
            }
            let values = loops.last { $0.keyword == "for" }.flatMap(loopValues)
            guard let values, !values.isEmpty else {
                run(command, at: here)
                continue
            }
            if values.count < 50, loops.last?.isOverImages == true {
                if here.certainty == .likely, loops.count == 1 { here.certainty = place.certainty }
                for value in values {
                    state.variables[loops.last?.header.first?.text ?? ""] = .known(value)
                    run(command, at: here)
                }
                state.variables[loops.last?.header.first?.text ?? ""] = .unknown
            } else {
                run(command, at: here)
            }
        }
    }

    /// The words of `for NAME in words`, where all of them are known.
    private func loopValues(_ loop: ShellLoop) -> [String]? {
        guard loop.header.count > 2, loop.header[1].text == "in" else { return nil }
        let words = loop.header.dropFirst(2).map { state.expand($0.text) }
        guard words.allSatisfy(\.isResolved) else { return nil }
        return words.flatMap { $0.text.split(whereSeparator: \.isWhitespace).map(String.init) }
    }

    private mutating func run(_ command: ShellCommand, at place: Place) {
        let certain = place.certainty == .certain
        let program = Program(command.words[...])
        if command.words.isEmpty {
            for word in command.assignments { state.assign(word, certain: certain) }
            return
        }
        var place = place
        place.user = user(of: command.words)
        // Kept for nothing, it would have the next assignment copy them all.
        let kept = command.assignments.isEmpty ? [:] : state.variables
        for word in command.assignments { state.assign(word, certain: true) }
        defer { for word in command.assignments { restore(word, from: kept) } }

        if let text = program.innerScript() {
            return nested(text, at: place)
        }
        switch program.name {
        case "export", "declare", "local", "readonly", "typeset":
            for word in program.words.dropFirst() where !word.text.hasPrefix("-") {
                state.assign(word, certain: certain)
            }
        case "unset": for word in program.words.dropFirst() { state.variables[word.text] = nil }
        case "cd", "pushd": changeFolder(program.words.dropFirst().first)
        case "make", "gmake": followMake(program.words.dropFirst(), at: place)
        default: act(program, at: place)
        }
    }

    private mutating func restore(_ word: ShellWord, from kept: [String: VariableText.Value]) {
        let name = String(word.text.prefix { $0 != "=" && $0 != "+" })
        state.variables[name] = kept[name]
    }

    /// `sh -c 'text'` and the like: the text's own variables end with it.
    private mutating func nested(_ text: String, at place: Place) {
        guard open.count < Self.deepest else { return }
        open.append("")
        let kept = (state.variables, state.folder)
        walk(text, shell: .sh, at: place) { _ in place.line }
        (state.variables, state.folder) = kept
        open.removeLast()
    }

    private func user(of words: [ShellWord]) -> String {
        guard words.first?.text == "sudo" else { return state.user }
        for (word, next) in zip(words, words.dropFirst()) where word.text == "-u" || word.text == "--user" {
            return next.text
        }
        return "root"
    }

    private mutating func changeFolder(_ word: ShellWord?) {
        guard let word else { return }
        let target = state.expand(word.text)
        state.folder = target.isResolved ? CheckoutReader.path(target.text, from: state.folder) ?? "/" : "/"
    }

    /// A docker configuration that the commands write holds logins of its own; one of helpers does not.
    private mutating func noteConfiguration(_ text: String) {
        guard text.contains(".docker/config.json"), !text.contains("credHelpers"), !text.contains("credsStore"),
            !text.contains("ecr-login"), [">", "cp ", "mv ", "tee "].contains(where: { text.contains($0) })
        else { return }
        state.isAlwaysLoggedIn = true
    }

    // What the readers of single programs report.

    mutating func note(_ found: FoundPull, at place: Place, config: String? = nil) {
        let found = found.under(place.certainty, "its command runs only sometimes")
        let origin = place.origin.map { " (\($0))" } ?? ""
        pulls.append(
            ImagePull(
                image: found.image, phase: place.phase, line: place.line,
                isAuthenticated: state.isLoggedIn(user: place.user, config: config), certainty: found.certainty,
                why: found.why + origin, isInRetryLoop: place.isRetried, user: place.user))
    }

    mutating func noteLogin(at place: Place, config: String?) {
        logins.append((place.line, place.phase, place.user))
        if place.certainty == .certain { state.logIn(user: place.user, config: config) }
    }

    /// Follows a script or a recipe with a shell of its own, which leaves logins and images behind and nothing else.
    mutating func follow(_ text: String, named path: String, shell: BuildShell, at place: Place, sourced: Bool = false)
    {
        guard open.count < Self.deepest, !open.contains(path) else { return }
        open.append(path)
        let kept = (state.variables, state.folder)
        var inside = place
        inside.origin = "in \(path)"
        walk(text, shell: shell, at: inside) { _ in place.line }
        if !sourced { (state.variables, state.folder) = kept }
        open.removeLast()
    }
}

extension ShellLoop {
    /// Whether it goes through words, as opposed to trying again and again.
    var isOverImages: Bool {
        guard keyword == "for", header.count > 2, header[1].text == "in" else { return false }
        let words = header.dropFirst(2)
        return !words.allSatisfy { word in
            word.text.allSatisfy(\.isNumber) || word.text.hasPrefix("{") || word.text.hasPrefix("$(")
        }
    }
}
