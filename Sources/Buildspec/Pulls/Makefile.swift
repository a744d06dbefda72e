internal import Core

/// A Makefile as far as its recipes go (GNU make manual, 2, 4, 6 and 10.5): targets, what they need, pattern rules, variables,
/// included files. Both branches of a conditional are read.
struct Makefile {
    /// A target's commands, a line of the recipe each.
    struct Recipe: Hashable {
        let target: String
        let lines: [String]
        let isMissing: Bool
    }

    /// A variable's value, in the shell's way of writing variables.
    struct Value: Hashable {
        let text: String
        /// Whether a variable of the environment wins over it: `?=`.
        let isDefault: Bool
    }

    private struct Rule {
        var needs: [String] = []
        var lines: [String] = []
    }

    /// The variables, in the order in which they are set first.
    private(set) var assignments: [(name: String, value: Value)] = []
    private var rules: [String: Rule] = [:]
    private var patterns: [(pattern: String, rule: Rule)] = []
    private var first: String?
    private var current: [String] = []
    private let include: (String) -> String?

    private static let deepest = 8
    private static let longestChain = 400

    /// Reads a text; `include` gives the text of a file that it includes.
    init(_ text: String, include: @escaping (String) -> String? = { _ in nil }) {
        self.include = include
        read(text, depth: 0)
    }

    /// The recipes that make runs for these targets, in its order; without targets those of the first.
    func recipes(for targets: [String]) -> [Recipe] {
        var done: Set<String> = []
        var recipes: [Recipe] = []
        // No pattern stands twice in one chain (GNU make manual, 10.4): `%: %.c` would make ever longer names.
        func visit(_ target: String, isAsked: Bool, by chain: [Int] = [], depth: Int = 0) {
            guard depth < Self.longestChain, done.insert(target).inserted else { return }
            guard let (rule, stem, pattern) = rule(for: target, besides: chain) else {
                if isAsked { recipes.append(Recipe(target: target, lines: [], isMissing: true)) }
                return
            }
            let needs = rule.needs.map {
                $0.split(separator: "%", omittingEmptySubsequences: false).joined(separator: stem)
            }
            for need in needs { visit(need, isAsked: false, by: chain + pattern, depth: depth + 1) }
            let lines = rule.lines.map { line in
                [("$@", target), ("$<", needs.first ?? ""), ("$^", needs.joined(separator: " ")), ("$*", stem)]
                    .reduce(line) { text, automatic in Self.replace(automatic.0, automatic.1, in: text) }
            }
            if !lines.isEmpty { recipes.append(Recipe(target: target, lines: lines, isMissing: false)) }
        }
        for target in targets.isEmpty ? [first].compactMap(\.self) : targets { visit(target, isAsked: true) }
        return recipes
    }

    /// The rule that makes a target, what `%` stands for in it, and the number of its pattern, if it has one.
    private func rule(for target: String, besides chain: [Int]) -> (rule: Rule, stem: String, pattern: [Int])? {
        var found = rules[target]
        if found?.lines.isEmpty != false {
            for (number, (pattern, rule)) in patterns.enumerated() where !chain.contains(number) {
                let parts = pattern.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, target.hasPrefix(parts[0]), target.hasSuffix(parts[1]),
                    target.count > parts[0].count + parts[1].count
                else { continue }
                let stem = String(target.dropFirst(parts[0].count).dropLast(parts[1].count))
                found = Rule(needs: (found?.needs ?? []) + rule.needs, lines: rule.lines)
                return found.map { ($0, stem, [number]) }
            }
        }
        return found.map { ($0, "", []) }
    }

    private mutating func read(_ text: String, depth: Int) {
        var isDefinition = false
        for line in Self.logicalLines(text) {
            let trimmed = line.trimmed
            if isDefinition || trimmed.hasPrefix("define ") {
                isDefinition = trimmed != "endef"
            } else if line.hasPrefix("\t") {
                addLine(Self.command(line))
            } else if trimmed.isEmpty || trimmed.hasPrefix("#") || Self.isConditional(trimmed) {
                continue
            } else if let names = Self.included(trimmed) {
                for name in names where depth < Self.deepest {
                    if let text = include(expand(name)) { read(text, depth: depth + 1) }
                }
            } else if let (name, value) = Self.assignment(line) {
                set(name, value)
                current = []
            } else {
                addRule(Self.withoutComment(line))
            }
        }
    }

