/// A branch in which a command stands: of `if` and `case`, or of a list such as `test && a || b`.
struct ShellBranch: Sendable, Hashable {
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
}
