internal import AWS

/// KMS: what there is, and aliases.
extension KMSService {
    func registerLists(in table: inout OperationTable) {
        table.add(KMS.ListKeys.self, listKeys)
        table.add(KMS.ListAliases.self, listAliases)
        table.add(KMS.ListResourceTags.self) { input, call in
            let key = try backend.store.read {
                try self.key(input.keyId, for: "kms:ListResourceTags", $0, call, aliases: false)
            }
            return .init(tags: key.tags, truncated: false)
        }
        table.add(KMS.CreateAlias.self) { input, call in
            try setAlias(input.aliasName, to: input.targetKeyId, "kms:CreateAlias", call, isNew: true)
        }
        table.add(KMS.UpdateAlias.self) { input, call in
            try setAlias(input.aliasName, to: input.targetKeyId, "kms:UpdateAlias", call, isNew: false)
        }
        table.add(KMS.DeleteAlias.self, deleteAlias)
    }

    private func listKeys(_ input: KMS.ListKeys, _ call: Call) throws -> KMS.ListKeys.Output {
        let keys = try backend.store.read { state in
            try state.authorize(AccessRequest(call.caller, "kms:ListKeys", on: "*"))
            return Array(state.keys.keys.values)
        }
        let page = try Self.page(keys.sorted { $0.id < $1.id }, input.marker, input.limit, 100)
        return .init(
            keys: page.items.map { .init(keyId: $0.id, keyArn: $0.arn) }, nextMarker: page.next,
            truncated: page.next != nil)
    }

    private func listAliases(_ input: KMS.ListAliases, _ call: Call) throws -> KMS.ListAliases.Output {
        let aliases = try backend.store.read { state -> [(key: String, value: String)] in
            try state.authorize(AccessRequest(call.caller, "kms:ListAliases", on: "*"))
            guard let id = input.keyId else { return state.keys.aliases.sorted { $0.key < $1.key } }
            try checkPlace(of: id, for: "kms:ListAliases", call)
            guard let key = state.keys.find(id) else { throw Self.noKey(id, backend.place) }
            return state.keys.aliases.filter { $0.value == key.id }.sorted { $0.key < $1.key }
        }
        let page = try Self.page(aliases, input.marker, input.limit, 50)
        return .init(
            aliases: page.items.map {
                .init(aliasName: $0.key, aliasArn: backend.place.arn("kms", $0.key), targetKeyId: $0.value)
            }, nextMarker: page.next, truncated: page.next != nil)
    }

    /// An alias needs the permission for itself and for its key (KMS Developer Guide, "Controlling access to aliases").
    private func setAlias(_ name: String, to target: String, _ action: String, _ call: Call, isNew: Bool) throws
        -> NoOutput
    {
        try checkAlias(name)
        return try backend.store.change { state in
            try state.authorize(AccessRequest(call.caller, action, on: backend.place.arn("kms", name)))
            let key = try self.key(target, for: action, state, call, aliases: false)
            let old = state.keys.aliases[name]
            if isNew, old != nil {
                throw ServiceError(
                    "AlreadyExistsException", "An alias with the name \(backend.place.arn("kms", name)) already exists")
            }
            if !isNew, old == nil { throw noAlias(name) }
            state.keys.aliases[name] = key.id
            return NoOutput()
        }
    }

    private func deleteAlias(_ input: KMS.DeleteAlias, _ call: Call) throws -> NoOutput {
        try checkAlias(input.aliasName)
        return try backend.store.change { state in
            try state.authorize(
                AccessRequest(call.caller, "kms:DeleteAlias", on: backend.place.arn("kms", input.aliasName)))
            guard let id = state.keys.aliases[input.aliasName] else { throw noAlias(input.aliasName) }
            _ = try key(id, for: "kms:DeleteAlias", state, call)
            state.keys.aliases[input.aliasName] = nil
            return NoOutput()
        }
    }

    private func checkAlias(_ name: String) throws {
        try Self.check.length(name, "aliasName", 1...256)
        guard name.hasPrefix("alias/"), name.count > 6,
            name.unicodeScalars.allSatisfy({ $0.isASCIIAlphanumeric || ":/_-".unicodeScalars.contains($0) })
        else {
            throw ServiceError(
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see "
                    + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html")
        }
        guard !name.hasPrefix("alias/aws/") else { throw ServiceError("NotAuthorizedException", "") }
    }

    private func noAlias(_ name: String) -> ServiceError {
        ServiceError("NotFoundException", "Alias \(backend.place.arn("kms", name)) is not found.")
    }

    private static func page<Item>(_ items: [Item], _ marker: String?, _ limit: Int?, _ size: Int) throws
        -> (items: [Item], next: String?)
    {
        try check.range(limit, "limit", 1...1000)
        guard let page = Page.cut(items, from: marker, size: limit ?? size) else {
            throw ServiceError("InvalidMarkerException", "Could not deserialize marker")
        }
        return page
    }
}
