internal import AWS
internal import FoundationEssentials

extension IAMService {
    func createPolicy(_ input: IAM.CreatePolicy, _ call: Call) throws -> IAM.CreatePolicy.Output {
        try Self.checkName(input.policyName, "policyName", 128)
        try Self.checkPath(input.path)
        try Self.check.length(input.description, "description", 0...1000)
        try Self.check(document: input.policyDocument, "policyDocument", for: .identity, most: 131_072)
        guard input.policyDocument.count(where: { !$0.isWhitespace }) <= 6144 else {
            throw ServiceError("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", status: 409)
        }
        let path = input.path ?? "/"
        let policy = IAMState.ManagedPolicy(
            name: input.policyName, path: path, id: backend.iamID("ANPA"),
            arn: backend.place.iam("policy\(path)\(input.policyName)"), created: now, description: input.description,
            document: input.policyDocument, tags: input.tags ?? [])
        return try backend.store.change { state in
            try state.authorize(AccessRequest(call.caller, "iam:CreatePolicy", on: policy.arn))
            guard !state.iam.policies.values.contains(where: { $0.name.lowercased() == policy.name.lowercased() })
            else {
                throw ServiceError(
                    "EntityAlreadyExists",
                    "A policy called \(policy.name) already exists. Duplicate names are not allowed.",
                    status: 409)
            }
            state.iam.policies[policy.arn] = policy
            // CreatePolicy does not answer the description, GetPolicy does.
            var shape = Self.shape(policy, attachments: 0)
            shape.description = nil
            return .init(policy: shape)
        }
    }

    func getPolicy(_ input: IAM.GetPolicy, _ call: Call) throws -> IAM.GetPolicy.Output {
        try backend.store.read { state in
            let policy = try self.policy(input.policyArn, for: "iam:GetPolicy", state, call)
            let attachments = state.iam.roles.values.count { $0.attached.contains(policy.arn) }
            return .init(policy: Self.shape(policy, attachments: attachments))
        }
    }

    func getPolicyVersion(_ input: IAM.GetPolicyVersion, _ call: Call) throws -> IAM.GetPolicyVersion.Output {
        try backend.store.read { state in
            let policy = try self.policy(input.policyArn, for: "iam:GetPolicyVersion", state, call)
            guard input.versionId == IAMState.ManagedPolicy.versionID else {
                throw ServiceError(
                    "NoSuchEntity",
                    "Policy \(policy.arn) version \(input.versionId) does not exist or is not attachable.", status: 404)
            }
            return .init(
                policyVersion: .init(
                    document: .init(policy.document), versionId: input.versionId, isDefaultVersion: true,
                    createDate: policy.created))
        }
    }

    func attach(_ input: IAM.AttachRolePolicy, _ call: Call) throws -> NoOutput {
        try Self.check.length(input.policyArn, "policyArn", 20...2048)
        return try backend.store.change { state in
            var role = try self.role(
                input.roleName, for: "iam:AttachRolePolicy", state, call)
            guard state.iam.policy(input.policyArn) != nil else { throw Self.noPolicy(input.policyArn) }
            if !role.attached.contains(input.policyArn) {
                guard role.attached.count < 10 else {
                    throw ServiceError("LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", status: 409)
                }
                role.attached.append(input.policyArn)
            }
            state.iam.roles[role.name] = role
            return NoOutput()
        }
    }

    func detach(_ input: IAM.DetachRolePolicy, _ call: Call) throws -> NoOutput {
        try Self.check.length(input.policyArn, "policyArn", 20...2048)
        return try backend.store.change { state in
            var role = try self.role(input.roleName, for: "iam:DetachRolePolicy", state, call)
            guard role.attached.contains(input.policyArn) else {
                throw ServiceError("NoSuchEntity", "Policy \(input.policyArn) was not found.", status: 404)
            }
            role.attached.removeAll { $0 == input.policyArn }
            state.iam.roles[role.name] = role
            return NoOutput()
        }
    }

    private func policy(_ arn: String, for action: String, _ state: AccountState, _ call: Call) throws
        -> IAMState.ManagedPolicy
    {
        try Self.check.length(arn, "policyArn", 20...2048)
        guard arn.hasPrefix("arn:aws:iam::"), arn.contains(":policy/") else {
            throw ServiceError("InvalidInput", "ARN \(arn) is not valid.")
        }
        try state.authorize(AccessRequest(call.caller, action, on: arn))
        guard let policy = state.iam.policy(arn) else { throw Self.noPolicy(arn) }
        return policy
    }

    private static func noPolicy(_ arn: String) -> ServiceError {
        ServiceError("NoSuchEntity", "Policy \(arn) does not exist or is not attachable.", status: 404)
    }

    private static func shape(_ policy: IAMState.ManagedPolicy, attachments: Int) -> IAM.Policy {
        IAM.Policy(
            policyName: policy.name, policyId: policy.id, arn: policy.arn, path: policy.path,
            defaultVersionId: IAMState.ManagedPolicy.versionID, attachmentCount: attachments,
            permissionsBoundaryUsageCount: 0, isAttachable: true, description: policy.description,
            createDate: policy.created, updateDate: policy.created, tags: policy.tags.isEmpty ? nil : policy.tags)
    }
}

extension IAMState {
    /// A policy of the account's, or one of AWS's that the sandbox has.
    func policy(_ arn: String) -> ManagedPolicy? { policies[arn] ?? Self.awsManaged[arn] }

    /// The few of AWS's own policies that people attach to a service role.
    private static let awsManaged: [String: ManagedPolicy] = {
        let documents = [
            ("AdministratorAccess", "*"), ("CloudWatchLogsFullAccess", "logs:*"),
            ("SecretsManagerReadWrite", "secretsmanager:*"), ("AWSCodeBuildAdminAccess", "codebuild:*"),
        ]
        let policies = documents.map { name, action in
            ManagedPolicy(
                name: name, path: "/", id: "ANPAAWS\(name.uppercased())", arn: "arn:aws:iam::aws:policy/\(name)",
                created: Date(timeIntervalSince1970: 1_423_243_123),
                document:
                    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"\#(action)","Resource":"*"}]}"#,
                tags: [])
        }
        return Dictionary(uniqueKeysWithValues: policies.map { ($0.arn, $0) })
    }()
}
