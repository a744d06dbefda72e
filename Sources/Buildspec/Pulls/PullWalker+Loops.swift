internal import Core

/// Loops.
extension PullWalker {
    /// A loop's commands, for each of its words where all are known, else once.
    mutating func walk(
        _ loop: ShellLoop, _ body: ArraySlice<ShellCommand>, in level: Int, shell: BuildShell, at place: Place,
        line: (Int) -> Int
    ) {
        var inside = place
        let wasRepeated = isRepeated
        defer { isRepeated = wasRepeated }
        inside.isRetried = place.isRetried || !loop.isOverImages
        if case .output(let script) = loop.input {
            walk(script.commands[...], in: 0, shell: shell, at: place, line: line)
        }
        for word in loop.header {
            let here = body.first.map { line($0.offset) } ?? place.line
            for inner in word.substitutions {
                walk(inner.commands[...], in: 0, shell: shell, at: place) { _ in here }
            }
        }
        if loop.keyword == "while", let read = body.first, read.words.first?.text == "read" {
            // Each turn has a line of its own.
            inside.isRetried = place.isRetried
            let names = read.words.dropFirst().filter { !$0.text.hasPrefix("-") }.map(\.text)
            let lines = loop.input == nil ? piped : input(of: loop)
            if let turns = lines.flatMap({ Self.turns(of: read, names, over: $0) }) {
                return repeating(turns.map { Array(zip(names, $0.map { .known($0) })) }, costing: 1 + level) {
                    $0.walk(body.dropFirst(), in: level + 1, shell: shell, at: inside, line: line)
                }
            }
            for name in names { state.variables[name] = .partial("$" + name) }
            isRepeated = true
            (inside.certainty, inside.isSureInBranch) = (max(place.certainty, .likely), false)
        }
        // Each turn has another argument.
        if body.contains(where: { $0.words.first?.text == "shift" }) { inside.isRetried = place.isRetried }
        // Only a loop over words that are known is gone through turn by turn.
        guard loop.keyword == "for", let name = loop.header.first?.text else {
            isRepeated = true
            return walk(body, in: level + 1, shell: shell, at: inside, line: line)
        }
        let values = loopValues(loop)
        // A loop that gives its number to what pulls is no second try.
        if handsOn(name, in: body) { inside.isRetried = place.isRetried }
        let known = values.known
        if known.count < Self.mostNames {
            repeating(known.map { [(name, $0)] }, costing: 1 + level) {
                $0.walk(body, in: level + 1, shell: shell, at: inside, line: line)
            }
            if !known.isEmpty, !values.isOpen { return }
        }
        if known.isEmpty || values.isOpen, loop.isOverImages {
            (inside.certainty, inside.isSureInBranch) = (max(place.certainty, .likely), false)
        }
        state.variables[name] = .partial("$" + name)
        isRepeated = true
        walk(body, in: level + 1, shell: shell, at: inside, line: line)
    }

    /// What a loop reads behind its `done`, where that can be told.
    private mutating func input(of loop: ShellLoop) -> String? {
        switch loop.input {
        case .file(let name): return text(at: name)
        case .text(let text, expands: false): return text
        case .text(let text, expands: true):
            let expanded = state.expand(text)
            return expanded.isResolved ? expanded.text : nil
        case .output(let script): return printed(by: script.commands)
        case nil: return nil
        }
    }

    /// Follows a body once for each turn's variables, which nobody knows behind it.
    private mutating func repeating(
        _ turns: [[(name: String, value: VariableText.Value)]], costing cost: Int, _ body: (inout PullWalker) -> Void
    ) {
        for turn in turns where !isSpent {
            budget -= cost
            for (name, value) in turn { state.variables[name] = value }
            body(&self)
        }
        for (name, _) in turns.first ?? [] { state.variables[name] = .partial("$" + name) }
    }

