internal import Core
internal import Crypto
internal import FoundationEssentials

/// Credentials that `aws login` keeps in `~/.aws/login/cache` (or AWS_LOGIN_CACHE_DIRECTORY), in a file named after the SHA-256 of the
/// profile's `login_session` (format: botocore's `LoginTokenLoader`). They are read, not renewed: renewing needs the key that the
/// AWS CLI holds beside them.
struct LoginSession: Sendable {
    private let name: String
    private let profile: SharedConfiguration.Profile
    private let surroundings: CredentialSurroundings

    init(_ name: String, _ profile: SharedConfiguration.Profile, _ surroundings: CredentialSurroundings) {
        self.name = name
        self.profile = profile
        self.surroundings = surroundings
    }

    private struct Token: Decodable {
        struct Keys: Decodable {
            var accessKeyId: String
            var secretAccessKey: String
            var sessionToken: String
            var expiresAt: String
        }
        var accessToken: Keys
    }

    /// The kept keys; throws `credentials` with the command to run where there are none or they have ended.
    func credentials() throws -> AWSCredentials {
        let variables = surroundings.variables
        let folder = variables.path(variables["AWS_LOGIN_CACHE_DIRECTORY"] ?? "~/.aws/login/cache")
        let path = "\(folder)/\(Hex.encode(SHA256.hash(data: Data(name.utf8)))).json"
        guard let text = try surroundings.read(path) else { throw signIn("nobody has signed in on this machine") }
        guard let keys = try? JSONDecoder().decode(Token.self, from: Data(text.utf8)).accessToken,
            let end = ISO8601.date(keys.expiresAt)
        else { throw signIn("\(path) cannot be read") }
        guard end > surroundings.time.now() else {
            throw UnthrottleError(
                .credentials,
                "the AWS profile \(profile.name) uses `aws login`, and its keys ended at \(ISO8601.text(end))",
                hint: "The AWS CLI renews them: `aws sts get-caller-identity\(profile.option)`; "
                    + "or sign in again: `aws login\(profile.option)`.")
        }
        return AWSCredentials(
            accessKeyID: keys.accessKeyId, secretAccessKey: Secret(keys.secretAccessKey),
            sessionToken: Secret(keys.sessionToken), expiration: end)
    }

    private func signIn(_ why: String) -> UnthrottleError {
        UnthrottleError(
            .credentials, "the AWS profile \(profile.name) uses `aws login`, and \(why)",
            hint: "Run `aws login\(profile.option)`.")
    }
}
