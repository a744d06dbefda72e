/// The names of the two variables that a login takes its credential from.
public struct LoginVariables: Sendable, Hashable {
    /// The variable that holds the Docker Hub user name.
    public let username: String
    /// The variable that holds the access token or password.
    public let password: String

    /// Those that `unthrottle fix` gives a project.
    public static let usual = LoginVariables(username: "DOCKERHUB_USERNAME", password: "DOCKERHUB_PASSWORD")

    private init(username: String, password: String) { (self.username, self.password) = (username, password) }

    /// Those that a buildspec takes from Secrets Manager or the Parameter Store itself, under whatever names; nil where it has
    /// none, or more than one pair.
    public init?(declaredIn document: BuildspecDocument) {
        let environment = document.environment
        let hidden = Array(environment.secrets.keys) + Array(environment.parameters.keys)
        let passwords = hidden.filter { Self.isOfHub($0) && Self.ends($0, with: Self.passwords) }
        let users = (hidden + Array(environment.variables.keys)).filter {
            Self.isOfHub($0) && Self.ends($0, with: Self.users)
        }
        guard passwords.count == 1, users.count == 1 else { return nil }
        self.init(username: users[0], password: passwords[0])
    }

    private static let users = ["USER", "USERNAME", "LOGIN", "USERID", "ID"]
    private static let passwords = ["PASS", "PASSWORD", "PASSWD", "PWD", "TOKEN", "PAT"]

    private static func isOfHub(_ name: String) -> Bool {
        let name = name.uppercased()
        guard name.contains("DOCKER") || name.hasPrefix("HUB_") || name.hasPrefix("DH_") else { return false }
        return !["ECR", "GHCR", "GITHUB", "GITLAB", "QUAY"].contains { name.contains($0) }
    }

    private static func ends(_ name: String, with words: [String]) -> Bool {
        let last = name.uppercased().split(separator: "_").last.map(String.init) ?? ""
        return words.contains { last == $0 || $0.count > 3 && last.hasSuffix($0) }
    }
}
