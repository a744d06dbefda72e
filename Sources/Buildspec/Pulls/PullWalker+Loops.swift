/// Loops.
extension PullWalker {
    private static let mostWords = 50

    /// A loop's commands, for each of its words where all are known, else once.
    mutating func walk(
        _ loop: ShellLoop, _ body: ArraySlice<ShellCommand>, in level: Int, shell: BuildShell, at place: Place,
        line: (Int) -> Int
    ) {
        var inside = place
        inside.isRetried = place.isRetried || !loop.isOverImages
        for word in loop.header {
            let here = body.first.map { line($0.offset) } ?? place.line
            for inner in word.substitutions {
                walk(inner.commands[...], in: 0, shell: shell, at: place) { _ in here }
            }
        }
        if loop.keyword == "while", let read = body.first, read.words.first?.text == "read" {
            // Each turn has a line of its own.
            inside.isRetried = place.isRetried
            for word in read.words.dropFirst() where !word.text.hasPrefix("-") {
                state.variables[word.text] = .partial("$" + word.text)
            }
        }
        guard loop.keyword == "for", let name = loop.header.first?.text else {
            return walk(body, in: level + 1, shell: shell, at: inside, line: line)
        }
        let values = loopValues(loop)
        // A loop that gives its number to what pulls is no second try.
        if handsOn(name, in: body) { inside.isRetried = place.isRetried }
        if let values, !values.isEmpty, values.count < Self.mostWords {
            for value in values where !isSpent {
                budget -= 1 + level
                state.variables[name] = .known(value)
                walk(body, in: level + 1, shell: shell, at: inside, line: line)
            }
            state.variables[name] = .partial("$" + name)
        } else {
            if values?.isEmpty != false, loop.isOverImages {
                (inside.certainty, inside.isSureInBranch) = (max(place.certainty, .likely), false)
            }
            state.variables[name] = .partial("$" + name)
            walk(body, in: level + 1, shell: shell, at: inside, line: line)
        }
    }

    /// The words of `for NAME in words`, where all of them are known.
    private func loopValues(_ loop: ShellLoop) -> [String]? {
        guard loop.header.count > 2, loop.header[1].text == "in" else { return nil }
        let words = state.split(loop.header.dropFirst(2)).map { state.expand($0.text) }
        guard words.allSatisfy({ $0.isResolved && !$0.text.contains { "*?[".contains($0) } }) else { return nil }
        return words.flatMap { $0.text.split(whereSeparator: \.isWhitespace).flatMap(Self.braces) }
            .map { $0.replacing(ShellWord.blankInItem, by: " ") }
    }

    /// `{1..3}` and `{a,b}` as bash expands them; any other word is itself.
    private static func braces(_ word: Substring) -> [String] {
        guard let open = word.firstIndex(of: "{"), let close = word.lastIndex(of: "}"), open < close else {
            return [String(word)]
        }
        let (before, after) = (word[..<open], word[word.index(after: close)...])
        let inside = word[word.index(after: open)..<close]
        let numbers = inside.split(separator: ".").compactMap { Int($0) }
        if inside.contains(".."), numbers.count == 2, numbers[0] <= numbers[1],
            case (let width, let isTooWide) = numbers[1].subtractingReportingOverflow(numbers[0]), !isTooWide,
            width < mostWords
        {
            return (numbers[0]...numbers[1]).map { "\(before)\($0)\(after)" }
        }
        guard inside.contains(",") else { return [String(word)] }
        return inside.split(separator: ",").map { "\(before)\($0)\(after)" }
    }
}

extension ShellLoop {
    /// Whether it goes through words, as opposed to trying again and again.
    var isOverImages: Bool {
        guard keyword == "for", header.count > 2, header[1].text == "in" else { return false }
        let words = header.dropFirst(2)
        return !words.allSatisfy { word in
            word.text.allSatisfy(\.isNumber) || word.text.hasPrefix("{") || word.text.hasPrefix("$(")
        }
    }
}
