internal import AWS
internal import Core
internal import FoundationEssentials
internal import HTTP

/// Reads a secret from Secrets Manager: one signed request, and nothing else unless a role is asked for.
struct SecretSource: Sendable {
    var variables: EnvironmentVariables
    var transport: any Transport
    var time: Timekeeper = .system
    var dice: Dice = .system

    /// The secret's logins. Throws `HelperFailure`.
    func content(of place: SecretPlace) async throws -> SecretContent {
        do {
            let aws = try client(for: place)
            let answer = try await aws.call(SecretsManager.GetSecretValue(secretId: place.secret))
            guard let text = answer.secretString?.secret ?? answer.secretBinary.map({ Self.text($0.reveal()) }) else {
                throw HelperFailure("the secret \(place.secret) has no value")
            }
            return try SecretContent(text, of: place)
        } catch let error as AWSError {
            throw SecretRefusal.failure(error, place: place, region: place.ownRegion ?? variables["AWS_REGION"])
        } catch {
            throw HelperFailure(error)
        }
    }

    private func client(for place: SecretPlace) throws -> AWSClient {
        let profile = try SharedConfiguration(variables)
        let configuration = try AWSConfiguration(variables, profile: profile, region: place.ownRegion)
        // Off EC2 its metadata service takes seconds to be missed.
        let asksInstance = variables["UNTHROTTLE_INSTANCE_METADATA"]?.lowercased() == "true"
        let own = CredentialChain.standard(
            variables, profile: profile, region: place.ownRegion, transport: transport, time: time, dice: dice,
            options: .init(asksInstance: asksInstance))
        func client(_ credentials: any CredentialProvider) -> AWSClient {
            AWSClient(configuration, credentials: credentials, transport: transport, time: time, dice: dice)
        }
        guard let role = place.role else { return client(own) }
        return client(RoleCredentials(role: role, caller: client(own)))
    }

    private static func text(_ data: Data) -> Secret { Secret(String(decoding: data, as: UTF8.self)) }
}

/// What AWS refused, with what to do for this secret.
enum SecretRefusal {
    static func failure(_ error: AWSError, place: SecretPlace, region: String?) -> HelperFailure {
        let general = error.forPeople
        let hint: String? =
            if error.isNotFound {
                "There is no secret \(place.secret)\(region.map { " in \($0)" } ?? ""). Name yours in UNTHROTTLE_SECRET or in "
                    + "~/.config/unthrottle/helper.json, or make it: unthrottle fix."
            } else if error.isAccessDenied, error.message.contains("KMS") {
                "The secret is encrypted with a key that this role may not use; the role needs kms:Decrypt on that key."
            } else if error.code == "InvalidRequestException", error.message.contains("deletion") {
                "The secret is scheduled for deletion: aws secretsmanager restore-secret --secret-id \(place.secret)"
            } else {
                general.hint
            }
        return HelperFailure(general.description, hint: hint)
    }
}
