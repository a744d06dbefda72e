internal import Core
internal import FoundationEssentials

/// What a profile leads to: keys of its own, or a role that is assumed with those of another profile or source.
struct ProfileCredentials: Sendable {
    typealias Profile = SharedConfiguration.Profile
    private let surroundings: CredentialSurroundings

    init(_ surroundings: CredentialSurroundings) { self.surroundings = surroundings }

    /// The credentials that a profile has without assuming its `role_arn` by keys; nil where it has none. `environment` says whether
    /// the variables of web identity count too.
    func own(of profile: Profile, environment: Bool) async throws -> FoundCredentials? {
        if let role = try WebIdentityRole(profile, environment: environment, surroundings) {
            return FoundCredentials(method: .webIdentity, credentials: try await role.credentials())
        }
        if let sso = try SSOCredentials(profile, surroundings) {
            return FoundCredentials(method: .sso, credentials: try await sso.credentials())
        }
        if let found = try LocalCredentials.keys(profile.credentialsFile, of: profile) {
            return FoundCredentials(method: .credentialsFile, credentials: found)
        }
        if let session = profile["login_session"] {
            let found = try await LoginSession(session, profile, surroundings).credentials()
            return FoundCredentials(method: .login, credentials: found)
        }
        if let command = profile["credential_process"] {
            let process = CredentialProcess(command, profile: profile.name, variables: surroundings.variables)
            return FoundCredentials(method: .process, credentials: try await process.credentials())
        }
        if let found = try LocalCredentials.keys(profile.configFile, of: profile) {
            return FoundCredentials(method: .configFile, credentials: found)
        }
        return nil
    }

    /// The role of a profile, assumed; nil where it has none. `visited` are the profiles that led here.
    func assumedRole(of profile: Profile, visited: [String] = []) async throws -> AWSCredentials? {
        guard let arn = profile["role_arn"], profile["web_identity_token_file"] == nil else { return nil }
        let source: AWSCredentials
        let role = try AssumedRole(arn, profile)
        switch (profile["source_profile"], profile["credential_source"]) {
        case (let name?, nil):
            source = try await credentials(ofSource: name, for: profile, visited: visited + [profile.name])
        case (nil, let name?): source = try await credentials(ofNamed: name, for: profile)
        case (nil, nil):
            throw refusal(profile, "has role_arn, and neither source_profile nor credential_source")
        case (_?, _?): throw refusal(profile, "has both source_profile and credential_source")
        }
        return try await role.credentials(with: source, surroundings)
    }

    private func credentials(ofSource name: String, for parent: Profile, visited: [String]) async throws
        -> AWSCredentials
    {
        guard let profile = surroundings.shared.profile(name) else {
            let nearest = Nearest.names(to: name, among: surroundings.shared.profileNames)
            throw refusal(
                parent, "has source_profile = \(name), which does not exist",
                hint: nearest.isEmpty ? nil : "Did you mean \(nearest.joined(separator: ", "))?")
        }
        // A profile may name itself, to assume its role with keys of its own; any other way back is a loop.
        let hasKeys = profile["aws_access_key_id"] != nil || profile["aws_secret_access_key"] != nil
        if visited.contains(name), name != parent.name || !hasKeys {
            throw refusal(parent, "leads back to itself: \((visited + [name]).joined(separator: " -> "))")
        }
        if !hasKeys, let assumed = try await assumedRole(of: profile, visited: visited) { return assumed }
        guard let found = try await own(of: profile, environment: false) else {
            throw refusal(parent, "has source_profile = \(name), which has no credentials")
        }
        return found.credentials
    }

    private func credentials(ofNamed source: String, for profile: Profile) async throws -> AWSCredentials {
        let found: AWSCredentials?
        switch source {
        case "Environment": found = try LocalCredentials.environment(surroundings.variables)
        case "EcsContainer": found = try await ContainerCredentials(surroundings)?.credentials()
        case "Ec2InstanceMetadata": found = try await InstanceCredentials(surroundings).find()
        default:
            throw refusal(
                profile, "has credential_source = \(source)",
                hint: "It must be Environment, EcsContainer or Ec2InstanceMetadata.")
        }
        guard let found else { throw refusal(profile, "has credential_source = \(source), which has no credentials") }
        return found
    }

    private func refusal(_ profile: Profile, _ what: String, hint: String? = nil) -> UnthrottleError {
        UnthrottleError(
            .credentials, "the AWS profile \(profile.name) \(what)",
            hint: hint ?? "Mend the profile in \(surroundings.shared.paths.joined(separator: " or ")).")
    }
}
