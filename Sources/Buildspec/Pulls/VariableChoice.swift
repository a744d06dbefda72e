/// What branches left behind: variables, or the folder, of which one of several values is the right one.
struct VariableChoice: Hashable {
    /// The values that belong together.
    struct Alternative: Hashable {
        var values: [String: VariableText.Value] = [:]
        /// The folder, where it goes with them.
        var folder: String?
    }

    /// How many are followed.
    static let most = 8
    /// How many are kept at a time.
    static let mostKept = 16

    let alternatives: [Alternative]

    /// The variables.
    var names: Set<String> { Set(alternatives[0].values.keys) }
    /// Whether it decides on the folder.
    var hasFolders: Bool { alternatives[0].folder != nil }

    init(_ alternatives: [Alternative]) { self.alternatives = alternatives }

    /// The same without a variable that was set since; nil where that leaves nothing to choose.
    func without(_ name: String) -> VariableChoice? {
        guard alternatives[0].values[name] != nil else { return self }
        return changed { $0.values[name] = nil }
    }

    /// The same where the folder was changed since.
    var withoutFolders: VariableChoice? { hasFolders ? changed { $0.folder = nil } : self }

    private func changed(_ change: (inout Alternative) -> Void) -> VariableChoice? {
        var left: [Alternative] = []
        for var alternative in alternatives {
            change(&alternative)
            if !left.contains(alternative) { left.append(alternative) }
        }
        return left.count > 1 ? VariableChoice(left) : nil
    }

    /// Every combination of what the choices allow; nil where there are too many.
    static func product(of choices: some Collection<VariableChoice>) -> [Alternative]? {
        var product = [Alternative()]
        for choice in choices {
            guard product.count * choice.alternatives.count <= most else { return nil }
            product = product.flatMap { first in
                choice.alternatives.map { second in
                    Alternative(
                        values: first.values.merging(second.values) { $1 }, folder: second.folder ?? first.folder)
                }
            }
        }
        return product
    }
}

extension ShellVariables {
    /// The choices that decide on a variable that `isNamed`, on the folder, or on any variable, as many as can be followed together.
    func choices(all: Bool, folders: Bool, of isNamed: (String) -> Bool) -> [VariableChoice] {
        var found: [VariableChoice] = []
        for choice in choices
        where all || folders && choice.hasFolders || choice.alternatives[0].values.keys.contains(where: isNamed) {
            if VariableChoice.product(of: found + [choice]) != nil { found.append(choice) }
        }
        return found
    }
}
