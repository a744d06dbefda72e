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

    /// S3's answer to a header, or a value of one, that it does not follow; `what` names it.
    static func headerNotImplemented(_ what: String? = nil) -> ServiceError {
        ServiceError(
            "NotImplemented",
            "A header you provided implies functionality that is not implemented" + (what.map { ": \($0)" } ?? ""),
            status: 501)
    }

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
