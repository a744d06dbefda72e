internal import Core
internal import Crypto
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// Credentials that `aws login` keeps in `~/.aws/login/cache` (or AWS_LOGIN_CACHE_DIRECTORY), in a file named after the SHA-256 of the
/// profile's `login_session` (format: botocore's `LoginTokenLoader`). They are renewed before they end, as the AWS CLI does it.
struct LoginSession: Sendable {
    private let name: String
    private let profile: SharedConfiguration.Profile
    private let surroundings: CredentialSurroundings

    init(_ name: String, _ profile: SharedConfiguration.Profile, _ surroundings: CredentialSurroundings) {
        self.name = name
        self.profile = profile
        self.surroundings = surroundings
    }

    /// From this long before their end on, the keys are renewed.
    private static let threshold = 300.0

    /// The kept keys, or renewed ones; throws `credentials` with the command to run where there are none or they cannot be renewed.
    func credentials() async throws -> AWSCredentials {
        let variables = surroundings.variables
        let folder = variables.path(variables["AWS_LOGIN_CACHE_DIRECTORY"] ?? "~/.aws/login/cache")
        let path = "\(folder)/\(Hex.encode(SHA256.hash(data: Data(name.utf8)))).json"
        guard let text = try surroundings.read(path) else { throw signIn("nobody has signed in on this machine") }
        guard var token = LoginToken(text) else { throw signIn("\(path) cannot be read") }
        let left = token.expiresAt.timeIntervalSince(surroundings.time.now())
        guard left <= Self.threshold else { return token.credentials }
        do {
            try await renew(&token)
        } catch  where left > 0 && !(error is CancellationError) {
            return token.credentials
        }
        try surroundings.write(token.text, path)
        return token.credentials
    }

    /// Asks the sign-in service for fresh keys (CreateOAuth2Token), with a proof that this machine has the session's key.
    private func renew(_ token: inout LoginToken) async throws {
        let ended = "its keys ended at \(ISO8601.text(token.expiresAt))"
        guard let renewal = token.renewal else { throw signIn("\(ended), and there is nothing to renew them with") }
        let configuration = try AWSConfiguration(
            surroundings.variables, profile: surroundings.shared, region: surroundings.region)
        let url =
            try Endpoint.url(
                prefix: "signin", suffix: "SIGNIN", region: configuration.region,
                variant: configuration.endpointVariant, overrides: configuration.endpoints) + "/v1/token"
        let proof = try renewal.key.proof(for: url, id: surroundings.dice.uuid(), at: surroundings.time.now())
        let endpoint = CredentialEndpoint(
            name: "AWS's sign-in service", attempts: 3, transport: surroundings.transport, time: surroundings.time)
        let response = try await endpoint.fetch(
            WebRequest(
                .post, url, headers: [.contentType: "application/json", .dpop: proof],
                body: Array(renewal.body.text().utf8), carriesSecret: true))
        guard response.status == 200 else {
            let code = (try? JSON(parsing: Data(response.bytes)))?["error"]?.string ?? "HTTP \(response.status)"
            throw signIn("\(ended), and are not renewed: \(code)")
        }
        guard token.renew(with: response.bytes, at: surroundings.time.now()) else {
            throw UnthrottleError(.credentials, "AWS's sign-in service answers something that is no credential")
        }
    }

    private func signIn(_ why: String) -> UnthrottleError {
        UnthrottleError(
            .credentials, "the AWS profile \(profile.name) uses `aws login`, and \(why)",
            hint: "Run `aws login\(profile.option)`.")
    }
}
