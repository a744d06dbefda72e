internal import AWS
internal import Core
internal import FoundationEssentials

/// IAM: roles and their policies. Managed policies are in the other file.
struct IAMService: Sendable {
    let backend: Backend
    static let check = ModelCheck.query

    func register(in table: inout OperationTable) {
        registerRoles(in: &table)
        registerRolePolicies(in: &table)
        registerPolicies(in: &table)
        registerUsers(in: &table)
        registerUserPolicies(in: &table)
        registerAccessKeys(in: &table)
        registerSimulation(in: &table)
    }

    private func registerRoles(in table: inout OperationTable) {
        table.add(IAM.CreateRole.self, createRole)
        table.add(IAM.GetRole.self, getRole)
        table.add(IAM.DeleteRole.self, deleteRole)
        table.add(IAM.ListRoles.self, listRoles)
        table.add(IAM.UpdateRole.self, updateRole)
        table.add(IAM.UpdateRoleDescription.self) { input, call in
            _ = try updateRole(.init(roleName: input.roleName, description: input.description), call)
            return try backend.store.read { state in
                guard let role = state.iam.roles[input.roleName] else { throw Self.noRole(input.roleName) }
                return .init(role: Self.shape(role))
            }
        }
        table.add(IAM.UpdateAssumeRolePolicy.self, updateTrust)
        table.add(IAM.TagRole.self) { input, call in
            try change(input.roleName, "iam:TagRole", call) { role, _ in try Self.tag(&role, input.tags) }
        }
        table.add(IAM.UntagRole.self) { input, call in
            try change(input.roleName, "iam:UntagRole", call) { role, _ in
                role.tags.removeAll { input.tagKeys.contains($0.key) }
            }
        }
        table.add(IAM.ListRoleTags.self) { input, call in
            let role = try backend.store.read { try self.role(input.roleName, for: "iam:ListRoleTags", $0, call) }
            let page = try Self.page(role.tags, input.marker, input.maxItems)
            return .init(tags: page.items, isTruncated: page.next != nil, marker: page.next)
        }
        table.add(IAM.PutRolePermissionsBoundary.self) { input, call in
            try change(input.roleName, "iam:PutRolePermissionsBoundary", call) { role, state in
                role.permissionsBoundary = try Self.boundary(input.permissionsBoundary, state)
            }
        }
        table.add(IAM.DeleteRolePermissionsBoundary.self) { input, call in
            try change(input.roleName, "iam:DeleteRolePermissionsBoundary", call) { role, _ in
                role.permissionsBoundary = nil
            }
        }
        table.add(IAM.ListInstanceProfilesForRole.self) { input, call in
            _ = try backend.store.read { try role(input.roleName, for: "iam:ListInstanceProfilesForRole", $0, call) }
            return .init(instanceProfiles: [], isTruncated: false)
        }
    }

    private func createRole(_ input: IAM.CreateRole, _ call: Call) throws -> IAM.CreateRole.Output {
        try Self.checkName(input.roleName, "roleName", 64)
        try Self.checkPath(input.path)
        try Self.check.length(input.description, "description", 0...1000)
        try Self.check.range(input.maxSessionDuration, "maxSessionDuration", 3600...43_200)
        try Self.check(document: input.assumeRolePolicyDocument, "assumeRolePolicyDocument", for: .trust, most: 131_072)
        let path = input.path ?? "/"
        let role = IAMState.Role(
            name: input.roleName, path: path, id: backend.iamID("AROA"),
            arn: backend.place.iam("role\(path)\(input.roleName)"), created: now, description: input.description,
            maxSessionDuration: input.maxSessionDuration ?? 3600, permissionsBoundary: input.permissionsBoundary,
            trustPolicy: input.assumeRolePolicyDocument, tags: try Self.merged([], input.tags ?? []))
        return try backend.store.change { state in
            try state.authorize(AccessRequest(call.caller, "iam:CreateRole", on: role.arn))
            guard !state.iam.roles.keys.contains(where: { $0.lowercased() == role.name.lowercased() }) else {
                throw ServiceError(
                    "EntityAlreadyExists", "Role with name \(role.name) already exists.", status: 409)
            }
            try Self.checkPrincipals(of: role.trustPolicy, state, backend.place)
            _ = try Self.boundary(role.permissionsBoundary, state)
            state.iam.roles[role.name] = role
            return .init(role: Self.shape(role))
        }
    }

    private func getRole(_ input: IAM.GetRole, _ call: Call) throws -> IAM.GetRole.Output {
        try Self.checkName(input.roleName, "roleName", 64)
        return .init(
            role: Self.shape(try backend.store.read { try role(input.roleName, for: "iam:GetRole", $0, call) }))
    }

