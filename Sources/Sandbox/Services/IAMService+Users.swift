internal import AWS
internal import FoundationEssentials

extension IAMService {
    func registerUsers(in table: inout OperationTable) {
        registerUserParts(in: &table)
        table.add(IAM.CreateUser.self, createUser)
        table.add(IAM.GetUser.self) { input, call in
            try backend.store.read { state in
                let name = try Self.name(input.userName, or: call.caller)
                return .init(user: Self.shape(try user(name, for: "iam:GetUser", state, call)))
            }
        }
        table.add(IAM.DeleteUser.self, deleteUser)
        table.add(IAM.ListUsers.self, listUsers)
        table.add(IAM.ListGroupsForUser.self) { input, call in
            _ = try backend.store.read { try user(input.userName, for: "iam:ListGroupsForUser", $0, call) }
            return .init(groups: [], isTruncated: false)
        }
        table.add(IAM.TagUser.self) { input, call in
            try change(user: input.userName, "iam:TagUser", call) { user, _ in try Self.tag(&user, input.tags) }
        }
        table.add(IAM.UntagUser.self) { input, call in
            try change(user: input.userName, "iam:UntagUser", call) { user, _ in
                user.tags.removeAll { input.tagKeys.contains($0.key) }
            }
        }
        table.add(IAM.ListUserTags.self) { input, call in
            let user = try backend.store.read { try self.user(input.userName, for: "iam:ListUserTags", $0, call) }
            let page = try Self.page(user.tags, input.marker, input.maxItems)
            return .init(tags: page.items, isTruncated: page.next != nil, marker: page.next)
        }
    }

    private func createUser(_ input: IAM.CreateUser, _ call: Call) throws -> IAM.CreateUser.Output {
        try Self.checkName(input.userName, "userName", 64)
        try Self.checkPath(input.path)
        let path = input.path ?? "/"
        let user = IAMState.User(
            name: input.userName, path: path, id: backend.iamID("AIDA"),
            arn: backend.place.iam("user\(path)\(input.userName)"), created: now,
            permissionsBoundary: input.permissionsBoundary, tags: try Self.merged([], input.tags ?? []))
        return try backend.store.change { state in
            try state.authorize(AccessRequest(call.caller, "iam:CreateUser", on: user.arn))
            guard !state.iam.users.keys.contains(where: { $0.lowercased() == user.name.lowercased() }) else {
                throw ServiceError(
                    "EntityAlreadyExists", "User with name \(user.name) already exists.", status: 409)
            }
            _ = try Self.boundary(user.permissionsBoundary, state)
            state.iam.users[user.name] = user
            return .init(user: Self.shape(user))
        }
    }

    private func deleteUser(_ input: IAM.DeleteUser, _ call: Call) throws -> NoOutput {
        try backend.store.change { state in
            let user = try self.user(input.userName, for: "iam:DeleteUser", state, call)
            guard !state.iam.accessKeys.values.contains(where: { $0.user == user.name }) else {
                throw ServiceError(
                    "DeleteConflict", "Cannot delete entity, must delete access keys first.", status: 409)
            }
            try user.checkDeletable()
            state.iam.users[user.name] = nil
            return NoOutput()
        }
    }

    private func listUsers(_ input: IAM.ListUsers, _ call: Call) throws -> IAM.ListUsers.Output {
        let users = try backend.store.read { state in
            try state.authorize(AccessRequest(call.caller, "iam:ListUsers", on: backend.place.iam("user/")))
            return state.iam.users.values.filter { $0.path.hasPrefix(input.pathPrefix ?? "/") }
        }
        let page = try Self.page(users.sorted { $0.name < $1.name }, input.marker, input.maxItems)
        return .init(
            users: page.items.map { user in
                // Lists leave out what GetUser tells (API_ListUsers).
                var shape = Self.shape(user)
                (shape.tags, shape.permissionsBoundary) = (nil, nil)
                return shape
            }, isTruncated: page.next != nil, marker: page.next)
    }

    /// The user that a request names, or the one who calls.
    static func name(_ name: String?, or caller: Caller) throws -> String {
        if let name { return name }
        guard case .user(let own, _, _) = caller.kind else {
            throw ServiceError(check.code, "Must specify userName when calling with non-User credentials")
        }
        return own
    }

    /// A user by name, once the caller may do `action` with it.
    func user(_ name: String, for action: String, _ state: AccountState, _ call: Call) throws -> IAMState.User {
        try Self.checkName(name, "userName", 128)
        let user = state.iam.users[name]
        try state.authorize(
            AccessRequest(call.caller, action, on: user?.arn ?? backend.place.iam("user/\(name)")))
        guard let user else {
            throw ServiceError("NoSuchEntity", "The user with name \(name) cannot be found.", status: 404)
        }
        return user
    }

    /// Changes a user once the caller may do `action` with it.
    func change(
        user name: String, _ action: String, _ call: Call,
        _ body: (inout IAMState.User, AccountState) throws -> Void
    ) throws -> NoOutput {
        try backend.store.change { state in
            var user = try self.user(name, for: action, state, call)
            try body(&user, state)
            state.iam.users[user.name] = user
            return NoOutput()
        }
    }

    private static func shape(_ user: IAMState.User) -> IAM.User {
        IAM.User(
            path: user.path, userName: user.name, userId: user.id, arn: user.arn, createDate: user.created,
            permissionsBoundary: user.permissionsBoundary.map {
                .init(permissionsBoundaryType: "PermissionsBoundaryPolicy", permissionsBoundaryArn: $0)
            }, tags: user.tags.isEmpty ? nil : user.tags)
    }
}
