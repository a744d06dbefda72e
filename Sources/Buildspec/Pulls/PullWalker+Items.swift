internal import Core

/// Commands that run once for each name that they are given: `xargs`, `find -exec`.
extension PullWalker {
    /// What `... | xargs docker pull` runs. `program` is what the command runs behind the name of xargs, `text` what comes through the
    /// pipe, nil where that is not known. False for any other command.
    mutating func runOnItems(_ program: Program, of command: ShellCommand, _ text: String?, at place: Place) -> Bool {
        guard !program.words.isEmpty, !program.isPlain,
            let start = command.words.firstIndex(where: { $0.text == "xargs" })
        else {
            return false
        }
        let line = OptionWords(command.words[(start + 1)...], valued: Self.valuedOfXargs, untilOperand: true)
        let mark = line.values("-I").last ?? line.values("--replace", "-i").last.map { $0.isEmpty ? "{}" : $0 }
        let lines = text?.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty } ?? []
        let words = lines.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        let isKnown =
            text?.hasCarriageReturns == false && words.count < Self.mostNames && !line.has("-d") && !line.has("-a")
        guard isKnown else {
            var inside = place
            // It runs once at least, but for these.
            if mark != nil || line.has("-r") || line.has("--no-run-if-empty") {
                inside.doubt = inside.doubt ?? "xargs may have nothing to run it on"
                inside.isSureInBranch = false
            }
            runInner(mark.map { program.replacing($0, by: Self.untold) } ?? program.with([Self.untold]), at: inside)
            return true
        }
        if let mark {
            for item in lines where !isSpent { runInner(program.replacing(mark, by: item), at: place) }
            return true
        }
        if words.isEmpty {
            if !line.has("-r"), !line.has("--no-run-if-empty") { runInner(program, at: place) }
            return true
        }
        let isByLine = line.has("-L") || line.has("-l") || line.has("--max-lines")
        let most = line.values("-n", "--max-args").last.flatMap { Int($0) } ?? words.count
        let groups =
            isByLine ? lines.map { $0.split(separator: " ").map(String.init) } : words.inGroups(of: max(1, most))
        for group in groups where !isSpent { runInner(program.with(group), at: place) }
        return true
    }

    /// A word that nobody here can tell.
    private static let untold = "$(...)"
    private static let valuedOfXargs: Set = [
        "-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs",
    ]

    /// `find . -name Dockerfile -exec docker build -f {} . \;`: each of its commands for each name, and for one that is not known where
    /// what it finds cannot be told. False where it runs nothing that matters.
    mutating func runOnFound(_ find: Program, at place: Place) -> Bool {
        let words = find.words.dropFirst()
        let starts = words.indices.filter { Self.executions.contains(words[$0].text) }
        let commands = starts.map { words[($0 + 1)...].prefix { $0.text != ";" && $0.text != "+" } }
        guard let first = starts.first,
            commands.contains(where: { !Program($0).isPlain || $0.first?.text.contains("{}") == true })
        else { return false }
        let search = FileSearch(words[..<first].map { state.expand($0.text).text })
        let names = search.flatMap { $0.isAmbiguousBeforeAction ? nil : found(by: $0) }
        var inside = place
        if names == nil {
            inside.doubt = inside.doubt ?? "find may have nothing to run it on"
            inside.isSureInBranch = false
        }
        for name in names ?? [Self.untold] {
            for (start, command) in zip(starts, commands) where !isSpent {
                run(Program(command), on: name, inItsFolder: words[start].text.hasSuffix("dir"), at: inside)
            }
        }
        return true
    }

    private static let executions: Set = ["-exec", "-execdir", "-ok", "-okdir"]

    private mutating func run(_ program: Program, on name: String, inItsFolder: Bool, at place: Place) {
        guard inItsFolder else { return runInner(program.replacing("{}", by: name), at: place) }
        let kept = state.folder
        let folder = name == Self.untold ? nil : path(name).map { CheckoutReader.folder(of: $0) }
        state.folder = folder ?? CheckoutReader.outside
        runInner(program.replacing("{}", by: "./" + CheckoutReader.name(of: name)), at: place)
        state.folder = kept
    }
}

extension [String] {
    /// The same in groups of that many, the last one of what is left.
    fileprivate func inGroups(of count: Int) -> [[String]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}

extension Program {
    /// The same with a text in place of a mark.
    fileprivate func replacing(_ mark: String, by text: String) -> Program {
        Program(
            words.map { word in
                guard !mark.isEmpty, word.text.contains(mark) else { return word }
                let changed = word.text.replacing(mark, by: text)
                return ShellWord(text: changed, hasExpansion: changed.contains("$"), substitutions: word.substitutions)
            }[...])
    }

    /// The same with more words.
    fileprivate func with(_ texts: [String]) -> Program {
        Program(words + texts.map { ShellWord(text: $0, hasExpansion: $0.contains("$")) })
    }
}
