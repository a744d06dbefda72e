internal import Core

/// A Makefile as far as its recipes go (GNU make manual, 2, 4, 6 and 10.5): targets, what they need, pattern rules, variables,
/// included files.
struct Makefile {
    /// A target's commands.
    struct Recipe: Hashable {
        let target: String
        var commands: [MakeCommand] = []
        /// What the commands find in their environment.
        var environment: [Variable] = []
        /// Whether nothing that was read says how it is made.
        var isMissing = false
    }

    /// A variable of the commands' environment.
    struct Variable: Hashable {
        let name: String
        let text: String
        let isSure: Bool
    }

    struct Line {
        let text: String
        let isConditional: Bool
    }

    struct Need {
        let name: String
        let isConditional: Bool
    }

    struct Rule {
        var needs: [Need] = []
        var lines: [Line] = []
        /// What `%` stands for in a rule of several targets: `a.o b.o: %.o: %.c`.
        var stem = ""
    }

    struct Pattern {
        let pattern: String
        var rule: Rule
    }

    /// `target: NAME = value`
    struct TargetAssignment {
        let pattern: String
        let name: String
        let assignment: MakeAssignment
        let branch: MakeVariables.Branch
    }

    var variables: MakeVariables
    var rules: [String: Rule] = [:]
    var patterns: [Pattern] = []
    var targetAssignments: [TargetAssignment] = []
    /// The first target, which make makes where none is named.
    var first: String?
    /// Whether it includes files that are not known.
    var hasHiddenFiles = false
    /// `.ONESHELL`
    var hasOneShell = false

    private static let longestChain = 400

    /// Reads a text. `name` is the file's, as make was given it.
    init(_ text: String, name: String = "Makefile", in surroundings: MakeVariables.Surroundings = .init()) {
        variables = MakeVariables(surroundings)
        var reader = MakefileReader(self)
        reader.read(text, name: name)
        self = reader.makefile
    }

    /// What make makes where no target is named; nil where nothing tells.
    private var goal: String? {
        let named = MakeText("$(.DEFAULT_GOAL)", in: variables, emptiesUnset: true).plain
        return MakeSyntax.words(named).first ?? first
    }

    /// The recipes that make runs for these targets, in its order; without targets those of its goal.
    func recipes(for targets: [String]) -> [Recipe] {
        let targets = targets.isEmpty ? [goal].compactMap(\.self) : targets
        guard !targets.isEmpty else { return hasHiddenFiles ? [Recipe(target: "", isMissing: true)] : [] }
        var walk = Walk(makefile: self)
        for target in targets { walk.visit(target, isAsked: true, variables) }
        return walk.recipes
    }

    /// The way through what targets need.
    private struct Walk {
        let makefile: Makefile
        var done: Set<String> = []
        var recipes: [Recipe] = []

        // No pattern stands twice in one chain (GNU make manual, 10.4): `%: %.c` would make ever longer names.
        mutating func visit(
            _ target: String, isAsked: Bool, isConditional: Bool = false, _ outer: MakeVariables, by chain: [Int] = [],
            depth: Int = 0
        ) {
            guard depth < longestChain, done.insert(target).inserted else { return }
            guard let (rule, pattern) = makefile.rule(for: target, besides: chain) else {
                // What it needs may be a file of the checkout.
                if isAsked || makefile.hasHiddenFiles && outer.surroundings.file(target) == nil {
                    recipes.append(Recipe(target: target, isMissing: true))
                }
                return
            }
            let variables = makefile.variables(of: target, outer)
            for need in rule.needs {
                visit(
                    need.name, isAsked: false, isConditional: isConditional || need.isConditional, variables,
                    by: chain + pattern, depth: depth + 1)
            }
            let locals = Makefile.automatic(target, rule.needs.map(\.name), stem: rule.stem)
            let commands = makefile.shellLines(rule.lines).flatMap {
                MakeCommand.all(
                    of: $0.text, in: variables, locals: locals, isConditional: isConditional || $0.isConditional,
                    hasOneShell: makefile.hasOneShell)
            }
            guard !commands.isEmpty else { return }
            let environment = variables.environmentOfCommands.map { name in
                let text = MakeText("$(\(name))", in: variables, locals: locals)
                return Variable(name: name, text: text.plain, isSure: text.isSure)
            }
            recipes.append(Recipe(target: target, commands: commands, environment: environment))
        }
    }

    /// The lines that have a shell of their own each.
    private func shellLines(_ lines: [Line]) -> [Line] {
        guard hasOneShell, !lines.isEmpty else { return lines }
        let text = lines.map(\.text).joined(separator: "\n")
        return [Line(text: text, isConditional: lines.contains(where: \.isConditional))]
    }

    private func variables(of target: String, _ outer: MakeVariables) -> MakeVariables {
        var variables = outer
        for own in targetAssignments where MakeWords.matches(target, own.pattern) != nil {
            variables.set(own.name, own.assignment, in: own.branch)
        }
        return variables
    }

    /// `$@`, `$<` and their like (GNU make manual, 10.5.3).
    private static func automatic(_ target: String, _ needs: [String], stem: String) -> [String: String] {
        let all = needs.joined(separator: " ")
        var locals: [String: String] = [:]
        for (name, text) in [
            ("@", target), ("<", needs.first ?? ""), ("^", all), ("+", all), ("?", all), ("*", stem), ("%", ""),
            ("|", ""),
        ] {
            locals[name] = text
            locals[name + "D"] = MakeWords.apply(.patsubst, to: ["%/", "%", folders(text)], in: nil) ?? ""
            locals[name + "F"] = MakeWords.apply(.notdir, to: [text], in: nil) ?? ""
        }
        return locals
    }

    private static func folders(_ text: String) -> String { MakeWords.apply(.dir, to: [text], in: nil) ?? "" }

    /// The rule that makes a target, and the number of its pattern, if it has one.
    private func rule(for target: String, besides chain: [Int]) -> (rule: Rule, pattern: [Int])? {
        var found = rules[target]
        if found?.lines.isEmpty != false {
            for (number, pattern) in patterns.enumerated()
            where !chain.contains(number) && pattern.pattern.contains("%") {
                guard let stem = MakeWords.matches(target, pattern.pattern), !stem.isEmpty else { continue }
                let needs = pattern.rule.needs.map {
                    Need(name: $0.name.replacing("%", by: stem), isConditional: $0.isConditional)
                }
                found = Rule(needs: (found?.needs ?? []) + needs, lines: pattern.rule.lines, stem: stem)
                return found.map { ($0, [number]) }
            }
        }
        return found.map { ($0, []) }
    }
}
