internal import AWS
internal import Core
internal import Crypto
internal import FoundationEssentials

extension S3Service {
    func registerObjects(in table: inout OperationTable) {
        table.add(S3.PutObject.self, put)
        table.add(S3.GetObject.self, get)
        table.add(S3.HeadObject.self, head)
        table.add(S3.DeleteObject.self, delete)
    }

    /// Without a condition, a key that is not there is no error. A condition on the object's tag asks for the permission
    /// to read it too (S3 User Guide, "How to perform conditional deletes").
    private func delete(_ input: S3.DeleteObject, _ call: Call) throws -> S3.DeleteObject.Output {
        try backend.store.change { state in
            let old = try bucket(input.bucket, for: "s3:DeleteObject", key: input.key, state, call).objects[input.key]
            if let wanted = input.ifMatch {
                if wanted != "*" {
                    _ = try bucket(input.bucket, for: "s3:GetObject", key: input.key, state, call)
                }
                guard let old, Self.matches(wanted, old.eTag) else { throw Self.precondition }
            }
            state.objects.buckets[input.bucket]?.objects[input.key] = nil
            return .init()
        }
    }

    private func put(_ input: S3.PutObject, _ call: Call) throws -> S3.PutObject.Output {
        guard (1...1024).contains(input.key.utf8.count) else {
            throw ServiceError("KeyTooLongError", "Your key is too long")
        }
        let data = input.body ?? Data()
        try checkSums(input, data)
        let object = ObjectsState.StoredObject(
            data: data, eTag: "\"\(Hex.encode(Array(Insecure.MD5.hash(data: data))))\"",
            // S3 keeps whole seconds.
            modified: Date(timeIntervalSince1970: backend.now.timeIntervalSince1970.rounded(.down)),
            contentType: input.contentType, cacheControl: input.cacheControl,
            contentDisposition: input.contentDisposition, contentEncoding: input.contentEncoding,
            contentLanguage: input.contentLanguage, metadata: input.metadata, crc32: input.checksumCRC32,
            sha1: input.checksumSHA1, sha256: input.checksumSHA256)
        return try backend.store.change { state in
            let old = try bucket(input.bucket, for: "s3:PutObject", key: input.key, state, call).objects[input.key]
            if input.ifNoneMatch != nil, input.ifNoneMatch != "*" {
                throw ServiceError.headerNotImplemented()
            }
            if input.ifNoneMatch == "*", old != nil { throw Self.precondition }
            if let wanted = input.ifMatch {
                guard let old else { throw Self.noKey }
                guard Self.matches(wanted, old.eTag) else { throw Self.precondition }
            }
            state.objects.buckets[input.bucket]?.objects[input.key] = object
            return .init(
                eTag: object.eTag, checksumCRC32: object.crc32, checksumSHA1: object.sha1,
                checksumSHA256: object.sha256, serverSideEncryption: "AES256")
        }
    }

    /// Sums that came with the object must be its own; of kinds that are not checked here, none is taken.
    private func checkSums(_ input: S3.PutObject, _ data: Data) throws {
        guard input.checksumCRC32C == nil, input.checksumCRC64NVME == nil else {
            throw ServiceError(
                "NotImplemented", "The sandbox checks CRC32, SHA1 and SHA256 only", status: 501)
        }
        if let sum = input.contentMD5, sum != Data(Insecure.MD5.hash(data: data)).base64EncodedString() {
            throw ServiceError("BadDigest", "The Content-MD5 you specified did not match what we received.")
        }
        let crc = withUnsafeBytes(of: StoredGzip.crc32(Array(data)).bigEndian) { Data($0) }
        let sums = [
            (input.checksumCRC32, crc, "CRC32"), (input.checksumSHA1, Data(Insecure.SHA1.hash(data: data)), "SHA1"),
            (input.checksumSHA256, Data(SHA256.hash(data: data)), "SHA256"),
        ]
        for (sent, own, name) in sums {
            guard let sent, sent != own.base64EncodedString() else { continue }
            throw ServiceError("BadDigest", "The \(name) you specified did not match the calculated checksum.")
        }
    }

