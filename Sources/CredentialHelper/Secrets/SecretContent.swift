internal import Core
internal import Registry

/// The logins that a secret holds, by what the secret calls their registry; the empty name is for any registry.
struct SecretContent: Equatable, Sendable {
    static let anyRegistry = ""

    var logins: [String: Credential]

    /// The login for a server URL; throws where the secret has none for it.
    func credential(for serverURL: String, of place: SecretPlace) throws -> Credential {
        let isHub = DockerHubNames.askedFor.contains(serverURL)
        let names = isHub ? DockerHubNames.written : [serverURL, "https://\(serverURL)", "https://\(serverURL)/"]
        for name in names + [Self.anyRegistry] {
            if let credential = logins[name] { return credential }
        }
        throw HelperFailure(
            "the secret \(place.secret) has no login for \(serverURL)",
            hint: "It has logins by registry; add one named \(isHub ? HubEndpoint.loginKey : serverURL).")
    }

    /// Reads a secret's text in any of the forms that people use:
    ///
    /// - `{"username", "password"}` (CodeBuild), or `accessToken` (ECR's pull-through cache) or `secret` (CDK) for `password`;
    /// - the same by registry, `{"https://index.docker.io/v1/": {...}}`;
    /// - docker's own `{"auths": {...}}`, also as the text of a member `auth_config`.
    init(_ text: Secret, of place: SecretPlace) throws {
        func refusal(_ why: String) -> HelperFailure {
            HelperFailure(
                "the secret \(place.secret) \(why)",
                hint: "Its value should be {\"username\": \"NAME\", \"password\": \"TOKEN\"}.")
        }
        guard let members = (try? JSON(parsing: text.reveal()))?.object else { throw refusal("is not a JSON object") }
        if let credential = Self.login(members) {
            logins = [Self.anyRegistry: credential]
            return
        }
        let inner = members["auth_config"]?.string.flatMap { try? JSON(parsing: $0) }
        let entries = members["auths"]?.object ?? inner?["auths"]?.object ?? members
        logins = entries.compactMapValues { $0.object.flatMap { Self.login($0) } }
        guard logins.isEmpty else { return }
        throw refusal("holds no login: " + Self.complaint(about: members))
    }

    init(logins: [String: Credential]) { self.logins = logins }

    private static let passwordNames = ["password", "accessToken", "secret"]

    private static func login(_ members: [String: JSON]) -> Credential? {
        if let token = text("identitytoken", members) {
            return Credential(username: Credential.identityTokenUsername, password: Secret(token))
        }
        if let encoded = text("auth", members), let credential = Credential(encoded: encoded) { return credential }
        guard let username = text("username", members),
            let password = passwordNames.lazy.compactMap({ text($0, members) }).first
        else { return nil }
        return Credential(username: username, password: Secret(password))
    }

    private static func text(_ name: String, _ members: [String: JSON]) -> String? {
        members[name]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What is wrong, in words that show only names which cannot be a login themselves.
    private static func complaint(about members: [String: JSON]) -> String {
        let lookalikes: Set = [
            "username", "user", "login", "name", "password", "pass", "token", "accesstoken", "secret", "pat", "auth",
        ]
        let found = members.keys.filter { lookalikes.contains($0.lowercased()) }.sorted()
        let known = ["username"] + passwordNames
        if let empty = found.first(where: { known.contains($0) && text($0, members) == nil }) {
            return "\(empty) is empty or not a text"
        }
        if found.isEmpty { return "it has neither username nor password" }
        let missing = text("username", members) == nil ? "username" : "password"
        return "\(missing) is missing, and there is \(found.joined(separator: ", ")) (names are case-sensitive)"
    }
}
