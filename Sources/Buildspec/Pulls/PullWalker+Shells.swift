internal import Core

/// Texts that a shell of their own reads.
extension PullWalker {
    /// `sh -c 'text'` and the like: the text's own variables end with it.
    mutating func nested(_ text: String, shell: BuildShell, at place: Place) {
        guard open.count < Self.deepest else { return }
        open.append("")
        let kept = (state.scope, state.user, exits.count)
        state.user = place.user
        walk(text, shell: shell, at: place) { _ in place.line }
        meet(at: .shell, since: kept.2, scope: kept.0)
        state.user = kept.1
        open.removeLast()
    }

    /// Follows a script or a recipe with a shell of its own, which leaves logins and images behind and nothing else.
    mutating func follow(
        _ text: String, named path: String, shell: BuildShell, at place: Place, sourced: Bool = false,
        arguments: ArraySlice<ShellWord> = []
    ) {
        guard !open.contains(path) else { return }
        guard open.count < Self.deepest else {
            return noteDelegation("\(path) may pull; too many scripts call each other", [path], at: place)
        }
        open.append(path)
        let kept = (state.scope, exits.count)
        var inside = place
        inside.origin = "in \(path)"
        // A file that is sourced without arguments sees its caller's.
        if !sourced || !arguments.isEmpty { state.scope.setPositions(arguments) }
        if shell == .powershell { setParameters(arguments) }
        if !sourced { state.variables["0"] = .known(CheckoutReader.absolute(path)) }
        walk(text, shell: shell, at: inside) { _ in place.line }
        meet(at: sourced ? .function : .shell, since: kept.1, scope: sourced ? nil : kept.0)
        if sourced { state.scope.positions = kept.0.positions }
        open.removeLast()
    }

    /// `-Image a:1`: a script of PowerShell finds it in `$Image`.
    private mutating func setParameters(_ words: ArraySlice<ShellWord>) {
        for (word, value) in zip(words, words.dropFirst()) where !value.text.hasPrefix("-") {
            let name = word.text.dropFirst()
            guard word.text.hasPrefix("-"), name.utf8.allSatisfy(ASCII.isName), !name.isEmpty else { continue }
            state.scope.assign(
                ShellWord(text: "\(name)=\(value.text)", hasExpansion: value.hasExpansion), certain: true)
        }
    }
}
