internal import Core
internal import Crypto
internal import FoundationEssentials

/// What `aws login` keeps in a file: keys, and what renews them. What this program does not know of it stays.
struct LoginToken: Sendable {
    /// What a renewal needs.
    struct Renewal: Sendable {
        var body: JSON
        var key: SessionKey
    }

    private var members: [String: JSON]
    private(set) var credentials: AWSCredentials
    private(set) var expiresAt: Date

    /// Nil for a text that is none.
    init?(_ text: String) {
        guard let members = (try? JSON(parsing: Data(text.utf8)))?.object, let keys = members["accessToken"],
            let end = keys["expiresAt"]?.string.flatMap(ISO8601.date), let found = Self.credentials(keys, end)
        else { return nil }
        (self.members, credentials, expiresAt) = (members, found, end)
    }

    private static func credentials(_ keys: JSON, _ end: Date) -> AWSCredentials? {
        guard let id = keys["accessKeyId"]?.string, let secret = keys["secretAccessKey"]?.string,
            let token = keys["sessionToken"]?.string
        else { return nil }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: Secret(token), expiration: end)
    }

    /// Nil where the file has no refresh token, or no key that can be read.
    var renewal: Renewal? {
        guard let token = members["refreshToken"]?.string, let id = members["clientId"]?.string,
            let key = members["dpopKey"]?.string.flatMap(SessionKey.init)
        else { return nil }
        return Renewal(
            body: ["grantType": "refresh_token", "clientId": .string(id), "refreshToken": .string(token)], key: key)
    }

    /// Takes the answer in; false where it is none.
    mutating func renew(with answer: [UInt8], at now: Date) -> Bool {
        guard let fresh = (try? JSON(parsing: Data(answer)))?.object, let keys = fresh["accessToken"]?.object,
            let next = fresh["refreshToken"]?.string, case .integer(let seconds) = fresh["expiresIn"], seconds > 0
        else { return false }
        let end = now.addingTimeInterval(Double(seconds))
        guard let found = Self.credentials(.object(keys), end) else { return false }
        (credentials, expiresAt) = (found, end)
        var kept = members["accessToken"]?.object ?? [:]
        kept.merge(keys) { $1 }
        kept["expiresAt"] = .string(ISO8601.text(end))
        members["accessToken"] = .object(kept)
        members["refreshToken"] = .string(next)
        return true
    }

    /// The file's new text.
    var text: String { JSON.object(members).text() }
}

/// The P-256 key that a session is bound to.
struct SessionKey: Sendable {
    private let key: P256.Signing.PrivateKey

    /// From PEM (SEC 1 or PKCS #8); nil where it is none.
    init?(_ pem: String) {
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else { return nil }
        self.key = key
    }

    /// A proof of possession for one POST to `url` (RFC 9449).
    func proof(for url: String, id: String, at now: Date) throws -> String {
        let point = key.publicKey.rawRepresentation
        let header: JSON = [
            "typ": "dpop+jwt", "alg": "ES256",
            "jwk": [
                "kty": "EC", "crv": "P-256", "x": .string(Self.base64(point.prefix(32))),
                "y": .string(Self.base64(point.suffix(32))),
            ],
        ]
        let claims: JSON = [
            "htm": "POST", "htu": .string(url), "iat": .integer(Int64(now.timeIntervalSince1970)), "jti": .string(id),
        ]
        let text = [header, claims].map { Self.base64(Data($0.text().utf8)) }.joined(separator: ".")
        return text + "." + Self.base64(try key.signature(for: Data(text.utf8)).rawRepresentation)
    }

    /// base64url without padding (RFC 7515, section 2).
    private static func base64(_ data: Data) -> String {
        let letters = data.base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        return String(letters.filter { $0 != "=" })
    }
}
