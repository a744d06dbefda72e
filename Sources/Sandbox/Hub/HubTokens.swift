internal import Core
internal import Crypto
internal import FoundationEssentials

/// What a bearer token of the hub says: the claims of Docker Hub's own, seen in 2026.
struct HubClaims: Codable, Equatable {
    struct Access: Codable, Equatable {
        struct Parameters: Codable, Equatable {
            var pull_limit: String
            var pull_limit_interval: String
        }
        var type = "repository"
        var name: String
        var actions: [String]
        var parameters: Parameters?
    }

    var access: [Access]
    var aud = "registry.docker.io"
    var exp: Int
    var iat: Int
    var iss = "auth.docker.io"
    /// Stands in the words of an account's pull limit.
    var jti: String
    var nbf: Int
    /// The account's UUID; empty for nobody.
    var sub: String

    /// Whether the token lets its bearer pull from a repository.
    func grantsPull(_ repository: String) -> Bool {
        access.contains { $0.type == "repository" && $0.name == repository && $0.actions.contains("pull") }
    }
}

/// Makes and reads the hub's tokens: JSON Web Tokens (RFC 7519), signed with a key that nobody else has (HS256).
struct HubTokens: Sendable {
    /// Seconds for which a token is good.
    static let lifetime = 300

    private let key: SymmetricKey
    private let dice: Dice

    init(dice: Dice) {
        key = SymmetricKey(data: dice.bytes(32))
        self.dice = dice
    }

    /// A token for a subject, good from `now` on.
    func issue(to subject: String, access: [HubClaims.Access], at now: Date) -> String {
        let second = Int(now.timeIntervalSince1970)
        return sign(
            HubClaims(
                access: access, exp: second + Self.lifetime, iat: second,
                jti: "dckr_jti_" + Self.base64URL(dice.bytes(20), padded: true), nbf: second - Self.lifetime,
                sub: subject))
    }

    /// A token's claims; nil for one that this hub did not make, or that has expired.
    func claims(of token: String, at now: Date) -> HubClaims? {
        read(HubClaims.self, from: token).flatMap { Double($0.exp) > now.timeIntervalSince1970 ? $0 : nil }
    }

    /// An OAuth2 refresh token for an account; it does not expire.
    func issueRefresh(to subject: String) -> String { sign(Refresh(refresh: subject)) }

    /// The account of a refresh token; nil for one that this hub did not make.
    func subject(ofRefresh token: String) -> String? { read(Refresh.self, from: token)?.refresh }

    /// `text` signed, for a link that must not be guessed.
    func seal(_ text: String) -> String {
        Hex.encode(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }

    private struct Refresh: Codable {
        var refresh: String
    }

    private func sign(_ payload: some Encodable) -> String {
        let body = (try? JSON(encoding: payload))?.text() ?? "{}"
        let signed = [#"{"alg":"HS256","typ":"JWT"}"#, body].map { Self.base64URL(Array($0.utf8)) }
            .joined(separator: ".")
        return signed + "." + Self.base64URL(Array(HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key)))
    }

    private func read<Payload: Decodable>(_ type: Payload.Type, from token: String) -> Payload? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let body = Self.decode(parts[1]), let signature = Self.decode(parts[2]) else {
            return nil
        }
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        guard HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: key) else { return nil }
        return try? JSONDecoder().decode(type, from: body)
    }

    /// Base64 with the URL-safe letters (RFC 4648, section 5).
    private static func base64URL(_ bytes: [UInt8], padded: Bool = false) -> String {
        let swapped = Data(bytes).base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        return String(padded ? swapped : swapped.filter { $0 != "=" })
    }

    private static func decode(_ text: Substring) -> Data? {
        let swapped = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        return Data(base64Encoded: swapped + String(repeating: "=", count: (4 - swapped.count % 4) % 4))
    }
}
