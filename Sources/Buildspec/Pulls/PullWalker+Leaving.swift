/// Shells, functions and loops that may end before their last command.
extension PullWalker {
    /// Where a shell, a function or a loop was left.
    struct Exit {
        let leaves: ShellExit
        let end: End
    }

    /// Takes note that what stands around a command ends here: behind it nothing runs.
    mutating func leave(_ exit: ShellExit) {
        exits.append(Exit(leaves: exit, end: end))
        isOver = true
        // As many variables cost as much as a command.
        budget -= 1 + state.variables.count / 16
    }

    /// Follows what `exit` leaves, up to the shell; the ways that lead out of it meet behind it.
    mutating func upTo(_ exit: ShellExit, _ action: (inout PullWalker) -> Void) {
        let earlier = exits.count
        action(&self)
        meet(at: exit, since: earlier)
    }

    /// Goes on where the ways meet that left something after the `earlier` ones. A shell of its own keeps its variables to itself:
    /// `scope` is then what stands behind it.
    mutating func meet(at exit: ShellExit, since earlier: Int, scope: ShellScope? = nil) {
        guard exits.count > earlier else {
            if let scope { state.scope = scope }
            return
        }
        let others = exits[earlier...].filter { $0.leaves > exit }
        var ends = exits[earlier...].filter { $0.leaves <= exit }.map(\.end)
        exits.replaceSubrange(earlier..., with: others)
        if ends.isEmpty { return }
        if !isOver { ends.append(end) }
        isOver = false
        if let scope {
            for index in ends.indices { ends[index].state.scope = scope }
        }
        join(ends, from: scope == nil ? nil : ends[0].state)
    }

    /// A loop, which may have no turn at all where its words are not known.
    mutating func inLoop(_ loop: ShellLoop, _ action: (inout PullWalker) -> Void) {
        upTo(.loop, action)
        let hasTurns =
            loop.keyword == "for" && loop.header.count > 2
            && loop.header.dropFirst(2).contains { !$0.hasExpansion || $0.isQuoted }
        if isOver, !hasTurns { isOver = false }
    }

    /// Whether an earlier turn of a loop makes a pull for sure that this one makes only where the loop was not left.
    func wasSure(_ pull: ImagePull, beforeExit found: FoundPull, _ origin: String) -> Bool {
        var sure = pull
        (sure.certainty, sure.why) = (found.certainty, found.why + origin)
        return seen.contains(sure)
    }
}
