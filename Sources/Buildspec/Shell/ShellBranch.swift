/// A branch in which a command stands: of `if` and `case`, or of a list such as `test && a || b`.
struct ShellBranch: Sendable, Hashable {
    /// What decides that it is taken, by where its commands begin.
    enum Condition: Sendable, Hashable {
        /// They succeeded; where they failed, the next branch is taken, or none.
        case held(Int)
        /// One of them failed.
        case failed(Int)
    }

    /// Which compound command or list of the text.
    let number: Int
    /// Which of its branches; nil for what decides between two of them, behind `elif`.
    let arm: Int?
    /// Whether it is taken when no other one is: `else`, `*)`.
    let isElse: Bool
    /// How many parentheses are open around it.
    let groups: Int
    /// Whether it only tells how the script is called: `-h|--help)`. No build asks for that.
    var isHelp = false
    /// Whether it is one of a list, such as `a || b`.
    var isOfList = false
    /// What decides that it is taken, where that is known.
    var condition: Condition?
    /// The words that decide it, where they do it alone.
    var test: ShellTest?
}
