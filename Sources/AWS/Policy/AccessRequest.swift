/// One question to the policies: may this caller do this to that?
package struct AccessRequest: Sendable {
    /// Who asks.
    package var caller: Caller
    /// `service:Operation`.
    package var action: String
    /// The resource's ARN, or `*` for an action that has none.
    package var resource: String
    /// Condition keys of the request in lower case, each with its values.
    private(set) var context: [String: [String]]

    package init(_ caller: Caller, _ action: String, on resource: String, context: [String: String] = [:]) {
        self.caller = caller
        self.action = action
        self.resource = resource
        self.context = Dictionary(
            context.map { ($0.key.lowercased(), [$0.value]) }, uniquingKeysWith: { first, _ in first })
        self.context["aws:principalarn"] = [caller.policyARN]
        self.context["aws:principalaccount"] = [caller.account]
        self.context["aws:userid"] = [caller.userID]
        self.context["aws:principaltype"] = [caller.isSession ? "AssumedRole" : "User"]
        // The sandbox stands for AWS's TLS endpoints, so that policies which insist on TLS work here as they do there.
        self.context["aws:securetransport"] = ["true"]
        if case .user(let name, _, _) = caller.kind { self.context["aws:username"] = [name] }
        if let source = caller.sourceIdentity { self.context["aws:sourceidentity"] = [source] }
        for (key, value) in caller.tags { self.context["aws:principaltag/\(key.lowercased())"] = [value] }
    }

    /// A condition key's values, whatever its case; nil where the request does not have the key.
    func values(of key: String) -> [String]? { context[key.lowercased()] }
}

/// Who signed a request.
package struct Caller: Sendable, Hashable {
    /// What kind of identity.
    package enum Kind: Sendable, Hashable {
        /// A user, with keys that do not expire. The path starts and ends with `/`.
        case user(name: String, id: String, path: String = "/")
        /// A session of a role, as a build has it.
        case session(role: String, roleARN: String, roleID: String, name: String)
    }

    /// The account, 12 digits.
    package let account: String
    package let kind: Kind
    /// What the session was narrowed to when it began; empty for none (IAM User Guide, "Session policies").
    package let sessionPolicies: [PolicyDocument]
    /// Tags of the user or the role, and of the session.
    package let tags: [String: String]
    /// Who stands behind a session, where its maker said so (IAM User Guide, "Monitor and control actions taken with
    /// assumed roles").
    package let sourceIdentity: String?

    package init(
        account: String, kind: Kind, sessionPolicies: [PolicyDocument] = [], tags: [String: String] = [:],
        sourceIdentity: String? = nil
    ) {
        self.account = account
        self.kind = kind
        self.sessionPolicies = sessionPolicies
        self.tags = tags
        self.sourceIdentity = sourceIdentity
    }

    /// The caller's own ARN, as GetCallerIdentity and AccessDenied messages have it.
    package var arn: String {
        switch kind {
        case .user(let name, _, let path): "arn:aws:iam::\(account):user\(path)\(name)"
        case .session(let role, _, _, let session): "arn:aws:sts::\(account):assumed-role/\(role)/\(session)"
        }
    }

    /// The ARN that policies name: of a session, its role's.
    package var policyARN: String {
        switch kind {
        case .user: arn
        case .session(_, let roleARN, _, _): roleARN
        }
    }

    /// GetCallerIdentity's UserId.
    package var userID: String {
        switch kind {
        case .user(_, let id, _): id
        case .session(_, _, let roleID, let session): "\(roleID):\(session)"
        }
    }

    package var isSession: Bool {
        if case .session = kind { true } else { false }
    }
}
