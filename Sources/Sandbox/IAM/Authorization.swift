internal import AWS

extension AccountState {
    /// Lets the request pass or throws AccessDenied, as the policies of the caller and of the resource have it.
    func authorize(_ request: AccessRequest, shown: String? = nil, resource: PolicyDocument? = nil)
        throws(ServiceError)
    {
        try iam.permissions(of: request.caller).check(request, shown: shown, resource: resource)
    }

    /// The same for something done with a KMS key, whose own policy counts too.
    func authorize(_ request: AccessRequest, key: KeysState.Key) throws(ServiceError) {
        guard let policy = try? PolicyDocument(parsing: key.policy, for: .key) else {
            throw .accessDenied("the policy of \(key.arn) cannot be read")
        }
        let own = iam.permissions(of: request.caller)
        let decision = PolicyEvaluator.decide(request, identity: own.identity, boundary: own.boundary, key: policy)
        if case .denied(let denial) = decision { throw .accessDenied(denial.message(request)) }
    }
}
