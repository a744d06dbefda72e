/// The variables of a shell, and which of them were asked for.
struct ShellVariables {
    /// The names that were looked up. What is followed again with other values of other variables alone comes out the same.
    final class Asked {
        private(set) var names: Set<String> = []

        fileprivate func note(_ name: String) { names.insert(name) }
    }

    private var values: [String: VariableText.Value] = [:]
    private let asked: Asked?

    /// No variables. `asked` takes note of every name that is looked up, from here on and in every copy.
    init(asked: Asked? = nil) { self.asked = asked }

    /// A variable's value; nil for one that is not set.
    subscript(name: String) -> VariableText.Value? {
        get {
            asked?.note(name)
            return values[name]
        }
        set { values[name] = newValue }
    }
}