    private func deleteRole(_ input: IAM.DeleteRole, _ call: Call) throws -> NoOutput {
        try backend.store.change { state in
            let role = try self.role(input.roleName, for: "iam:DeleteRole", state, call)
            try role.checkDeletable()
            state.iam.roles[role.name] = nil
            return NoOutput()
        }
    }

    private func listRoles(_ input: IAM.ListRoles, _ call: Call) throws -> IAM.ListRoles.Output {
        let roles = try backend.store.read { state in
            try state.authorize(AccessRequest(call.caller, "iam:ListRoles", on: backend.place.iam("role/")))
            return state.iam.roles.values.filter { $0.path.hasPrefix(input.pathPrefix ?? "/") }
        }
        let page = try Self.page(roles.sorted { $0.name < $1.name }, input.marker, input.maxItems)
        return .init(
            roles: page.items.map { role in
                // Lists leave out what GetRole tells (API_ListRoles).
                var shape = Self.shape(role)
                (shape.tags, shape.permissionsBoundary) = (nil, nil)
                return shape
            }, isTruncated: page.next != nil, marker: page.next)
    }

    private func updateRole(_ input: IAM.UpdateRole, _ call: Call) throws -> IAM.UpdateRole.Output {
        try Self.check.length(input.description, "description", 0...1000)
        try Self.check.range(input.maxSessionDuration, "maxSessionDuration", 3600...43_200)
        _ = try change(input.roleName, "iam:UpdateRole", call) { role, _ in
            if let description = input.description { role.description = description }
            if let duration = input.maxSessionDuration { role.maxSessionDuration = duration }
        }
        return .init()
    }

    private func updateTrust(_ input: IAM.UpdateAssumeRolePolicy, _ call: Call) throws -> NoOutput {
        try Self.check(document: input.policyDocument, "policyDocument", for: .trust, most: 131_072)
        return try change(input.roleName, "iam:UpdateAssumeRolePolicy", call) { role, state in
            try Self.checkPrincipals(of: input.policyDocument, state, backend.place)
            role.trustPolicy = input.policyDocument
        }
    }
}

extension IAMService {
    /// IAM keeps whole seconds.
    var now: Date { Date(timeIntervalSince1970: backend.now.timeIntervalSince1970.rounded(.down)) }

    /// A role by its name, once the caller may do `action` with it.
    func role(_ name: String, for action: String, _ state: AccountState, _ call: Call) throws -> IAMState.Role {
        try Self.checkName(name, "roleName", 64)
        let role = state.iam.roles[name]
        try state.authorize(
            AccessRequest(call.caller, action, on: role?.arn ?? backend.place.iam("role/\(name)")))
        guard let role else { throw Self.noRole(name) }
        return role
    }

    private static func noRole(_ name: String) -> ServiceError {
        ServiceError("NoSuchEntity", "The role with name \(name) cannot be found.", status: 404)
    }

    /// Changes a role once the caller may do `action` with it.
    func change(
        _ name: String, _ action: String, _ call: Call,
        _ body: (inout IAMState.Role, AccountState) throws -> Void
    ) throws -> NoOutput {
        try backend.store.change { state in
            var role = try self.role(name, for: action, state, call)
            try body(&role, state)
            state.iam.roles[role.name] = role
            return NoOutput()
        }
    }

    static func checkName(_ name: String, _ member: String, _ most: Int) throws {
        try check.length(name, member, 1...most)
        try check.characters(name, member, pattern: "[\\w+=,.@-]+") {
            $0.isASCIIAlphanumeric || "_+=,.@-".unicodeScalars.contains($0)
        }
    }

    static func checkPath(_ path: String?) throws {
        try check.length(path, "path", 1...512)
        guard let path, path != "/" else { return }
        guard path.hasPrefix("/"), path.hasSuffix("/"),
            path.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) })
        else {
            throw ServiceError(
                check.code,
                "The specified value for path is invalid. It must begin and end with / and contain only "
                    + "alphanumeric characters and/or / characters.")
        }
    }

    /// Refuses a document as IAM does.
    static func check(document: String, _ member: String, for place: PolicyDocument.Place, most: Int) throws {
        try check.length(document, member, 1...most, hidden: true)
        do throws(MalformedPolicy) {
            _ = try PolicyDocument(parsing: document, for: place)
        } catch {
            throw ServiceError("MalformedPolicyDocument", error.message)
        }
    }

    static func shape(_ role: IAMState.Role) -> IAM.Role {
        IAM.Role(
            path: role.path, roleName: role.name, roleId: role.id, arn: role.arn, createDate: role.created,
            assumeRolePolicyDocument: .init(role.trustPolicy), description: role.description,
            maxSessionDuration: role.maxSessionDuration,
            permissionsBoundary: role.permissionsBoundary.map {
                .init(permissionsBoundaryType: "Policy", permissionsBoundaryArn: $0)
            },
            tags: role.tags.isEmpty ? nil : role.tags)
    }
}
