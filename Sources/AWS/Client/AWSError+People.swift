public import Core

extension AWSError {
    /// The same for a person, with what to do next; an access denial names the action and the statement that grants it.
    public var forPeople: UnthrottleError {
        if isAccessDenied { return UnthrottleError(.accessDenied, description, hint: accessHint, cause: nil) }
        if isExpiredCredentials {
            return UnthrottleError(
                .credentials, description,
                hint: "The AWS credentials have expired. Sign in again (`aws sso login`, `aws login` or your own way), "
                    + "then `eval \"$(aws configure export-credentials --format env)\"`.")
        }
        if isWrongCredentials {
            return UnthrottleError(
                .credentials, description,
                hint: "AWS does not accept these credentials. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
                    + "AWS_SESSION_TOKEN (or the profile), and this machine's clock.")
        }
        if isThrottle {
            return UnthrottleError(
                .throttled, description, hint: "AWS asks for fewer calls; wait a minute, then run the command again.")
        }
        if isNotFound { return UnthrottleError(.notFound, description, hint: "Check the name, and the Region.") }
        if RetryTables.isTransient(status: status, code: code) {
            return UnthrottleError(.network, description, hint: "AWS failed; running the command again is safe.")
        }
        return UnthrottleError(.refused, description)
    }

    private var accessHint: String {
        guard let missing = MissingPermission(message) else {
            return "Ask for the permission to call \(operation) in the account's IAM."
        }
        if missing.isExplicitDeny {
            return "A policy forbids \(missing.action) to \(missing.principal) explicitly; a grant does not help, "
                + "the deny has to go."
        }
        return "\(missing.principal) needs this statement in one of its policies:\n\(missing.statement)"
    }
}
