internal import AWS

extension AccountState {
    /// Lets the request pass or throws AccessDenied. The sandbox's own user may do everything; a role's session what
    /// its policies allow. `shown` is the resource as the caller named it, which is what the message shows.
    func authorize(_ request: AccessRequest, shown: String? = nil) throws(ServiceError) {
        guard case .session(_, let roleARN, _, _) = request.caller.kind else { return }
        let policies = iam.identityPolicies(ofRole: roleARN)
        if case .denied(let denial) = PolicyEvaluator.decide(request, identity: policies) {
            throw .accessDenied(denial.message(request, shown: shown))
        }
    }

    /// The same for something done with a KMS key, whose own policy counts too.
    func authorize(_ request: AccessRequest, key: KeysState.Key) throws(ServiceError) {
        guard case .session(_, let roleARN, _, _) = request.caller.kind else { return }
        guard let policy = try? PolicyDocument(parsing: key.policy, for: .key) else {
            throw .accessDenied("the policy of \(key.arn) cannot be read")
        }
        let decision = PolicyEvaluator.decide(
            request, identity: iam.identityPolicies(ofRole: roleARN), key: policy)
        if case .denied(let denial) = decision { throw .accessDenied(denial.message(request)) }
    }
}
