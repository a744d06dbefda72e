/// Commands that use a variable of which several values are possible.
extension PullWalker {
    /// The choices on which a command depends, as far as they can be followed together.
    func alternatives(for command: ShellCommand) -> [VariableChoice] {
        guard !state.variables.choices.isEmpty, command.isFollowedWithEachValue else { return [] }
        let readsEnvironment =
            command.words.contains { ["compose", "bake", "--build-arg"].contains($0.text) }
            || command.program.name?.hasSuffix("compose") == true
        return state.variables.choices(all: readsEnvironment, folders: !command.words.isEmpty, of: command.names)
    }

    /// The choices on which a loop's words depend.
    func alternatives(for loop: ShellLoop) -> [VariableChoice] {
        guard !state.variables.choices.isEmpty else { return [] }
        return state.variables.choices(all: false, folders: false) { loop.header.name($0) }
    }

    /// Does something with each of the possible values.
    mutating func inEach(of choices: [VariableChoice], _ action: (inout PullWalker) -> Void) {
        guard !choices.isEmpty, let all = VariableChoice.product(of: choices) else { return action(&self) }
        state.variables.choices.removeAll(where: choices.contains)
        let names = choices.reduce(into: Set<String>()) { $0.formUnion($1.names) }.sorted()
        let reason =
            names.isEmpty
            ? "the folder may also be another one"
            : "\(names.joined(separator: ", ")) may also hold \(names.count == 1 ? "another value" : "other values")"
        inEachWay(all.count, reason) { walker, index in
            for (name, value) in all[index].values { walker.state.variables[name] = value }
            if let folder = all[index].folder { walker.state.folder = folder }
            action(&walker)
        }
    }

    /// Does something with each of the texts that branches may have left in files.
    mutating func inEachVersion(of paths: some Collection<String>, _ action: (inout PullWalker) -> Void) {
        guard let path = paths.first(where: checkout.isDoubted) else { return action(&self) }
        let rest = paths.filter { $0 != path }
        var versions = checkout.otherTexts(of: path)
        if let text = checkout.text(of: path) { versions.insert(text, at: 0) }
        let reason = "a command may have changed \(path)"
        guard versions.count > 1 else {
            // A change that is not followed may leave nothing of a pull; a login it hardly takes away.
            let kept = (pulls, seen)
            (pulls, seen) = ([], [])
            inEachVersion(of: rest, action)
            let found = pulls
            (pulls, seen) = kept
            return note([found, []], reason)
        }
        inEachWay(versions.count, reason) { walker, index in
            walker.checkout.settle(versions[index], at: path)
            walker.inEachVersion(of: rest, action)
        }
    }

    /// Goes each of several ways from the same start. What is pulled on all of them is pulled for sure.
    private mutating func inEachWay(_ count: Int, _ reason: String, _ go: (inout PullWalker, Int) -> Void) {
        let start = End(state: state, checkout: checkout)
        let kept = (pulls, seen, piped)
        var ends: [End] = []
        var found: [[ImagePull]] = []
        for index in 0..<count where !isSpent {
            (state, checkout, piped) = (start.state, start.checkout, kept.2)
            (pulls, seen) = ([], [])
            go(&self, index)
            if !isOver { ends.append(end) }
            isOver = false
            found.append(pulls)
        }
        (pulls, seen) = (kept.0, kept.1)
        // As many variables or images cost as much as a command.
        budget -= count * (1 + start.state.size / 16)
        isOver = ends.isEmpty && count > 0
        join(ends, from: start.state)
        note(found, reason)
    }

    private mutating func note(_ found: [[ImagePull]], _ reason: String) {
        let isOpen = found.contains { $0.contains { $0.image?.isPlausible == true } }
        for (number, pulls) in found.enumerated() {
            for var pull in pulls {
                let others = found.map { $0.first { $0.isSame(as: pull) } }
                if others[..<number].contains(where: { $0 != nil }) { continue }
                let everywhere = others.compactMap(\.self)
                if everywhere.count == found.count {
                    pull.certainty = everywhere.map(\.certainty).max() ?? pull.certainty
                } else if isOpen, pull.image?.isPlausible == false {
                    // Docker refuses the name that this value makes: there is nothing to pull.
                    continue
                } else if pull.certainty < .likely {
                    (pull.certainty, pull.why) = (.likely, "\(pull.why); \(reason)")
                }
                if seen.insert(pull).inserted { self.pulls.append(pull) }
            }
        }
    }
}

extension ImagePull {
    /// Whether it is the same pull, whatever leads to it.
    fileprivate func isSame(as other: ImagePull) -> Bool {
        image == other.image && line == other.line && phase == other.phase && user == other.user
    }
}

extension ShellCommand {
    /// Whether it is followed for each value: not where it only writes a text, which then holds the variable's name.
    fileprivate var isFollowedWithEachValue: Bool {
        guard program.name != nil, !program.traits.contains(.puller) else { return true }
        return !program.traits.contains(.writer) && streams.output == nil && !isPiped
    }

    /// Whether a variable stands in its words, or in the text that it reads.
    fileprivate func names(_ variable: String) -> Bool {
        words.name(variable) || assignments.name(variable)
            || streams.expandsHeredoc && streams.heredoc?.names(variable) ?? false
    }
}

extension [ShellWord] {
    fileprivate func name(_ variable: String) -> Bool { contains { $0.hasExpansion && $0.text.names(variable) } }
}
