internal import Core

/// `sed -i` with substitutions of plain text: `s/FROM node/FROM public.ecr.aws\/docker\/library\/node/g` (POSIX, sed). Of regular
/// expressions an anchor at either end and `.*` at the end are followed.
struct StreamEdit: Hashable {
    private struct Substitution {
        let pattern: String
        let isAtStart: Bool
        let isAtEnd: Bool
        /// `.*`: what follows goes with it.
        let takesRest: Bool
        let replacement: String
        let isGlobal: Bool
    }

    /// The files that it edits in place.
    let files: [String]
    private let scripts: [String]

    /// Reads the words behind `sed`; nil where it edits no file in place, or for an edit that is `printed` where it prints none.
    init?(_ texts: [String], printed: Bool = false) {
        let isInPlace = texts.contains {
            $0.hasPrefix("-i") || $0.hasPrefix("--in-place") || $0 == "-ri" || $0 == "-Ei"
        }
        guard isInPlace != printed, !printed || !texts.contains(where: Self.silencing.contains) else { return nil }
        var scripts: [String] = []
        var operands: [String] = []
        var isScript = false
        for text in texts {
            if isScript {
                scripts.append(text)
                isScript = false
            } else if let start = ["--expression=", "-e"].first(where: { text.hasPrefix($0) && text != $0 }) {
                scripts.append(String(text.dropFirst(start.count)))
            } else if text.hasPrefix("-"), text != "-" {
                isScript = text == "-e" || text == "--expression"
            } else {
                operands.append(text)
            }
        }
        // `sed -i '' script file` is how BSD's has no backup.
        operands.removeAll(where: \.isEmpty)
        if scripts.isEmpty, !operands.isEmpty { scripts.append(operands.removeFirst()) }
        (files, self.scripts) = (operands, scripts)
    }

    private static let silencing: Set = ["-n", "--quiet", "--silent", "-nE", "-nr", "-f", "--file"]

    /// The text with every substitution made that is followed, and whether those are all.
    func edited(_ text: String) -> (text: String, isWhole: Bool) {
        let all = scripts.flatMap(Self.commands).map(Self.substitution)
        let edited = all.reduce(text) { text, substitution in
            guard let substitution else { return text }
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { Self.replaced(String($0), substitution) }.joined(separator: "\n")
        }
        return (edited, !all.isEmpty && all.allSatisfy { $0 != nil })
    }

    /// `s/a/b/; s/c/d/` as its commands.
    private static func commands(of script: String) -> [String] {
        script.split(separator: ";").reduce(into: []) { commands, part in
            // A text may hold the sign itself.
            if commands.isEmpty || part.trimmed.hasPrefix("s") {
                commands.append(String(part))
            } else {
                commands[commands.count - 1] += ";" + part
            }
        }
    }

    private static func replaced(_ line: String, _ substitution: Substitution) -> String {
        let pattern = substitution.pattern
        guard line.contains(pattern), !substitution.isAtStart || line.hasPrefix(pattern),
            !substitution.isAtEnd || line.hasSuffix(pattern)
        else { return line }
        if substitution.takesRest {
            guard let found = line.firstRange(of: pattern) else { return line }
            return line[..<found.lowerBound] + substitution.replacement
        }
        if substitution.isAtStart, substitution.isAtEnd { return line == pattern ? substitution.replacement : line }
        if substitution.isAtStart { return substitution.replacement + line.dropFirst(pattern.count) }
        if substitution.isAtEnd { return line.dropLast(pattern.count) + substitution.replacement }
        if substitution.isGlobal { return line.replacing(pattern, by: substitution.replacement) }
        guard let found = line.firstRange(of: pattern) else { return line }
        return line[..<found.lowerBound] + substitution.replacement + line[found.upperBound...]
    }

    private static func substitution(_ script: String) -> Substitution? {
        let text = script.trimmed
        guard text.hasPrefix("s"), let delimiter = text.dropFirst().first, !delimiter.isLetter, delimiter != "\\" else {
            return nil
        }
        var parts = [""]
        var isEscaped = false
        for character in text.dropFirst(2) {
            if isEscaped {
                parts[parts.count - 1] += character == delimiter ? "\(character)" : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == delimiter, parts.count < 3 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        guard parts.count == 3, ["", "g"].contains(parts[2].trimmed) else { return nil }
        var pattern = parts[0]
        let isAtStart = pattern.hasPrefix("^")
        let isAtEnd = pattern.hasSuffix("$") && !pattern.hasSuffix("\\$")
        pattern = String(pattern.dropFirst(isAtStart ? 1 : 0).dropLast(isAtEnd ? 1 : 0))
        let takesRest = pattern.hasSuffix(".*")
        if takesRest { pattern.removeLast(2) }
        guard let literal = plain(pattern, special: "[]*+?(){}|^$"), !literal.isEmpty,
            !takesRest || !parts[1].contains("&"),
            let replacement = replacement(parts[1], of: literal)
        else { return nil }
        return Substitution(
            pattern: literal, isAtStart: isAtStart, isAtEnd: isAtEnd && !takesRest, takesRest: takesRest,
            replacement: replacement,
            isGlobal: parts[2].contains("g"))
    }

    /// What `&` in a replacement stands for is the pattern's own text.
    private static func replacement(_ text: String, of literal: String) -> String? {
        let parts = text.replacing("\\&", by: "\u{1}").split(separator: "&", omittingEmptySubsequences: false)
        return plain(parts.joined(separator: literal), special: "")?.replacing("\u{1}", by: "&")
    }

    /// A text without its backslashes; nil where one of the characters has a meaning of its own.
    private static func plain(_ text: String, special: String) -> String? {
        var out = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                // `\1`, `\w`, `\n` stand for something else.
                guard !character.isLetter, !character.isNumber else { return nil }
                out.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                guard !special.contains(character) else { return nil }
                out.append(character)
            }
        }
        return isEscaped ? nil : out
    }
}
