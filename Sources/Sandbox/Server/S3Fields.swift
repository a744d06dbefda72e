internal import AWS
internal import HTTP
internal import HTTPTypes

/// The header fields and the version of a request for S3. Each is read by the operation, or means what the sandbox does
/// anyway, or is refused as S3 refuses what it does not have: none is passed over in silence.
struct S3Fields: Sendable {
    let request: S3Request
    /// The sandbox's account, which owns every bucket.
    let account: String

    /// Fields that concern the connection or the signature, and those that change nothing where the caller's own account
    /// pays and no object is retained.
    private static let understood: Set<String> = [
        "x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent", "x-amz-te",
        "x-amz-request-payer", "x-amz-expected-bucket-owner", "x-amz-bypass-governance-retention",
    ]

    /// Fields of which the sandbox has these values only: those of a bucket with S3's defaults.
    private static let only: [String: Set<String>] = [
        "x-amz-bucket-namespace": ["global"], "x-amz-bucket-object-lock-enabled": ["false", "False"],
        "x-amz-object-ownership": ["BucketOwnerEnforced"], "x-amz-optional-object-attributes": ["RestoreStatus"],
        "x-amz-server-side-encryption": ["AES256"], "x-amz-server-side-encryption-aws-kms-key-id": [],
        "x-amz-server-side-encryption-bucket-key-enabled": ["false", "False"], "x-amz-storage-class": ["STANDARD"],
        "x-amz-tagging": [""],
    ]

    /// Throws what S3 answers to the first field that the sandbox cannot follow.
    func check(for operation: any S3.Operation.Type) throws(ServiceError) {
        try checkOwner()
        try checkVersion()
        for field in request.headers {
            try check(field.name.canonicalName, field.value, operation)
        }
    }

    private func check(_ name: String, _ value: String, _ operation: any S3.Operation.Type) throws(ServiceError) {
        if name == "expires", operation.binding?.method == .put { throw ServiceError.headerNotImplemented("Expires") }
        guard name.hasPrefix("x-amz-") else { return }
        if name == "x-amz-acl" || name.hasPrefix("x-amz-grant-") { return try checkAccess(name, value, operation) }
        if let values = Self.only[name] {
            guard values.contains(value) else { throw ServiceError.headerNotImplemented("\(name): \(value)") }
            return
        }
        guard Self.understood.contains(name) || Self.reads(operation, name) else {
            throw ServiceError.headerNotImplemented(name)
        }
    }

    private static func reads(_ operation: any S3.Operation.Type, _ name: String) -> Bool {
        operation.binding?.input.values.contains { place in
            switch place {
            case .header(let field, _): field.lowercased() == name
            case .headers(let prefix): name.hasPrefix(prefix.lowercased())
            case .address, .path, .query: false
            }
        } ?? false
    }

    /// Buckets are made without access lists (S3 User Guide, "Controlling ownership of objects and disabling ACLs for
    /// your bucket"): only what would give nobody else anything is taken.
    private func checkAccess(_ name: String, _ value: String, _ operation: any S3.Operation.Type) throws(ServiceError) {
        if name == "x-amz-acl", ["private", "bucket-owner-full-control"].contains(value) { return }
        throw operation == S3.CreateBucket.self
            ? ServiceError(
                "InvalidBucketAclWithObjectOwnership",
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
            : ServiceError("AccessControlListNotSupported", "The bucket does not allow ACLs")
    }

    private func checkOwner() throws(ServiceError) {
        guard let name = HTTPField.Name("x-amz-expected-bucket-owner"), let owner = request.headers[name] else {
            return
        }
        guard owner.utf8.count == 12, owner.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            throw ServiceError(
                "InvalidBucketOwnerAWSAccountID",
                "The value of the expected bucket owner parameter must be an AWS account ID")
        }
        guard owner == account else { throw ServiceError("AccessDenied", "Access Denied", status: 403) }
    }

    /// Buckets keep no versions: an object has the one that is called `null`.
    private func checkVersion() throws(ServiceError) {
        let query = String(request.target.drop { $0 != "?" }.dropFirst())
        let version = URLText.queryPairs(query).first { $0.name == "versionId" }?.value
        guard (version ?? "null") == "null" else {
            throw ServiceError("InvalidArgument", "Invalid version id specified")
        }
    }
}
