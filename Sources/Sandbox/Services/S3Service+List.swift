internal import AWS
internal import Core
internal import FoundationEssentials

extension S3Service {
    /// A page of the account's buckets by name; their Region is told where a page or a part of them was asked for
    /// (API_ListBuckets).
    func listBuckets(_ input: S3.ListBuckets, _ call: Call) throws -> S3.ListBuckets.Output {
        if let most = input.maxBuckets, !(1...10_000).contains(most) {
            throw ServiceError("InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000")
        }
        let buckets = try backend.store.read { state in
            try authorize("s3:ListAllMyBuckets", "*", state, call)
            return state.objects.buckets.sorted { $0.key < $1.key }
        }
        let isWhole = input == S3.ListBuckets()
        let here = backend.place.region
        let wanted = buckets.filter {
            $0.key.hasPrefix(input.prefix ?? "") && (input.bucketRegion ?? here) == here
        }
        guard let page = Page.cut(wanted, from: input.continuationToken, size: input.maxBuckets ?? 10_000) else {
            throw ServiceError("InvalidArgument", "The continuation token provided is incorrect")
        }
        return .init(
            buckets: .init(
                bucket: page.items.map {
                    .init(name: $0.key, creationDate: $0.value.created, bucketRegion: isWhole ? nil : here)
                }),
            owner: .init(id: backend.place.account), continuationToken: page.next, prefix: input.prefix)
    }

    /// Keys in the order of their UTF-8 bytes; those that have the delimiter behind the prefix are folded into one.
    func list(_ input: S3.ListObjectsV2, _ call: Call) throws -> S3.ListObjectsV2.Output {
        if let type = input.encodingType, type != "url" {
            throw ServiceError("InvalidArgument", "Invalid Encoding Method specified in Request")
        }
        guard (input.maxKeys ?? 0) >= 0 else {
            throw ServiceError("InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647")
        }
        let objects = try backend.store.read {
            try bucket(input.bucket, for: "s3:ListBucket", $0, call).objects
        }
        let prefix = input.prefix ?? ""
        var start = input.startAfter ?? ""
        if let token = input.continuationToken {
            guard let data = Data(base64Encoded: token) else {
                throw ServiceError("InvalidArgument", "The continuation token provided is incorrect")
            }
            start = String(decoding: data, as: UTF8.self)
        }
        let most = min(input.maxKeys ?? 1000, 1000)
        var output = S3.ListObjectsV2.Output(
            isTruncated: false, name: input.bucket, prefix: prefix, delimiter: input.delimiter, maxKeys: most,
            encodingType: input.encodingType, continuationToken: input.continuationToken,
            startAfter: input.startAfter)
        var folded: [String] = []
        // What the last page ended with: a key, or a common prefix, whose keys are all done.
        var last = ""
        for key in objects.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where key.hasPrefix(prefix) && start.utf8.lexicographicallyPrecedes(key.utf8) {
            var common: String?
            if let delimiter = input.delimiter, !delimiter.isEmpty,
                let range = key.dropFirst(prefix.count).firstRange(of: delimiter)
            {
                common = String(key[..<range.upperBound])
            }
            if let common, folded.last == common || (start.hasPrefix(common) && input.continuationToken != nil) {
                continue
            }
            guard output.contents.count + folded.count < most else {
                output.isTruncated = most > 0
                break
            }
            last = common ?? key
            if let common {
                folded.append(common)
            } else if let object = objects[key] {
                output.contents.append(
                    .init(
                        key: key, lastModified: object.modified, eTag: object.eTag, size: object.data.count,
                        storageClass: "STANDARD",
                        owner: input.fetchOwner == true ? .init(id: backend.place.account) : nil))
            }
        }
        output.commonPrefixes = folded.map { .init(prefix: $0) }
        output.keyCount = output.contents.count + folded.count
        if output.isTruncated == true { output.nextContinuationToken = Data(last.utf8).base64EncodedString() }
        return input.encodingType == nil ? output : Self.encoded(output)
    }

    private static func encoded(_ output: S3.ListObjectsV2.Output) -> S3.ListObjectsV2.Output {
        func text(_ text: String) -> String { PercentEncoding.encode(text, keeping: "/") }
        var output = output
        output.prefix = output.prefix.map(text)
        output.delimiter = output.delimiter.map(text)
        output.startAfter = output.startAfter.map(text)
        output.contents = output.contents.map { object in
            var object = object
            object.key = text(object.key)
            return object
        }
        output.commonPrefixes = output.commonPrefixes.map { .init(prefix: $0.prefix.map(text)) }
        return output
    }
}
