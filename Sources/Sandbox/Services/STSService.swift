internal import AWS
internal import Core
internal import FoundationEssentials

/// STS: who am I, and roles' sessions.
struct STSService: Sendable {
    let backend: Backend
    private static let check = ModelCheck.query

    func register(in table: inout OperationTable) {
        // Nobody needs a permission for it.
        table.add(STS.GetCallerIdentity.self) { _, call in
            .init(userId: call.caller.userID, account: call.caller.account, arn: call.caller.arn)
        }
        table.add(STS.AssumeRole.self, assumeRole)
    }

    /// A session of a role whose trust policy lets the caller (API_AssumeRole; IAM User Guide, "Policy evaluation logic",
    /// for roles of one account: the trust policy names the caller, or the account and then the caller's own policies
    /// decide).
    private func assumeRole(_ input: STS.AssumeRole, _ call: Call) throws -> STS.AssumeRole.Output {
        try check(input)
        // STS keeps whole seconds.
        let now = Date(timeIntervalSince1970: backend.now.timeIntervalSince1970.rounded(.down))
        let expires = now.addingTimeInterval(Double(input.durationSeconds ?? 3600))
        let credentials = backend.newCredentials("ASIA", expires: expires)
        return try backend.store.change { state in
            let role = try trusted(input, state, call)
            guard input.serialNumber == nil, input.tokenCode == nil else {
                // No user of the sandbox has an MFA device.
                throw ServiceError.accessDenied(
                    "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
            }
            try checkDuration(input.durationSeconds, role, call)
            let tags = Dictionary((input.tags ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            let session = IAMState.Session(
                secret: Sensitive(credentials.secretAccessKey),
                token: Sensitive(credentials.sessionToken ?? Secret("")),
                expires: expires, roleARN: role.arn, roleID: role.id, name: input.roleSessionName,
                policies: try sessionPolicies(input, state), tags: tags,
                sourceIdentity: Self.source(input, call))
            // For a day after its end, a session is known as one that has expired.
            state.iam.sessions = state.iam.sessions.filter { $0.value.expires.addingTimeInterval(86_400) > now }
            state.iam.sessions[credentials.accessKeyID] = session
            let user = Caller(
                account: backend.place.account,
                kind: .session(role: role.name, roleARN: role.arn, roleID: role.id, name: session.name))
            return .init(
                credentials: .init(
                    accessKeyId: credentials.accessKeyID, secretAccessKey: session.secret, sessionToken: session.token,
                    expiration: expires),
                assumedRoleUser: .init(assumedRoleId: user.userID, arn: user.arn),
                sourceIdentity: session.sourceIdentity)
        }
    }

    private func check(_ input: STS.AssumeRole) throws {
        try Self.check.length(input.roleArn, "roleArn", 20...2048)
        try Self.check.length(input.roleSessionName, "roleSessionName", 2...64)
        try Self.check.length(input.sourceIdentity, "sourceIdentity", 2...64)
        for (name, value) in [("roleSessionName", input.roleSessionName), ("sourceIdentity", input.sourceIdentity)] {
            try Self.check.characters(value, name, pattern: "[\\w+=,.@-]*") {
                $0.isASCIIAlphanumeric || "_+=,.@-".unicodeScalars.contains($0)
            }
        }
        try Self.check.range(input.durationSeconds, "durationSeconds", 900...43_200)
        try Self.check.length(input.externalId, "externalId", 2...1224)
        if let policy = input.policy {
            try IAMService.check(document: policy, "policy", for: .identity, most: 2048)
        }
        if let count = input.policyArns?.count, count > 10 {
            throw ServiceError.constraint(
                "policyArns", nil, "have length less than or equal to 10", code: Self.check.code)
        }
    }

    /// A session's source identity stays the same through every role that it takes on.
    private static func source(_ input: STS.AssumeRole, _ call: Call) -> String? {
        call.caller.sourceIdentity ?? input.sourceIdentity
    }

    /// The role, if there is one that the caller may have. STS does not tell whether it exists, and says no reason.
    private func trusted(_ input: STS.AssumeRole, _ state: AccountState, _ call: Call) throws -> IAMState.Role {
        var context = ["sts:RoleSessionName": input.roleSessionName]
        context["sts:ExternalId"] = input.externalId
        for tag in input.tags ?? [] { context["aws:RequestTag/\(tag.key)"] = tag.value }
        let source = Self.source(input, call)
        context["sts:SourceIdentity"] = source
        let isOther = input.sourceIdentity.map { $0 != source } ?? false
        let actions =
            ["sts:AssumeRole"] + (input.tags?.isEmpty ?? true ? [] : ["sts:TagSession"])
            + (source == nil ? [] : ["sts:SetSourceIdentity"])
        let own = state.iam.permissions(of: call.caller)
        let role = state.iam.role(arn: input.roleArn)
        let trust = role.flatMap { try? PolicyDocument(parsing: $0.trustPolicy, for: .trust) }
        for action in actions {
            let request = AccessRequest(call.caller, action, on: input.roleArn, context: context)
            let decision = trust.map {
                PolicyEvaluator.decide(request, identity: own.identity, boundary: own.boundary, key: $0)
            }
            guard decision == .allowed, !(isOther && action == "sts:SetSourceIdentity") else {
                throw ServiceError.accessDenied(
                    "User: \(call.caller.arn) is not authorized to perform: \(action) on resource: \(input.roleArn)")
            }
        }
        guard let role else { throw ServiceError("ServiceFailure", "The role has gone", status: 500) }
        return role
    }

    private func checkDuration(_ seconds: Int?, _ role: IAMState.Role, _ call: Call) throws {
        guard let seconds else { return }
        guard seconds <= role.maxSessionDuration else {
            throw ServiceError(
                Self.check.code, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
        guard seconds <= 3600 || !call.caller.isSession else {
            throw ServiceError(
                Self.check.code,
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
        }
    }

    private func sessionPolicies(_ input: STS.AssumeRole, _ state: AccountState) throws -> [String] {
        try (input.policy.map { [$0] } ?? [])
            + (input.policyArns ?? []).map { item in
                guard let policy = state.iam.policy(item.policyDescriptorArn) else {
                    throw ServiceError(
                        "InvalidParameterValue", "The specified policy ARN \(item.policyDescriptorArn) does not exist.")
                }
                return policy.document
            }
    }
}
