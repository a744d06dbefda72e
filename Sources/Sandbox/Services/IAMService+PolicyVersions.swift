internal import AWS
internal import FoundationEssentials

extension IAMService {
    func registerPolicyVersions(in table: inout OperationTable) {
        table.add(IAM.CreatePolicyVersion.self, createVersion)
        table.add(IAM.GetPolicyVersion.self) { input, call in
            let policy = try backend.store.read {
                try self.policy(input.policyArn, for: "iam:GetPolicyVersion", $0, call)
            }
            let version = try policy.version(input.versionId)
            return .init(policyVersion: policy.shape(of: version, withDocument: true))
        }
        table.add(IAM.ListPolicyVersions.self) { input, call in
            let policy = try backend.store.read {
                try self.policy(input.policyArn, for: "iam:ListPolicyVersions", $0, call)
            }
            let page = try Self.page(policy.versions.reversed(), input.marker, input.maxItems)
            return .init(
                versions: page.items.map { policy.shape(of: $0, withDocument: false) },
                isTruncated: page.next != nil, marker: page.next)
        }
        table.add(IAM.SetDefaultPolicyVersion.self) { input, call in
            try change(input.policyArn, "iam:SetDefaultPolicyVersion", call) { policy in
                policy.counting = try policy.version(input.versionId).id
            }
        }
        table.add(IAM.DeletePolicyVersion.self) { input, call in
            try change(input.policyArn, "iam:DeletePolicyVersion", call) { policy in
                guard try policy.version(input.versionId).id != policy.counting else {
                    throw ServiceError(
                        "DeleteConflict", "Cannot delete the default version of a policy.", status: 409)
                }
                policy.versions.removeAll { $0.id == input.versionId }
            }
        }
        table.add(IAM.TagPolicy.self) { input, call in
            try change(input.policyArn, "iam:TagPolicy", call) { policy in
                policy.tags = try Self.merged(policy.tags, input.tags)
            }
        }
        table.add(IAM.UntagPolicy.self) { input, call in
            try change(input.policyArn, "iam:UntagPolicy", call) { policy in
                policy.tags.removeAll { input.tagKeys.contains($0.key) }
            }
        }
    }

    private func createVersion(_ input: IAM.CreatePolicyVersion, _ call: Call) throws -> IAM.CreatePolicyVersion.Output
    {
        try Self.check(managed: input.policyDocument)
        return try backend.store.change { state in
            var policy = try self.policy(input.policyArn, for: "iam:CreatePolicyVersion", state, call)
            try own(policy, state)
            guard policy.versions.count < 5 else {
                throw ServiceError(
                    "LimitExceeded",
                    "A managed policy can have up to 5 versions. Before you create a new version, you must "
                        + "delete an existing version.", status: 409)
            }
            policy.lastNumber += 1
            let version = IAMState.ManagedPolicy.Version(
                id: "v\(policy.lastNumber)", document: input.policyDocument, created: now)
            policy.versions.append(version)
            if input.setAsDefault == true { policy.counting = version.id }
            state.iam.policies[policy.arn] = policy
            return .init(policyVersion: policy.shape(of: version, withDocument: false))
        }
    }

    private func change(
        _ arn: String, _ action: String, _ call: Call, _ body: (inout IAMState.ManagedPolicy) throws -> Void
    ) throws -> NoOutput {
        try backend.store.change { state in
            var policy = try self.policy(arn, for: action, state, call)
            try own(policy, state)
            try body(&policy)
            state.iam.policies[policy.arn] = policy
            return NoOutput()
        }
    }

    /// AWS's own policies do not change.
    private func own(_ policy: IAMState.ManagedPolicy, _ state: AccountState) throws {
        guard state.iam.policies[policy.arn] != nil else {
            throw ServiceError.accessDenied("An AWS managed policy cannot be changed.")
        }
    }

    /// Refuses a managed policy's document as IAM does.
    static func check(managed document: String) throws {
        try check(document: document, "policyDocument", for: .identity, most: 131_072)
        guard document.count(where: { !$0.isWhitespace }) <= 6144 else {
            throw ServiceError("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", status: 409)
        }
    }
}

extension IAMState.ManagedPolicy {
    fileprivate func version(_ id: String) throws -> Version {
        guard let version = versions.first(where: { $0.id == id }) else {
            throw ServiceError(
                "NoSuchEntity", "Policy \(arn) version \(id) does not exist or is not attachable.", status: 404)
        }
        return version
    }

    fileprivate func shape(of version: Version, withDocument: Bool) -> IAM.PolicyVersion {
        .init(
            document: withDocument ? .init(version.document) : nil, versionId: version.id,
            isDefaultVersion: version.id == counting, createDate: version.created)
    }
}
