/// What all texts of one Makefile share while it is read: how much work they may still make, and what make runs meanwhile.
final class MakeReading {
    private var steps = 1 << 18
    /// Whether a conditional is open where make reads.
    var isConditional = false
    /// The commands that make runs while it reads: `X := $(shell docker pull a)`.
    private(set) var commands: [MakeCommand] = []
    private var known: Set<MakeCommand> = []

    /// Whether no honest Makefile makes as much work.
    var isSpent: Bool { steps <= 0 }

    /// Counts work; false where nothing is left for it.
    func spend(_ count: Int) -> Bool {
        guard !isSpent else { return false }
        steps -= count
        return true
    }

    /// How much was spent.
    var spent: Int { (1 << 18) - steps }

    func run(_ text: String, isSure: Bool) {
        let command = MakeCommand(text: text, isConditional: isConditional, isDoubtful: !isSure)
        if known.insert(command).inserted { commands.append(command) }
    }
}