    private func get(_ input: S3.GetObject, _ call: Call) throws -> S3.GetObject.Output {
        let object = try object(input.bucket, input.key, call)
        try Self.check(
            object, input.ifMatch, input.ifNoneMatch, since: input.ifModifiedSince, until: input.ifUnmodifiedSince)
        var output = S3.GetObject.Output(
            body: object.data, acceptRanges: "bytes", lastModified: object.modified,
            contentLength: object.data.count, eTag: object.eTag,
            cacheControl: input.responseCacheControl ?? object.cacheControl,
            contentDisposition: input.responseContentDisposition ?? object.contentDisposition,
            contentEncoding: input.responseContentEncoding ?? object.contentEncoding,
            contentLanguage: input.responseContentLanguage ?? object.contentLanguage,
            contentType: input.responseContentType ?? object.contentType ?? Self.binary,
            serverSideEncryption: "AES256", metadata: object.metadata)
        switch ByteRange(input.range, size: object.data.count) {
        case .whole:
            if input.checksumMode == "ENABLED" {
                (output.checksumCRC32, output.checksumSHA1, output.checksumSHA256) =
                    (object.crc32, object.sha1, object.sha256)
            }
        case .part(let range):
            output.body = Data(object.data.dropFirst(range.lowerBound).prefix(range.count))
            output.contentLength = range.count
            output.contentRange = Self.contentRange(range, of: object)
        case .unsatisfiable: throw Self.noRange
        }
        return output
    }

    private func head(_ input: S3.HeadObject, _ call: Call) throws -> S3.HeadObject.Output {
        let object = try object(input.bucket, input.key, call)
        try Self.check(
            object, input.ifMatch, input.ifNoneMatch, since: input.ifModifiedSince, until: input.ifUnmodifiedSince)
        var output = S3.HeadObject.Output(
            acceptRanges: "bytes", lastModified: object.modified, contentLength: object.data.count,
            eTag: object.eTag, cacheControl: object.cacheControl, contentDisposition: object.contentDisposition,
            contentEncoding: object.contentEncoding, contentLanguage: object.contentLanguage,
            contentType: object.contentType ?? Self.binary, serverSideEncryption: "AES256", metadata: object.metadata)
        switch ByteRange(input.range, size: object.data.count) {
        case .whole:
            if input.checksumMode == "ENABLED" {
                (output.checksumCRC32, output.checksumSHA1, output.checksumSHA256) =
                    (object.crc32, object.sha1, object.sha256)
            }
        case .part(let range):
            output.contentLength = range.count
            output.contentRange = Self.contentRange(range, of: object)
        case .unsatisfiable: throw Self.noRange
        }
        return output
    }

    /// An object; S3 tells that it is not there only to who may list the bucket.
    func object(_ bucket: String, _ key: String, _ call: Call) throws -> ObjectsState.StoredObject {
        try backend.store.read { state in
            let found = try self.bucket(bucket, for: "s3:GetObject", key: key, state, call).objects[key]
            guard let found else {
                try authorize("s3:ListBucket", "arn:aws:s3:::\(bucket)", state, call)
                throw Self.noKey
            }
            return found
        }
    }

    /// RFC 9110, section 13.2.2: the tags go before the times.
    private static func check(
        _ object: ObjectsState.StoredObject, _ ifMatch: String?, _ ifNoneMatch: String?, since: Date?, until: Date?
    ) throws {
        if let ifMatch {
            guard matches(ifMatch, object.eTag) else { throw precondition }
        } else if let until, object.modified > until {
            throw precondition
        }
        let notModified = ServiceError("NotModified", "Not Modified", status: 304)
        if let ifNoneMatch {
            if matches(ifNoneMatch, object.eTag) { throw notModified }
        } else if let since, object.modified <= since {
            throw notModified
        }
    }

    /// Tags come with quotes and without.
    private static func matches(_ wanted: String, _ eTag: String) -> Bool {
        wanted == "*" || wanted.filter { $0 != "\"" } == eTag.filter { $0 != "\"" }
    }

    private static func contentRange(_ range: Range<Int>, of object: ObjectsState.StoredObject) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(object.data.count)"
    }

    private static let noRange = ServiceError("InvalidRange", "The requested range is not satisfiable", status: 416)
    private static let binary = "binary/octet-stream"
    static let noKey = ServiceError("NoSuchKey", "The specified key does not exist.", status: 404)
    private static let precondition = ServiceError(
        "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", status: 412)
}
