internal import AWS
internal import Core
internal import FoundationEssentials
internal import Synchronization

/// The access keys that the sandbox knows: its operator's and those of builds that run, here; and those that IAM and STS
/// gave out, in the account's state.
final class KeyRing: Sendable {
    /// Who signs with a key.
    struct Holder: Sendable {
        var caller: Caller
        var credentials: AWSCredentials
    }

    /// What a build is told: where its credentials are, and what opens them.
    struct Pass: Sendable {
        /// The path on the sandbox's AWS endpoint.
        var path: String
        /// The Authorization header's value.
        var token: Secret
    }

    private struct Session {
        var caller: Caller
        var roleARN: String
        var token: Secret
        var keys: [String] = []
    }
    private struct State {
        var holders: [String: Holder] = [:]
        var sessions: [String: Session] = [:]
    }

    /// How long a session's keys live; new ones are made when this much less than ``renewal`` is left.
    private static let lifetime = 3600.0
    private static let renewal = 900.0

    private let state = Mutex(State())
    private let backend: Backend

    init(_ backend: Backend) { self.backend = backend }

    /// Makes the operator's key, which does not expire.
    func makeOperatorKey(for caller: Caller) -> AWSCredentials {
        state.withLock { add(to: &$0, caller: caller, prefix: "AKIA", expires: nil) }
    }

    /// Who signs with an access key id.
    func holder(of accessKeyID: String) -> Holder? {
        state.withLock { $0.holders[accessKeyID] }
            ?? backend.store.read { $0.holder(of: accessKeyID, account: backend.place.account) }
    }

    /// Lets a build have its role's credentials.
    func openSession(build: String, role: Caller, roleARN: String) -> Pass {
        let token = Secret(backend.dice.hex(32))
        state.withLock { $0.sessions[build] = Session(caller: role, roleARN: roleARN, token: token) }
        return Pass(path: "\(Self.path)\(build)", token: token)
    }

    /// Takes a build's credentials back.
    func closeSession(build: String) {
        state.withLock { state in
            for key in state.sessions[build]?.keys ?? [] { state.holders[key] = nil }
            state.sessions[build] = nil
        }
    }

    /// What the path of a build's credentials starts with.
    static let path = "/sandbox/credentials/"

    /// A build's credentials and its role's ARN for the one who has the token; nil for anyone else.
    func credentials(ofBuild build: String, token: String) -> (AWSCredentials, roleARN: String)? {
        let now = backend.time.now()
        return state.withLock { state in
            guard let session = state.sessions[build], session.token == Secret(token) else { return nil }
            let latest = session.keys.last.flatMap { state.holders[$0]?.credentials }
            if let latest, let expires = latest.expiration, expires.timeIntervalSince(now) > Self.renewal {
                return (latest, session.roleARN)
            }
            let fresh = add(
                to: &state, caller: session.caller, prefix: "ASIA", expires: now.addingTimeInterval(Self.lifetime))
            state.sessions[build]?.keys.append(fresh.accessKeyID)
            return (fresh, session.roleARN)
        }
    }

    private func add(to state: inout State, caller: Caller, prefix: String, expires: Date?) -> AWSCredentials {
        let credentials = backend.newCredentials(prefix, expires: expires)
        state.holders[credentials.accessKeyID] = Holder(caller: caller, credentials: credentials)
        return credentials
    }
}
