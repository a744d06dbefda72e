internal import Core
internal import Crypto

/// A content's digest: `sha256:` and 64, or `sha512:` and 128, lower-case hexadecimal digits (OCI image-spec,
/// descriptor).
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// How it is calculated.
    public enum Algorithm: String, Sendable, Hashable {
        /// SHA-256
        case sha256
        /// SHA-512
        case sha512

        var digits: Int { self == .sha256 ? 64 : 128 }
    }

    /// How it is calculated.
    public let algorithm: Algorithm
    /// Its hexadecimal digits, lower case.
    public let hex: String

    /// Reads `algorithm:hex`; nil where it is neither sha256 nor sha512, or no such digest.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let algorithm = Algorithm(rawValue: String(text[..<colon])) else {
            return nil
        }
        let hex = String(text[text.index(after: colon)...])
        guard hex.utf8.count == algorithm.digits, hex.utf8.allSatisfy(ASCII.isLowerHex) else { return nil }
        (self.algorithm, self.hex) = (algorithm, hex)
    }

    init(referenceText text: String, whole: String) throws(ReferenceError) {
        guard let digest = Digest(text) else { throw .format(whole) }
        self = digest
    }

    fileprivate init(algorithm: Algorithm, bytes: some Sequence<UInt8>) {
        (self.algorithm, hex) = (algorithm, Hex.encode(bytes))
    }

    /// The digest of `bytes`.
    public static func of(_ bytes: some Collection<UInt8>, _ algorithm: Algorithm = .sha256) -> Digest {
        var hasher = Hasher(algorithm)
        hasher.update(bytes)
        return hasher.finish()
    }

    /// `sha256:...`
    public var description: String { "\(algorithm.rawValue):\(hex)" }
}

extension Digest {
    /// Calculates the digest of a content that comes in pieces.
    public struct Hasher: Sendable {
        private enum State: Sendable {
            case sha256(SHA256)
            case sha512(SHA512)
        }
        private var state: State

        /// Begins.
        public init(_ algorithm: Algorithm) {
            state = algorithm == .sha256 ? .sha256(SHA256()) : .sha512(SHA512())
        }

        /// Takes the next piece.
        public mutating func update(_ bytes: some Collection<UInt8>) {
            bytes.withContiguousStorageIfAvailable { raw in update(UnsafeRawBufferPointer(raw)) }
                ?? Array(bytes).withUnsafeBytes { update($0) }
        }

        private mutating func update(_ raw: UnsafeRawBufferPointer) {
            switch state {
            case .sha256(var hash):
                hash.update(bufferPointer: raw)
                state = .sha256(hash)
            case .sha512(var hash):
                hash.update(bufferPointer: raw)
                state = .sha512(hash)
            }
        }

        /// The digest of all pieces so far.
        public func finish() -> Digest {
            switch state {
            case .sha256(let hash): Digest(algorithm: .sha256, bytes: hash.finalize())
            case .sha512(let hash): Digest(algorithm: .sha512, bytes: hash.finalize())
            }
        }
    }
}

extension Digest: Codable {
    /// Reads the text; throws where it is no digest.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no digest: \(text)")
        }
        self = digest
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
