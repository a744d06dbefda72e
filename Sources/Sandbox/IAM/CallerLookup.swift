internal import AWS
internal import Core
internal import FoundationEssentials

extension AccountState {
    /// Who signs with an access key that IAM or STS gave out; nil for one that is not known, is inactive, or whose user
    /// or role is gone.
    func holder(of accessKeyID: String, account: String) -> KeyRing.Holder? {
        if let key = iam.accessKeys[accessKeyID], key.isActive, let user = iam.users[key.user] {
            return KeyRing.Holder(
                caller: user.caller(in: account),
                credentials: AWSCredentials(accessKeyID: accessKeyID, secretAccessKey: key.secret.secret))
        }
        guard let session = iam.sessions[accessKeyID], let role = iam.role(arn: session.roleARN),
            role.id == session.roleID
        else { return nil }
        let caller = Caller(
            account: account,
            kind: .session(role: role.name, roleARN: role.arn, roleID: role.id, name: session.name),
            sessionPolicies: session.policies.compactMap { try? PolicyDocument(parsing: $0, for: .identity) },
            tags: role.tags.byKey.merging(session.tags) { $1 }, sourceIdentity: session.sourceIdentity)
        return KeyRing.Holder(
            caller: caller,
            credentials: AWSCredentials(
                accessKeyID: accessKeyID, secretAccessKey: session.secret.secret, sessionToken: session.token.secret,
                expiration: session.expires))
    }
}

extension IAMState.User {
    /// The user as the one who calls.
    func caller(in account: String) -> Caller {
        Caller(account: account, kind: .user(name: name, id: id, path: path), tags: tags.byKey)
    }
}
