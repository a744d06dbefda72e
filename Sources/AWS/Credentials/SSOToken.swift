internal import Core
internal import FoundationEssentials

/// A token of IAM Identity Center as `aws sso login` keeps it in a file: what this program does not know of it stays (format: botocore's
/// `SSOTokenProvider`).
struct SSOToken: Sendable {
    private var members: [String: JSON]
    private(set) var accessToken: String
    private(set) var expiresAt: Date

    /// Nil for a text that is none.
    init?(_ text: String) {
        guard let members = (try? JSON(parsing: Data(text.utf8)))?.object, let token = members["accessToken"]?.string,
            let end = members["expiresAt"]?.string.flatMap(ISO8601.date), !token.contains(where: \.isNewline)
        else { return nil }
        (self.members, accessToken, expiresAt) = (members, token, end)
    }

    /// The body that asks for a fresh one; nil where the file has no refresh token, or the client that it was given to has ended.
    func renewal(at now: Date) -> JSON? {
        guard let token = members["refreshToken"]?.string, let id = members["clientId"]?.string,
            let secret = members["clientSecret"]?.string,
            let end = members["registrationExpiresAt"]?.string.flatMap(ISO8601.date), end > now
        else { return nil }
        return [
            "grantType": "refresh_token", "clientId": .string(id), "clientSecret": .string(secret),
            "refreshToken": .string(token),
        ]
    }

    /// Takes the answer in; false where it is none. Without a new refresh token the old one stays good (RFC 6749, section 6).
    mutating func renew(with answer: [UInt8], at now: Date) -> Bool {
        guard let fresh = (try? JSON(parsing: Data(answer)))?.object, let token = fresh["accessToken"]?.string,
            case .integer(let seconds) = fresh["expiresIn"], seconds > 0, !token.contains(where: \.isNewline)
        else { return false }
        (accessToken, expiresAt) = (token, now.addingTimeInterval(Double(seconds)))
        members["accessToken"] = .string(token)
        members["expiresAt"] = .string(ISO8601.text(expiresAt))
        if let next = fresh["refreshToken"]?.string { members["refreshToken"] = .string(next) }
        return true
    }

    /// The file's new text.
    var text: String { JSON.object(members).text() }
}
