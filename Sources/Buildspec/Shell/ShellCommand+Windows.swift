/// The words of PowerShell and cmd, with their variables written as POSIX shells write them.
extension ShellCommand {
    /// `$env:NAME`, `${env:NAME}` and `%NAME%` as `${NAME}`.
    var inPosixWords: ShellCommand {
        with(words: (started ?? words).map(Self.inPosixWords), assignments: assignments.map(Self.inPosixWords))
    }

    /// The words that `Start-Process docker -ArgumentList "pull","a:1"` runs; nil for any other command.
    private var started: [ShellWord]? {
        guard let name = words.first?.text.lowercased(), name == "start-process" || name == "saps" else { return nil }
        let operands = words.dropFirst()
        guard let program = operands.first(where: { ["docker", "docker.exe", "docker-compose"].contains($0.text) })
        else {
            return nil
        }
        let list = operands.firstIndex { ["-argumentlist", "-args"].contains($0.text.lowercased()) }
        let rest = operands[(list.map { $0 + 1 } ?? operands.endIndex)...].prefix { !$0.text.hasPrefix("-") }
        let arguments = rest.flatMap { word in
            word.text.split { $0 == "," || $0.isWhitespace }.map {
                ShellWord(text: String($0), hasExpansion: word.hasExpansion)
            }
        }
        return [program] + (arguments.isEmpty ? [ShellWord(text: "@")] : arguments)
    }

    /// Whether docker gets its words from a variable: `docker @a`.
    var hidesDockerArguments: Bool {
        guard words.count > 1, words[0].text == "docker" || words[0].text == "docker-compose" else { return false }
        return words[1].text.hasPrefix("@")
    }

    /// `$NAME = value` of PowerShell as `NAME=value`; nil for any other command.
    var powershellAssignment: ShellWord? {
        guard words.count > 2, words[1].text == "=", words[0].text.hasPrefix("$") else { return nil }
        let name = words[0].text.dropFirst().filter { $0 != "{" && $0 != "}" }
        // A value that is computed is known to nobody here.
        let value = words.count == 3 ? words[2].text : "$(...)"
        return ShellWord(
            text: "\(name)=\(value)", hasExpansion: words.count > 3 || words[2].hasExpansion,
            substitutions: words[2].substitutions)
    }

    /// The command behind `$NAME =`, whose output the variable takes; nil where a text, a number or another variable stands there.
    var powershellValue: ShellCommand? {
        guard words.count > 3, words[1].text == "=", let first = words[2].text.first, first.isLetter || first == "."
        else {
            return nil
        }
        return with(words: Array(words.dropFirst(2)), assignments: assignments)
    }

    private static func inPosixWords(_ word: ShellWord) -> ShellWord {
        guard word.hasExpansion else { return word }
        var word = word
        var out = ""
        var rest = word.text[...]
        while let character = rest.first {
            let lower = rest.prefix(6).lowercased()
            let skipped = lower.hasPrefix("$env:") ? 5 : lower.hasPrefix("${env:") ? 6 : character == "%" ? 1 : 0
            let name = rest.dropFirst(skipped).prefix { $0 == "_" || $0.isLetter || $0.isNumber }
            let after = rest.dropFirst(skipped + name.count)
            let isClosed = skipped == 5 || after.first == (skipped == 6 ? "}" : "%")
            if skipped > 0, !name.isEmpty, isClosed {
                out += "${\(name)}"
                rest = skipped == 5 ? after : after.dropFirst()
            } else {
                out.append(character)
                rest = rest.dropFirst()
            }
        }
        word.text = out
        return word
    }
}
