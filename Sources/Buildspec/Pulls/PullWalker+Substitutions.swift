internal import Core

/// What stands in a command for `$(...)`, where that can be told: a line that commands print, such as `node:$(cat .nvmrc)`, and the
/// id of an image that a build wrote into a file: `docker build --iidfile id .`, then `docker run $(cat id)`.
extension PullWalker {
    /// The command with that in place of `$(...)`.
    mutating func withPrinted(of command: ShellCommand) -> ShellCommand {
        let words = command.words.map { withLine(withImage($0)) }
        let assignments = command.assignments.map { withLine(withImage($0)) }
        guard words != command.words || assignments != command.assignments else { return command }
        return command.with(words: words, assignments: assignments)
    }

    private mutating func withLine(_ word: ShellWord) -> ShellWord {
        let mark = "$(...)"
        guard word.substitutions.count == 1, word.text.contains(mark),
            let printed = printed(by: word.substitutions[0].commands)
        else { return word }
        let line = printed.trimmed
        // Several words are no part of one.
        guard !line.isEmpty, !line.contains(where: { $0.isWhitespace || $0 == "$" }) else { return word }
        var word = word
        word.text = word.text.replacing(mark, by: line)
        word.hasExpansion = word.text.contains("$")
        word.substitutions = []
        return word
    }

    private func withImage(_ word: ShellWord) -> ShellWord {
        guard word.substitutions.count == 1, word.substitutions[0].commands.count == 1,
            let program = word.substitutions[0].commands.first?.program, program.name == "cat",
            program.words.count == 2,
            let file = program.words.last, imageFiles.contains(fileKey(file.text))
        else { return word }
        var word = word
        word.text = word.text.replacing("$(...)", with: ShellScript.idOfBuiltImage)
        word.hasExpansion = word.text.contains("$")
        return word
    }

    /// One spelling for a file's path; the file may lie outside of the checkout.
    func fileKey(_ name: String) -> String { path(name) ?? state.expand(name).text }
}
