internal import Core
internal import HTTP

/// What the sources of a chain work with.
struct CredentialSurroundings: Sendable {
    let variables: EnvironmentVariables
    let shared: SharedConfiguration
    /// The Region that the command line names.
    let region: String?
    let transport: any Transport
    let time: Timekeeper
    let dice: Dice
    let options: CredentialChain.Options
    let read: @Sendable (String) throws -> String?
    /// Writes a text to a path: whole or not at all, for its owner alone.
    let write: @Sendable (_ text: String, _ path: String) throws -> Void

    /// A client for STS, and for how SSO is reached.
    func client(_ credentials: any CredentialProvider) throws -> AWSClient {
        AWSClient(
            try AWSConfiguration(variables, profile: shared, region: region), credentials: credentials,
            transport: transport, time: time, dice: dice)
    }
}

/// Whoever asks with it sends nothing signed: for operations that carry their own proof.
struct NoCredentials: CredentialProvider {
    func credentials() async throws -> AWSCredentials {
        throw UnthrottleError(.credentials, "this call carries no AWS credentials")
    }
}
