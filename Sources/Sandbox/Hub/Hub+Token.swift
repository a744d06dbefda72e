internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes
internal import Synchronization

/// The token endpoint (distribution's token specification: GET with Basic, and the OAuth2 POST).
extension Hub {
    func token(_ request: LoopbackRequest, _ query: [(name: String, value: String)]) throws(Refused) -> LoopbackAnswer {
        let isOAuth = request.method == .post
        guard isOAuth || request.method == .get else { throw Refused(.readOnly) }
        let form = isOAuth ? URLText.queryPairs(String(decoding: request.body, as: UTF8.self)) : query
        let account = try isOAuth ? grantee(of: form) : basicLogin(request.headers[.authorization])
        let scopes = form.filter { $0.name == "scope" }.flatMap { $0.value.split(separator: " ") }
        let now = time.now()
        let token = tokens.issue(
            to: account?.id ?? "", access: scopes.compactMap { access(String($0), for: account) }, at: now)
        var answer: [String: JSON] = [
            "access_token": .string(token), "expires_in": .integer(Int64(HubTokens.lifetime)),
            "issued_at": .string(now.formatted(.iso8601)),
        ]
        if isOAuth {
            answer["scope"] = .string(scopes.joined(separator: " "))
            if let account, form.contains(where: { $0 == ("access_type", "offline") }) {
                answer["refresh_token"] = .string(tokens.issueRefresh(to: account.id))
            }
        } else {
            answer["token"] = .string(token)
        }
        state.withLock { state in
            if let account {
                state.counts.accountTokens[account.name, default: 0] += 1
            } else {
                state.counts.anonymousTokens += 1
            }
        }
        return LoopbackAnswer(
            status: 200, headers: [.contentType: "application/json"],
            body: Array((JSON.object(answer).text() + "\n").utf8))
    }

    /// The account that a Basic header logs in; nil where there is none.
    private func basicLogin(_ header: String?) throws(Refused) -> HubAccount? {
        guard let header else { return nil }
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "basic", let data = Data(base64Encoded: String(words[1]))
        else {
            throw Refused(.wrongLogin)
        }
        let halves = String(decoding: data, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return try login(String(halves[0]), Secret(halves.count > 1 ? String(halves[1]) : ""))
    }

    private func grantee(of form: [(name: String, value: String)]) throws(Refused) -> HubAccount {
        let fields = Dictionary(form.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        switch fields["grant_type"] {
        case "password": return try login(fields["username", default: ""], Secret(fields["password", default: ""]))
        case "refresh_token":
            let subject = tokens.subject(ofRefresh: fields["refresh_token", default: ""])
            guard let account = accounts.values.first(where: { $0.id == subject }) else { throw Refused(.wrongLogin) }
            return account
        default: throw Refused(.unsupportedGrant)
        }
    }

    private func login(_ name: String, _ password: Secret) throws(Refused) -> HubAccount {
        let now = time.now()
        let account = accounts[name].flatMap { $0.password == password ? $0 : nil }
        let refusal: HubRefusal? = state.withLock { state in
            if state.logins.isLocked(name, at: now) {
                state.counts.refusedLogins += 1
                return .loginLocked
            }
            if account == nil {
                state.logins.failed(name, at: now)
                state.counts.refusedLogins += 1
                return .wrongLogin
            }
            state.logins.succeeded(name)
            return nil
        }
        if let refusal { throw Refused(refusal) }
        guard let account else { throw Refused(.wrongLogin) }
        return account
    }

    /// What of a scope such as `repository:library/docker:pull,push` is granted: pull at most, and nothing at all of
    /// what the account may not see.
    private func access(_ scope: String, for account: HubAccount?) -> HubClaims.Access? {
        guard let first = scope.firstIndex(of: ":"), let last = scope.lastIndex(of: ":"), first < last,
            scope[..<first] == "repository"
        else { return nil }
        let name = String(scope[scope.index(after: first)..<last])
        let asked = scope[scope.index(after: last)...].split(separator: ",")
        guard asked.contains("pull") || asked.contains("*"), mayPull(name, as: account?.name) else { return nil }
        var parameters: HubClaims.Access.Parameters?
        if case .pulls(let limit) = limit(of: account) {
            parameters = .init(pull_limit: "\(limit)", pull_limit_interval: "\(configuration.window)")
        }
        return HubClaims.Access(name: name, actions: ["pull"], parameters: parameters)
    }
}
