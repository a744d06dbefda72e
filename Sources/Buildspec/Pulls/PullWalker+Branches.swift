/// Subshells and branches.
extension PullWalker {
    /// What a way through the commands leaves behind.
    struct End {
        var state: ShellState
        var checkout: CheckoutReader
    }

    /// A compound command or a list whose branches are followed one after the other, each from where it began.
    private final class Branching {
        let start: End
        /// Whether it stands in a loop, which is taken to try until it succeeds.
        let isInLoop: Bool
        /// What decides on the branch with which it begins.
        let condition: ShellBranch.Condition?
        /// The branch that is followed.
        var current: ShellBranch
        var ends: [End] = []
        /// Whether one of the branches is taken in any case.
        var isExhaustive: Bool
        /// Whether the branch ends the shell as failed, so that nothing comes after it.
        var isOver = false
        /// Whether one of the branches leaves what is around it.
        var hasExit = false
        /// How many ways out there were before the branch.
        var exits: Int
        /// Whether the branch is taken, as far as its words tell.
        var verdict = Verdict.open
        /// Whether a branch before it is taken for sure, and whether one may be.
        var isSettled = false
        var mayBeSettled = false
        /// Whether the words of one told anything.
        var hasVerdict = false

        init(_ branch: ShellBranch, from start: End, inLoop: Bool, exits: Int) {
            (self.start, isInLoop, condition) = (start, inLoop, branch.condition)
            (current, isExhaustive, self.exits) = (branch, branch.isElse, exits)
        }
    }

    /// Whether a branch is taken.
    private enum Verdict { case taken, passedOver, open }

    /// What is open around a command.
    private enum Enclosure {
        /// A subshell's parenthesis, and what is its own.
        case group(Int, kept: ShellScope, exits: Int)
        case branches(Branching)
    }

    var end: End { End(state: state, checkout: checkout) }

    /// Follows commands inside `level` loops.
    mutating func walk(
        _ commands: ArraySlice<ShellCommand>, in level: Int, shell: BuildShell, at place: Place, line: (Int) -> Int
    ) {
        var open: [Enclosure] = []
        let outerChanges = loginChanges
        loginChanges = []
        defer { loginChanges = outerChanges }
        let earlier = exits.count
        let outer = level > 0 ? commands.first?.loops[level - 1] : nil
        let keptBranches = openBranches
        let outerBranches = level > 0 ? openBranches : 0
        defer { openBranches = keptBranches }
        var index = commands.startIndex
        while index < commands.endIndex, !isSpent {
            let command = commands[index]
            if let name = command.function {
                let body = commands[index...].prefix { $0.function == name }
                index = body.endIndex
                define(name, body, shell: shell, at: place, line: line)
                continue
            }
            let loop = command.loops.count > level ? command.loops[level] : nil
            // Most stand in nothing.
            if !command.branches.isEmpty || !command.groups.isEmpty || !open.isEmpty {
                let branches = command.branches.prefix(loop?.branches ?? .max).dropFirst(outer?.branches ?? 0)
                let groups = command.groups.prefix(loop?.groups ?? .max).dropFirst(outer?.groups ?? 0)
                // Only POSIX shells keep anything to themselves in parentheses.
                enter(shell.isPosix ? groups : [], branches, inLoop: level > 0, &open)
            }
            let (isPassedOver, doubts) = open.isEmpty ? (false, 0) : Self.verdict(of: open)
            openBranches = outerBranches + doubts
            if isOver || isPassedOver {
                index += 1
            } else if let loop {
                let body = commands[index...].prefix {
                    $0.loops.count > level && $0.loops[level] == loop && $0.function == nil
                }
                index = body.endIndex
                inEach(of: alternatives(for: loop)) {
                    $0.inLoop(loop) { $0.walk(loop, body, in: level, shell: shell, at: place, line: line) }
                }
            } else if let exit = command.exit {
                index += 1
                if shell.isPosix || command.groups.isEmpty { leave(exit) }
            } else {
                index += 1
                single(command, before: commands[index...].first, shell: shell, at: place, line: line)
                if !open.isEmpty, command.failsShell { Self.endBranch(open) }
            }
        }
        if !open.isEmpty { enter([], [], inLoop: level > 0, &open) }
        if level > 0 { meet(at: .turn, since: earlier) }
    }

    /// Whether one of the branches around a command is not taken, and of how many that is open.
    private static func verdict(of open: [Enclosure]) -> (isPassedOver: Bool, doubts: Int) {
        var doubts = 0
        for enclosure in open {
            guard case .branches(let branching) = enclosure else { continue }
            switch branching.verdict {
            case .passedOver: return (true, 0)
            case .open: doubts += 1
            case .taken: continue
            }
        }
        return (false, doubts)
    }

    /// Decides on a branch by its words. In a loop that goes round again they may be others.
    private func decide(_ branching: Branching) {
        let branch = branching.current
        if branching.isSettled {
            // What stands behind `||` runs where what stands before it fails.
            branching.verdict = branch.isOfList ? .open : .passedOver
            return
        }
        // What decides between two branches of `if` runs where none before it was taken.
        let isLast = branch.isElse || branch.arm == nil
        let holds = branch.test.flatMap { test in isRepeated || hasUnknownSettings ? nil : test.holds(knownText) }
        switch holds ?? (isLast && branch.test == nil && branching.hasVerdict ? true : nil) {
        case true?: branching.verdict = branching.mayBeSettled ? .open : .taken
        case false?: branching.verdict = .passedOver
        case nil: branching.verdict = .open
        }
        guard branch.arm != nil else { return }
        branching.hasVerdict = branching.hasVerdict || holds != nil
        branching.isSettled = branching.verdict == .taken
        branching.mayBeSettled = branching.mayBeSettled || branching.verdict == .open
        if branching.isSettled { branching.isExhaustive = true }
    }

