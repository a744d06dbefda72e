internal import Core

/// Credentials that stand on this machine: in variables or in a profile.
enum LocalCredentials {
    /// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; nil where there is no key id, an error where the secret is missing.
    static func environment(_ variables: EnvironmentVariables) throws -> AWSCredentials? {
        guard let id = variables["AWS_ACCESS_KEY_ID"] else { return nil }
        guard let secret = variables["AWS_SECRET_ACCESS_KEY"] else {
            throw half("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not")
        }
        let expiration = variables["AWS_CREDENTIAL_EXPIRATION"].flatMap(ISO8601.date)
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: (variables["AWS_SESSION_TOKEN"] ?? variables["AWS_SECURITY_TOKEN"]).map { Secret($0) },
            expiration: expiration)
    }

    /// The keys that one of the files has for a profile; nil where there is no key id, an error where the secret is missing.
    static func keys(_ settings: [String: String], of profile: SharedConfiguration.Profile) throws -> AWSCredentials? {
        func setting(_ name: String) -> String? { settings[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = setting("aws_access_key_id") else { return nil }
        guard let secret = setting("aws_secret_access_key") else {
            throw half("the AWS profile \(profile.name) has aws_access_key_id and no aws_secret_access_key")
        }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: (setting("aws_session_token") ?? setting("aws_security_token")).map { Secret($0) })
    }

    private static func half(_ what: String) -> UnthrottleError {
        UnthrottleError(.credentials, what, hint: "Set both, or neither.")
    }
}
