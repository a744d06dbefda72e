internal import Core

/// What a branch asks of texts (POSIX, 2.9.4.3 and test; Bash Reference Manual, 6.4).
indirect enum ShellTest: Sendable, Hashable {
    /// `case WORD in PATTERN|PATTERN)`
    case matches(ShellWord, [ShellWord])
    /// `[ a = b ]`, `[[ a == b ]]`, `test`, `true` and `false`; `isNegated` behind `!`.
    case command([ShellWord], isNegated: Bool)

    /// Whether it holds; nil where that is not known. `value` is a word's text, nil for one that cannot be told.
    func holds(_ value: (ShellWord) -> String?) -> Bool? {
        switch self {
        case .matches(let word, let patterns):
            guard let text = value(word) else { return nil }
            var isOpen = false
            for pattern in patterns {
                guard let matches = Self.matches(text, pattern, value) else { isOpen = true; continue }
                if matches { return isOpen ? nil : true }
            }
            return isOpen ? nil : false
        case .command(let words, let isNegated):
            return Self.holds(words, value).map { $0 != isNegated }
        }
    }

    private static func matches(_ text: String, _ pattern: ShellWord, _ value: (ShellWord) -> String?) -> Bool? {
        guard let written = value(pattern) else { return nil }
        guard !pattern.isQuoted, written.contains(where: { "*?[(".contains($0) }) else { return text == written }
        return written.contains { "[(".contains($0) } ? nil : WildcardPattern(written[...]).matches(text)
    }

    private static func holds(_ all: [ShellWord], _ value: (ShellWord) -> String?) -> Bool? {
        guard let first = all.first else { return nil }
        var words = all.dropFirst()
        let closing: String?
        switch first.text {
        case "true", ":": return true
        case "false": return false
        case "[": closing = "]"
        case "[[": closing = "]]"
        case "test": closing = nil
        default: return nil
        }
        if let closing { guard words.popLast()?.text == closing else { return nil } }
        var isNegated = false
        if words.first?.text == "!" {
            isNegated = true
            words.removeFirst()
        }
        let texts = words.map { ($0, $0.isQuoted || closing == "]]" || !$0.text.isEmpty ? value($0) : nil) }
        let result: Bool?
        switch texts.count {
        case 1: result = texts[0].1.map { !$0.isEmpty }
        case 2:
            switch texts[0].0.text {
            case "-z": result = texts[1].1.map(\.isEmpty)
            case "-n": result = texts[1].1.map { !$0.isEmpty }
            default: result = nil
            }
        case 3:
            guard let left = texts[0].1 else { return nil }
            result = compare(left, texts[1].0.text, texts[2].0, isPattern: closing == "]]", value)
        default: result = nil
        }
        return result.map { $0 != isNegated }
    }

    private static func compare(
        _ left: String, _ sign: String, _ right: ShellWord, isPattern: Bool, _ value: (ShellWord) -> String?
    ) -> Bool? {
        switch sign {
        case "=", "==", "!=":
            let isEqual = isPattern ? matches(left, right, value) : value(right).map { $0 == left }
            return isEqual.map { $0 == (sign != "!=") }
        case "-eq", "-ne", "-gt", "-ge", "-lt", "-le":
            guard let left = Int(left), let right = value(right).flatMap({ Int($0) }) else { return nil }
            return switch sign {
            case "-eq": left == right
            case "-ne": left != right
            case "-gt": left > right
            case "-ge": left >= right
            case "-lt": left < right
            default: left <= right
            }
        default: return nil
        }
    }
}
