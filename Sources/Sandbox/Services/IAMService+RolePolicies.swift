internal import AWS

extension IAMService {
    func registerRolePolicies(in table: inout OperationTable) {
        table.add(IAM.PutRolePolicy.self) { input, call in
            try Self.check(policy: input.policyName, input.policyDocument)
            return try change(input.roleName, "iam:PutRolePolicy", call) { role, _ in
                try role.put(input.policyName, input.policyDocument)
            }
        }
        table.add(IAM.GetRolePolicy.self) { input, call in
            try Self.checkName(input.policyName, "policyName", 128)
            let role = try backend.store.read { try self.role(input.roleName, for: "iam:GetRolePolicy", $0, call) }
            return .init(
                roleName: role.name, policyName: input.policyName,
                policyDocument: .init(try role.document(input.policyName)))
        }
        table.add(IAM.DeleteRolePolicy.self) { input, call in
            try change(input.roleName, "iam:DeleteRolePolicy", call) { role, _ in try role.remove(input.policyName) }
        }
        table.add(IAM.ListRolePolicies.self) { input, call in
            let role = try backend.store.read { try self.role(input.roleName, for: "iam:ListRolePolicies", $0, call) }
            let page = try Self.page(role.inline.keys.sorted(), input.marker, input.maxItems)
            return .init(policyNames: page.items, isTruncated: page.next != nil, marker: page.next)
        }
        table.add(IAM.AttachRolePolicy.self) { input, call in
            try change(input.roleName, "iam:AttachRolePolicy", call) { role, state in
                try role.attach(try Self.attachable(input.policyArn, state))
            }
        }
        table.add(IAM.DetachRolePolicy.self) { input, call in
            try Self.check.length(input.policyArn, "policyArn", 20...2048)
            return try change(input.roleName, "iam:DetachRolePolicy", call) { role, _ in
                try role.detach(input.policyArn)
            }
        }
        table.add(IAM.ListAttachedRolePolicies.self) { input, call in
            try backend.store.read { state in
                let role = try self.role(input.roleName, for: "iam:ListAttachedRolePolicies", state, call)
                return try Self.attached(to: role, state, input.pathPrefix, input.marker, input.maxItems)
            }
        }
    }

    /// Refuses an inline policy as IAM does.
    static func check(policy name: String, _ document: String) throws {
        try checkName(name, "policyName", 128)
        try check(document: document, "policyDocument", for: .identity, most: 131_072)
    }

    /// The ARN of a managed policy, which must be there.
    static func attachable(_ arn: String, _ state: AccountState) throws -> String {
        try check.length(arn, "policyArn", 20...2048)
        guard state.iam.policy(arn) != nil else { throw noPolicy(arn) }
        return arn
    }

    /// A page of the managed policies of a role or a user.
    static func attached(
        to holder: some PolicyHolder, _ state: AccountState, _ pathPrefix: String?, _ marker: String?, _ most: Int?
    ) throws -> IAM.ListAttachedRolePolicies.Output {
        let policies = holder.attached.compactMap { state.iam.policy($0) }
        let page = try page(policies.filter { $0.path.hasPrefix(pathPrefix ?? "/") }, marker, most)
        return .init(
            attachedPolicies: page.items.map { .init(policyName: $0.name, policyArn: $0.arn) },
            isTruncated: page.next != nil, marker: page.next)
    }
}
