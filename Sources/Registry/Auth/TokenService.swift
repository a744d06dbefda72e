internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// A registry's bearer token and how long it holds.
struct AccessToken: Sendable {
    var text: Secret
    /// In seconds from its making.
    var lifetime: Int
}

/// Gets tokens from a registry's token service (distribution, docs/spec/auth/token.md and oauth.md).
struct TokenService: Sendable {
    let sender: Sender

    /// What a token is for.
    struct Wish: Sendable {
        /// The registry's host, for messages.
        var host: String
        var realm: String
        var service: String?
        /// `repository:library/alpine:pull`; nil to prove a login alone.
        var scope: String?
        var credential: Credential?
    }

    /// A new token; throws ``RegistryError``: a wrong login is never tried again.
    func token(_ wish: Wish) async throws -> AccessToken {
        let isIdentityToken = wish.credential?.passwordKind == .identityToken
        let request = isIdentityToken ? refreshRequest(wish) : basicRequest(wish)
        let answer = try await sender.send(request, host: wish.host, identity: Identity(wish.credential))
        switch answer.status {
        case 200..<300: return try Self.read(answer, host: wish.host)
        case 401,
            400 where isIdentityToken:
            guard let credential = wish.credential else { throw refusal(.denied, answer, wish) }
            let name =
                credential.passwordKind == .identityToken ? "the identity token" : "the login of \(credential.username)"
            throw RegistryError(.unauthorized, "\(wish.host) refused \(name)", words: ErrorBody.words(answer.text))
        case 403: throw refusal(.denied, answer, wish)
        default: throw answer.failure(asking: wish.host, for: "a token", identity: Identity(wish.credential))
        }
    }

    private func refusal(_ kind: RegistryError.Kind, _ answer: Sender.Answer, _ wish: Wish) -> RegistryError {
        RegistryError(
            kind, "\(wish.host) gives no token\(wish.scope.map { " for \($0)" } ?? "")",
            words: ErrorBody.words(answer.text))
    }

    private func basicRequest(_ wish: Wish) -> WebRequest {
        var pairs: [(String, String?)] = [("service", wish.service), ("scope", wish.scope)]
        var headers = HTTPFields()
        if let credential = wish.credential {
            pairs.append(("account", credential.username))
            headers[.authorization] = credential.basic.reveal()
        }
        let query = Self.form(pairs)
        let mark = query.isEmpty ? "" : wish.realm.contains("?") ? "&" : "?"
        return WebRequest(
            .get, wish.realm + mark + query, headers: headers, carriesSecret: wish.credential != nil)
    }

    private func refreshRequest(_ wish: Wish) -> WebRequest {
        let form = Self.form([
            ("grant_type", "refresh_token"), ("service", wish.service), ("scope", wish.scope), ("client_id", "docker"),
            ("refresh_token", wish.credential?.password.reveal()),
        ])
        return WebRequest(
            .post, wish.realm, headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8),
            carriesSecret: true)
    }

    private static func form(_ pairs: [(String, String?)]) -> String {
        pairs.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }.joined(separator: "&")
    }

    private static func read(_ answer: Sender.Answer, host: String) throws -> AccessToken {
        struct Document: Decodable {
            var token: String?
            var access_token: String?
            var expires_in: Int?
        }
        let document = try? JSONDecoder().decode(Document.self, from: Data(answer.text.utf8))
        guard let text = [document?.token, document?.access_token].compactMap(\.self).first(where: { !$0.isEmpty })
        else {
            throw RegistryError(.malformed, "\(host)'s token service answered without a token")
        }
        return AccessToken(text: Secret(text), lifetime: document?.expires_in ?? 60)
    }
}
