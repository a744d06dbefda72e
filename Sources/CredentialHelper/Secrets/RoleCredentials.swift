internal import AWS
internal import Core

/// The credentials of a role that the caller takes on (STS AssumeRole), for a secret of another account.
struct RoleCredentials: CredentialProvider {
    var role: String
    var caller: AWSClient

    func credentials() async throws -> AWSCredentials {
        let answer = try await caller.call(
            STS.AssumeRole(roleArn: role, roleSessionName: "docker-credential-unthrottle", durationSeconds: 900))
        guard let got = answer.credentials else {
            throw UnthrottleError(.credentials, "STS gave no credentials for the role \(role)")
        }
        return AWSCredentials(
            accessKeyID: got.accessKeyId, secretAccessKey: got.secretAccessKey.secret,
            sessionToken: got.sessionToken.secret, expiration: got.expiration)
    }
}
