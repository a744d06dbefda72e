/// One thing that a diagnosis says.
public struct Finding: Codable, Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Codable, Sendable {
        /// It fails builds.
        case error
        /// It will, or it wastes quota.
        case warning
        /// Good to know.
        case note
    }

    /// What kind of thing it is; programs go by it.
    public enum Kind: String, Codable, Sendable {
        /// Docker Hub's pull limit of an address.
        case anonymousPullLimit
        /// Docker Hub's pull limit of an account.
        case accountPullLimit
        /// Docker Hub's pull limit, of whom is not said.
        case pullLimit
        /// Docker Hub's limit of requests by address, which a login does not lift.
        case abuseLimit
        /// Too many failed logins.
        case loginLock
        /// A limit of another registry.
        case otherRegistry
        /// A 429 without words.
        case ambiguousLimit
        /// The role may not read the secret.
        case secretDenied
        /// The role may not use the secret's key.
        case keyDenied
        /// The secret, or a key in it, is not there.
        case secretMissing
        /// Docker Hub does not take the credential.
        case wrongCredential
        /// A login without a user name or password.
        case emptyCredential
        /// No docker engine.
        case noEngine
        /// Anything else that ended a build.
        case other
    }

    /// How bad it is.
    public var severity: Severity
    /// What kind of thing it is.
    public var kind: Kind
    /// The phase, such as `PROVISIONING`.
    public var phase: String
    /// What happened, in one sentence.
    public var what: String
    /// What to do, in one sentence.
    public var remedy: String
    /// The build's own words for it.
    public var evidence: String
}
