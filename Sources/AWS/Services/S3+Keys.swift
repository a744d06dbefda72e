internal import Core
internal import HTTPTypes

extension S3.ListObjectsV2.Output {
    /// The same with keys and prefixes as they are. S3 writes them as a form has its fields where the request asked for `url`.
    public func decoded() -> Self {
        guard encodingType == "url" else { return self }
        func plain(_ text: String) -> String { PercentEncoding.decode(text, plusIsSpace: true) }
        var output = self
        output.encodingType = nil
        output.prefix = prefix.map(plain)
        output.delimiter = delimiter.map(plain)
        output.startAfter = startAfter.map(plain)
        output.contents = contents.map { object in
            var object = object
            object.key = plain(object.key)
            return object
        }
        output.commonPrefixes = commonPrefixes.map { S3.CommonPrefix(prefix: $0.prefix.map(plain)) }
        return output
    }

    var decodedContents: [S3.Object] { decoded().contents }
}

extension S3 {
    /// What a request is for whose method, path and query S3 gets; `target` is what follows the bucket. nil for what this program does
    /// not know, such as a bucket's settings.
    public static func operation(_ method: String, target: String) -> (any Operation.Type)? {
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let names = halves.count > 1 ? halves[1].split(separator: "&").map { $0.prefix { $0 != "=" } } : []
        let isBucket = halves.first.map { $0.isEmpty || $0 == "/" } ?? true
        let known: [any Operation.Type] = [
            GetObject.self, HeadObject.self, PutObject.self, DeleteObject.self, ListObjectsV2.self,
        ]
        return known.first { type in
            guard let binding = type.binding, binding.method.rawValue == method, isBucket == (binding.path == "/"),
                binding.query.keys.allSatisfy({ name in names.contains { $0 == name } })
            else { return false }
            let mine = binding.input.values.compactMap { if case .query(let name) = $0 { name } else { nil } }
            return names.allSatisfy { name in
                name == "x-id" || name.lowercased().hasPrefix("x-amz-") || binding.query[String(name)] != nil
                    || mine.contains(String(name))
            }
        }
    }
}
