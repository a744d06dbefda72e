internal import Core
internal import FoundationEssentials
internal import HTTP

/// Knows how each registry wants to be logged in to, and keeps its tokens until they expire.
///
/// One token a registry, credential and scope; those who ask for the same at once wait for one request.
actor Authorizer {
    private struct Key: Hashable {
        var registry: String
        var scope: String?
        /// The credential's digest, so that no password is a key.
        var credential: Digest?
    }
    private enum Entry {
        case valid(Secret, until: Date)
        case pending(Task<AccessToken, any Error>)
    }

    private let service: TokenService
    private let time: Timekeeper
    private var challenges: [String: Challenge] = [:]
    private var entries: [Key: Entry] = [:]
    private var refusals: [Key: RegistryError] = [:]

    init(sender: Sender) {
        service = TokenService(sender: sender)
        time = sender.time
    }

    /// Takes a registry's challenges to heart: bearer before basic. False where none was ever made that can be met.
    func learn(_ found: [Challenge], of registry: String) -> Bool {
        let usable =
            found.first { $0.scheme == "bearer" && $0.parameters["realm"] != nil }
            ?? found.first { $0.scheme == "basic" }
        if let usable { challenges[registry] = usable }
        return challenges[registry] != nil
    }

    /// Whether the registry takes user name and password with each request.
    func wantsPassword(_ registry: String) -> Bool { challenges[registry]?.scheme == "basic" }

    /// The Authorization header's value; nil while the registry has asked for nothing, and for nobody at a basic one.
    func authorization(registry: String, host: String, scope: String?, credential: Credential?) async throws -> Secret?
    {
        guard let challenge = challenges[registry] else { return nil }
        guard challenge.scheme == "bearer", let realm = challenge.parameters["realm"] else { return credential?.basic }
        guard RealmRule.allows(realm, for: registry) else {
            let place = URLText.parts(realm)?.host ?? "what is no URL"
            throw RegistryError(.foreignRealm, "\(host) asks for a login at \(place), which is not its own")
        }
        let wish = TokenService.Wish(
            host: host, realm: realm, service: challenge.parameters["service"], scope: scope, credential: credential)
        return Secret("Bearer " + (try await token(wish, registry: registry)).reveal())
    }

    /// Drops a token that the registry did not take.
    func forget(registry: String, scope: String?, credential: Credential?) {
        entries[key(registry, scope, credential)] = nil
    }

    private func token(_ wish: TokenService.Wish, registry: String) async throws -> Secret {
        let key = key(registry, wish.scope, wish.credential)
        switch entries[key] {
        case .valid(let text, let until) where time.now() < until: return text
        case .pending(let task): return try await task.value.text
        case .valid, nil: break
        }
        if let refusal = refusals[Key(registry: registry, credential: key.credential)] { throw refusal }
        let started = time.now()
        let task = Task { [service] in try await service.token(wish) }
        entries[key] = .pending(task)
        do {
            let token = try await task.value
            // A tenth of its life, and 10 seconds at most, are kept for the request that it goes out with.
            let life = Double(token.lifetime)
            entries[key] = .valid(token.text, until: started.addingTimeInterval(life - min(10, life / 10)))
            return token.text
        } catch {
            entries[key] = nil
            // A wrong login is not sent again: after some of them Docker Hub locks the account.
            if let error = error as? RegistryError, error.kind == .unauthorized {
                refusals[Key(registry: registry, credential: key.credential)] = error
            }
            throw error
        }
    }

    private func key(_ registry: String, _ scope: String?, _ credential: Credential?) -> Key {
        Key(registry: registry, scope: scope, credential: credential.map { Digest.of(Array($0.encoded.reveal().utf8)) })
    }
}
