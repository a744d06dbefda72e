internal import Core

/// What a subshell keeps to itself: variables, `$1` and those behind it, and the folder.
struct ShellScope: VariableSource {
    var variables: ShellVariables
    /// `$1`, `$2`, ...
    var positions: [VariableText.Value] = []
    /// The folder, from the checkout's root.
    var folder = "" {
        didSet { variables.forgetFolders() }
    }

    init(variables: ShellVariables) { self.variables = variables }

    /// A variable's value.
    func value(_ name: String) -> VariableText.Value { ownValue(name) ?? variables[name]?.withoutMarks ?? .unknown }

    /// The value of a variable that the shell sets itself; nil for any other.
    private func ownValue(_ name: String) -> VariableText.Value? {
        switch name {
        case "CODEBUILD_SRC_DIR": return .known(CheckoutReader.root)
        case "PWD" where folder != CheckoutReader.outside:
            return .known(CheckoutReader.absolute(folder))
        default:
            guard let first = name.utf8.first, ASCII.isDigit(first), let number = Int(name), number > 0 else {
                return nil
            }
            return number <= positions.count ? positions[number - 1] : .unknown
        }
    }

    /// Puts values into a word.
    func expand(_ text: String) -> VariableText { VariableText(text, from: self) }

    /// `$1`, `$2`, ... as far as they are there.
    private var positionWords: [ShellWord] {
        var words: [ShellWord] = []
        for value in positions {
            switch value {
            case .known(let text), .likely(let text), .partial(let text):
                words.append(ShellWord(text: text, hasExpansion: text.contains("$")))
            case .unknown: return words
            }
        }
        return words
    }

    /// Sets `$1`, `$2`, ...
    mutating func setPositions(_ words: some Collection<ShellWord>) {
        positions = words.prefix(Self.mostPositions).map { expand($0.text).value }
    }

    private static let mostPositions = 60

    /// `shift`: `$1` is what `$2` was.
    mutating func shift(by count: Int) {
        // As the shell does it, more than there are moves nothing.
        guard count > 0, count <= positions.count else { return }
        positions.removeFirst(count)
    }

    /// The ways to write all of `$1`, `$2`, ...
    static let allPositions: Set = ["$@", "${@}", "$*", "${*}"]

    /// The words with those that variables alone stand for.
    func split(_ words: ArraySlice<ShellWord>) -> ArraySlice<ShellWord> {
        var changed: [ShellWord]?
        for index in words.indices {
            let isOpen = words[index].hasExpansion
            // Most stay as they are.
            guard isOpen, let others = words[index].standsForOptions ? [] : self.words(of: words[index].text) else {
                changed?.append(words[index])
                continue
            }
            if changed == nil { changed = Array(words[..<index]) }
            changed? += others
        }
        return changed.map { $0[...] } ?? words
    }

    /// The words that an unquoted `$NAME` alone becomes when it holds several words, an option or nothing; nil where it stands
    /// for one word, or nothing is known of it.
    func words(of text: String) -> [ShellWord]? {
        guard text.utf8.first == UInt8(ascii: "$") else { return nil }
        if text.utf8.count < 5, Self.allPositions.contains(text) {
            let words = positionWords
            return words.isEmpty ? nil : words
        }
        var bytes = text.utf8.dropFirst()
        if bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") { bytes = bytes.dropFirst().dropLast() }
        if bytes.last == UInt8(ascii: "]"), Substring(bytes).hasSuffix("[@]") { bytes = bytes.dropLast(3) }
        guard bytes.allSatisfy(ASCII.isName) else { return nil }
        let name = String(Substring(bytes))
        // Options that a project may set: `docker run $OPTIONS image`.
        var isOptions: Bool { ["OPT", "ARGS", "FLAG", "PARAM"].contains { name.uppercased().contains($0) } }
        let value: String
        switch variables[name] ?? ownValue(name) ?? .unknown {
        case .known(let text), .likely(let text): value = text
        case .partial(let text) where text.contains(" ") && !text.contains("("): value = text
        case .partial, .unknown: return isOptions ? [] : nil
        }
        if !value.contains(" "), !value.hasPrefix("-"), value.utf8.allSatisfy({ $0 > 0x20 }) {
            return value.isEmpty ? [] : nil
        }
        let words = value.split(whereSeparator: \.isWhitespace).map {
            String($0.filter { $0 != "\"" && $0 != "'" }).replacing(ShellWord.blankInItem, by: " ")
        }
        if words.count == 1, !words[0].hasPrefix("-"), !value.hasPrefix(" ") { return nil }
        return words.filter { !$0.contains("$") || !isOptions }
            .map { ShellWord(text: $0, hasExpansion: $0.contains("$")) }
    }

