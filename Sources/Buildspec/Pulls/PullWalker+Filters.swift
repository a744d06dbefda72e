internal import Core

/// Programs that print lines, or parts of lines, of a file or of their input.
extension PullWalker {
    /// What `head`, `tail`, `sort`, `uniq`, `tr`, `grep`, `cut` or `awk` prints, where its options and its input tell; nil for
    /// anything else.
    func filtered(by program: Program, _ streams: ShellStreams) -> String? {
        let words = expandedWords(behind: program)
        guard words.allSatisfy({ $0.isResolved && $0.isSure }),
            let filter = LineFilter(program.name ?? "", words.map(\.text)),
            let input = input(from: filter.file, streams), !input.hasCarriageReturns
        else { return nil }
        return filter.apply(to: input)
    }
}
