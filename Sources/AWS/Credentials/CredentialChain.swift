public import Core
public import HTTP

/// The order in which the SDKs look for credentials (botocore's `create_credential_resolver`): environment, the profile's role, web
/// identity, SSO, the credentials file, a login session, a process, the config file, container, and the instance metadata service
/// where it is asked for. A profile that was asked for by an argument stands before the environment, which is then not looked at.
public struct CredentialChain: CredentialProvider {
    /// What a chain may do beside reading files and variables.
    public struct Options: Sendable {
        /// Whether EC2's metadata service is asked last. Off EC2 that takes up to a second.
        public var asksInstance: Bool
        /// Asks the person for the present code of an MFA device; nil where nobody can be asked.
        public var mfaCode: MFAPrompt?

        /// Asks for a code of the device with this serial number or ARN; nil for no answer.
        public typealias MFAPrompt = @Sendable (_ serial: String) async throws -> String?

        /// By default nothing of it.
        public init(asksInstance: Bool = false, mfaCode: MFAPrompt? = nil) {
            self.asksInstance = asksInstance
            self.mfaCode = mfaCode
        }
    }

    private let surroundings: CredentialSurroundings

    /// A chain; wrap it in ``RefreshingCredentials``, or take ``standard(_:profile:region:transport:time:dice:options:)``.
    /// `region` is where STS is called; as for every other call where it is nil. `write` is for renewed tokens alone.
    public init(
        _ variables: EnvironmentVariables, profile: SharedConfiguration, region: String? = nil,
        transport: any Transport, time: Timekeeper = .system, dice: Dice = .system, options: Options = Options(),
        read: @escaping @Sendable (String) throws -> String? = { try PrivateFiles.read($0) },
        write: @escaping @Sendable (_ text: String, _ path: String) throws -> Void = {
            try PrivateFiles.write($0, to: $1)
        }
    ) {
        surroundings = CredentialSurroundings(
            variables: variables, shared: profile, region: region, transport: transport, time: time, dice: dice,
            options: options, read: read, write: write)
    }

    /// The chain with its credentials kept and refreshed.
    public static func standard(
        _ variables: EnvironmentVariables, profile: SharedConfiguration, region: String? = nil,
        transport: any Transport, time: Timekeeper = .system, dice: Dice = .system, options: Options = Options()
    ) -> RefreshingCredentials {
        RefreshingCredentials(
            CredentialChain(
                variables, profile: profile, region: region, transport: transport, time: time, dice: dice,
                options: options), time: time)
    }

    /// The first source's that has any; throws `credentials` saying what was looked at, or what is wrong with the source that was
    /// meant: a source that is configured and fails is an error, never a reason to take the next one.
    public func credentials() async throws -> AWSCredentials {
        guard let found = try await find() else { throw none }
        return found.credentials
    }

    /// The same with its source; nil where no source has any.
    func find() async throws -> FoundCredentials? {
        let (variables, shared) = (surroundings.variables, surroundings.shared)
        if !shared.isExplicit, let found = try LocalCredentials.environment(variables) {
            return FoundCredentials(method: .environment, credentials: found)
        }
        let profiles = ProfileCredentials(surroundings)
        if let found = try await profiles.assumedRole(of: shared.current) {
            return FoundCredentials(method: .assumeRole, credentials: found)
        }
        if let found = try await profiles.own(of: shared.current, environment: !shared.isExplicit) { return found }
        if let container = try ContainerCredentials(surroundings) {
            return FoundCredentials(method: .container, credentials: try await container.credentials())
        }
        if surroundings.options.asksInstance, let found = try await InstanceCredentials(surroundings).find() {
            return FoundCredentials(method: .instance, credentials: found)
        }
        return nil
    }

    private var none: UnthrottleError {
        let shared = surroundings.shared
        let environment = shared.isExplicit ? "" : "the environment has no AWS_ACCESS_KEY_ID; "
        let instance = surroundings.options.asksInstance ? "; no EC2 metadata service answers" : ""
        return UnthrottleError(
            .credentials,
            "no AWS credentials: \(environment)the profile \(shared.profileName) has no keys in "
                + "\(shared.paths.joined(separator: " or ")); no container endpoint is set\(instance)",
            hint: """
                Run `aws configure` or `aws configure sso`, or let the AWS CLI hand over what it has: \
                eval "$(aws configure export-credentials --format env)"
                """)
    }
}
