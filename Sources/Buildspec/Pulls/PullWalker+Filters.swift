internal import Core

/// Programs that print lines, or parts of lines, of a file or of their input.
extension PullWalker {
    /// What `head`, `tail`, `sort`, `uniq`, `tr`, `grep`, `cut` or `awk` prints, where its options and its input tell; nil for
    /// anything else.
    func filtered(by program: Program, _ streams: ShellStreams) -> String? {
        let words = program.words.dropFirst().map { $0.hasExpansion ? state.expand($0.text) : VariableText($0.text) }
        guard words.allSatisfy({ $0.isResolved && $0.isSure }),
            let filter = LineFilter(program.name ?? "", words.map(\.text))
        else { return nil }
        let input = filter.file.map { text(at: $0) } ?? piped ?? inputText(of: streams)
        guard let input, input.utf8.count < Self.mostBytes, !input.hasCarriageReturns else { return nil }
        return filter.apply(to: input)
    }
}
