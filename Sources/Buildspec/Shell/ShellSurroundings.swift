/// Where a command stands among branches: those of compound commands, and those of its own list, `test && a || b`.
struct ShellSurroundings {
    /// Those of the compound commands around it.
    private let outer: [ShellBranch]
    /// The same with that of the list.
    private(set) var branches: [ShellBranch]
    private var list = AndOrList()
    /// Where the list before this one began.
    private(set) var lastStart: Int?

    private struct AndOrList {
        /// Its number among the branches, once it has one.
        var number: Int?
        var arms = 0
        var afterOr = false
        var afterTest = false
        var afterAnd = false
        /// Whether an operator was read, and nothing behind it.
        var isOpen = false
        /// Where the commands begin that have to succeed for what follows.
        var start: Int?
    }

    /// Whether `||` was read last of the list's operators.
    var isAfterOr: Bool { list.afterOr && !list.afterAnd }

    /// A list begins.
    init(inside branches: [ShellBranch] = []) { (outer, self.branches) = (branches, branches) }

    /// The same where a group of the list was closed.
    var goingOn: ShellSurroundings {
        var after = self
        after.list.isOpen = false
        return after
    }

    /// Whether only the commands before `&&` decide whether what follows runs.
    var isAfterAnd: Bool { list.afterAnd && branches.count == outer.count }

    /// `x && NAME=a || NAME=b` sets one of two: what stands before `||` is a branch as what stands behind it.
    mutating func guardLast(_ next: inout Int, groups: Int) {
        guard isAfterAnd else { return }
        list.afterTest = true
        beginArm(&next, groups: groups)
    }

    /// Goes past what stands behind a command, which begins at `offset`. `isTest` is whether the command is a test before `&&`, `isEmpty` whether there is none;
    /// `next` is the next number for a branch.
    mutating func pass(
        _ separator: CommandBuilder.Separator, at offset: Int?, isTest: Bool, isEmpty: Bool, _ next: inout Int,
        groups: Int, test: ShellTest? = nil
    ) {
        if list.start == nil { list.start = offset }
        switch separator {
        case .or:
            // What stands behind a second `||` is one branch with what stands behind the first.
            if list.afterTest || !list.afterOr {
                beginArm(isElse: list.afterTest, &next, groups: groups, condition: list.start.map { .failed($0) })
            }
            list.start = nil
            (list.afterOr, list.afterTest, list.afterAnd, list.isOpen) = (true, false, false, true)
        case .and:
            if isTest, branches.count == outer.count {
                beginArm(&next, groups: groups, test: list.start == offset ? test : nil)
            }
            list.afterTest = list.afterTest || isTest
            (list.afterAnd, list.isOpen) = (true, true)
        case .pipe: break
        // The group behind an operator is the list's own, and a line may end behind one.
        case .openParenthesis where isEmpty, .newline where isEmpty && list.isOpen: break
        case .newline, .semicolon, .background, .caseArm, .openParenthesis, .closeParenthesis:
            let start = list.start
            self = ShellSurroundings(inside: outer)
            lastStart = start
        }
    }

    private mutating func beginArm(
        isElse: Bool = false, _ next: inout Int, groups: Int, condition: ShellBranch.Condition? = nil,
        test: ShellTest? = nil
    ) {
        let number = list.number ?? next
        if list.number == nil { next += 1 }
        branches =
            outer + [
                ShellBranch(
                    number: number, arm: list.arms, isElse: isElse, groups: groups, isOfList: true,
                    condition: condition, test: test
                )
            ]
        list.number = number
        list.arms += 1
    }
}
