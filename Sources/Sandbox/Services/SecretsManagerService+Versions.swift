internal import AWS
internal import Core
internal import FoundationEssentials

/// Secrets Manager: versions and their labels; random passwords.
extension SecretsManagerService {
    func registerVersions(in table: inout OperationTable) {
        table.add(SecretsManager.ListSecretVersionIds.self, listVersions)
        table.add(SecretsManager.UpdateSecretVersionStage.self, moveStage)
        table.add(SecretsManager.GetRandomPassword.self, randomPassword)
    }

    private func listVersions(_ input: SecretsManager.ListSecretVersionIds, _ call: Call) throws
        -> SecretsManager.ListSecretVersionIds.Output
    {
        try Self.check.range(input.maxResults, "maxResults", 1...100)
        let secret = try change(call) { state in
            try find(input.secretId, for: "secretsmanager:ListSecretVersionIds", state, call)
        }
        let shown = secret.versions.filter { input.includeDeprecated == true || !$0.stages.isEmpty }
        guard let page = Page.cut(shown, from: input.nextToken, size: input.maxResults ?? 100) else {
            throw ServiceError("InvalidNextTokenException", "Invalid NextToken.")
        }
        return .init(
            versions: page.items.map {
                .init(
                    versionId: $0.id, versionStages: $0.stages.isEmpty ? nil : $0.stages, createdDate: $0.created,
                    kmsKeyIds: [secret.kmsKeyID ?? "DefaultEncryptionKey"])
            }, nextToken: page.next, arn: secret.arn, name: secret.name)
    }

    /// Moves a label (API_UpdateSecretVersionStage): one that another version has must be taken from it by its id, and
    /// AWSPREVIOUS follows AWSCURRENT.
    private func moveStage(_ input: SecretsManager.UpdateSecretVersionStage, _ call: Call) throws
        -> SecretsManager.UpdateSecretVersionStage.Output
    {
        try Self.check.length(input.versionStage, "versionStage", 1...256)
        try Self.check.length(input.removeFromVersionId, "removeFromVersionId", 32...64)
        try Self.check.length(input.moveToVersionId, "moveToVersionId", 32...64)
        return try change(call) { state in
            var secret = try find(
                input.secretId, for: "secretsmanager:UpdateSecretVersionStage", state, call, whenDeleted: false)
            try secret.move(input.versionStage, from: input.removeFromVersionId, to: input.moveToVersionId)
            secret.changed = backend.now
            state.secrets.secrets[secret.name] = secret
            return .init(arn: secret.arn, name: secret.name)
        }
    }

    private func randomPassword(_ input: SecretsManager.GetRandomPassword, _ call: Call) throws
        -> SecretsManager.GetRandomPassword.Output
    {
        try Self.check.range(input.passwordLength, "passwordLength", 1...4096)
        try backend.store.read {
            try $0.authorize(AccessRequest(call.caller, "secretsmanager:GetRandomPassword", on: "*"))
        }
        let excluded = input.excludeCharacters ?? ""
        let kinds: [(Bool?, String)] = [
            (input.excludeUppercase, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), (input.excludeLowercase, "abcdefghijklmnopqrstuvwxyz"),
            (input.excludeNumbers, "0123456789"),
            (input.excludePunctuation, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"), (input.includeSpace != true, " "),
        ]
        let sets = kinds.filter { $0.0 != true }.map { $0.1.filter { !excluded.contains($0) } }.filter { !$0.isEmpty }
        let length = input.passwordLength ?? 32
        let everyKind = input.requireEachIncludedType ?? true
        guard !sets.isEmpty, !everyKind || length >= sets.count else {
            throw ServiceError(
                "InvalidParameterException", "The password cannot have that length with the characters that are left.")
        }
        var letters = Array(backend.random(length, of: sets.joined()))
        if everyKind {
            // One of each kind, each at a place of its own.
            let places = letters.indices.shuffled(with: backend.dice)
            for (set, place) in zip(sets, places) { letters[place] = Array(backend.random(1, of: set))[0] }
        }
        return .init(randomPassword: Sensitive(String(letters)))
    }
}

extension SecretsState.StoredSecret {
    /// Moves a label from the version that has it to another, or takes it off.
    mutating func move(_ stage: String, from old: String?, to new: String?) throws {
        for id in [old, new].compactMap(\.self) where !versions.contains(where: { $0.id == id }) {
            throw ServiceError(
                "ResourceNotFoundException", "Secrets Manager can't find the specified secret version: \(id).")
        }
        let holder = version(stage: stage)?.id
        if let old, old != holder {
            throw ServiceError(
                "InvalidParameterException", "The parameter RemoveFromVersionId can't be \(old): staging label \(stage) "
                    + "isn't attached to that version.")
        }
        if holder != nil, old == nil, new != holder {
            throw ServiceError(
                "InvalidParameterException",
                "The parameter RemoveFromVersionId can't be empty. Staging label \(stage) is currently attached to version "
                    + "\(holder ?? ""), so you must explicitly reference that version in RemoveFromVersionId.")
        }
        guard new != nil || stage != Self.current else {
            throw ServiceError(
                "InvalidParameterException", "You can only move staging label AWSCURRENT to a different secret version. It "
                    + "can't be completely removed.")
        }
        guard new != holder else { return }
        for index in versions.indices { versions[index].stages.removeAll { $0 == stage } }
        if stage == Self.current, let holder {
            for index in versions.indices {
                versions[index].stages.removeAll { $0 == Self.previous }
                if versions[index].id == holder { versions[index].stages.append(Self.previous) }
            }
        }
        if let index = versions.firstIndex(where: { $0.id == new }) { versions[index].stages.append(stage) }
    }
}

extension Range<Int> {
    /// The numbers in an order drawn from the dice.
    fileprivate func shuffled(with dice: Dice) -> [Int] {
        map { (dice.uniform(), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
