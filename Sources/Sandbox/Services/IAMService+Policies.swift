internal import AWS
internal import FoundationEssentials

extension IAMService {
    func registerPolicies(in table: inout OperationTable) {
        table.add(IAM.CreatePolicy.self, createPolicy)
        table.add(IAM.GetPolicy.self, getPolicy)
        table.add(IAM.ListPolicies.self, listPolicies)
        table.add(IAM.DeletePolicy.self, deletePolicy)
        registerPolicyVersions(in: &table)
    }

    private func createPolicy(_ input: IAM.CreatePolicy, _ call: Call) throws -> IAM.CreatePolicy.Output {
        try Self.checkName(input.policyName, "policyName", 128)
        try Self.checkPath(input.path)
        try Self.check.length(input.description, "description", 0...1000)
        try Self.check(managed: input.policyDocument)
        let path = input.path ?? "/"
        let policy = IAMState.ManagedPolicy(
            name: input.policyName, path: path, id: backend.iamID("ANPA"),
            arn: backend.place.iam("policy\(path)\(input.policyName)"), created: now, description: input.description,
            tags: try Self.merged([], input.tags ?? []),
            versions: [.init(id: "v1", document: input.policyDocument, created: now)])
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

    private func getPolicy(_ input: IAM.GetPolicy, _ call: Call) throws -> IAM.GetPolicy.Output {
        try backend.store.read { state in
            let policy = try self.policy(input.policyArn, for: "iam:GetPolicy", state, call)
            return .init(policy: Self.shape(policy, attachments: state.iam.attachments(of: policy.arn)))
        }
    }

    private func listPolicies(_ input: IAM.ListPolicies, _ call: Call) throws -> IAM.ListPolicies.Output {
        try Self.check.oneOf(input.scope, "scope", ["All", "AWS", "Local"])
        try Self.check.oneOf(
            input.policyUsageFilter, "policyUsageFilter", ["PermissionsPolicy", "PermissionsBoundary"])
        let shapes = try backend.store.read { state in
            try state.authorize(AccessRequest(call.caller, "iam:ListPolicies", on: backend.place.iam("policy/")))
            let own = input.scope == "AWS" ? [] : Array(state.iam.policies.values)
            let managed = input.scope == "Local" ? [] : IAMState.managedByAWS
            return (own + managed).filter { $0.path.hasPrefix(input.pathPrefix ?? "/") }.map { policy in
                // Lists leave out what GetPolicy tells (API_ListPolicies).
                var shape = Self.shape(policy, attachments: state.iam.attachments(of: policy.arn))
                shape.permissionsBoundaryUsageCount = state.iam.boundaries(of: policy.arn)
                (shape.tags, shape.description) = (nil, nil)
                return shape
            }
        }
        let fitting = shapes.filter { shape in
            let uses =
                switch input.policyUsageFilter {
                case "PermissionsPolicy": shape.attachmentCount ?? 0
                case "PermissionsBoundary": shape.permissionsBoundaryUsageCount ?? 0
                default: (shape.attachmentCount ?? 0) + (shape.permissionsBoundaryUsageCount ?? 0)
                }
            return uses > 0 || (input.onlyAttached != true && input.policyUsageFilter == nil)
        }
        let page = try Self.page(
            fitting.sorted { ($0.arn ?? "") < ($1.arn ?? "") }, input.marker, input.maxItems)
        return .init(policies: page.items, isTruncated: page.next != nil, marker: page.next)
    }

    private func deletePolicy(_ input: IAM.DeletePolicy, _ call: Call) throws -> NoOutput {
        try backend.store.change { state in
            let policy = try self.policy(input.policyArn, for: "iam:DeletePolicy", state, call)
            guard state.iam.policies[policy.arn] != nil else {
                throw ServiceError.accessDenied("An AWS managed policy cannot be deleted.")
            }
            guard state.iam.attachments(of: policy.arn) == 0, state.iam.boundaries(of: policy.arn) == 0 else {
                throw ServiceError(
                    "DeleteConflict", "Cannot delete a policy attached to entities.", status: 409)
            }
            guard policy.versions.count == 1 else {
                throw ServiceError(
                    "DeleteConflict",
                    "This policy has more than one version. Before you delete a policy, you must delete "
                        + "the policy's versions. The default version is deleted with the policy.", status: 409)
            }
            state.iam.policies[policy.arn] = nil
            return NoOutput()
        }
    }

    func policy(_ arn: String, for action: String, _ state: AccountState, _ call: Call) throws
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

    static func noPolicy(_ arn: String) -> ServiceError {
        ServiceError("NoSuchEntity", "Policy \(arn) does not exist or is not attachable.", status: 404)
    }

    private static func shape(_ policy: IAMState.ManagedPolicy, attachments: Int) -> IAM.Policy {
        IAM.Policy(
            policyName: policy.name, policyId: policy.id, arn: policy.arn, path: policy.path,
            defaultVersionId: policy.counting, attachmentCount: attachments, permissionsBoundaryUsageCount: 0,
            isAttachable: true, description: policy.description, createDate: policy.created,
            updateDate: policy.versions.last?.created ?? policy.created, tags: policy.tags.isEmpty ? nil : policy.tags)
    }
}

extension IAMState {
    /// A policy of the account's, or one of AWS's that the sandbox has.
    func policy(_ arn: String) -> ManagedPolicy? { policies[arn] ?? Self.awsManaged[arn] }

    /// How many users and roles have a managed policy.
    func attachments(of arn: String) -> Int {
        roles.values.count { $0.attached.contains(arn) } + users.values.count { $0.attached.contains(arn) }
    }

    /// How many users and roles are bounded by it.
    func boundaries(of arn: String) -> Int {
        roles.values.count { $0.permissionsBoundary == arn } + users.values.count { $0.permissionsBoundary == arn }
    }

    /// AWS's own policies.
    static var managedByAWS: [ManagedPolicy] { Array(awsManaged.values) }

    /// The few of AWS's own policies that people attach to a service role.
    private static let awsManaged: [String: ManagedPolicy] = {
        let documents = [
            ("AdministratorAccess", "*"), ("CloudWatchLogsFullAccess", "logs:*"),
            ("SecretsManagerReadWrite", "secretsmanager:*"), ("AWSCodeBuildAdminAccess", "codebuild:*"),
        ]
        let made = Date(timeIntervalSince1970: 1_423_243_123)
        let policies = documents.map { name, action in
            ManagedPolicy(
                name: name, path: "/", id: "ANPAAWS\(name.uppercased())", arn: "arn:aws:iam::aws:policy/\(name)",
                created: made, tags: [],
                versions: [
                    .init(
                        id: "v1",
                        document:
                            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"\#(action)","Resource":"*"}]}"#,
                        created: made)
                ])
        }
        return Dictionary(uniqueKeysWithValues: policies.map { ($0.arn, $0) })
    }()
}
