internal import AWS
internal import Core
internal import HTTP
internal import HTTPTypes

/// A request for S3: signed for it by header or by query, the bucket first in the path.
struct S3Request: Sendable {
    /// nil at the root.
    let bucket: String?
    /// Key and query.
    let target: String
    /// The operation's name; nil for one that the sandbox has not.
    let operation: String?

    /// nil for a request that is for another service.
    init?(_ request: LoopbackRequest) {
        let halves = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.count > 1 ? String(halves[1]) : ""
        let credential = URLText.queryPairs(query).first { $0.name == "X-Amz-Credential" }?.value
        let signed = request.headers[.authorization].flatMap { SigV4.Authorization($0)?.scope.service }
        guard signed == "s3" || credential?.split(separator: "/").dropLast().last == "s3" else { return nil }
        let path = halves[0].dropFirst()
        let name = path.prefix { $0 != "/" }
        bucket = name.isEmpty ? nil : PercentEncoding.decode(name)
        let key = path.dropFirst(name.count)
        target = (key.isEmpty ? "/" : String(key)) + (halves.count > 1 ? "?\(query)" : "")
        let type: (any S3.Operation.Type)? =
            if name.isEmpty {
                request.method == .get ? S3.ListBuckets.self : nil
            } else {
                S3.operation(request.method.rawValue, target: target, among: S3.served)
            }
        operation = type?.name
    }
}
