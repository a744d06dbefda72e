public import Core
public import FoundationEssentials

/// What signs a request.
public struct AWSCredentials: Sendable, Equatable {
    /// The public half, such as `AKIA...`; it stands in every request.
    public var accessKeyID: String
    /// The half that is never sent.
    public var secretAccessKey: Secret
    /// What temporary credentials carry besides.
    public var sessionToken: Secret?
    /// When temporary credentials end.
    public var expiration: Date?

    /// Credentials from their parts.
    public init(accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil, expiration: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}

/// A source of credentials.
public protocol CredentialProvider: Sendable {
    /// Credentials that are valid now; throws `UnthrottleError` `.credentials` where there are none.
    func credentials() async throws -> AWSCredentials
}

/// The same credentials every time.
public struct StaticCredentials: CredentialProvider {
    private let value: AWSCredentials

    /// Always `value`.
    public init(_ value: AWSCredentials) { self.value = value }

    /// The value.
    public func credentials() async throws -> AWSCredentials { value }
}
