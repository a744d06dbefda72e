internal import Core
internal import HTTP
internal import HTTPTypes

/// What a signature takes from anything but the request's method, header fields and body: the same for request after request of one
/// client, within a second.
final class SigningContext: Sendable {
    /// What decides whether it holds for a request.
    struct Basis {
        var url: String
        var rule: SigV4.PathRule
        var service: String
        var region: String
        var credentials: AWSCredentials
        /// Since 1970.
        var second: Int64
    }

    private let basis: Basis
    private let scope: SigV4.Scope
    /// Path and query as they stand in the canonical request.
    let target: String
    /// The lines of the canonical request for the fields that every request has: Host, the date, and a session's token.
    let lines: [SigV4.CanonicalLine]
    /// What stands before the hash in the string to sign.
    let beginningToSign: [UInt8]
    /// The Authorization header up to the names of the signed fields.
    let authorization: [UInt8]
    /// `X-Amz-Date`, ready to be put into a request.
    let date: [HTTPField]
    /// `X-Amz-Security-Token`; empty without a session.
    let token: [HTTPField]
    let key: SigV4.Key

    /// A context; the key is taken from `last` where it is that of the same scope. Throws `invalidInput` for a URL that is none.
    init(_ basis: Basis, after last: SigningContext?) throws {
        guard let parts = URLText.parts(basis.url) else {
            throw UnthrottleError(.invalidInput, "\(URLText.redacted(basis.url)) is no http or https URL")
        }
        let timestamp = SigV4.timestamp(second: basis.second)
        let scope = SigV4.Scope(day: String(timestamp.prefix(8)), region: basis.region, service: basis.service)
        let secret = basis.credentials.secretAccessKey
        (self.basis, self.scope) = (basis, scope)
        target = SigV4.canonicalPath(parts.path, basis.rule) + "\n" + SigV4.canonicalQuery(parts.query ?? "")
        date = [HTTPField(name: .amzDate, value: timestamp)]
        token = basis.credentials.sessionToken.map { [HTTPField(name: .amzSecurityToken, value: $0.reveal())] } ?? []
        lines =
            [SigV4.CanonicalLine("host", parts.authority)]
            + (date + token).map { SigV4.CanonicalLine($0.name.canonicalName, $0.value) }
        beginningToSign = Array(SigV4.beginningToSign(timestamp: timestamp, scope: scope).utf8)
        authorization = Array(
            SigV4.Authorization.beginning(accessKeyID: basis.credentials.accessKeyID, scope: scope).utf8)
        if let last, last.scope == scope, last.basis.credentials.secretAccessKey == secret {
            key = last.key
        } else {
            key = SigV4.key(secret: secret, scope: scope)
        }
    }

    /// Whether it holds for a request.
    func holds(for other: Basis) -> Bool {
        basis.second == other.second && basis.url == other.url && basis.rule == other.rule
            && basis.service == other.service && basis.region == other.region
            && basis.credentials.accessKeyID == other.credentials.accessKeyID
            // Both are our own: nobody can measure how long this takes.
            && basis.credentials.secretAccessKey.reveal() == other.credentials.secretAccessKey.reveal()
            && basis.credentials.sessionToken?.reveal() == other.credentials.sessionToken?.reveal()
    }
}
