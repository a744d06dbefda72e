internal import AWS
internal import Core

/// Everything that the plan of `login` is made from. The planner reads nothing else.
struct LoginFacts {
    /// A project and what its role may do.
    struct Project {
        var project: CodeBuild.Project
        var role: RoleSurvey
        /// Whether the role's policies already let it read the secret, and decrypt it where that needs a permission.
        var mayReadSecret: Bool
        /// Whether one of them denies it, which no other can outweigh.
        var isDenied: Bool
    }

    var partition: Partition
    var account: String
    var region: String
    var projects: [Project]
    /// What is there under the secret's name.
    var secret: SecretSurvey?
    /// Whether it holds this very credential under the keys that CodeBuild reads.
    var secretIsCurrent: Bool
    /// The customer-managed key of the secret, as it is or as it will be; nil for `aws/secretsmanager`.
    var keyARN: String?
    /// Whether that key's policy leaves the decision to IAM, so that a role's policy can allow its use at all.
    var keyTrustsIAM = true
}

/// What the person asked `fix` for.
public struct LoginRequest: Sendable {
    /// The projects' names.
    public var projects: [String]
    /// An environment image instead of the one that the project has (the article's steps 5 to 9).
    public var image: String?
    /// The secret's name or ARN.
    public var secret: String
    /// The customer-managed key to encrypt a new secret with: an id, ARN or alias.
    public var kmsKey: String?

    /// The article's name for the secret, in lower case.
    public static let defaultSecret = "dockerhub"

    /// A request.
    public init(
        projects: [String], image: String? = nil, secret: String = LoginRequest.defaultSecret, kmsKey: String? = nil
    ) {
        self.projects = projects
        self.image = image
        self.secret = secret
        self.kmsKey = kmsKey
    }
}
