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
            case identity = "identity-based policy"
            case resource = "resource-based policy"
            case boundary = "permissions boundary"
            case session = "session policy"
        }
        package var reason: Reason
        /// Condition operators of statements that could have decided but that the sandbox does not evaluate.
        var unknownOperators: [String] = []
    }

    /// Decides for an action of the resource's own account (IAM User Guide, "Policy evaluation logic"): an explicit deny anywhere wins;
    /// then the identity's policies or the resource's must allow, and what limits the identity (its permissions boundary, nil for none,
    /// and its session policies) must allow too. A resource's policy that names the very user or session is not limited by them.
    package static func decide(
        _ request: AccessRequest, identity: [PolicyDocument], boundary: [PolicyDocument]? = nil,
        resource: PolicyDocument? = nil
    ) -> Decision {
        if let denial = explicitDeny(request, identity, boundary, resource) { return .denied(denial) }
        let reach = resource.map { reaches(of: request, in: $0) } ?? []
        if reach.contains(.itself) { return .allowed }
        let own = identity.flatMap(\.statements)
        guard reach.contains(.caller) || allows(request, own) else {
            return .denied(Denial(reason: .nothingAllows(.identity), unknownOperators: unknown(own)))
        }
        return limited(request, boundary)
    }

    /// Decides for a KMS key (KMS Developer Guide, "Determining access") or for a role that is to be assumed: its policy must allow the
    /// principal by name, or hand the decision over to IAM by allowing the account (`arn:aws:iam::ACCOUNT:root`). Then an identity
    /// policy must allow it too.
    package static func decide(
        _ request: AccessRequest, identity: [PolicyDocument], boundary: [PolicyDocument]? = nil, key: PolicyDocument
    ) -> Decision {
        if let denial = explicitDeny(request, identity, boundary, key) { return .denied(denial) }
        let reach = reaches(of: request, in: key)
        if reach.contains(.itself) { return .allowed }
        if reach.contains(.caller) { return limited(request, boundary) }
        guard reach.contains(.account) else {
            return .denied(Denial(reason: .nothingAllows(.resource), unknownOperators: unknown(key.statements)))
        }
        return decide(request, identity: identity, boundary: boundary)
    }

    private static func explicitDeny(
        _ request: AccessRequest, _ identity: [PolicyDocument], _ boundary: [PolicyDocument]?,
        _ resource: PolicyDocument?
    ) -> Denial? {
        let denies: (PolicyStatement) -> Bool = { $0.effect == .deny && $0.applies(to: request) }
        let own: [(Denial.PolicyKind, [PolicyDocument])] = [
            (.identity, identity), (.boundary, boundary ?? []), (.session, request.caller.sessionPolicies),
        ]
        if let found = own.first(where: { $0.1.flatMap(\.statements).contains(where: denies) }) {
            return Denial(reason: .explicitDeny(in: found.0))
        }
        let isDenied = resource?.statements.contains {
            denies($0) && ($0.principals?.reach(request.caller) ?? .nobody) != .nobody
        }
        return isDenied == true ? Denial(reason: .explicitDeny(in: .resource)) : nil
    }

    private static func allows(_ request: AccessRequest, _ statements: [PolicyStatement]) -> Bool {
        statements.contains { $0.effect == .allow && $0.applies(to: request) }
    }

    private static func reaches(of request: AccessRequest, in resource: PolicyDocument)
        -> Set<PolicyStatement.Principals.Reach>
    {
        Set(
            resource.statements.filter { $0.effect == .allow && $0.applies(to: request) }
                .compactMap { $0.principals?.reach(request.caller) })
    }

    private static func limited(_ request: AccessRequest, _ boundary: [PolicyDocument]?) -> Decision {
        let session = request.caller.sessionPolicies
        let limits: [(Denial.PolicyKind, [PolicyDocument])] =
            (boundary.map { [(.boundary, $0)] } ?? []) + (session.isEmpty ? [] : [(.session, session)])
        for (kind, documents) in limits {
            let statements = documents.flatMap(\.statements)
            guard allows(request, statements) else {
                return .denied(Denial(reason: .nothingAllows(kind), unknownOperators: unknown(statements)))
            }
        }
        return .allowed
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
    /// Whom the element reaches of a caller: the account, the caller (of a session: its role), or that very user or session.
    enum Reach { case nobody, account, caller, itself }

    func reach(_ caller: Caller) -> Reach {
        let account = aws.contains { $0 == caller.account || $0.hasSuffix(":iam::\(caller.account):root") }
        // Everyone is that very session too.
        let itself = everyone || aws.contains(caller.arn)
        let named = itself || aws.contains(caller.policyARN)
        if negated { return named || account ? .nobody : .caller }
        return itself ? .itself : named ? .caller : account ? .account : .nobody
    }
}

extension PolicyEvaluator.Denial {
    /// AWS's message (IAM User Guide, "Access denied error messages"). `resource` is shown as the caller named it.
    package func message(_ request: AccessRequest, shown resource: String? = nil) -> String {
        let because =
            switch reason {
            case .explicitDeny(let kind): "with an explicit deny in \(kind.article) \(kind.rawValue)"
            case .nothingAllows(let kind): "because no \(kind.rawValue) allows the \(request.action) action"
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
