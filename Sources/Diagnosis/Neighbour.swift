internal import Core

/// Failures that are no throttling but stand beside it: what a half-done fix looks like.
struct Neighbour: Sendable {
    var words: [String]
    var kind: Finding.Kind
    var what: String
    var remedy: String

    /// Whether all of its words stand in the text, whatever their case.
    func isIn(_ text: String) -> Bool {
        let text = text.lowercased()
        return words.allSatisfy { text.contains($0) }
    }

    func finding(phase: String, evidence: String) -> Finding {
        Finding(severity: .error, kind: kind, phase: phase, what: what, remedy: remedy, evidence: evidence.trimmed)
    }

    /// In the order in which they are tried.
    static let all = [
        Neighbour(
            words: ["not authorized to perform: secretsmanager:getsecretvalue"], kind: .secretDenied,
            what: "The project's service role may not read the secret.",
            remedy: "Give the role secretsmanager:GetSecretValue on the secret: `unthrottle fix`."),
        Neighbour(
            words: ["access to kms is not allowed"], kind: .keyDenied,
            what: "The project's service role may not use the key that encrypts the secret.",
            remedy: "Give the role kms:Decrypt on the key: `unthrottle fix`."),
        Neighbour(
            words: ["not authorized to perform: kms:decrypt"], kind: .keyDenied,
            what: "The project's service role may not use the key that encrypts the secret.",
            remedy: "Give the role kms:Decrypt on the key: `unthrottle fix`."),
        Neighbour(
            words: ["resourcenotfoundexception", "secret"], kind: .secretMissing,
            what: "The secret that the project names does not exist.",
            remedy: "Name the right secret, by its exact case: `unthrottle fix`."),
        Neighbour(
            words: ["marked for deletion"], kind: .secretMissing,
            what: "The secret that the project names is scheduled for deletion.",
            remedy: "Restore it: `unthrottle fix` does."),
        Neighbour(
            words: ["cannot perform an interactive login"], kind: .emptyCredential,
            what: "docker login got no user name or no password.",
            remedy: "Check that both variables are set and come from Secrets Manager: `unthrottle fix`."),
        Neighbour(
            words: ["incorrect username or password"], kind: .wrongCredential,
            what: "Docker Hub does not take the user name and password.",
            remedy: "Put the right credential into the secret: `unthrottle fix`."),
        Neighbour(
            words: ["cannot connect to the docker daemon"], kind: .noEngine,
            what: "No docker engine runs in the build.",
            remedy: "Turn the project's privileged mode on, and start dockerd in images that do not do so themselves."),
    ]
}
