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
        /// Whether its name cannot be told, and may be that of a target whose recipe has to do with containers.
        var isOpen = false
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
    /// The variables of targets by the target's name, and those of patterns.
    var targetAssignments: [String: [TargetAssignment]] = [:]
    var patternAssignments: [TargetAssignment] = []
    /// The targets that no file and no pattern stands for.
    var phony: Set<String> = []
    /// The first target, which make makes where none is named.
    var first: String?
    /// Whether it includes files that are not known.
    var hasHiddenFiles = false
    /// Whether it is longer or deeper than any honest one, so that something of it was not read.
    var isCut = false
    /// How many bytes were read, those of included files among them.
    var bytes = 0
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
        var walk = Walk(makefile: self)
        for target in targets { walk.visit(target, isAsked: true, variables) }
        // Commands of the Makefile itself run before any target's.
        var recipes =
            variables.reading.commands.isEmpty ? [] : [Recipe(target: "", commands: variables.reading.commands)]
        recipes += walk.recipes
        if isCut || walk.isCut || targets.isEmpty && hasHiddenFiles {
            recipes.append(Recipe(target: "", isMissing: true))
        }
        return recipes
    }

    /// The way through what targets need.
    private struct Walk {
        let makefile: Makefile
        var done: Set<String> = []
        var recipes: [Recipe] = []
        /// Whether the way is longer than any honest one.
        var isCut = false
        /// The environment of targets that have no variables of their own.
        var common: [Variable]?
        /// Those of its variables whose text is another one for each target.
        var automatic: [Int] = []

        // No pattern stands twice in one chain (GNU make manual, 10.4): `%: %.c` would make ever longer names.
        mutating func visit(
            _ target: String, isAsked: Bool, isConditional: Bool = false, _ outer: MakeVariables, by chain: [Int] = [],
            hasOwn: Bool = false, depth: Int = 0
        ) {
            guard depth < longestChain, !outer.reading.isSpent else {
                isCut = true
                return
            }
            guard done.insert(target).inserted else { return }
            guard let (rule, pattern) = makefile.rule(for: target, besides: chain) else {
                // What it needs may be a file of the checkout.
                if isAsked || makefile.hasHiddenFiles && outer.surroundings.file(target) == nil {
                    recipes.append(Recipe(target: target, isMissing: true))
                } else if target.contains("$"), makefile.hasContainers(besides: done) {
                    recipes.append(Recipe(target: target, isMissing: true, isOpen: true))
                }
                return
            }
            let own = makefile.assignments(of: target)
            let hasOwn = hasOwn || !own.isEmpty
            let variables = Makefile.set(own, in: outer)
            for need in rule.needs {
                visit(
                    need.name, isAsked: false, isConditional: isConditional || need.isConditional, variables,
                    by: chain + pattern, hasOwn: hasOwn, depth: depth + 1)
            }
            let locals = Makefile.automatic(target, rule.needs.map(\.name), stem: rule.stem)
            var commands: [MakeCommand] = []
            for line in makefile.shellLines(rule.lines) {
                guard !variables.reading.isSpent else {
                    isCut = true
                    break
                }
                commands += MakeCommand.all(
                    of: line.text, in: variables, locals: locals, isConditional: isConditional || line.isConditional,
                    hasOneShell: makefile.hasOneShell)
            }
            guard !commands.isEmpty else { return }
            let environment = hasOwn ? environment(of: variables, locals).all : commonEnvironment(locals)
            recipes.append(Recipe(target: target, commands: commands, environment: environment))
        }

        /// The environment of a target without variables of its own, which is mostly the same for all.
        private mutating func commonEnvironment(_ locals: [String: String]) -> [Variable] {
            guard var all = common else {
                let made = environment(of: makefile.variables, locals)
                (common, automatic) = made
                return made.all
            }
            guard !automatic.isEmpty, makefile.variables.reading.spend(all.count) else { return all }
            for index in automatic {
                all[index] = Makefile.variable(all[index].name, makefile.variables, locals).variable
            }
            return all
        }

        private func environment(
            of variables: MakeVariables, _ locals: [String: String]
        ) -> (all: [Variable], automatic: [Int]) {
            _ = variables.reading.spend(variables.count / 16)
            var automatic: [Int] = []
            let all = variables.environmentOfCommands.enumerated().map { index, name in
                let (variable, isAutomatic) = Makefile.variable(name, variables, locals)
                if isAutomatic { automatic.append(index) }
                return variable
            }
            return (all, automatic)
        }
    }

    /// Whether a recipe speaks of containers, those of the targets that are `done` left out.
    private func hasContainers(besides done: Set<String>) -> Bool {
        func speaks(_ rule: Rule) -> Bool {
            rule.lines.contains { line in
                let text = line.text.lowercased()
                return ["docker", "podman", "buildah", "compose"].contains { text.contains($0) }
            }
        }
        return patterns.contains { speaks($0.rule) } || rules.contains { !done.contains($0.key) && speaks($0.value) }
    }

    /// The lines that have a shell of their own each.
    private func shellLines(_ lines: [Line]) -> [Line] {
        guard hasOneShell, !lines.isEmpty else { return lines }
        let text = lines.map(\.text).joined(separator: "\n")
        return [Line(text: text, isConditional: lines.contains(where: \.isConditional))]
    }

    private static func variable(
        _ name: String, _ variables: MakeVariables, _ locals: [String: String]
    ) -> (variable: Variable, isAutomatic: Bool) {
        let text = MakeText("$(\(name))", in: variables, locals: locals)
        return (Variable(name: name, text: text.plain, isSure: text.isSure), text.isAutomatic)
    }

    /// A target's own variables; its pattern's come first.
    private func assignments(of target: String) -> [TargetAssignment] {
        _ = variables.reading.spend(patternAssignments.count / 16)
        return patternAssignments.filter { MakeWords.matches(target, $0.pattern) != nil }
            + (targetAssignments[target] ?? [])
    }

    private static func set(_ own: [TargetAssignment], in outer: MakeVariables) -> MakeVariables {
        guard !own.isEmpty else { return outer }
        _ = outer.reading.spend(own.count + outer.count / 64)
        var variables = outer
        for own in own {
            variables.reading.isConditional = if case .always = own.branch { false } else { true }
            variables.set(own.name, own.assignment, in: own.branch, isOwn: true)
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
            // One that is too long is not put in anywhere.
            guard text.utf8.count < MakeText.longest else {
                (locals[name + "D"], locals[name + "F"]) = (text, text)
                continue
            }
            locals[name + "D"] = MakeWords.apply(.patsubst, to: ["%/", "%", folders(text)], in: nil) ?? ""
            locals[name + "F"] = MakeWords.apply(.notdir, to: [text], in: nil) ?? ""
        }
        return locals
    }

    private static func folders(_ text: String) -> String { MakeWords.apply(.dir, to: [text], in: nil) ?? "" }

    /// The rule that makes a target, and the number of its pattern, if it has one.
    private func rule(for target: String, besides chain: [Int]) -> (rule: Rule, pattern: [Int])? {
        let found = rules[target]
        if phony.contains(target), found != nil || !hasHiddenFiles { return (found ?? Rule(), []) }
        guard found?.lines.isEmpty != false else { return found.map { ($0, []) } }
        _ = variables.reading.spend(patterns.count / 16)
        // The pattern that leaves the least for its `%` fits best (GNU make manual, 10.5.4); of two such, the first.
        var best: (number: Int, stem: String)?
        for (number, pattern) in patterns.enumerated() where !chain.contains(number) {
            guard let stem = MakeWords.matches(target, pattern.pattern), !stem.isEmpty else { continue }
            if best.map({ stem.utf8.count < $0.stem.utf8.count }) ?? true { best = (number, stem) }
        }
        guard let (number, stem) = best else { return found.map { ($0, []) } }
        let pattern = patterns[number].rule
        let needs = pattern.needs.map {
            Need(name: $0.name.replacing("%", by: stem), isConditional: $0.isConditional)
        }
        return (Rule(needs: (found?.needs ?? []) + needs, lines: pattern.lines, stem: stem), [number])
    }
}
