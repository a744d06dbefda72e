internal import AWS
internal import Buildspec
internal import Core
internal import FoundationEssentials

/// What a running build asks of the account that it runs in. The services implement it; a test may too.
protocol BuildHost: Sendable {
    /// Keeps the build as it is now: phases with their contexts, status, variables that it exported, where its log is.
    func update(_ build: CodeBuild.Build) async

    /// Whether the build's service role may make the log stream; throws ``ServiceError`` with AWS's code and words.
    func checkLog(group: String, stream: String, of build: CodeBuild.Build) async throws

    /// Adds lines to a log stream, which is made with the first of them; lines that the build's service role may not
    /// write are lost.
    func append(_ lines: [BuildLogLine], group: String, stream: String, of build: CodeBuild.Build) async

    /// The text of a secret's version, read as the build's service role: its policies, the secret's state and its key's
    /// policy decide. Throws ``ServiceError`` with AWS's code and words.
    func secretValue(_ request: SecretRequest, of build: CodeBuild.Build) async throws -> Secret

    /// The value of a parameter of Systems Manager, read as the build's service role; nil where this host has no
    /// parameters. Throws ``ServiceError``.
    func parameterValue(_ name: String, of build: CodeBuild.Build) async throws -> Secret?

    /// Where the build's commands find credentials of the service role (session name `AWSCodeBuild-` and the build's
    /// UUID); nil where the build has no role.
    func sessionCredentials(of build: CodeBuild.Build) async -> BuildCredentials?

    /// Whether someone asked to stop the build.
    func isStopRequested(_ id: String) async -> Bool
}

/// A line of a build's log.
struct BuildLogLine: Sendable, Hashable {
    /// When.
    var time: Date
    /// The line with its line end, as CodeBuild writes it.
    var text: String
}

/// Which version of which secret a build wants.
struct SecretRequest: Sendable, Hashable {
    /// The secret's name or ARN.
    var secret: String
    /// The version's stage; AWSCURRENT where stage and version are nil.
    var stage: String?
    /// The version's id.
    var version: String?
}

/// Where a build's commands get credentials: the container provider of every AWS SDK
/// (`AWS_CONTAINER_CREDENTIALS_FULL_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN`).
struct BuildCredentials: Sendable {
    /// The address, on loopback.
    var uri: String
    /// The value of the request's Authorization header.
    var token: Secret
}
