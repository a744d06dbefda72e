internal import Core
internal import FoundationEssentials

/// A role that is assumed with keys (STS AssumeRole), as a profile describes it.
struct AssumedRole: Sendable {
    private let arn: String
    private let profile: SharedConfiguration.Profile
    private let duration: Int?

    /// Throws `credentials` for a `duration_seconds` that is no number.
    init(_ arn: String, _ profile: SharedConfiguration.Profile) throws {
        self.arn = arn
        self.profile = profile
        duration = try profile["duration_seconds"].map { text in
            guard let seconds = Int(text) else {
                throw UnthrottleError(
                    .credentials, "the AWS profile \(profile.name) has duration_seconds = \(text), which is no number",
                    hint: "It is between 900 and 43200.")
            }
            return seconds
        }
    }

    /// The role's keys; throws `credentials` where an MFA code is needed and cannot be had, and what STS says.
    func credentials(with source: AWSCredentials, _ surroundings: CredentialSurroundings) async throws -> AWSCredentials
    {
        let serial = profile["mfa_serial"]
        var tokenCode: String?
        if let serial { tokenCode = try await code(of: serial, surroundings) }
        let operation = STS.AssumeRole(
            roleArn: arn, roleSessionName: STS.sessionName(profile["role_session_name"], surroundings),
            durationSeconds: duration, externalId: profile["external_id"], serialNumber: serial,
            tokenCode: tokenCode)
        let client = try surroundings.client(StaticCredentials(source))
        return try await STS.keys(of: arn, profile.name) { try await client.call(operation).credentials }
    }

    private func code(of serial: String, _ surroundings: CredentialSurroundings) async throws -> String {
        if let code = try await surroundings.options.mfaCode?(serial)?.trimmed, !code.isEmpty { return code }
        throw UnthrottleError(
            .credentials, "the AWS profile \(profile.name) needs a code of the MFA device \(serial)",
            hint: "Run it at a terminal, where the code is asked for, or hand in keys: "
                + "eval \"$(aws configure export-credentials\(profile.option) --format env)\"")
    }
}

/// A role that is assumed with a token of an identity provider (STS AssumeRoleWithWebIdentity): Kubernetes, other CI systems.
struct WebIdentityRole: Sendable {
    private let arn: String
    private let file: String
    private let session: String?
    private let profile: SharedConfiguration.Profile
    private let surroundings: CredentialSurroundings

    /// As AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN and AWS_ROLE_SESSION_NAME say where `environment` counts, else as the profile
    /// does, each by itself; nil where there is no token file. Throws `credentials` where there is no role.
    init?(
        _ profile: SharedConfiguration.Profile, environment: Bool, _ surroundings: CredentialSurroundings
    ) throws {
        func setting(_ variable: String, _ name: String) -> String? {
            (environment ? surroundings.variables[variable] : nil) ?? profile[name]
        }
        guard let file = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return nil }
        guard let arn = setting("AWS_ROLE_ARN", "role_arn") else {
            throw UnthrottleError(
                .credentials, "there is a web identity token (\(file)) and no role to assume with it",
                hint: "Set AWS_ROLE_ARN, or role_arn in the AWS profile \(profile.name).")
        }
        self.arn = arn
        self.file = file
        session = setting("AWS_ROLE_SESSION_NAME", "role_session_name")
        self.profile = profile
        self.surroundings = surroundings
    }

    /// The role's keys; the token is read anew each time, since whoever issued it replaces it.
    func credentials() async throws -> AWSCredentials {
        guard let token = try surroundings.read(file)?.trimmed, !token.isEmpty else {
            throw UnthrottleError(
                .credentials, "\(file), which should hold the web identity token, is missing or empty",
                hint: "Check AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file in the profile.")
        }
        let operation = STS.AssumeRoleWithWebIdentity(
            roleArn: arn, roleSessionName: STS.sessionName(session, surroundings), webIdentityToken: Sensitive(token))
        let client = try surroundings.client(NoCredentials())
        return try await STS.keys(of: arn, profile.name) { try await client.call(operation).credentials }
    }
}

extension STS {
    fileprivate static func sessionName(_ configured: String?, _ surroundings: CredentialSurroundings) -> String {
        configured ?? "unthrottle-\(Int(surroundings.time.now().timeIntervalSince1970))"
    }

    fileprivate static func keys(
        of role: String, _ profile: String, _ call: () async throws -> Credentials?
    ) async throws -> AWSCredentials {
        do {
            guard let keys = try await call() else {
                throw UnthrottleError(.network, "STS answered without keys for the role \(role)")
            }
            return AWSCredentials(
                accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey.secret,
                sessionToken: keys.sessionToken.secret, expiration: keys.expiration)
        } catch let error as AWSError {
            let people = error.forPeople
            throw UnthrottleError(
                .credentials, "the role \(role) (AWS profile \(profile)) cannot be assumed: \(people.message)",
                hint: people.hint)
        }
    }
}
