internal import AWS

/// The policies that speak for one caller.
struct Permissions: Sendable {
    /// Inline and managed policies of the user or of the session's role.
    var identity: [PolicyDocument] = []
    /// nil where there is no permissions boundary.
    var boundary: [PolicyDocument]?

    /// Lets the request pass or throws AccessDenied. `shown` is the resource as the caller named it, which is what the
    /// message shows; `resource` is the resource's own policy.
    func check(_ request: AccessRequest, shown: String? = nil, resource: PolicyDocument? = nil) throws(ServiceError) {
        let decision = PolicyEvaluator.decide(request, identity: identity, boundary: boundary, resource: resource)
        if case .denied(let denial) = decision { throw .accessDenied(denial.message(request, shown: shown)) }
    }
}

extension IAMState {
    /// The permissions of a caller as they are now; none for a user or role that is gone.
    func permissions(of caller: Caller) -> Permissions {
        let holder: (any PolicyHolder)? =
            switch caller.kind {
            case .user(let name, let id, _): users[name].flatMap { $0.id == id ? $0 : nil }
            case .session(_, let roleARN, let roleID, _): role(arn: roleARN).flatMap { $0.id == roleID ? $0 : nil }
            }
        guard let holder else { return Permissions() }
        return Permissions(
            identity: Self.parsed(Array(holder.inline.values) + holder.attached.compactMap { policy($0)?.document }),
            boundary: holder.permissionsBoundary.map { Self.parsed([policy($0)?.document].compactMap(\.self)) })
    }

    /// Every document was checked when it came in.
    private static func parsed(_ texts: [String]) -> [PolicyDocument] {
        texts.compactMap { try? PolicyDocument(parsing: $0, for: .identity) }
    }
}

extension [IAM.Tag] {
    /// As condition keys have them.
    var byKey: [String: String] { Dictionary(map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }) }
}
