/// All that the sandbox's account holds, but its logs.
struct AccountState: Codable, Sendable, Hashable {
    var iam = IAMState()
    var secrets = SecretsState()
    var keys = KeysState()
    var codebuild = ProjectsState()
    var objects = ObjectsState()
}