    /// Takes `NAME=value`; one that only sometimes happens leaves the value likely, or open.
    mutating func assign(_ word: ShellWord, certain: Bool) {
        guard let equals = word.text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return }
        var name = String(word.text[..<equals])
        let text = String(word.text[word.text.utf8.index(after: equals)...])
        let expanded = word.hasExpansion ? expand(text) : VariableText(text)
        guard !name.hasSuffix("+") else {
            name = String(name.dropLast())
            switch variables[name] {
            case .known(let old) where expanded.isResolved, .likely(let old) where expanded.isResolved:
                let text = old + expanded.text
                guard text.utf8.count <= VariableText.longestText else { return variables[name] = .partial("$" + name) }
                return variables[name] = certain && expanded.isSure ? .known(text) : .likely(text)
            case .partial(let old)
            where expanded.isResolved && old != "$" + name && old.utf8.count < VariableText.longestText / 2:
                return variables[name] = .partial(old + expanded.text)
            default: return variables[name] = .partial("$" + name)
            }
        }
        let fresh: VariableText.Value =
            if expanded.isResolved {
                expanded.isSure && certain ? .known(expanded.text) : .likely(expanded.text)
            } else if expanded.text.hasPrefix("$(...)") && expanded.text.count == 6 || expanded.text.utf8.count > 500 {
                .partial("$" + name)
            } else {
                .partial(expanded.text)
            }
        switch (certain, variables[name]) {
        case (true, _), (false, nil), (false, .unknown): variables[name] = fresh
        case (false, .known(let old)) where fresh == .likely(old): return
        case (false, let old) where fresh == old: return
        case (false, .likely(let old)) where Self.composes.contains(old) && fresh.isOne(of: Self.composes): return
        default: variables[name] = .partial("$" + name)
        }
    }

    /// The ways to call compose, between which scripts choose.
    static let composes: Set = ["docker compose", "docker-compose"]

    /// Takes `NAME=...` with a value that the text does not tell.
    mutating func forget(_ word: ShellWord) {
        variables[String(word.text.prefix { $0 != "=" && $0 != "+" })] = .unknown
    }
}

extension VariableText.Value {
    /// A list's items as one text.
    fileprivate var withoutMarks: VariableText.Value {
        switch self {
        case .known(let text) where text.hasPrefix(" "): .known(Self.withoutMarks(text))
        case .likely(let text) where text.hasPrefix(" "): .likely(Self.withoutMarks(text))
        default: self
        }
    }

    private static func withoutMarks(_ text: String) -> String {
        text.dropFirst().replacing(ShellWord.blankInItem, by: " ")
    }

    fileprivate func isOne(of texts: Set<String>) -> Bool {
        switch self {
        case .known(let text), .likely(let text): texts.contains(text)
        case .partial, .unknown: false
        }
    }
}

extension ShellWord {
    /// Whether it is an option, or nothing: `${TTY:+-it}`, `$(test -t 0 && echo -it)`.
    fileprivate var standsForOptions: Bool {
        if text == "$(...)", let last = substitutions.first?.commands.last {
            return last.program.name == "echo" && last.words.dropFirst().first?.text.hasPrefix("-") == true
        }
        return text.hasPrefix("${") && (text.contains("+-") || text.contains(":--"))
    }
}
