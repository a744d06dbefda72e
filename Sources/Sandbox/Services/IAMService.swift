internal import AWS
internal import Core
internal import FoundationEssentials

/// IAM: roles and their policies. Managed policies are in the other file.
struct IAMService: Sendable {
    let backend: Backend
    static let check = ModelCheck.query

    func register(in table: inout OperationTable) {
        table.add(IAM.CreateRole.self, createRole)
        table.add(IAM.GetRole.self, getRole)
        table.add(IAM.DeleteRole.self, deleteRole)
        table.add(IAM.PutRolePolicy.self, putRolePolicy)
        table.add(IAM.GetRolePolicy.self, getRolePolicy)
        table.add(IAM.DeleteRolePolicy.self, deleteRolePolicy)
        table.add(IAM.ListRolePolicies.self, listRolePolicies)
        table.add(IAM.ListAttachedRolePolicies.self, listAttachedRolePolicies)
        table.add(IAM.CreatePolicy.self, createPolicy)
        table.add(IAM.GetPolicy.self, getPolicy)
        table.add(IAM.GetPolicyVersion.self, getPolicyVersion)
        table.add(IAM.AttachRolePolicy.self, attach)
        table.add(IAM.DetachRolePolicy.self, detach)
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
            trustPolicy: input.assumeRolePolicyDocument, tags: input.tags ?? [])
        return try backend.store.change { state in
            try state.authorize(AccessRequest(call.caller, "iam:CreateRole", on: role.arn))
            guard !state.iam.roles.keys.contains(where: { $0.lowercased() == role.name.lowercased() }) else {
                throw ServiceError(
                    "EntityAlreadyExists", "Role with name \(role.name) already exists.", status: 409)
            }
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
            guard role.attached.isEmpty else {
                throw ServiceError(
                    "DeleteConflict", "Cannot delete entity, must detach all policies first.", status: 409)
            }
            guard role.inline.isEmpty else {
                throw ServiceError("DeleteConflict", "Cannot delete entity, must delete policies first.", status: 409)
            }
            state.iam.roles[role.name] = nil
            return NoOutput()
        }
    }

    private func putRolePolicy(_ input: IAM.PutRolePolicy, _ call: Call) throws -> NoOutput {
        try Self.checkName(input.policyName, "policyName", 128)
        try Self.check(document: input.policyDocument, "policyDocument", for: .identity, most: 131_072)
        return try backend.store.change { state in
            var role = try self.role(input.roleName, for: "iam:PutRolePolicy", state, call)
            role.inline[input.policyName] = input.policyDocument
            // IAM's quota: 10 240 characters over all inline policies of a role, blanks not counted.
            let size = role.inline.values.reduce(0) { $0 + $1.count { !$0.isWhitespace } }
            guard size <= 10_240 else {
                throw ServiceError(
                    "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role \(role.name)", status: 409)
            }
            state.iam.roles[role.name] = role
            return NoOutput()
        }
    }

    private func getRolePolicy(_ input: IAM.GetRolePolicy, _ call: Call) throws -> IAM.GetRolePolicy.Output {
        try Self.checkName(input.policyName, "policyName", 128)
        return try backend.store.read { state in
            let role = try self.role(input.roleName, for: "iam:GetRolePolicy", state, call)
            guard let document = role.inline[input.policyName] else { throw Self.noRolePolicy(input.policyName) }
            return .init(roleName: role.name, policyName: input.policyName, policyDocument: .init(document))
        }
    }

    private func deleteRolePolicy(_ input: IAM.DeleteRolePolicy, _ call: Call) throws -> NoOutput {
        try backend.store.change { state in
            var role = try self.role(input.roleName, for: "iam:DeleteRolePolicy", state, call)
            guard role.inline.removeValue(forKey: input.policyName) != nil else {
                throw Self.noRolePolicy(input.policyName)
            }
            state.iam.roles[role.name] = role
            return NoOutput()
        }
    }

    private func listRolePolicies(_ input: IAM.ListRolePolicies, _ call: Call) throws -> IAM.ListRolePolicies.Output {
        let role = try backend.store.read { try self.role(input.roleName, for: "iam:ListRolePolicies", $0, call) }
        let page = try Self.page(role.inline.keys.sorted(), input.marker, input.maxItems)
        return .init(policyNames: page.items, isTruncated: page.next != nil, marker: page.next)
    }

    private func listAttachedRolePolicies(_ input: IAM.ListAttachedRolePolicies, _ call: Call) throws
        -> IAM.ListAttachedRolePolicies.Output
    {
        let attached = try backend.store.read { state -> [IAMState.ManagedPolicy] in
            try role(input.roleName, for: "iam:ListAttachedRolePolicies", state, call).attached.compactMap {
                state.iam.policy($0)
            }
        }
        let page = try Self.page(
            attached.filter { $0.path.hasPrefix(input.pathPrefix ?? "/") }, input.marker, input.maxItems)
        return .init(
            attachedPolicies: page.items.map { .init(policyName: $0.name, policyArn: $0.arn) },
            isTruncated: page.next != nil, marker: page.next)
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
        guard let role else {
            throw ServiceError("NoSuchEntity", "The role with name \(name) cannot be found.", status: 404)
        }
        return role
    }

    static func noRolePolicy(_ name: String) -> ServiceError {
        ServiceError("NoSuchEntity", "The role policy with name \(name) cannot be found.", status: 404)
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

    static func page<Item>(_ items: [Item], _ marker: String?, _ most: Int?) throws -> (items: [Item], next: String?) {
        try check.range(most, "maxItems", 1...1000)
        guard let page = Page.cut(items, from: marker, size: most ?? 100) else {
            throw ServiceError(check.code, "Invalid Marker.")
        }
        return page
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
