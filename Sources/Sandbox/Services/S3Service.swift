internal import AWS
internal import FoundationEssentials

/// S3: buckets. Objects are in the other files.
struct S3Service: Sendable {
    let backend: Backend

    func register(in table: inout OperationTable) {
        table.add(S3.CreateBucket.self, create)
        table.add(S3.DeleteBucket.self, delete)
        table.add(S3.HeadBucket.self) { input, call in
            try backend.store.read { _ = try bucket(input.bucket, for: "s3:ListBucket", $0, call) }
            return .init(bucketRegion: backend.place.region)
        }
        table.add(S3.ListBuckets.self, listBuckets)
        registerObjects(in: &table)
        table.add(S3.ListObjectsV2.self, list)
    }

    private func create(_ input: S3.CreateBucket, _ call: Call) throws -> S3.CreateBucket.Output {
        let name = input.bucket
        guard BucketName.isValid(name) else {
            throw ServiceError("InvalidBucketName", "The specified bucket is not valid.")
        }
        guard (input.locationConstraint ?? backend.place.region) == backend.place.region else {
            throw ServiceError(
                "IllegalLocationConstraintException",
                "The \(input.locationConstraint ?? "") location constraint is incompatible for the region specific endpoint "
                    + "this request was sent to.")
        }
        return try backend.store.change { state in
            try authorize("s3:CreateBucket", "arn:aws:s3:::\(name)", state, call)
            // In us-east-1, making one's own bucket again is no error (API_CreateBucket).
            guard state.objects.buckets[name] == nil || backend.place.region == "us-east-1" else {
                throw ServiceError(
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.", status: 409)
            }
            if state.objects.buckets[name] == nil { state.objects.buckets[name] = .init(created: backend.now) }
            return .init(location: "/\(name)")
        }
    }

    private func delete(_ input: S3.DeleteBucket, _ call: Call) throws -> S3.DeleteBucket.Output {
        try backend.store.change { state in
            guard try bucket(input.bucket, for: "s3:DeleteBucket", state, call).objects.isEmpty else {
                throw ServiceError(
                    "BucketNotEmpty", "The bucket you tried to delete is not empty", status: 409)
            }
            state.objects.buckets[input.bucket] = nil
            return .init()
        }
    }

    /// The bucket, once the caller may do `action` with it, or with an object of it.
    func bucket(_ name: String, for action: String, key: String? = nil, _ state: AccountState, _ call: Call) throws
        -> ObjectsState.Bucket
    {
        try authorize(action, "arn:aws:s3:::\(name)" + (key.map { "/\($0)" } ?? ""), state, call)
        guard let bucket = state.objects.buckets[name] else {
            throw ServiceError("NoSuchBucket", "The specified bucket does not exist", status: 404)
        }
        return bucket
    }

    /// S3 shows the resource in quotes.
    func authorize(_ action: String, _ arn: String, _ state: AccountState, _ call: Call) throws {
        try state.authorize(AccessRequest(call.caller, action, on: arn), shown: "\"\(arn)\"")
    }
}
