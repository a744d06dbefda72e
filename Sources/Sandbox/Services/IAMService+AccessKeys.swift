internal import AWS
internal import FoundationEssentials

extension IAMService {
    func registerAccessKeys(in table: inout OperationTable) {
        table.add(IAM.CreateAccessKey.self, createKey)
        table.add(IAM.ListAccessKeys.self, listKeys)
        table.add(IAM.UpdateAccessKey.self) { input, call in
            try Self.check.oneOf(input.status, "status", ["Active", "Inactive"])
            return try changeKeys(of: input.userName, "iam:UpdateAccessKey", call) { user, state in
                try Self.checkKey(input.accessKeyId, of: user, state)
                state.iam.accessKeys[input.accessKeyId]?.isActive = input.status == "Active"
            }
        }
        table.add(IAM.DeleteAccessKey.self) { input, call in
            try changeKeys(of: input.userName, "iam:DeleteAccessKey", call) { user, state in
                try Self.checkKey(input.accessKeyId, of: user, state)
                state.iam.accessKeys[input.accessKeyId] = nil
            }
        }
    }

    private func createKey(_ input: IAM.CreateAccessKey, _ call: Call) throws -> IAM.CreateAccessKey.Output {
        let fresh = backend.newCredentials("AKIA", expires: nil)
        return try backend.store.change { state in
            let name = try Self.name(input.userName, or: call.caller)
            let user = try self.user(name, for: "iam:CreateAccessKey", state, call)
            guard state.iam.accessKeys.values.count(where: { $0.user == user.name }) < 2 else {
                throw ServiceError("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", status: 409)
            }
            let key = IAMState.AccessKey(
                id: fresh.accessKeyID, secret: Sensitive(fresh.secretAccessKey), user: user.name, created: now)
            state.iam.accessKeys[key.id] = key
            return .init(
                accessKey: .init(
                    userName: user.name, accessKeyId: key.id, status: "Active", secretAccessKey: key.secret,
                    createDate: key.created))
        }
    }

    private func listKeys(_ input: IAM.ListAccessKeys, _ call: Call) throws -> IAM.ListAccessKeys.Output {
        let keys = try backend.store.read { state in
            let name = try Self.name(input.userName, or: call.caller)
            let user = try self.user(name, for: "iam:ListAccessKeys", state, call)
            return state.iam.accessKeys.values.filter { $0.user == user.name }
        }
        let page = try Self.page(
            keys.sorted { ($0.created, $0.id) < ($1.created, $1.id) }, input.marker, input.maxItems)
        return .init(
            accessKeyMetadata: page.items.map {
                .init(
                    userName: $0.user, accessKeyId: $0.id, status: $0.isActive ? "Active" : "Inactive",
                    createDate: $0.created)
            }, isTruncated: page.next != nil, marker: page.next)
    }

    private func changeKeys(
        of name: String?, _ action: String, _ call: Call,
        _ body: (IAMState.User, inout AccountState) throws -> Void
    ) throws -> NoOutput {
        try backend.store.change { state in
            let user = try self.user(Self.name(name, or: call.caller), for: action, state, call)
            try body(user, &state)
            return NoOutput()
        }
    }

    private static func checkKey(_ id: String, of user: IAMState.User, _ state: AccountState) throws {
        try check.length(id, "accessKeyId", 16...128)
        guard state.iam.accessKeys[id]?.user == user.name else {
            throw ServiceError("NoSuchEntity", "The Access Key with id \(id) cannot be found.", status: 404)
        }
    }
}