    private mutating func addLine(_ line: String) {
        for target in current {
            if let index = patterns.lastIndex(where: { $0.pattern == target }) {
                patterns[index].rule.lines.append(line)
            } else {
                rules[target]?.lines.append(line)
            }
        }
    }

    private mutating func addRule(_ line: String) {
        current = []
        guard let colon = line.firstIndex(of: ":") else { return }
        let targets = expand(String(line[..<colon])).split(whereSeparator: \.isWhitespace).map(String.init)
        let parts = line[colon...].drop { $0 == ":" }
            .split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        let tail = parts.first.map(String.init) ?? ""
        // A variable of one target alone.
        if let (name, value) = Self.assignment(tail) { return set(name, value) }
        let needs = expand(tail).split(whereSeparator: \.isWhitespace).map(String.init).filter { $0 != "|" }
        for target in targets {
            if target.contains("%") {
                patterns.append((target, Rule(needs: needs)))
            } else {
                rules[target, default: Rule()].needs += needs
                if first == nil, !target.hasPrefix(".") { first = target }
            }
        }
        current = targets
        if parts.count > 1 { addLine(Self.command(String(parts[1]))) }
    }

    private mutating func set(_ name: String, _ value: Value) {
        if let index = assignments.firstIndex(where: { $0.name == name }) {
            if !value.isDefault { assignments[index].value = value }
        } else {
            assignments.append((name, value))
        }
    }

    /// Puts the Makefile's own variables into targets and what they need.
    private func expand(_ text: String) -> String {
        VariableText(Self.shellVariables(text)) { name in
            assignments.first { $0.name == name }.map { .known($0.value.text) } ?? .unknown
        }.text
    }

    private static func logicalLines(_ text: String) -> [String] {
        var lines: [String] = []
        var held = ""
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasSuffix("\\") {
                held += line.dropLast() + " "
            } else {
                lines.append(held + line)
                held = ""
            }
        }
        return held.isEmpty ? lines : lines + [held]
    }

    private static func isConditional(_ line: String) -> Bool {
        ["ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "unexport", "vpath", "undefine"]
            .contains { line == $0 || line.hasPrefix($0 + " ") || line.hasPrefix($0 + "(") }
    }

    private static func included(_ line: String) -> [String]? {
        let words = withoutComment(line).split(whereSeparator: \.isWhitespace).map(String.init)
        return ["include", "-include", "sinclude"].contains(words.first) ? Array(words.dropFirst()) : nil
    }

    private static func withoutComment(_ line: String) -> String {
        line.split(separator: " #", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? line
    }

    private static func assignment(_ line: String) -> (name: String, value: Value)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let left = line[..<equals]
        let words = left.split { $0.isWhitespace || ":?+!".contains($0) }.filter { $0 != "export" && $0 != "override" }
        guard words.count == 1, !words[0].contains("$"),
            words[0].allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) }),
            !left.contains(":") || left.hasSuffix(":") || left.hasSuffix(":?")
        else { return nil }
        let text = withoutComment(String(line[line.index(after: equals)...])).trimmed
        return (String(words[0]), Value(text: shellVariables(text), isDefault: left.hasSuffix("?")))
    }

    /// A recipe line without what make itself reads: `@`, `-`, `+`, `$(NAME)` for `${NAME}`, `$$` for `$`.
    private static func command(_ line: String) -> String {
        shellVariables(String(line.drop { $0.isWhitespace || "@-+".contains($0) }))
    }

    private static func replace(_ mark: String, _ text: String, in line: String) -> String {
        line.replacing(mark, by: text)
    }

    private static func shellVariables(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            out += rest[..<dollar]
            let after = rest[rest.index(after: dollar)...]
            if after.hasPrefix("$") {
                out += "$"
                rest = after.dropFirst()
            } else if after.hasPrefix("(shell ") {
                out += "$("
                rest = after.dropFirst("(shell ".count)
            } else if let (name, tail) = reference(after) {
                out += name == "MAKE" ? "make" : "${\(name)}"
                rest = tail
            } else {
                out += "$"
                rest = after
            }
        }
        return out + rest
    }

    /// `(NAME)` or `{NAME}`, and what follows it; nil for a function.
    private static func reference(_ text: Substring) -> (name: Substring, tail: Substring)? {
        let closing: Character? = text.hasPrefix("(") ? ")" : text.hasPrefix("{") ? "}" : nil
        guard let closing, let end = text.firstIndex(of: closing) else { return nil }
        let name = text[..<end].dropFirst()
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
        return (name, text[text.index(after: end)...])
    }
}
