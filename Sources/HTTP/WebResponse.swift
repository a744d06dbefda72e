public import HTTPTypes
public import NIOCore

/// One HTTP response; the body comes as it arrives and can be read once.
public struct WebResponse: Sendable {
    /// The bytes in the pieces in which they arrive.
    public typealias Body = any AsyncSequence<ByteBuffer, any Error> & Sendable

    /// The status, 100 to 599.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields
    /// The body's pieces.
    public var body: Body

    /// A response with a body that is still arriving.
    public init(status: Int, headers: HTTPFields, body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response that is all there.
    public init(status: Int, headers: HTTPFields = [:], bytes: [UInt8] = []) {
        self.init(status: status, headers: headers, body: OneBuffer(buffer: ByteBuffer(bytes: bytes)))
    }

    /// Reads the body to its end; throws `network` when it is longer than `most` bytes.
    public func collect(most: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= most else {
                throw TransportError(.tooLarge, "the answer is longer than \(most) bytes")
            }
            bytes += piece.readableBytesView
        }
        return bytes
    }
}

private struct OneBuffer: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error
    let buffer: ByteBuffer

    struct Iterator: AsyncIteratorProtocol {
        var rest: ByteBuffer?
        mutating func next() async throws -> ByteBuffer? {
            defer { rest = nil }
            return rest
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(rest: buffer.readableBytes > 0 ? buffer : nil) }
}
