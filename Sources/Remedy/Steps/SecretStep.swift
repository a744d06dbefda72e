internal import AWS
internal import Core
internal import FoundationEssentials
internal import Registry

/// Makes the secret, restores it from deletion, or gives it a new value.
///
/// The new version's id is chosen when the plan is made and sent as the idempotency token, which is how Secrets Manager names
/// versions: whether the step was done can be read afterwards, whatever happened to the answer.
public struct SecretStep: PlanStep {
    /// What has to happen.
    public enum Action: String, Codable, Sendable {
        /// There is no such secret.
        case create
        /// It is scheduled for deletion, which keeps its name taken.
        case restore
        /// It is there with another value.
        case update
    }

    /// What has to happen.
    public var action: Action
    /// The secret's name or ARN.
    public var secret: String
    /// The Docker Hub user name that it will hold.
    public var username: String
    /// The customer-managed key that encrypts it; nil for `aws/secretsmanager`.
    public var kmsKey: String?
    /// The version that was current before; nil where there was none.
    public var previousVersion: String?
    /// The version that the step makes.
    public var version: String

    /// How long a deleted secret can be restored, in days: the shortest that AWS allows.
    static let recoveryDays = 7

    /// `secret NAME`.
    public var resource: String { "secret \(secret)" }

    /// The change in one line.
    public var summary: String {
        switch action {
        case .create: "create the secret \(secret)"
        case .restore: "restore the secret \(secret) from deletion and set its value"
        case .update: "give the secret \(secret) a new version"
        }
    }

    /// The keys that are set, the password as dots.
    public var diff: [String] {
        ["+ username: \(username)", "+ password: •••"]
            + (action == .create ? ["+ encrypted with: \(kmsKey ?? "aws/secretsmanager")"] : [])
    }

    /// Reads the secret and compares its current version.
    public func state(on bench: Workbench) async throws -> StepState {
        guard let found = try await SecretSurvey.describe(secret, on: bench.aws) else {
            return action == .create ? .before : .other("it does not exist any more")
        }
        // To schedule the deletion is how a secret that was made is taken back.
        if found.isDeleted { return action == .update ? .other("it is scheduled for deletion") : .before }
        if found.currentVersion == version { return .after }
        if action == .update, found.currentVersion == previousVersion { return .before }
        // Restored by this step, killed before the value was set.
        if action == .restore, found.currentVersion == previousVersion { return .begun }
        return .other("it has another value (version \(found.currentVersion ?? "none"))")
    }

    /// Creates, restores or updates it; keys other than ours are kept, byte for byte.
    public func apply(on bench: Workbench) async throws {
        guard let credential = bench.credential else {
            throw UnthrottleError(.usage, "there is no Docker Hub credential to store in \(secret)")
        }
        var members = JSONObjectText()
        switch action {
        case .create:
            break
        case .restore:
            // An attempt before this one may have restored it.
            if try await SecretSurvey.describe(secret, on: bench.aws)?.isDeleted == true {
                _ = try await bench.aws.call(SecretsManager.RestoreSecret(secretId: secret))
            }
            if previousVersion != nil {
                members = try await SecretSurvey.value(of: secret, on: bench.aws)
            }
        case .update:
            members = try await SecretSurvey.value(of: secret, on: bench.aws)
        }
        members.set("username", to: credential.username)
        members.set("password", to: credential.password.reveal())
        let value = Sensitive(members.text)
        if action == .create {
            _ = try await bench.aws.call(
                SecretsManager.CreateSecret(
                    name: secret, clientRequestToken: version, description: "Docker Hub credential for CodeBuild",
                    kmsKeyId: kmsKey, secretString: value))
        } else {
            _ = try await bench.aws.call(
                SecretsManager.PutSecretValue(secretId: secret, clientRequestToken: version, secretString: value))
        }
    }

    /// Why an updated secret cannot have its former value again: the journal holds no value, so that the version must still be there.
    public func obstacle(on bench: Workbench) async throws -> String? {
        guard action == .update, let previousVersion,
            try await !SecretSurvey.hasVersion(previousVersion, of: secret, on: bench.aws)
        else { return nil }
        return
            "its former value (version \(previousVersion)) cannot be restored, since Secrets Manager has cleared that version "
            + "away and no record of this program holds a password; to have it back, put it in yourself "
            + "(`aws secretsmanager put-secret-value --secret-id \(secret)`)"
    }

    /// Schedules the deletion of a secret that the step made or restored; makes an updated one's former version current again,
    /// under its own id, so that an older update of the same secret can be taken back after it.
    public func revert(on bench: Workbench) async throws -> [String] {
        switch action {
        case .create, .restore:
            _ = try await bench.aws.call(
                SecretsManager.DeleteSecret(secretId: secret, recoveryWindowInDays: Self.recoveryDays))
            return ["The secret \(secret) is scheduled for deletion; it can be restored for \(Self.recoveryDays) days."]
        case .update:
            guard let previousVersion else { return [] }
            _ = try await bench.aws.call(
                SecretsManager.UpdateSecretVersionStage(
                    secretId: secret, versionStage: "AWSCURRENT", removeFromVersionId: version,
                    moveToVersionId: previousVersion))
            return []
        }
    }
}
