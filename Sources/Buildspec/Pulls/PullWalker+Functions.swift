/// Functions and the positional parameters that they and scripts are given.
extension PullWalker {
    /// Keeps a function's body for when it is called.
    mutating func define(
        _ name: String, _ body: ArraySlice<ShellCommand>, shell: BuildShell, at place: Place, line: (Int) -> Int
    ) {
        var function = Function(shell: shell, place: place)
        for command in body {
            let loops = command.loops.filter { loop in body.contains { $0.loops.count > 0 && $0.loops[0] == loop } }
            function.commands.append(command.outsideFunction(loops: loops))
            function.lines[command.offset] = line(command.offset)
        }
        functions[name] = function
    }

    /// Follows a function with the words behind its name as `$1`, `$2`, ...
    mutating func call(_ name: String, _ words: ArraySlice<ShellWord>, at place: Place) {
        guard open.count < Self.deepest, var function = functions[name], !open.contains(name + "()") else { return }
        function.isCalled = true
        functions[name] = function
        open.append(name + "()")
        let kept = state.scope.positions
        state.scope.setPositions(words)
        var inside = function.place
        inside.certainty = max(place.certainty, function.place.certainty)
        inside.isSureInBranch = place.isSureInBranch && function.place.isSureInBranch
        inside.doubt = place.doubt ?? function.place.doubt
        (inside.user, inside.isRetried, inside.phase) = (place.user, place.isRetried, place.phase)
        inside.call = place.call ?? place.line
        let isSame = place.origin == function.place.origin && place.phase == function.place.phase
        walk(function.commands[...], in: 0, shell: function.shell, at: inside) {
            isSame ? function.lines[$0] ?? place.line : place.line
        }
        state.scope.positions = kept
        open.removeLast()
    }
}
