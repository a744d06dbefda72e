internal import AWS

extension IAMService {
    func registerUserPolicies(in table: inout OperationTable) {
        table.add(IAM.PutUserPolicy.self) { input, call in
            try Self.check(policy: input.policyName, input.policyDocument)
            return try change(user: input.userName, "iam:PutUserPolicy", call) { user, _ in
                try user.put(input.policyName, input.policyDocument)
            }
        }
        table.add(IAM.GetUserPolicy.self) { input, call in
            try Self.checkName(input.policyName, "policyName", 128)
            let user = try backend.store.read { try self.user(input.userName, for: "iam:GetUserPolicy", $0, call) }
            return .init(
                userName: user.name, policyName: input.policyName,
                policyDocument: .init(try user.document(input.policyName)))
        }
        table.add(IAM.DeleteUserPolicy.self) { input, call in
            try change(user: input.userName, "iam:DeleteUserPolicy", call) { user, _ in
                try user.remove(input.policyName)
            }
        }
        table.add(IAM.ListUserPolicies.self) { input, call in
            let user = try backend.store.read { try self.user(input.userName, for: "iam:ListUserPolicies", $0, call) }
            let page = try Self.page(user.inline.keys.sorted(), input.marker, input.maxItems)
            return .init(policyNames: page.items, isTruncated: page.next != nil, marker: page.next)
        }
        table.add(IAM.AttachUserPolicy.self) { input, call in
            try change(user: input.userName, "iam:AttachUserPolicy", call) { user, state in
                try user.attach(try Self.attachable(input.policyArn, state))
            }
        }
        table.add(IAM.DetachUserPolicy.self) { input, call in
            try Self.check.length(input.policyArn, "policyArn", 20...2048)
            return try change(user: input.userName, "iam:DetachUserPolicy", call) { user, _ in
                try user.detach(input.policyArn)
            }
        }
        table.add(IAM.ListAttachedUserPolicies.self) { input, call in
            try backend.store.read { state in
                let user = try self.user(input.userName, for: "iam:ListAttachedUserPolicies", state, call)
                return try Self.attached(to: user, state, input.pathPrefix, input.marker, input.maxItems)
            }
        }
        table.add(IAM.PutUserPermissionsBoundary.self) { input, call in
            try change(user: input.userName, "iam:PutUserPermissionsBoundary", call) { user, state in
                user.permissionsBoundary = try Self.boundary(input.permissionsBoundary, state)
            }
        }
        table.add(IAM.DeleteUserPermissionsBoundary.self) { input, call in
            try change(user: input.userName, "iam:DeleteUserPermissionsBoundary", call) { user, _ in
                user.permissionsBoundary = nil
            }
        }
    }
}
