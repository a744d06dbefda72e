internal import Core

/// Where credentials came from; the values are botocore's names.
enum CredentialMethod: String, Sendable, Hashable {
    case environment = "env"
    case assumeRole = "assume-role"
    case webIdentity = "assume-role-with-web-identity"
    case sso
    case credentialsFile = "shared-credentials-file"
    case login
    case process = "custom-process"
    case configFile = "config-file"
    case container = "container-role"
    case instance = "iam-role"
}

/// Credentials and where they came from.
struct FoundCredentials: Sendable, Equatable {
    var method: CredentialMethod
    var credentials: AWSCredentials
}
