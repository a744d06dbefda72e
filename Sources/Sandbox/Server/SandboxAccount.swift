internal import AWS
internal import Core
internal import FoundationEssentials

/// The sandbox's AWS account: its state, its keys and the endpoint that answers for it.
struct SandboxAccount: Sendable {
    let backend: Backend
    let keys: KeyRing
    let desk = BuildDesk()
    let front: AWSFront
    /// The person's key: that of the user `sandbox`, who may do everything.
    let operatorKey: AWSCredentials

    /// An account in memory, or as the folder has it; throws where the folder cannot be used.
    init(place: AccountPlace, folder: String? = nil, time: Timekeeper, dice: Dice) throws {
        let store = try AccountStore(files: folder.map { try StateFiles(folder: $0) })
        let backend = Backend(
            place: place, store: store, logs: try LogStore(folder: folder.map { "\($0)/logs" }), time: time, dice: dice)
        self.backend = backend
        keys = KeyRing(backend)
        operatorKey = keys.makeOperatorKey(for: try Self.makeOperator(backend).caller(in: place.account))
        front = AWSFront(backend: backend, keys: keys, operations: .everything(on: backend, desk: desk))
        try Self.makeDefaultKey(backend)
        try backend.store.change { $0.codebuild.endOrphans(at: backend.now) }
    }

    /// The user `sandbox`, an administrator as soon as the sandbox starts, whatever was done to it before.
    private static func makeOperator(_ backend: Backend) throws -> IAMState.User {
        try backend.store.change { state in
            var user =
                state.iam.users["sandbox"]
                ?? IAMState.User(
                    name: "sandbox", path: "/", id: backend.iamID("AIDA"), arn: backend.place.iam("user/sandbox"),
                    created: backend.now, tags: [])
            let policy = "arn:aws:iam::aws:policy/AdministratorAccess"
            user.inline = [:]
            user.permissionsBoundary = nil
            if !user.attached.contains(policy) { user.attached = [policy] }
            state.iam.users[user.name] = user
            return user
        }
    }

    /// The AWS managed key of Secrets Manager, with the policy that AWS gives it: whoever may use the account's Secrets
    /// Manager may use the key through it.
    private static func makeDefaultKey(_ backend: Backend) throws {
        guard backend.store.read({ $0.keys.aliases[KeysState.secretsManagerAlias] == nil }) else { return }
        let (place, id) = (backend.place, backend.dice.uuid())
        let policy = """
            {"Version":"2012-10-17","Id":"auto-secretsmanager-2","Statement":[{"Sid":"Allow access through AWS Secrets Manager \
            for all principals in the account that are authorized to use AWS Secrets Manager","Effect":"Allow",\
            "Principal":{"AWS":"*"},"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*",\
            "kms:CreateGrant","kms:DescribeKey"],"Resource":"*","Condition":{"StringEquals":{"kms:CallerAccount":\
            "\(place.account)","kms:ViaService":"secretsmanager.\(place.region).amazonaws.com"}}},{"Sid":"Allow direct access to \
            key metadata to the account","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::\(place.account):root"},\
            "Action":["kms:Describe*","kms:Get*","kms:List*","kms:RevokeGrant"],"Resource":"*"}]}
            """
        let key = KeysState.Key(
            id: id, arn: place.arn("kms", "key/\(id)"), created: backend.now,
            description: "Default key that protects my Secrets Manager data when no other key is defined",
            policy: policy,
            tags: [], isManagedByAWS: true, material: Sensitive(Data(backend.dice.bytes(32))))
        try backend.store.change { state in
            state.keys.keys[id] = key
            state.keys.aliases[KeysState.secretsManagerAlias] = id
        }
    }
}
