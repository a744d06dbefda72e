public import Core
internal import Crypto
internal import FoundationEssentials

/// Signature Version 4 as pure functions (IAM User Guide, "Create a signed AWS API request"); signing and verifying both use them.
public enum SigV4 {
    /// The algorithm's name in the Authorization header.
    public static let algorithm = "AWS4-HMAC-SHA256"

    /// How a service wants its path canonicalised.
    public struct PathRule: Sendable, Hashable {
        let normalizes: Bool
        let encodesAgain: Bool
        /// Dot segments and double slashes are taken out, and the path as sent is encoded once more: all services but S3.
        public static let standard = PathRule(normalizes: true, encodesAgain: true)
        /// The path as sent: S3, whose keys may hold anything.
        public static let s3 = PathRule(normalizes: false, encodesAgain: false)
    }

    /// What a key is derived for: `DATE/REGION/SERVICE/aws4_request`.
    public struct Scope: Sendable, Hashable, CustomStringConvertible {
        /// `yyyyMMdd`.
        public var day: String
        /// The Region.
        public var region: String
        /// The service's signing name.
        public var service: String

        /// A scope from its parts.
        public init(day: String, region: String, service: String) {
            self.day = day
            self.region = region
            self.service = service
        }

        /// As it stands in the string to sign.
        public var description: String { "\(day)/\(region)/\(service)/aws4_request" }
    }

    /// Derives the key; four HMACs, worth keeping for the day.
    public static func key(secret: Secret, scope: Scope) -> Key {
        var key = Key(Array(("AWS4" + secret.reveal()).utf8))
        for part in [scope.day, scope.region, scope.service, "aws4_request"] {
            key = Key(Array(key.code(of: Array(part.utf8))))
        }
        return key
    }

    /// The canonical request.
    /// - Parameters:
    ///   - path: As sent, with its percent-encoding.
    ///   - query: As sent, without the `?`.
    ///   - headers: The fields to sign, in any order and case; those of one name keep their order.
    ///   - payloadHash: ``payloadHash(_:)`` of the body.
    public static func canonicalRequest(
        method: String, path: String, query: String, headers: [(name: String, value: String)], payloadHash: String,
        rule: PathRule = .standard
    ) -> String {
        var lines: [CanonicalLine] = []
        for header in headers { CanonicalLine.add(header.name.lowercased(), header.value, to: &lines) }
        var request = CanonicalRequest(
            method: method, target: canonicalPath(path, rule) + "\n" + canonicalQuery(query))
        for line in lines { request.add(line) }
        request.end(payloadHash: payloadHash)
        return String(decoding: request.bytes, as: UTF8.self)
    }

    /// The names of the signed fields as the Authorization header lists them.
    public static func signedHeaders(_ headers: [(name: String, value: String)]) -> String {
        Set(headers.map { $0.name.lowercased() }).sorted().joined(separator: ";")
    }

    /// The string to sign; `timestamp` as ``timestamp(_:)`` writes it.
    public static func stringToSign(canonicalRequest: String, timestamp: String, scope: Scope) -> String {
        beginningToSign(timestamp: timestamp, scope: scope) + payloadHash(Array(canonicalRequest.utf8))
    }

    /// The string to sign without the canonical request's hash at its end.
    static func beginningToSign(timestamp: String, scope: Scope) -> String {
        algorithm + "\n" + timestamp + "\n" + scope.description + "\n"
    }

    /// The signature in hexadecimal.
    public static func signature(_ stringToSign: String, key: Key) -> String {
        signature(Array(stringToSign.utf8), key: key)
    }

    static func signature(_ stringToSign: [UInt8], key: Key) -> String {
        Hex.encode(key.code(of: stringToSign))
    }

    /// SHA-256 of a body in hexadecimal.
    public static func payloadHash(_ body: [UInt8]) -> String { Hex.encode(hash(body)) }

    static func hash(_ bytes: [UInt8]) -> SHA256Digest {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }

    static func canonicalPath(_ path: String, _ rule: PathRule) -> String {
        if path.isEmpty || path == "/" { return "/" }
        let clean = rule.normalizes ? withoutDotSegments(path) : path
        return rule.encodesAgain ? PercentEncoding.encode(clean, keeping: "/") : clean
    }

    /// Pairs in the order of their encoded names, then values.
    static func canonicalQuery(_ query: String) -> String {
        if query.isEmpty { return "" }
        let pairs = query.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return halves.map { PercentEncoding.encode(PercentEncoding.decode($0)) }
        }
        return pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }.sorted { $0 < $1 }
            .map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// RFC 3986, section 5.2.4, and double slashes with it.
    private static func withoutDotSegments(_ path: String) -> String {
        var out: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = out.popLast() } else { out.append(part) }
        }
        return "/" + out.joined(separator: "/") + (path.hasSuffix("/") && !out.isEmpty ? "/" : "")
    }
}
