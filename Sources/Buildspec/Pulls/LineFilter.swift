/// A program that prints some of the lines that it reads, or parts of them (POSIX, head, tail, sort, uniq, tr, grep, cut, awk).
struct LineFilter {
    /// The file that it reads; nil for its input.
    let file: String?
    private let work: Work

    private enum Work {
        case first(Int)
        case last(Int)
        case sorted(isUnique: Bool)
        case unique
        /// Takes characters away, or puts others in their place.
        case translated([Character: Character?])
        case matching(LinePattern, isInverted: Bool)
        /// The field of that number, from 1; nil parts at blanks.
        case field(Int, separator: Character?)
    }

    /// Reads the words behind the program's name; nil for what is not known here.
    init?(_ name: String, _ words: [String]) {
        let all = words.map { ShellWord(text: $0) }
        switch name {
        case "head", "tail":
            // `-5` is `-n 5`.
            let words = words.flatMap {
                $0.hasPrefix("-") && Int($0.dropFirst()) != nil ? ["-n", "\($0.dropFirst())"] : [$0]
            }
            let line = OptionWords(words.map { ShellWord(text: $0) }, valued: ["-n", "--lines"])
            guard line.options.allSatisfy({ $0.name == "-n" || $0.name == "--lines" }), line.operands.count < 2,
                let written = Optional(line.options.last?.value ?? "10"), written.allSatisfy(\.isNumber),
                let count = Int(written)
            else { return nil }
            (work, file) = (name == "head" ? .first(count) : .last(count), line.operands.first?.text)
        case "sort", "uniq":
            let line = OptionWords(all, valued: [])
            let isUnique = line.has("-u") || line.has("--unique")
            guard line.options.allSatisfy({ $0.name == "-u" || $0.name == "--unique" }), line.operands.count < 2,
                name == "sort" || !isUnique
            else { return nil }
            (work, file) = (name == "sort" ? .sorted(isUnique: isUnique) : .unique, line.operands.first?.text)
        case "tr":
            let deletes = words.first == "-d"
            let sets = words.dropFirst(deletes ? 1 : 0).map(Self.characters)
            guard sets.count == (deletes ? 1 : 2), !sets.contains(where: \.isEmpty) else { return nil }
            var changes: [Character: Character?] = [:]
            for (index, character) in sets[0].enumerated() {
                changes[character] = .some(deletes ? nil : sets[1][min(index, sets[1].count - 1)])
            }
            (work, file) = (.translated(changes), nil)
        case "grep", "egrep", "fgrep":
            let line = OptionWords(all, valued: ["-e"])
            let known: Set = ["-v", "-E", "-F", "-e", "-h"]
            guard line.options.allSatisfy({ known.contains($0.name) }) else { return nil }
            var operands = line.operands.map(\.text)[...]
            guard let written = line.values("-e").last ?? operands.popFirst(), operands.count < 2,
                let pattern = LinePattern(written, isFixed: name == "fgrep" || line.has("-F"))
            else { return nil }
            (work, file) = (.matching(pattern, isInverted: line.has("-v")), operands.first)
        case "cut":
            let line = OptionWords(all, valued: ["-d", "-f", "--delimiter", "--fields"])
            let separator = line.values("-d", "--delimiter").last ?? "\t"
            guard let number = line.values("-f", "--fields").last.flatMap({ Int($0) }), number > 0,
                separator.count == 1, line.operands.count < 2
            else { return nil }
            (work, file) = (.field(number, separator: separator.first), line.operands.first?.text)
        case "awk", "gawk":
            guard let text = words.first?.filter({ $0 != " " && $0 != ";" }), words.count < 3,
                text.hasPrefix("{print$"),
                text.hasSuffix("}"), let number = Int(text.dropFirst("{print$".count).dropLast()), number > 0
            else { return nil }
            (work, file) = (.field(number, separator: nil), words.count > 1 ? words[1] : nil)
        default: return nil
        }
    }

    /// What it prints of a text.
    func apply(to text: String) -> String? {
        if case .translated(let changes) = work {
            return String(text.compactMap { character in changes[character] ?? .some(character) })
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        switch work {
        case .first(let count): lines = Array(lines.prefix(count))
        case .last(let count): lines = Array(lines.suffix(count))
        case .sorted(let isUnique): lines = (isUnique ? Array(Set(lines)) : lines).sorted()
        case .unique: lines = lines.indices.filter { $0 == 0 || lines[$0] != lines[$0 - 1] }.map { lines[$0] }
        case .matching(let pattern, let isInverted): lines = lines.filter { pattern.matches($0) != isInverted }
        case .field(let number, let separator): lines = lines.map { Self.field(number, of: $0, separator) }
        case .translated: break
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func field(_ number: Int, of line: String, _ separator: Character?) -> String {
        guard let separator else {
            let fields = line.split(whereSeparator: \.isWhitespace)
            return fields.count < number ? "" : String(fields[number - 1])
        }
        let fields = line.split(separator: separator, omittingEmptySubsequences: false)
        // A line without any is printed as it is.
        if fields.count == 1 { return line }
        return fields.count < number ? "" : String(fields[number - 1])
    }

    /// The characters of a set of `tr` that are written out; none for any other set.
    private static func characters(_ set: String) -> [Character] {
        switch set {
        case "\\n": ["\n"]
        case "\\r": ["\r"]
        case "\\t": ["\t"]
        case "\\n\\r", "\\r\\n": ["\n", "\r"]
        case "[:space:]": [" ", "\n", "\t", "\r"]
        default: set.contains { "\\-[".contains($0) } ? [] : Array(set)
        }
    }
}

/// A regular expression that is a text, at most with an anchor at its ends (POSIX, 9.3).
struct LinePattern {
    private let text: String
    private let isAtStart: Bool
    private let isAtEnd: Bool

    /// Nil for one that is more than that.
    init?(_ written: String, isFixed: Bool) {
        guard !isFixed else {
            (text, isAtStart, isAtEnd) = (written, false, false)
            return
        }
        // A line of nothing, or of blanks alone.
        let isBlank = ["^$", "^\\s*$", "^[[:space:]]*$", "^ *$"].contains(written)
        isAtStart = written.hasPrefix("^")
        isAtEnd = written.hasSuffix("$")
        text = isBlank ? "" : String(written.dropFirst(isAtStart ? 1 : 0).dropLast(isAtEnd ? 1 : 0))
        guard !text.contains(where: { ".[]*\\+?(){}|^$".contains($0) }) else { return nil }
    }

    /// Whether a line has it.
    func matches(_ line: String) -> Bool {
        switch (isAtStart, isAtEnd) {
        case (true, true): text.isEmpty ? line.allSatisfy(\.isWhitespace) : line == text
        case (true, false): line.hasPrefix(text)
        case (false, true): line.hasSuffix(text)
        case (false, false): line.contains(text)
        }
    }
}
