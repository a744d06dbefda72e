public import AWS

/// A variable of a project before and after.
public struct VariableChange: Codable, Sendable, Hashable {
    /// What the project has under the variable's name.
    public enum Value: Codable, Sendable, Hashable {
        /// No such variable.
        case absent
        /// A variable whose value is no secret: a reference, or a harmless text.
        case variable(CodeBuild.EnvironmentVariable)
        /// A plaintext credential, of which only a keyed hash is kept.
        case hidden(keyedHash: String)
    }

    /// The variable's name.
    public var name: String
    /// What was read when the plan was made.
    public var before: Value
    /// What the step makes of it.
    public var after: Value

    /// Sets `value` in a list of variables; a hidden one cannot be written back and is taken out.
    func set(_ value: Value, in variables: inout [CodeBuild.EnvironmentVariable]) {
        let index = variables.firstIndex { $0.name == name }
        switch (value, index) {
        case (.variable(let variable), let index?): variables[index] = variable
        case (.variable(let variable), nil): variables.append(variable)
        case (.absent, let index?), (.hidden, let index?): variables.remove(at: index)
        case (.absent, nil), (.hidden, nil): break
        }
    }

    /// Whether a list of variables has `value` under the name.
    func holds(_ value: Value, in variables: [CodeBuild.EnvironmentVariable], hash: (String) throws -> String) rethrows
        -> Bool
    {
        let found = variables.first { $0.name == name }
        switch value {
        case .absent: return found == nil
        case .variable(let variable): return found.map { Self.normal($0) == Self.normal(variable) } ?? false
        case .hidden(let keyedHash):
            guard let found, Self.normal(found).type == .plaintext else { return false }
            return try hash(found.value) == keyedHash
        }
    }

    /// CodeBuild answers with the type written out where it was left out.
    private static func normal(_ variable: CodeBuild.EnvironmentVariable) -> CodeBuild.EnvironmentVariable {
        var variable = variable
        variable.type = variable.type ?? .plaintext
        return variable
    }
}
