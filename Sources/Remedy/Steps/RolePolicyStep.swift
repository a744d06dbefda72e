internal import AWS
internal import Core

/// Gives a role an inline policy, or one more statement in it.
public struct RolePolicyStep: PlanStep {
    /// The role's name.
    public var role: String
    /// The inline policy's name.
    public var policy: String
    /// Its document before and after, as JSON text; nil is no policy.
    public var document: Change<String>

    /// `role NAME, policy NAME`.
    public var resource: String { "role \(role), inline policy \(policy)" }

    /// The change in one line.
    public var summary: String {
        document.before == nil
            ? "let the role \(role) read the secret (inline policy \(policy))"
            : "add the permission to the inline policy \(policy) of the role \(role)"
    }

    /// The statements that come and go, one line each.
    public var diff: [String] {
        let (before, after) = (Self.statements(document.before), Self.statements(document.after))
        return before.filter { !after.contains($0) }.map { "- \($0)" }
            + after.filter { !before.contains($0) }.map { "+ \($0)" }
    }

    private static func statements(_ text: String?) -> [String] {
        guard let statement = text.flatMap({ try? JSON(parsing: $0) })?["Statement"] else { return [] }
        return (statement.array ?? [statement]).map { statement in
            let words = { (name: String) -> String? in
                statement[name].map { ($0.array ?? [$0]).map { $0.string ?? $0.text() }.joined(separator: ", ") }
            }
            guard let effect = words("Effect"), let action = words("Action"), let resource = words("Resource") else {
                return statement.text()
            }
            return "\(effect) \(action) on \(resource)" + (statement["Condition"].map { " if \($0.text())" } ?? "")
        }
    }

    /// Reads the policy and compares the documents, whatever their blanks and order of members.
    public func state(on bench: Workbench) async throws -> StepState {
        let found = try await RoleSurvey.inlinePolicy(policy, of: role, on: bench.aws)
        if Self.same(found, document.after) { return .after }
        if Self.same(found, document.before) { return .before }
        return .other(found == nil ? "the policy is gone" : "the policy has other contents")
    }

    /// Writes the document and waits until IAM answers with it.
    public func apply(on bench: Workbench) async throws {
        try await set(document.after, on: bench)
    }

    /// Writes the former document, or deletes the policy where there was none.
    public func revert(on bench: Workbench) async throws -> [String] {
        try await set(document.before, on: bench)
        return []
    }

    private func set(_ text: String?, on bench: Workbench) async throws {
        if let text {
            _ = try await bench.aws.call(
                IAM.PutRolePolicy(roleName: role, policyName: policy, policyDocument: text))
        } else {
            _ = try await bench.aws.call(IAM.DeleteRolePolicy(roleName: role, policyName: policy))
        }
    }

    static func same(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        guard let a = try? JSON(parsing: left), let b = try? JSON(parsing: right) else { return left == right }
        return a == b
    }
}
