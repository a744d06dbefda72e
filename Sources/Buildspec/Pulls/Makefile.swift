internal import Core

/// A Makefile as far as its recipes go (GNU make manual, 2 and 6): targets, what they need, plain variables.
struct Makefile {
    /// A target's commands.
    struct Recipe {
        let target: String
        let script: String
        let isMissing: Bool
    }

    private(set) var variables: [String: String] = [:]
    private var needs: [String: [String]] = [:]
    private var commands: [String: [String]] = [:]
    private var first: String?

    init(_ text: String) {
        var current: [String] = []
        for line in Self.logicalLines(text) {
            if line.hasPrefix("\t") {
                for target in current { commands[target, default: []].append(Self.command(line)) }
            } else if let (name, value) = Self.assignment(line) {
                if variables[name] == nil || !line.contains("?=") { variables[name] = Self.shellVariables(value) }
                current = []
            } else if let colon = line.firstIndex(of: ":"), !line.hasPrefix("#") {
                current = line[..<colon].split(whereSeparator: \.isWhitespace).map(String.init)
                let tail = line[colon...].drop { $0 == ":" }
                let parts = tail.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
                for target in current {
                    needs[target, default: []] += parts[0].split(whereSeparator: \.isWhitespace).map(String.init)
                    if parts.count > 1 { commands[target, default: []].append(Self.command(String(parts[1]))) }
                    if first == nil, !target.hasPrefix(".") { first = target }
                }
            } else if !line.trimmed.isEmpty, !line.hasPrefix("#") {
                current = []
            }
        }
    }

    /// The recipes that make runs for these targets, in its order; without targets those of the first.
    func recipes(for targets: [String]) -> [Recipe] {
        var done: Set<String> = []
        var recipes: [Recipe] = []
        func visit(_ target: String, isAsked: Bool) {
            guard done.insert(target).inserted else { return }
            guard needs[target] != nil else {
                if isAsked { recipes.append(Recipe(target: target, script: "", isMissing: true)) }
                return
            }
            for need in needs[target] ?? [] { visit(need, isAsked: false) }
            let script = (commands[target] ?? []).joined(separator: "\n")
            if !script.isEmpty { recipes.append(Recipe(target: target, script: script, isMissing: false)) }
        }
        for target in targets.isEmpty ? [first].compactMap(\.self) : targets { visit(target, isAsked: true) }
        return recipes
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

    private static func assignment(_ line: String) -> (name: String, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let left = line[..<equals]
        let words = left.split { $0.isWhitespace || ":?+!".contains($0) }.filter { $0 != "export" && $0 != "override" }
        guard words.count == 1, !words[0].contains("$"),
            words[0].allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) }),
            !left.contains(":") || left.hasSuffix(":") || left.hasSuffix(":?")
        else { return nil }
        return (String(words[0]), line[line.index(after: equals)...].trimmed)
    }

    /// A recipe line without what make itself reads: `@`, `-`, `+`, `$(NAME)` for `${NAME}`, `$$` for `$`.
    private static func command(_ line: String) -> String {
        shellVariables(String(line.drop { $0.isWhitespace || "@-+".contains($0) }))
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
            } else if after.hasPrefix("("), let end = after.firstIndex(of: ")"),
                after[..<end].dropFirst().allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            {
                out += "${\(after[..<end].dropFirst())}"
                rest = after[after.index(after: end)...]
            } else {
                out += "$"
                rest = after
            }
        }
        return out + rest
    }
}
