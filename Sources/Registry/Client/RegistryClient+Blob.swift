internal import Core
internal import HTTP
internal import HTTPTypes
public import NIOCore

extension RegistryClient {
    /// A blob's bytes as they arrive, resumed where the connection breaks; the stream ends only when size and digest
    /// are right, and throws ``RegistryError`` otherwise.
    public func blob(_ descriptor: Descriptor, of reference: ImageReference, as credential: Credential? = nil)
        -> BlobStream
    {
        BlobStream(client: self, descriptor: descriptor, reference: reference, credential: credential)
    }

    /// Opens a blob from a byte on; follows redirects, at most five, without the Authorization.
    func openBlob(_ descriptor: Descriptor, of reference: ImageReference, as credential: Credential?, from offset: Int)
        async throws -> Sender.Answer
    {
        var call = Call(
            host: reference.host, path: "/v2/\(reference.repository)/blobs/\(descriptor.digest)",
            scope: "repository:\(reference.repository):pull", credential: credential,
            what: "\(descriptor.digest) of \(reference.familiar)")
        call.range = offset > 0 ? "bytes=\(offset)-" : nil
        call.streams = true
        var url = hub.baseURL(of: call.host) + call.path
        var answer = try await perform(call)
        for _ in 0..<Self.mostRedirects where Self.redirects.contains(answer.status) {
            url = try Self.target(of: answer, from: url, host: call.host)
            var headers = HTTPFields()
            headers[.range] = call.range
            // A signed URL is as good as a login: it does not go out in the clear either.
            let request = WebRequest(.get, url, headers: headers, limits: .download, carriesSecret: true)
            answer = try await sender.send(
                request, host: URLText.parts(url)?.host ?? "", identity: .anonymous, streams: true)
        }
        guard answer.status == 200 || answer.status == 206 else {
            if Self.redirects.contains(answer.status) {
                throw RegistryError(.foreignRedirect, "\(call.host) redirects more than \(Self.mostRedirects) times")
            }
            throw answer.failure(
                asking: URLText.parts(url)?.host ?? call.host.description, for: call.what,
                identity: Identity(credential))
        }
        return answer
    }

    private static let mostRedirects = 5
    private static let redirects: Set<Int> = [301, 302, 303, 307, 308]

    /// Where a redirect leads: https, or http from loopback to loopback.
    static func target(of answer: Sender.Answer, from url: String, host: ImageReference.Host) throws -> String {
        guard let location = answer.headers[.location], let base = URLText.parts(url) else {
            throw RegistryError(.malformed, "\(host) redirects to nowhere")
        }
        let origin = "\(base.scheme)://\(base.authority)"
        let target =
            location.hasPrefix("//")
            ? "\(base.scheme):\(location)" : location.hasPrefix("/") ? origin + location : location
        guard let parts = URLText.parts(target) else {
            throw RegistryError(.foreignRedirect, "\(host) redirects to what is no http or https URL")
        }
        guard parts.scheme == "https" || (base.isLoopback && parts.isLoopback) else {
            throw RegistryError(.foreignRedirect, "\(host) redirects to plain http at \(parts.host)")
        }
        return target
    }
}

/// A blob's verified bytes; see ``RegistryClient/blob(_:of:as:)``.
public struct BlobStream: AsyncSequence, Sendable {
    /// A piece.
    public typealias Element = ByteBuffer
    /// ``RegistryError`` or `CancellationError`.
    public typealias Failure = any Error

    let client: RegistryClient
    let descriptor: Descriptor
    let reference: ImageReference
    let credential: Credential?

    /// Begins to read.
    public func makeAsyncIterator() -> Iterator {
        Iterator(blob: self, hasher: Digest.Hasher(descriptor.digest.algorithm))
    }

    /// Reads on.
    public struct Iterator: AsyncIteratorProtocol {
        let blob: BlobStream
        var hasher: Digest.Hasher
        var body: (any AsyncIteratorProtocol<ByteBuffer, any Error>)?
        /// The bytes that were handed out.
        var count = 0
        /// Bytes to drop, where the registry began anew in spite of the range.
        var surplus = 0
        var failures = 0
        var isDone = false

        /// The next piece; nil when all is there and right.
        public mutating func next() async throws -> ByteBuffer? {
            while !isDone {
                do {
                    if body == nil { try await open() }
                    guard let piece = try await body?.next() else {
                        guard count < blob.descriptor.size else { return try finish() }
                        throw TransportError(.connectionLost, "the blob ended after \(count) bytes")
                    }
                    if let piece = try take(piece) { return piece }
                } catch let error as TransportError {
                    try await recover(from: error)
                }
            }
            return nil
        }

        private mutating func open() async throws {
            let answer = try await blob.client.openBlob(
                blob.descriptor, of: blob.reference, as: blob.credential, from: count)
            let starts = answer.headers[.contentRange].map { $0.hasPrefix("bytes \(count)-") } ?? false
            guard answer.status == 200 || (count > 0 && starts) else {
                throw RegistryError(.malformed, "\(blob.name): the registry sent another range than asked for")
            }
            surplus = answer.status == 206 ? 0 : count
            body = answer.response.body.makeAsyncIterator()
        }

        private mutating func take(_ piece: ByteBuffer) throws -> ByteBuffer? {
            var piece = piece
            let dropped = Swift.min(surplus, piece.readableBytes)
            piece.moveReaderIndex(forwardBy: dropped)
            surplus -= dropped
            guard piece.readableBytes > 0 else { return nil }
            count += piece.readableBytes
            guard count <= blob.descriptor.size else {
                throw RegistryError(.digestMismatch, "\(blob.name) is longer than its \(blob.descriptor.size) bytes")
            }
            hasher.update(piece.readableBytesView)
            failures = 0
            return piece
        }

        private mutating func finish() throws -> ByteBuffer? {
            isDone = true
            let digest = hasher.finish()
            guard digest == blob.descriptor.digest else {
                throw RegistryError(.digestMismatch, "\(blob.name): the bytes are \(digest)")
            }
            return nil
        }

        /// Waits and reads on from where it broke; gives up after as many failures in a row as the client's rule
        /// allows.
        private mutating func recover(from error: TransportError) async throws {
            let sender = blob.client.sender
            failures += 1
            guard failures < sender.retry.attempts, Sender.isTransient(error.kind) else {
                throw Sender.unavailable(blob.reference.host.description, error)
            }
            body = nil
            try await sender.time.sleep(sender.backoff(failures))
        }
    }

    private var name: String { "\(descriptor.digest) of \(reference.familiar)" }
}
