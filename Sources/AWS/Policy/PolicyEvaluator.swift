/// IAM's decision (IAM User Guide, "Policy evaluation logic"): an explicit deny wins, then an allow, and nothing said
/// is a no.
package enum PolicyEvaluator {
    package enum Decision: Sendable, Hashable {
        case allowed
        case denied(Denial)
    }

    /// Why not.
    package struct Denial: Sendable, Hashable {
        package enum Reason: Sendable, Hashable {
            case explicitDeny(in: PolicyKind)
            case nothingAllows(PolicyKind)
        }
        package enum PolicyKind: String, Sendable {
            case identity = "identity-based"
            case resource = "resource-based"
        }
        package var reason: Reason
        /// Condition operators of statements that could have decided but that the sandbox does not evaluate.
        var unknownOperators: [String] = []
    }

    /// Decides for an action that identity policies alone govern.
    package static func decide(_ request: AccessRequest, identity: [PolicyDocument]) -> Decision {
        let statements = identity.flatMap(\.statements)
        if statements.contains(where: { $0.effect == .deny && $0.applies(to: request) }) {
            return .denied(Denial(reason: .explicitDeny(in: .identity)))
        }
        if statements.contains(where: { $0.effect == .allow && $0.applies(to: request) }) { return .allowed }
        return .denied(Denial(reason: .nothingAllows(.identity), unknownOperators: unknown(statements)))
    }

    /// Decides for a KMS key (KMS Developer Guide, "Determining access"): the key policy must allow the principal by
    /// name, or hand the decision over to IAM by allowing the account (`arn:aws:iam::ACCOUNT:root`). Then an identity
    /// policy must allow it too.
    package static func decide(_ request: AccessRequest, identity: [PolicyDocument], key: PolicyDocument) -> Decision {
        let own = identity.flatMap(\.statements)
        if own.contains(where: { $0.effect == .deny && $0.applies(to: request) }) {
            return .denied(Denial(reason: .explicitDeny(in: .identity)))
        }
        let about = key.statements.filter { $0.applies(to: request) }
        if about.contains(where: { $0.effect == .deny && $0.principals?.reach(request.caller) != .nobody }) {
            return .denied(Denial(reason: .explicitDeny(in: .resource)))
        }
        let reaches = about.filter { $0.effect == .allow }.compactMap { $0.principals?.reach(request.caller) }
        if reaches.contains(.caller) { return .allowed }
        guard reaches.contains(.account) else {
            return .denied(Denial(reason: .nothingAllows(.resource), unknownOperators: unknown(key.statements)))
        }
        return decide(request, identity: identity)
    }

    /// Whether a trust policy lets an AWS service assume the role.
    package static func trusts(_ service: String, in document: PolicyDocument, request: AccessRequest) -> Bool {
        let about = document.statements.filter { statement in
            guard let principals = statement.principals, statement.applies(to: request) else { return false }
            return (principals.everyone || principals.services.contains(service)) != principals.negated
        }
        return !about.contains { $0.effect == .deny } && about.contains { $0.effect == .allow }
    }

    /// Whether a statement of a resource's policy allows the caller, or the account that the caller is of.
    package static func reaches(_ request: AccessRequest, in document: PolicyDocument) -> Bool {
        document.statements.contains {
            $0.effect == .allow && $0.applies(to: request)
                && ($0.principals?.reach(request.caller) ?? .nobody) != .nobody
        }
    }

    private static func unknown(_ statements: [PolicyStatement]) -> [String] {
        Set(statements.flatMap(\.unknownOperators)).sorted()
    }
}

extension PolicyStatement.Principals {
    /// Whom the element reaches of a caller.
    enum Reach { case nobody, account, caller }

    func reach(_ caller: Caller) -> Reach {
        let account = aws.contains { $0 == caller.account || $0.hasSuffix(":iam::\(caller.account):root") }
        let named = everyone || aws.contains { $0 == caller.policyARN || $0 == caller.arn }
        if negated { return named || account ? .nobody : .caller }
        return named ? .caller : account ? .account : .nobody
    }
}

extension PolicyEvaluator.Denial {
    /// AWS's message (IAM User Guide, "Access denied error messages"). `resource` is shown as the caller named it.
    package func message(_ request: AccessRequest, shown resource: String? = nil) -> String {
        let because =
            switch reason {
            case .explicitDeny(let kind): "with an explicit deny in \(kind.article) \(kind.rawValue) policy"
            case .nothingAllows(let kind): "because no \(kind.rawValue) policy allows the \(request.action) action"
            }
        let text =
            "User: \(request.caller.arn) is not authorized to perform: \(request.action) on resource: "
            + "\(resource ?? request.resource) \(because)"
        guard !unknownOperators.isEmpty else { return text }
        return text + " (the sandbox does not evaluate \(unknownOperators.joined(separator: ", ")))"
    }
}

extension PolicyEvaluator.Denial.PolicyKind {
    fileprivate var article: String { self == .identity ? "an" : "a" }
}
