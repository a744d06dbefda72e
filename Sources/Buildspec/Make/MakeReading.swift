/// What all texts of one Makefile share while it is read: how much work they may still make, and what make runs meanwhile.
final class MakeReading {
    private static let mostSteps = 1 << 18
    /// How much was spent.
    private(set) var spent = 0
    /// Whether a conditional is open where make reads.
    var isConditional = false
    /// The commands that make runs while it reads: `X := $(shell docker pull a)`.
    private(set) var commands: [MakeCommand] = []
    private var known: Set<MakeCommand> = []

    /// Whether no honest Makefile makes as much work.
    var isSpent: Bool { spent >= Self.mostSteps }

    /// Counts work; false where nothing is left for it.
    func spend(_ count: Int) -> Bool {
        guard !isSpent else { return false }
        spent += count
        return true
    }

    /// Takes note of a command.
    func run(_ text: String, isSure: Bool) {
        let command = MakeCommand(text: text, isConditional: isConditional, isDoubtful: !isSure)
        if known.insert(command).inserted { commands.append(command) }
    }
}
