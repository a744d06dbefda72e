internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes
internal import Synchronization

/// Docker Hub's behaviour towards those who pull, without a network: a request goes in, its answer comes out.
final class Hub: Sendable {
    struct State: Sendable {
        var ledger: PullLedger
        var logins = LoginGuard()
        var counts = HubCounts()
    }

    let configuration: HubConfiguration
    let accounts: [String: HubAccount]
    let images: ImageLibrary
    let time: Timekeeper
    let tokens: HubTokens
    let state: Mutex<State>

    init(_ configuration: HubConfiguration, images: ImageLibrary, time: Timekeeper, dice: Dice) {
        self.configuration = configuration
        self.images = images
        self.time = time
        accounts = Dictionary(configuration.accounts.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        tokens = HubTokens(dice: dice)
        state = Mutex(State(ledger: PullLedger(window: configuration.window)))
    }

    /// Answers one request as Docker Hub would, with its registry, its token endpoint and its content under one origin.
    func answer(_ request: LoopbackRequest) -> LoopbackAnswer {
        let halves = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.count > 1 ? URLText.queryPairs(String(halves[1])) : []
        let route = HubRoute(String(halves.first ?? "/"))
        do throws(Refused) {
            switch route {
            case .token: return try token(request, query)
            case .content(let digest): return try content(digest, query, request)
            case .counts: return counts(request)
            case .base, .manifest, .blob, .tags: return try registry(route, query, request)
            case .unknown: throw Refused(.unknownRoute)
            }
        } catch {
            var answer = error.refusal.answer(realm: "http://\(request.authority)/token")
            for field in error.headers { answer.headers.append(field) }
            return answer
        }
    }

    /// A refusal on its way out, with what other headers the answer carries.
    struct Refused: Error {
        var refusal: HubRefusal
        var headers: HTTPFields

        init(_ refusal: HubRefusal, _ headers: HTTPFields = [:]) {
            self.refusal = refusal
            self.headers = headers
        }
    }

    /// Whether somebody (nobody, for nil) may pull from a repository.
    func mayPull(_ repository: String, as account: String?) -> Bool {
        guard images.repositories[repository] != nil else { return false }
        guard let readers = configuration.privateRepositories[repository] else { return true }
        return account.map(readers.contains) ?? false
    }

    func limit(of account: HubAccount?) -> PullLimit { account?.limit ?? configuration.anonymousLimit }

    private func counts(_ request: LoopbackRequest) -> LoopbackAnswer {
        let document = (try? JSON(encoding: state.withLock { $0.counts })) ?? .null
        return LoopbackAnswer(
            status: 200, headers: [.contentType: "application/json"], body: Array((document.text() + "\n").utf8))
    }
}
