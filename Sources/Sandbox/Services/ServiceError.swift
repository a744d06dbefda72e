/// An answer of an AWS service that is no: its code, its message and its HTTP status.
struct ServiceError: Error, Sendable, Hashable {
    var code: String
    var message: String
    var status: Int

    init(_ code: String, _ message: String, status: Int = 400) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// The caller may not. Query services call it `AccessDenied` and answer 403.
    static func accessDenied(_ message: String) -> ServiceError { ServiceError("AccessDeniedException", message) }

    /// A member that does not fit the service's model, in the words that AWS's validation has for it.
    static func constraint(_ member: String, _ value: String?, _ rule: String, code: String = "ValidationException")
        -> ServiceError
    {
        let shown = value.map { "'\($0)'" } ?? "null"
        return ServiceError(
            code,
            "1 validation error detected: Value \(shown) at '\(member)' failed to satisfy constraint: Member must \(rule)"
        )
    }
}
