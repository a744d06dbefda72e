internal import AWS
internal import Core
internal import HTTP
internal import HTTPTypes

/// A request for S3, the bucket first in its path.
struct S3Request: Sendable {
    /// nil at the root.
    let bucket: String?
    /// Key and query.
    let target: String
    /// The header fields, with those that a presigned URL has in its query instead.
    let headers: HTTPFields
    /// nil for one that the sandbox has not.
    let operation: (any S3.Operation.Type)?
    /// What was asked for: an operation's name where the request tells it, else method and path.
    let name: String

    /// nil for a request that is for another service.
    init?(_ request: LoopbackRequest) {
        let halves = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.count > 1 ? String(halves[1]) : ""
        let pairs = URLText.queryPairs(query)
        guard Self.isMeant(by: request, pairs) else { return nil }
        let path = halves[0].dropFirst()
        let bucketName = path.prefix { $0 != "/" }
        bucket = bucketName.isEmpty ? nil : PercentEncoding.decode(bucketName)
        let key = path.dropFirst(bucketName.count)
        target = (key.isEmpty ? "/" : String(key)) + (halves.count > 1 ? "?\(query)" : "")
        headers = Self.headers(request.headers, pairs)
        // PutObject and UploadPart with this field are other operations, whose body is empty.
        let isCopy = headers[.copySource] != nil
        operation =
            if isCopy {
                nil
            } else if bucketName.isEmpty {
                request.method == .get ? S3.ListBuckets.self : nil
            } else {
                S3.operation(request.method.rawValue, target: target, among: S3.served)
            }
        let copy = pairs.contains { $0.name == "uploadId" } ? "UploadPartCopy" : "CopyObject"
        let told = pairs.first { $0.name == "x-id" }?.value
        name = isCopy ? copy : told ?? "\(request.method.rawValue) \(request.target)"
    }

    /// S3 is the one service here whose requests have a path. One that is signed says for what; one that is not, or in
    /// the way that came before Signature Version 4, can be for S3 alone, unless its body or its token says otherwise.
    private static func isMeant(by request: LoopbackRequest, _ query: [(name: String, value: String)]) -> Bool {
        let credential = query.first { $0.name == "X-Amz-Credential" }?.value
        if let credential { return credential.split(separator: "/").dropLast().last == "s3" }
        if let header = request.headers[.authorization] {
            return SigV4.Authorization(header).map { $0.scope.service == "s3" } ?? header.hasPrefix("AWS ")
        }
        if query.contains(where: { $0.name == "AWSAccessKeyId" }) { return true }
        let isJSON = request.headers[.contentType]?.hasPrefix("application/json") ?? false
        let isRoot = request.target.prefix { $0 != "?" } == "/"
        return !isJSON && !(isRoot && request.method == .post) && request.headers[.singleSignOn] == nil
    }

    /// S3 takes `x-amz-` fields from a presigned URL's query as if they were header fields.
    private static func headers(_ sent: HTTPFields, _ query: [(name: String, value: String)]) -> HTTPFields {
        var headers = sent
        for (name, value) in query {
            guard name.lowercased().hasPrefix("x-amz-"), !signatureParts.contains(name.lowercased()),
                let field = HTTPField.Name(name), headers[field] == nil
            else { continue }
            headers[field] = value
        }
        return headers
    }

    /// What a presigned URL has for its signature alone (S3 API Reference, "Authenticating Requests: Using Query
    /// Parameters").
    private static let signatureParts: Set<String> = [
        "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-signedheaders",
        "x-amz-signature", "x-amz-security-token", "x-amz-content-sha256",
    ]
}

extension HTTPField.Name {
    fileprivate static let copySource = HTTPField.Name("x-amz-copy-source") ?? .date
    fileprivate static let singleSignOn = HTTPField.Name("x-amz-sso_bearer_token") ?? .date
}
