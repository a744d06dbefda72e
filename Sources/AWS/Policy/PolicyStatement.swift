internal import Core

/// One statement of a policy: what it is about, and whether it allows or denies that.
struct PolicyStatement: Sendable, Hashable {
    enum Effect: String, Sendable { case allow = "Allow", deny = "Deny" }

    /// Action or NotAction, Resource or NotResource.
    enum Choice: Sendable, Hashable {
        case any([String])
        case none([String])

        /// Whether the choice covers something that `matches` knows by its pattern.
        func covers(_ matches: (String) -> Bool) -> Bool {
            switch self {
            case .any(let patterns): patterns.contains(where: matches)
            case .none(let patterns): !patterns.contains(where: matches)
            }
        }
    }

    /// The Principal element.
    struct Principals: Sendable, Hashable {
        /// Everyone: `"*"` or `{"AWS": "*"}`.
        var everyone = false
        /// ARNs and account numbers.
        var aws: [String] = []
        /// Service names such as `codebuild.amazonaws.com`.
        var services: [String] = []
        /// NotPrincipal instead of Principal.
        var negated = false
    }

    var sid: String?
    var effect: Effect
    var actions: Choice
    /// nil in trust policies, whose resource is the role itself.
    var resources: Choice?
    /// nil in identity policies, whose principal is the identity itself.
    var principals: Principals?
    var conditions: [PolicyCondition]
    /// Whether `${...}` is a variable: from version 2012-10-17 on.
    var hasVariables: Bool

    /// Whether the statement is about the request, whoever the principal.
    func applies(to request: AccessRequest) -> Bool {
        let action = request.action.lowercased()
        guard actions.covers({ WildcardPattern($0.lowercased()).matches(action) }) else { return false }
        if let resources, !resources.covers({ matches($0, request.resource, request) }) { return false }
        return conditions.allSatisfy { $0.holds(for: request, hasVariables: hasVariables) }
    }

    /// Operators that stand in the conditions and that the sandbox does not evaluate: such a statement never applies.
    var unknownOperators: [String] { conditions.filter { $0.operation == nil }.map(\.operatorName) }

    private func matches(_ pattern: String, _ resource: String, _ request: AccessRequest) -> Bool {
        guard hasVariables else { return WildcardPattern(pattern).matches(resource) }
        return WildcardPattern(pattern, variables: { request.values(of: $0)?.first })?.matches(resource) ?? false
    }
}
