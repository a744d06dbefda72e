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

    /// A key derived from a secret access key for one scope.
    public struct Key: Sendable {
        /// Has taken the key in already; each signature starts from a copy.
        fileprivate let hmac: HMAC<SHA256>
    }

    /// Derives the key; four HMACs, worth keeping for the day.
    public static func key(secret: Secret, scope: Scope) -> Key {
        var key = SymmetricKey(data: Data(("AWS4" + secret.reveal()).utf8))
        for part in [scope.day, scope.region, scope.service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
        return Key(hmac: HMAC(key: key))
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
        let bytes = canonicalRequest(
            method: method, target: canonicalPath(path, rule) + "\n" + canonicalQuery(query),
            fields: canonicalHeaders(headers), payloadHash: payloadHash
        ).bytes
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same of what is canonical already, `target` being path and query; and the signed fields' names.
    static func canonicalRequest(
        method: String, target: String, fields: [(name: String, value: String)], payloadHash: String
    ) -> (bytes: [UInt8], signed: String) {
        var signed = ""
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        let newline = UInt8(ascii: "\n")
        for line in [method, target] {
            bytes.append(contentsOf: line.utf8)
            bytes.append(newline)
        }
        for (name, value) in fields {
            if !signed.isEmpty { signed += ";" }
            signed += name
            bytes.append(contentsOf: name.utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: value.utf8)
            bytes.append(newline)
        }
        bytes.append(newline)
        bytes.append(contentsOf: signed.utf8)
        bytes.append(newline)
        bytes.append(contentsOf: payloadHash.utf8)
        return (bytes, signed)
    }

    /// The names of the signed fields as the Authorization header lists them.
    public static func signedHeaders(_ headers: [(name: String, value: String)]) -> String {
        Set(headers.map { $0.name.lowercased() }).sorted().joined(separator: ";")
    }

    /// The string to sign; `timestamp` as ``timestamp(_:)`` writes it.
    public static func stringToSign(canonicalRequest: String, timestamp: String, scope: Scope) -> String {
        stringToSign(Array(canonicalRequest.utf8), timestamp: timestamp, scope: scope.description)
    }

    static func stringToSign(_ canonicalRequest: [UInt8], timestamp: String, scope: String) -> String {
        algorithm + "\n" + timestamp + "\n" + scope + "\n" + payloadHash(canonicalRequest)
    }

    /// The signature in hexadecimal.
    public static func signature(_ stringToSign: String, key: Key) -> String {
        var hmac = key.hmac
        hmac.update(data: Array(stringToSign.utf8))
        return hmac.finalize().withUnsafeBytes { Hex.encode($0) }
    }

    /// SHA-256 of a body in hexadecimal.
    public static func payloadHash(_ body: [UInt8]) -> String {
        var hash = SHA256()
        body.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes { Hex.encode($0) }
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

    /// Each name once, in order; the values of one name joined in the order in which they came.
    private static func canonicalHeaders(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)]
    {
        var fields: [(name: String, value: String)] = []
        for header in headers { add(header.name.lowercased(), collapsed(header.value), to: &fields) }
        return fields
    }

    /// Puts a field in its place; each name stands once, with its values in the order in which they came.
    static func add(_ name: String, _ value: String, to fields: inout [(name: String, value: String)]) {
        // There are few fields, and most come in an order that is nearly theirs.
        var place = fields.count
        while place > 0, fields[place - 1].name > name { place -= 1 }
        if place > 0, fields[place - 1].name == name {
            fields[place - 1].value += "," + value
        } else {
            fields.insert((name, value), at: place)
        }
    }

    /// The value without blanks at its ends, and with one space for each run of blanks.
    static func collapsed(_ value: String) -> String {
        // Nearly every value is so already; that is seen without taking it apart.
        let isClean = value.utf8.withContiguousStorageIfAvailable { bytes in
            var before = UInt8(ascii: " ")
            for byte in bytes {
                if byte > UInt8(ascii: "~") || byte < UInt8(ascii: " ") || byte == before && byte == UInt8(ascii: " ") {
                    return false
                }
                before = byte
            }
            return before != UInt8(ascii: " ")
        }
        return isClean == true ? value : value.split { $0.isWhitespace }.joined(separator: " ")
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
