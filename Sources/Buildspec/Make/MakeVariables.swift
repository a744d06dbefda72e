internal import Core

/// The variables of a Makefile, and what wins over them (GNU make manual, 6.2 to 6.11).
struct MakeVariables {
    /// What make starts with.
    struct Surroundings {
        /// The folder in which it runs, as a path of the file system; nil where that is not known.
        var folder: String?
        /// The targets that the command names.
        var goals: [String] = []
        /// The variables that the command sets, which win over all.
        var settings: [String: VariableText.Value] = [:]
        /// Whether the environment wins over the Makefile: `-e`.
        var prefersEnvironment = false
        /// The environment's variables.
        var environment: (String) -> VariableText.Value? = { _ in nil }
        /// The text of a file, seen from the folder; nil where there is none.
        var file: (String) -> String? = { _ in nil }
        /// The paths that a pattern stands for, seen from the folder, with what it costs to tell; nil where that cannot be told.
        var matches: (String) -> (paths: [String]?, cost: Int) = { _ in (nil, 1) }
    }

    /// A variable's text.
    struct Value {
        var text: String
        /// Whether its references are put in already.
        var isExpanded = false
        /// Whether nothing out of sight sets another one.
        var isSure = true
        /// Whether words of an expanded text come from a value that is not sure.
        var isDoubtful = false
        /// A function in an expanded text that may hide a command.
        var hidden: String?
    }

    /// When an assignment is come to.
    enum Branch {
        case always
        /// In a branch of a conditional; `isLikely` is whether it is the one that make would take where what is not known is empty.
        case sometimes(isLikely: Bool)
    }

    private struct Variable {
        var value: Value
        var isOverride = false
        /// Whether it was set in a branch that make would not take.
        var isUnlikely = false
    }

    let surroundings: Surroundings
    /// What all copies share.
    let reading = MakeReading()
    private var variables: [String: Variable] = [:]
    private var exported: Set<String> = []
    private var withheld: Set<String> = []
    private var exportsAll = false

    private static let own: Set = ["CURDIR", "MAKE", "MAKECMDGOALS", "MAKEFILE_LIST", "RM", "SHELL"]

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        setOwn("MAKE", "make")
        setOwn("MAKECMDGOALS", surroundings.goals.joined(separator: " "))
        setOwn("MAKEFILE_LIST", "")
        setOwn("RM", "rm -f")
        setOwn("SHELL", "/bin/sh")
        if let folder = surroundings.folder { setOwn("CURDIR", folder) }
    }

    /// Sets one of make's own variables.
    mutating func setOwn(_ name: String, _ text: String) {
        variables[name] = Variable(value: Value(text: text, isExpanded: true))
    }

    /// A variable's value; nil for one that nothing sets.
    func find(_ name: String) -> Value? {
        let variable = variables[name]
        if variable?.isOverride != true, let setting = surroundings.settings[name] { return value(setting, of: name) }
        if surroundings.prefersEnvironment, !Self.own.contains(name), let value = inherited(name) { return value }
        return variable?.value ?? inherited(name)
    }

    private func inherited(_ name: String) -> Value? {
        guard MakeSyntax.isShellName(name) else { return nil }
        return surroundings.environment(name).flatMap { value($0, of: name) }
    }

    private func value(_ value: VariableText.Value, of name: String) -> Value? {
        switch value {
        case .known(let text): Value(text: text, isExpanded: true)
        case .likely(let text): Value(text: text, isExpanded: true, isSure: false)
        case .partial(let text) where text.contains(" ") && !text.contains("("):
            Value(text: text, isExpanded: true, isSure: false)
        case .partial: Value(text: "${\(name)}", isExpanded: true)
        case .unknown: nil
        }
    }

    /// Takes an assignment whose name is expanded. A target's own variable hides that of the Makefile, even an override.
    mutating func set(_ name: String, _ assignment: MakeAssignment, in branch: Branch = .always, isOwn: Bool = false) {
        if assignment.isExported { export([name]) }
        var isSure = true
        if case .sometimes(let isLikely) = branch {
            isSure = false
            if !isLikely {
                guard find(name) == nil else { return }
            }
        }
        let old = variables[name]
        // Only another override changes an override (GNU make manual, 6.7).
        if !isOwn, old?.isOverride == true, old?.isUnlikely == false, !assignment.isOverride { return }
        switch assignment.operation {
        case .ifUnset:
            guard find(name) == nil || old?.isUnlikely == true else { return }
            isSure = false
            variables[name] = Variable(value: Value(text: assignment.text))
        case .append:
            guard var value = old?.value ?? inherited(name) else { fallthrough }
            isSure = isSure && value.isSure
            if value.isExpanded {
                let more = expanded(assignment.text)
                value.text += " " + more.text
                value.isDoubtful = value.isDoubtful || more.isDoubtful
                value.hidden = value.hidden ?? more.hidden
            } else {
                value.text += " " + assignment.text
            }
            if value.text.utf8.count > MakeText.longest {
                value = Value(text: MakeText.unresolved, isExpanded: true, hidden: "$(\(name))")
                isSure = false
            }
            variables[name] = Variable(value: value)
        case .recursive: variables[name] = Variable(value: Value(text: assignment.text))
        case .simple: variables[name] = Variable(value: expanded(assignment.text))
        case .shell: variables[name] = Variable(value: expanded("$(shell \(assignment.text))"))
        }
        variables[name]?.value.isSure = isSure
        variables[name]?.isOverride = assignment.isOverride
        if case .sometimes(false) = branch { variables[name]?.isUnlikely = true }
    }

    private func expanded(_ text: String) -> Value {
        let text = MakeText(text, in: self, isImmediate: true)
        return Value(text: text.text, isExpanded: true, isDoubtful: text.isDoubtful, hidden: text.hidden)
    }

    mutating func undefine(_ name: String) { variables[name] = nil }

    /// `export`; without names all.
    mutating func export(_ names: [String]) {
        exportsAll = exportsAll || names.isEmpty
        exported.formUnion(names)
        withheld.subtract(names)
    }

    /// `unexport`; without names all that are not exported by their names.
    mutating func withhold(_ names: [String]) {
        if names.isEmpty { exportsAll = false }
        exported.subtract(names)
        withheld.formUnion(names)
    }

    /// How many there are.
    var count: Int { variables.count }

    /// The Makefile's variables that the commands find in their environment: those that it exports, or that were there before.
    var environmentOfCommands: [String] {
        variables.keys.filter { name in
            guard MakeSyntax.isShellName(name), !Self.own.contains(name), !withheld.contains(name) else { return false }
            // What the command sets is in the environment already.
            if surroundings.settings[name] != nil, variables[name]?.isOverride != true { return false }
            return exportsAll || exported.contains(name) || surroundings.environment(name) != nil
        }
        .sorted()
    }
}
