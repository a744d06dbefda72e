/// The expansions that change a variable's value: `${NAME#pattern}`, `${NAME%pattern}`, `${NAME/pattern/text}` and their greedy
/// forms (POSIX 2.6.2; Dockerfile reference, environment replacement).
enum ValuePattern {
    /// What `dirname` and `basename` print of a variable, in the form of an expansion that no shell has.
    static let dirname = "@dirname"
    static let basename = "@basename"

    /// The value as the expansion makes it. `expansion` is what follows the variable's name. Nil for a pattern beyond those with
    /// one `*` at an end, or none.
    static func apply(_ expansion: Substring, to value: String) -> String? {
        switch expansion.first {
        case "#", "%": trimmed(value, by: expansion)
        case "/": replaced(value, by: expansion)
        case "@" where expansion == dirname: folder(of: value)
        case "@" where expansion == basename: CheckoutReader.name(of: value)
        default: nil
        }
    }

    private static func folder(of path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let end = parts.lastIndex { !$0.isEmpty } ?? 0
        let folder = parts[..<end].joined(separator: "/")
        return folder.isEmpty ? path.hasPrefix("/") ? "/" : "." : folder
    }

    private static func trimmed(_ value: String, by expansion: Substring) -> String? {
        let isPrefix = expansion.first == "#"
        let isGreedy = expansion.dropFirst().first == expansion.first
        let pattern = expansion.dropFirst(isGreedy ? 2 : 1)
        let literal = pattern.filter { $0 != "*" }
        guard !literal.isEmpty, !literal.contains(where: { "?[$`".contains($0) }), pattern.count - literal.count < 2
        else { return nil }
        if !pattern.contains("*") {
            if isPrefix, value.hasPrefix(literal) { return String(value.dropFirst(literal.count)) }
            return !isPrefix && value.hasSuffix(literal) ? String(value.dropLast(literal.count)) : value
        }
        guard literal.count == 1, let sign = literal.first, isPrefix == pattern.hasPrefix("*") else { return nil }
        let cut = isPrefix == isGreedy ? value.lastIndex(of: sign) : value.firstIndex(of: sign)
        guard let cut else { return value }
        return String(isPrefix ? value[value.index(after: cut)...] : value[..<cut])
    }

    private static func replaced(_ value: String, by expansion: Substring) -> String? {
        let isGreedy = expansion.dropFirst().first == "/"
        let parts = expansion.dropFirst(isGreedy ? 2 : 1)
            .split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        // Bash anchors a pattern with `#` or `%` before it.
        guard let pattern = parts.first, let first = pattern.first, first != "#", first != "%",
            !parts.contains(where: { $0.contains(where: { "*?[$`\\\"'".contains($0) }) })
        else { return nil }
        return value.split(
            separator: String(pattern), maxSplits: isGreedy ? .max : 1, omittingEmptySubsequences: false
        ).joined(separator: parts.count > 1 ? String(parts[1]) : "")
    }
}
