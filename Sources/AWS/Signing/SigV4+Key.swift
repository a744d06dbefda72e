internal import Core
internal import Crypto

extension SigV4 {
    /// A key derived from a secret access key for one scope, as HMAC-SHA256 (RFC 2104) begins with it: what the key alone decides is
    /// hashed once for all signatures. Crypto's own HMAC is generic, and takes a tenth of a signature's time to find out for what.
    public struct Key: Sendable {
        private let inner: SHA256
        private let outer: SHA256

        init(_ key: [UInt8]) {
            let short = key.count > SHA256.blockByteCount ? Array(SHA256.hash(data: key)) : key
            let block = short + Array(repeating: 0, count: SHA256.blockByteCount - short.count)
            (inner, outer) = (Self.begun(block.map { $0 ^ 0x36 }), Self.begun(block.map { $0 ^ 0x5C }))
        }

        /// The message's authentication code.
        func code(of message: [UInt8]) -> SHA256Digest {
            var (inner, outer) = (inner, outer)
            message.withUnsafeBytes { inner.update(bufferPointer: $0) }
            inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
            return outer.finalize()
        }

        private static func begun(_ block: [UInt8]) -> SHA256 {
            var hash = SHA256()
            block.withUnsafeBytes { hash.update(bufferPointer: $0) }
            return hash
        }
    }
}

extension SHA256Digest {
    /// Writes it in hexadecimal at the end of a text that is held as bytes.
    func appendHex(to text: inout [UInt8]) { withUnsafeBytes { Hex.append($0, to: &text) } }
}
