internal import AWS
internal import FoundationEssentials

extension IAMService {
    func registerSimulation(in table: inout OperationTable) {
        table.add(IAM.SimulatePrincipalPolicy.self, simulate)
    }

    /// What a user's or a role's policies would say, with `policyInputList` added to them (API_SimulatePrincipalPolicy).
    /// The statements that decided are not told.
    private func simulate(_ input: IAM.SimulatePrincipalPolicy, _ call: Call) throws
        -> IAM.SimulatePrincipalPolicy.Output
    {
        try Self.check.length(input.policySourceArn, "policySourceArn", 20...2048)
        let added = try Self.documents(input.policyInputList, "policyInputList", for: .identity)
        let resourcePolicy = try Self.documents(input.resourcePolicy.map { [$0] }, "resourcePolicy", for: .key).first
        let boundary = try input.permissionsBoundaryPolicyInputList.map {
            try Self.documents($0, "permissionsBoundaryPolicyInputList", for: .identity)
        }
        let (caller, own) = try backend.store.read { state in
            try state.authorize(
                AccessRequest(call.caller, "iam:SimulatePrincipalPolicy", on: input.policySourceArn))
            let caller = try principal(input.policySourceArn, state)
            return (caller, state.iam.permissions(of: caller))
        }
        var results: [IAM.EvaluationResult] = []
        for action in input.actionNames {
            guard action.contains(":") else {
                throw ServiceError("InvalidInput", "Invalid action name: \(action)")
            }
            for resource in input.resourceArns ?? ["*"] {
                let request = AccessRequest(
                    caller, action, on: resource, context: Self.context(input.contextEntries ?? []))
                let decision = PolicyEvaluator.decide(
                    request, identity: own.identity + added, boundary: boundary ?? own.boundary,
                    resource: resourcePolicy)
                results.append(
                    .init(
                        evalActionName: action, evalResourceName: resource, evalDecision: Self.word(decision),
                        matchedStatements: [], missingContextValues: []))
            }
        }
        let page = try Self.page(results, input.marker, input.maxItems)
        return .init(evaluationResults: page.items, isTruncated: page.next != nil, marker: page.next)
    }

    private func principal(_ arn: String, _ state: AccountState) throws -> Caller {
        if let user = state.iam.users.values.first(where: { $0.arn == arn }) {
            return user.caller(in: backend.place.account)
        }
        guard let role = state.iam.role(arn: arn) else {
            throw ServiceError("NoSuchEntity", "The entity \(arn) cannot be found.", status: 404)
        }
        return Caller(
            account: backend.place.account,
            kind: .session(role: role.name, roleARN: role.arn, roleID: role.id, name: "simulation"),
            tags: role.tags.byKey)
    }

    private static func documents(_ texts: [String]?, _ member: String, for place: PolicyDocument.Place) throws
        -> [PolicyDocument]
    {
        try (texts ?? []).map { text in
            do throws(MalformedPolicy) {
                return try PolicyDocument(parsing: text, for: place)
            } catch {
                throw ServiceError("InvalidInput", "\(member): \(error.message)")
            }
        }
    }

    private static func context(_ entries: [IAM.ContextEntry]) -> [String: String] {
        let pairs = entries.compactMap { entry -> (String, String)? in
            guard let name = entry.contextKeyName, let value = entry.contextKeyValues?.first else { return nil }
            return (name, value)
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    private static func word(_ decision: PolicyEvaluator.Decision) -> String {
        switch decision {
        case .allowed: "allowed"
        case .denied(let denial):
            if case .explicitDeny = denial.reason { "explicitDeny" } else { "implicitDeny" }
        }
    }
}