    /// A word's text, where it is sure.
    private func knownText(_ word: ShellWord) -> String? {
        guard word.hasExpansion else { return word.substitutions.isEmpty ? word.text : nil }
        let text = state.expand(word.text)
        // Where the checkout lies on the machine is made up here.
        guard text.isResolved, text.isSure, word.substitutions.isEmpty, !text.text.contains(CheckoutReader.root) else {
            return nil
        }
        return text.text
    }

    /// Takes note that the innermost branch fails; a subshell in it fails only itself, and with it a list: `a || (b; exit 1)`.
    private static func endBranch(_ open: [Enclosure]) {
        var isInGroup = false
        for enclosure in open.reversed() {
            switch enclosure {
            case .group: isInGroup = true
            case .branches(let branching):
                if !isInGroup || branching.current.isOfList { branching.isOver = true }
                return
            }
        }
    }

    /// Leaves what does not stand around the next command, and enters what does.
    private mutating func enter(
        _ groups: ArraySlice<Int>, _ branches: ArraySlice<ShellBranch>, inLoop: Bool, _ open: inout [Enclosure]
    ) {
        var (groups, branches) = (groups, branches)
        var depth = 0
        while depth < open.count {
            switch open[depth] {
            case .group(let number, _, _) where groups.first == number: groups.removeFirst()
            case .branches(let branching) where branches.first?.number == branching.current.number:
                guard let branch = branches.popFirst(), branch != branching.current else { break }
                while open.count > depth + 1 { leave(&open) }
                begin(branch, of: branching)
            default:
                while open.count > depth { leave(&open) }
                continue
            }
            depth += 1
        }
        if isOver { return }
        while let branch = branches.first {
            // Parentheses that were open before it stand around it.
            while let number = groups.first, groups.startIndex < branch.groups {
                groups.removeFirst()
                open.append(.group(number, kept: state.scope, exits: exits.count))
            }
            branches.removeFirst()
            let branching = Branching(branch, from: end, inLoop: inLoop, exits: exits.count)
            open.append(.branches(branching))
            decide(branching)
            takeFailure(branch, in: branching)
        }
        for number in groups { open.append(.group(number, kept: state.scope, exits: exits.count)) }
    }

    private mutating func begin(_ branch: ShellBranch, of branching: Branching) {
        finish(branching)
        (state, checkout) = (branching.start.state, branching.start.checkout)
        (branching.current, branching.isOver, branching.exits) = (branch, false, exits.count)
        branching.isExhaustive = branching.isExhaustive || branch.isElse
        decide(branching)
        takeFailure(branch, in: branching)
    }

    /// Where a branch is taken because a login failed, that login is none.
    private mutating func takeFailure(_ branch: ShellBranch, in branching: Branching) {
        if case .failed(let start)? = branch.condition { state.logins = logins(before: start, in: branching) }
    }

    /// The logins where one of the commands from there on failed.
    private func logins(before start: Int, in branching: Branching) -> Set<ShellState.LoginOwner> {
        let logins = branching.start.state.logins
        if branching.isInLoop { return logins }
        return loginChanges.first { $0.offset >= start }.map { $0.before.intersection(logins) } ?? logins
    }

    /// Takes note of where a branch ends, if what follows comes after it.
    private mutating func finish(_ branching: Branching) {
        if isOver {
            (isOver, branching.hasExit) = (false, true)
            if branching.current.isHelp { exits.removeSubrange(branching.exits...) }
        } else if branching.current.arm != nil, !branching.isOver, branching.verdict != .passedOver {
            branching.ends.append(end)
        }
    }

    private mutating func leave(_ open: inout [Enclosure]) {
        switch open.removeLast() {
        // A subshell keeps folder and variables to itself.
        case .group(_, let kept, let exits): meet(at: .shell, since: exits, scope: kept)
        case .branches(let branching):
            finish(branching)
            if !branching.isExhaustive {
                var otherwise = branching.start
                if case .held(let start)? = branching.condition {
                    otherwise.state.logins = logins(before: start, in: branching)
                }
                branching.ends.append(otherwise)
            }
            isOver = branching.ends.isEmpty && branching.hasExit
            guard branching.ends.isEmpty else { return join(branching.ends, from: branching.start.state) }
            // Where each branch ends the shell, so does what is around them.
            if case .branches(let outer)? = open.last { outer.isOver = true }
        }
    }

    /// Goes on from where several ways lead.
    mutating func join(_ ends: [End], from start: ShellState?) {
        guard ends.count > 1 else {
            if let end = ends.first { (state, checkout) = (end.state, end.checkout) }
            return
        }
        budget -= ends.count * state.size / 64
        state = ShellState.join(ends, from: start)
        checkout = CheckoutReader.join(ends.map(\.checkout))
    }
}