    /// What `read` puts into its variables, line by line: the last one takes all that is left (POSIX, read). Nil for fields that
    /// something else than blanks parts, and for more lines than are gone through.
    private static func turns(of read: ShellCommand, _ names: [String], over text: String) -> [[String]]? {
        let separators = read.assignments.first { $0.text.hasPrefix("IFS=") }?.text.dropFirst("IFS=".count)
        guard !names.isEmpty, !text.hasCarriageReturns, separators?.isEmpty != false || names.count == 1 else {
            return nil
        }
        let lines = text.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }
        guard !lines.isEmpty, lines.count < mostNames else { return nil }
        return lines.map { line in
            let fields = line.split(maxSplits: names.count - 1, whereSeparator: \.isWhitespace).map(\.trimmed)
            return fields + Array(repeating: "", count: names.count - fields.count)
        }
    }

    /// What a loop goes over: the words that can be told, some with a variable in them that cannot, and whether there may be more.
    private struct LoopValues {
        var known: [VariableText.Value] = []
        var isOpen = false

        /// Takes a word. A variable alone that is not known may hold several, or none.
        mutating func add(_ word: String, isResolved: Bool, isQuoted: Bool = false) {
            if isResolved {
                known.append(.known(word))
            } else if isQuoted || OpenText(word).literals.contains(where: { !$0.isEmpty }) {
                known.append(.partial(word))
            } else {
                isOpen = true
            }
        }
    }

    /// The words of `for NAME in words`.
    private mutating func loopValues(_ loop: ShellLoop) -> LoopValues {
        var values = LoopValues()
        // `for NAME; do` goes over the arguments.
        let isOverArguments = loop.header.count == 1
        guard isOverArguments || loop.header.count > 2 && loop.header[1].text == "in" else {
            return LoopValues(isOpen: true)
        }
        let words = isOverArguments ? [ShellWord(text: "$@", hasExpansion: true)][...] : loop.header.dropFirst(2)
        for word in state.scope.split(words) {
            if let printed = printed(in: word) {
                let words = printed.split(whereSeparator: \.isWhitespace).map { VariableText.Value.known(String($0)) }
                if printed.hasCarriageReturns || word.isQuoted && words.count > 1 {
                    values.isOpen = true
                } else {
                    values.known += words
                }
                continue
            }
            let text = state.expand(word.text)
            let isArray = text.text.contains(ShellWord.blankInItem) || text.text.hasPrefix(" ")
            if word.isQuoted, !isArray, !text.text.contains("[") {
                let isAll = ShellScope.allPositions.contains(word.text) || word.text.hasSuffix("[@]}")
                if isAll, !text.isResolved {
                    values.isOpen = true
                } else {
                    values.add(text.text, isResolved: text.isResolved, isQuoted: true)
                }
                continue
            }
            for part in OpenText.words(in: text.text).flatMap({ Self.braces(String($0)) }) {
                let word = part.replacing(ShellWord.blankInItem, by: " ")
                if word.contains("[") {
                    values.isOpen = true
                } else if word.contains("$") {
                    values.add(word, isResolved: false)
                } else if CheckoutReader.isPattern(word) {
                    guard let paths = paths(matching: word) else { values.isOpen = true; continue }
                    values.known += paths.map { .known($0) }
                } else {
                    values.add(word, isResolved: true)
                }
            }
        }
        return values
    }

    /// `NAME=$(cat file)` as `NAME=value`, where what is printed can be told; any other word is itself.
    mutating func withPrinted(_ word: ShellWord) -> ShellWord {
        guard word.text.hasSuffix("=$(...)"), let printed = printed(in: word) else { return word }
        let lines = printed.split(separator: "\n").map(String.init)
        return ShellWord(text: word.text.dropLast("$(...)".count) + lines.joined(separator: " "))
    }

    /// What a word stands for that is nothing but `$(command)`, where the command only lists or shows.
    private mutating func printed(in word: ShellWord) -> String? {
        guard word.text.hasSuffix("$(...)"), word.substitutions.count == 1 else { return nil }
        return printed(by: word.substitutions[0].commands)
    }

    /// What a pipe prints.
    mutating func printed(by commands: [ShellCommand]) -> String? {
        guard !commands.isEmpty, commands.count < Self.longestPipe, commands.dropLast().allSatisfy(\.isPiped) else {
            return nil
        }
        let outside = piped
        defer { piped = outside }
        piped = nil
        for command in commands {
            let text =
                command.words.isEmpty ? inputText(of: command.streams) : printed(by: command.program, command.streams)
            guard let text else { return nil }
            piped = text
        }
        return piped
    }

    private static let longestPipe = 8

    /// `{1..3}` and `{a,b}` as bash expands them, one behind the other (Bash Reference Manual, 3.5.1); any other word is itself.
    private static func braces(_ word: String) -> [String] {
        guard let open = word.firstIndex(of: "{"), let close = word[open...].firstIndex(of: "}") else { return [word] }
        let inside = word[word.index(after: open)..<close]
        guard !inside.contains(where: { "{$".contains($0) }), let items = items(of: inside) else { return [word] }
        let (before, rest) = (word[..<open], braces(String(word[word.index(after: close)...])))
        guard items.count * rest.count <= mostNames else { return [word] }
        return items.flatMap { item in rest.map { before + item + $0 } }
    }

    private static func items(of inside: Substring) -> [String]? {
        if inside.contains(",") {
            return inside.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let bounds = inside.split(separator: ".", omittingEmptySubsequences: false)
        guard bounds.count == 3, bounds[1].isEmpty, let first = Int(bounds[0]), let last = Int(bounds[2]),
            first <= last,
            case (let width, let isTooWide) = last.subtractingReportingOverflow(first), !isTooWide, width < mostNames
        else { return nil }
        // A zero before a number is kept.
        let digits = bounds[0].hasPrefix("0") ? bounds[0].count : 0
        return (first...last).map { number in
            String(repeating: "0", count: max(0, digits - "\(number)".count)) + "\(number)"
        }
    }
}

extension ShellLoop {
    private static let counters: Set = ["seq", "eval", "jot"]

    /// Whether it goes through words, as opposed to trying again and again.
    var isOverImages: Bool {
        guard keyword == "for", header.count > 2, header[1].text == "in" else { return false }
        let words = header.dropFirst(2)
        return !words.allSatisfy { word in
            word.text.allSatisfy(\.isNumber) || word.text.hasPrefix("{")
                || word.substitutions.first?.commands.first.map { Self.counters.contains($0.program.name ?? "") }
                    ?? false
        }
    }
}
