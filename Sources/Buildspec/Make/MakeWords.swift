internal import Core

/// What make's functions of texts and names make of known arguments.
enum MakeWords {
    private static let most = 4096

    /// How many steps of a text a function of these arguments costs.
    static func cost(_ function: MakeFunction, of arguments: [String]) -> Int {
        let bytes = arguments.reduce(0) { $0 + $1.utf8.count }
        guard function == .filter || function == .filterOut, arguments.count == 2 else { return bytes / 256 }
        let patterns = MakeSyntax.words(arguments[0]).count
        return patterns < 2 ? bytes / 256 : patterns * MakeSyntax.words(arguments[1]).count / 16
    }

    /// The text; nil where it cannot be told. `folder` is where make runs.
    static func apply(_ function: MakeFunction, to arguments: [String], in folder: String?) -> String? {
        guard arguments.count == function.arguments, let last = arguments.last else { return nil }
        let words = MakeSyntax.words(last)
        func each(_ change: (String) -> String?) -> String? {
            words.allSatisfy { change($0) != nil } ? words.compactMap(change).joined(separator: " ") : nil
        }
        // Those that leave each word as it is, or add to it, do so whatever a shell puts into it.
        switch function {
        case .strip: return words.joined(separator: " ")
        case .addprefix where !last.contains("$("): return each { arguments[0] + $0 }
        case .addsuffix where !last.contains("$("): return each { $0 + arguments[0] }
        case .notdir where !last.contains("$("): return each { $0.split(separator: "/").last.map(String.init) ?? "" }
        default: break
        }
        guard words.count < most, !arguments.contains(where: { $0.contains("$") || $0.contains("`") }) else {
            return nil
        }
        switch function {
        case .subst: return arguments[0].isEmpty ? last : last.replacing(arguments[0], by: arguments[1])
        case .patsubst: return each { substitute($0, arguments[0], arguments[1]) }
        case .findstring: return last.contains(arguments[0]) ? arguments[0] : ""
        case .filter, .filterOut:
            let patterns = MakeSyntax.words(arguments[0]).prefix(256)
            return words.filter { word in
                patterns.contains { matches(word, $0) != nil } == (function == .filter)
            }.joined(separator: " ")
        case .sort: return Set(words).sorted().joined(separator: " ")
        case .words: return String(words.count)
        case .word:
            guard let number = Int(arguments[0].trimmed), number > 0 else { return nil }
            return number <= words.count ? words[number - 1] : ""
        case .wordlist:
            guard let from = Int(arguments[0].trimmed), let to = Int(arguments[1].trimmed), from > 0 else { return nil }
            return to < from ? "" : words.prefix(to).dropFirst(from - 1).joined(separator: " ")
        case .firstword: return words.first ?? ""
        case .lastword: return words.last ?? ""
        case .dir:
            return each { word in word.lastIndex(of: "/").map { String(word[...$0]) } ?? "./" }
        case .suffix: return words.compactMap { dot(in: $0).map(String.init) }.joined(separator: " ")
        case .basename: return each { word in String(word.dropLast(dot(in: word)?.count ?? 0)) }
        case .join:
            let others = MakeSyntax.words(arguments[0])
            return (0..<max(words.count, others.count)).map { index in
                (index < others.count ? others[index] : "") + (index < words.count ? words[index] : "")
            }.joined(separator: " ")
        case .abspath, .realpath: return each { absolute($0, in: folder) }
        default: return nil
        }
    }

    /// What `%` stands for in a pattern that matches; nil where it does not.
    static func matches(_ word: String, _ pattern: String) -> String? {
        let parts = pattern.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return word == pattern ? "" : nil }
        guard word.hasPrefix(parts[0]), word.hasSuffix(parts[1]), word.count >= parts[0].count + parts[1].count else {
            return nil
        }
        return String(word.dropFirst(parts[0].count).dropLast(parts[1].count))
    }

    private static func substitute(_ word: String, _ pattern: String, _ replacement: String) -> String {
        guard let stem = matches(word, pattern), let percent = replacement.firstIndex(of: "%") else {
            return matches(word, pattern) == nil ? word : replacement
        }
        guard pattern.contains("%") else { return replacement }
        return replacement[..<percent] + stem + replacement[replacement.index(after: percent)...]
    }

    private static func dot(in word: String) -> Substring? {
        guard let dot = word.lastIndex(of: "."), !word[dot...].contains("/") else { return nil }
        return word[dot...]
    }

    private static func absolute(_ path: String, in folder: String?) -> String? {
        guard path.hasPrefix("/") || folder != nil else { return nil }
        var parts: [Substring] = []
        let whole = path.hasPrefix("/") ? path : (folder ?? "") + "/" + path
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
