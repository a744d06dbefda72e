internal import Core
internal import Crypto
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// Credentials of IAM Identity Center for a profile whose person has signed in with `aws sso login`, which leaves a token in
/// `~/.aws/sso/cache` (SDK guide, "IAM Identity Center authentication").
struct SSOCredentials: Sendable {
    private let startURL: String
    private let region: String
    private let account: String
    private let role: String
    private let session: String?
    private let profile: SharedConfiguration.Profile
    private let surroundings: CredentialSurroundings

    /// Nil for a profile without `sso_account_id` and `sso_role_name`. With `sso_session` the rest stands in that section, else in the
    /// profile. Throws `credentials` for a profile that is incomplete or contradicts its section.
    init?(_ profile: SharedConfiguration.Profile, _ surroundings: CredentialSurroundings) throws {
        guard profile["sso_account_id"] != nil || profile["sso_role_name"] != nil else { return nil }
        session = profile["sso_session"]
        let section = try session.map { name in
            guard let section = surroundings.shared.section("sso-session", name) else {
                throw Self.refusal(profile, "has sso_session = \(name), and there is no section [sso-session \(name)]")
            }
            return section
        }
        for (name, value) in section ?? [:] {
            if let own = profile[name], own != value {
                throw Self.refusal(profile, "and its sso-session differ in \(name)")
            }
        }
        func setting(_ name: String) throws -> String {
            guard let value = profile[name] ?? section?[name], !value.isEmpty else {
                throw Self.refusal(profile, "is set up for SSO and has no \(name)")
            }
            return value
        }
        (startURL, region) = (try setting("sso_start_url"), try setting("sso_region"))
        (account, role) = (try setting("sso_account_id"), try setting("sso_role_name"))
        guard AWSConfiguration.isRegion(region) else { throw Self.refusal(profile, "has no Region in sso_region") }
        self.profile = profile
        self.surroundings = surroundings
    }

    private struct Token: Decodable {
        var accessToken: String
        var expiresAt: String
    }

    private struct Answer: Decodable {
        struct Keys: Decodable {
            var accessKeyId: String
            var secretAccessKey: String
            var sessionToken: String
            /// Milliseconds since 1970.
            var expiration: Double
        }
        var roleCredentials: Keys
    }

    /// The role's keys (GetRoleCredentials); throws `credentials` with the command to run where nobody is signed in.
    func credentials() async throws -> AWSCredentials {
        let token = try self.token()
        let query =
            "role_name=\(PercentEncoding.encode(role))&account_id=\(PercentEncoding.encode(account))"
        let endpoint = CredentialEndpoint(
            name: "IAM Identity Center", attempts: 3, transport: surroundings.transport, time: surroundings.time)
        let response = try await endpoint.fetch(
            WebRequest(
                .get, try url() + "/federation/credentials?" + query, headers: [.ssoBearerToken: token],
                carriesSecret: true))
        switch response.status {
        case 200: break
        case 401: throw signIn("the session has ended")
        default:
            let error = AWSJSON.decodeError(headers: response.head.headers, body: response.bytes)
            throw UnthrottleError(
                .credentials,
                "IAM Identity Center gives no keys for the role \(role) in account \(account): "
                    + "\(error.code ?? "HTTP \(response.status)") \(error.message)".trimmed,
                hint: "Check sso_role_name and sso_account_id of the AWS profile \(profile.name).")
        }
        guard let keys = try? JSONDecoder().decode(Answer.self, from: Data(response.bytes)).roleCredentials else {
            throw UnthrottleError(.credentials, "IAM Identity Center answers something that is no credential")
        }
        return AWSCredentials(
            accessKeyID: keys.accessKeyId, secretAccessKey: Secret(keys.secretAccessKey),
            sessionToken: Secret(keys.sessionToken),
            expiration: Date(timeIntervalSince1970: keys.expiration / 1000))
    }

    /// The file is named after the session, or after the start URL where there is none.
    private func token() throws -> String {
        let name = Hex.encode(Insecure.SHA1.hash(data: Data((session ?? startURL).utf8)))
        let path = surroundings.variables.path("~/.aws/sso/cache/\(name).json")
        guard let text = try surroundings.read(path) else { throw signIn("nobody has signed in on this machine") }
        guard let token = try? JSONDecoder().decode(Token.self, from: Data(text.utf8)),
            let end = ISO8601.date(token.expiresAt), !token.accessToken.contains(where: \.isNewline)
        else { throw signIn("\(path) cannot be read") }
        guard end > surroundings.time.now() else { throw signIn("the session ended at \(ISO8601.text(end))") }
        return token.accessToken
    }

    private func url() throws -> String {
        let configuration = try AWSConfiguration(
            surroundings.variables, profile: surroundings.shared, region: region)
        return try Endpoint.url(
            prefix: "portal.sso", suffix: "SSO", region: region, variant: configuration.endpointVariant,
            overrides: configuration.endpoints)
    }

    private func signIn(_ why: String) -> UnthrottleError {
        UnthrottleError(
            .credentials, "the AWS profile \(profile.name) uses SSO, and \(why)",
            hint: "Run `aws sso login\(profile.option)`.")
    }

    private static func refusal(_ profile: SharedConfiguration.Profile, _ what: String) -> UnthrottleError {
        UnthrottleError(
            .credentials, "the AWS profile \(profile.name) \(what)",
            hint: "Run `aws configure sso\(profile.option)` to set it up.")
    }
}
