/// Files to which a build writes the id of its image: `docker build --iidfile id .`, then `docker run $(cat id)`.
extension PullWalker {
    /// The command with that id in place of `$(cat id)`.
    func withImages(of command: ShellCommand) -> ShellCommand {
        let words = command.words.map(withImage)
        let assignments = command.assignments.map(withImage)
        guard words != command.words || assignments != command.assignments else { return command }
        return command.with(words: words, assignments: assignments)
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
