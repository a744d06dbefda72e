internal import Core
internal import FoundationEssentials

/// Secrets' contents, shared by all helper processes of a caller: the first that lacks one asks, and the others wait for its answer.
struct AnswerCache: ~Copyable {
    /// How long an answer is used: docker tells a helper nothing of a refusal, so a rotated secret is used this much later.
    static let life = 300.0

    private let folder: CacheFolder
    private let identity: CallerIdentity
    private let seal: CacheSeal
    private let now: () -> Double
    private let wait: () -> Void

    /// A cache in `folder`. `now` is in seconds since 1970; `wait` lets a little time pass.
    init(
        _ folder: consuming CacheFolder, identity: CallerIdentity, now: @escaping () -> Double,
        wait: @escaping () -> Void
    ) {
        self.folder = folder
        self.identity = identity
        self.now = now
        self.wait = wait
        seal = CacheSeal(key: identity.sealingKey)
    }

    /// The cached content, or what `ask` returns, which no other process asks for at the same time. A failure is shared with those who
    /// waited for it, and with nobody else. Throws when `deadline` (seconds since 1970) passes while another process asks.
    func content(of place: SecretPlace, deadline: Double, ask: () throws -> SecretContent) throws -> SecretContent {
        let (name, start) = (identity.fileName(for: place), now())
        while true {
            // Opened anew each time: the file may have been removed meanwhile.
            guard let file = folder.file(name) else { return try ask() }
            if let content = try answer(in: file, name, since: start) { return content }
            if file.tryLock() {
                if let content = try answer(in: file, name, since: start) { return content }
                return try fill(file, name, ask)
            }
            guard now() < deadline else {
                throw HelperFailure(
                    "another docker-credential-unthrottle is asking for the secret \(place.secret), and has no answer yet",
                    hint: "AWS is slow to answer. UNTHROTTLE_TIMEOUT=10 waits ten seconds.")
            }
            wait()
        }
    }

    /// Forgets what is cached of a secret.
    func forget(_ place: SecretPlace) { folder.remove(identity.fileName(for: place)) }

    private func fill(
        _ file: borrowing CacheFile, _ name: String, _ ask: () throws -> SecretContent
    ) throws -> SecretContent {
        folder.sweep(olderThan: Int(Self.life), now: Int(now()), keeping: name)
        do {
            let content = try ask()
            keep(.content(content, end: now() + Self.life), in: file, name)
            return content
        } catch {
            let failure = HelperFailure(error)
            keep(.failure(failure, time: now()), in: file, name)
            throw failure
        }
    }

    private func keep(_ record: CacheRecord, in file: borrowing CacheFile, _ name: String) {
        if let bytes = record.bytes, let sealed = seal.seal(bytes, name: name) { file.write(sealed) }
    }

    private func answer(in file: borrowing CacheFile, _ name: String, since start: Double) throws -> SecretContent? {
        switch seal.open(file.read(), name: name).flatMap({ CacheRecord($0) }) {
        // An end further off than an answer lives is a clock that was set back.
        case .content(let content, let end) where end > now() && end <= now() + Self.life: return content
        case .failure(let failure, let time) where time >= start: throw failure
        default: return nil
        }
    }
}
