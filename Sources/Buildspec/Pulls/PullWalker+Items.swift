internal import Core

/// Commands that run once for each name that they are given: `xargs`, `find -exec`.
extension PullWalker {
    /// `... | xargs docker pull`. `program` is what the command runs behind the name of xargs. False for any other command, and where
    /// there are more items than are gone through.
    mutating func runOnItems(_ program: Program, of command: ShellCommand, _ text: String, at place: Place) -> Bool {
        guard program.traits.contains(.puller) || !program.traits.isDisjoint(with: [.shell, .builder]),
            let start = command.words.firstIndex(where: { $0.text == "xargs" })
        else { return false }
        let line = OptionWords(command.words[(start + 1)...], valued: Self.valuedOfXargs, untilOperand: true)
        let lines = text.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }
        let words = lines.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        guard !words.isEmpty, words.count < Self.mostNames, !line.has("-d"), !line.has("-a") else { return false }
        if let mark = line.values("-I", "--replace").last {
            for item in lines where !isSpent { runInner(program.replacing(mark, by: item), at: place) }
        } else {
            let count = line.values("-n", "--max-args").last.flatMap { Int($0) } ?? .max
            var groups = line.has("-L") || line.has("-l") ? lines.map { $0.split(separator: " ").map(String.init) } : []
            if groups.isEmpty {
                groups = stride(from: 0, to: words.count, by: max(1, min(count, words.count))).map {
                    Array(words[$0..<min($0 + min(count, words.count), words.count)])
                }
            }
            for group in groups where !isSpent { runInner(program.with(group), at: place) }
        }
        return true
    }

    private static let valuedOfXargs: Set = [
        "-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs", "--replace",
    ]

    /// `find . -name Dockerfile -exec docker build -f {} . \\;`. False where what it finds cannot be told.
    mutating func runOnFound(_ find: Program, at place: Place) -> Bool {
        let words = find.words.dropFirst()
        guard let start = words.firstIndex(where: { ["-exec", "-execdir", "-ok"].contains($0.text) }),
            words[start].text != "-execdir"
        else { return false }
        let command = words[(start + 1)...].prefix { $0.text != ";" && $0.text != "+" }
        let program = Program(command)
        guard program.traits.contains(.puller) || program.traits.contains(.shell),
            let search = FileSearch(words[..<start].map { state.expand($0.text).text }), let names = found(by: search)
        else { return false }
        for name in names where !isSpent { runInner(program.replacing("{}", by: name), at: place) }
        return true
    }
}

extension Program {
    /// The same with a text in place of a mark.
    fileprivate func replacing(_ mark: String, by text: String) -> Program {
        Program(
            words.map { word in
                guard word.text.contains(mark) else { return word }
                let changed = word.text.replacing(mark, by: text)
                return ShellWord(text: changed, hasExpansion: changed.contains("$"), substitutions: word.substitutions)
            }[...])
    }

    /// The same with more words.
    fileprivate func with(_ texts: [String]) -> Program {
        Program(words + texts.map { ShellWord(text: $0, hasExpansion: $0.contains("$")) })
    }
}
