internal import AWS
internal import HTTPTypes

/// What a request that the sandbox does not know was for, as far as it says.
struct UnknownRequest: Sendable {
    /// Whether it is in the form of the Query protocol.
    let isForm: Bool
    /// Whether it is a POST, as JSON and Query requests are.
    let isCall: Bool
    /// What is not there, and what is.
    let message: String

    init(_ request: LoopbackRequest) {
        isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        let target = request.headers[HTTPField.Name("X-Amz-Target") ?? .contentType].flatMap {
            $0.contains(".") ? $0 : nil
        }
        let signed = request.headers[.authorization].flatMap { SigV4.Authorization($0)?.scope.service }
        let services = AWSService.all.map(\.id).sorted().joined(separator: ", ")
        let path = request.target.prefix { $0 != "?" }
        let operation = target ?? "\(request.method.rawValue) \(path)"
        isCall = request.method == .post
        message =
            "The sandbox knows no \(operation)\(signed.map { " of the service \($0)" } ?? ""). Its services are \(services)."
    }
}
