/// The variables of a shell, and which of them were asked for.
struct ShellVariables {
    /// The names that were looked up. What is followed again with other values of other variables alone comes out the same.
    final class Asked {
        private(set) var names: Set<String> = []

        fileprivate func note(_ name: String) { names.insert(name) }
    }

    private var values: [String: VariableText.Value] = [:]
    private let asked: Asked?
    /// How often one was set.
    private(set) var changes = 0
    /// Variables that hold one of several values, which depends on the branches that were taken.
    var choices: [VariableChoice] = []

    /// No variables. `asked` takes note of every name that is looked up, from here on and in every copy.
    init(asked: Asked? = nil) { self.asked = asked }

    /// A variable's value; nil for one that is not set.
    subscript(name: String) -> VariableText.Value? {
        get {
            asked?.note(name)
            return values[name]
        }
        set {
            values[name] = newValue
            changes &+= 1
            if !choices.isEmpty { choices = choices.compactMap { $0.without(name) } }
        }
    }

    /// How many there are.
    var count: Int { values.count }

    /// Those that others have with another value, or not at all, or that have one that these do not have.
    func names(differingFrom others: ShellVariables) -> Set<String> {
        var names: Set<String> = []
        var common = 0
        for (name, value) in values {
            let other = others.values[name]
            if other != nil { common += 1 }
            if other != value { names.insert(name) }
        }
        guard common < others.values.count else { return names }
        for name in others.values.keys where values[name] == nil { names.insert(name) }
        return names
    }

    /// Takes note that the folder was changed.
    mutating func forgetFolders() {
        if !choices.isEmpty { choices = choices.compactMap(\.withoutFolders) }
    }
}
