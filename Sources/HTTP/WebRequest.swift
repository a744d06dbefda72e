public import HTTPTypes

/// One HTTP request: everything that goes out, and how long it may take.
public struct WebRequest: Sendable {
    /// How long a request may take.
    public struct Limits: Sendable, Hashable {
        /// Until the connection stands, its TLS included.
        public var connect: Duration
        /// Without a byte in either direction.
        public var idle: Duration
        /// From the first byte out to the last byte in; nil for downloads whose size nobody knows.
        public var overall: Duration?

        /// Limits of one's own; the defaults suit a call to an API.
        public init(connect: Duration = .seconds(10), idle: Duration = .seconds(30), overall: Duration? = .seconds(60))
        {
            self.connect = connect
            self.idle = idle
            self.overall = overall
        }

        /// For blobs: as long as bytes keep coming.
        public static let download = Limits(idle: .seconds(60), overall: nil)
    }

    /// GET, HEAD, POST, PUT, DELETE.
    public var method: HTTPRequest.Method
    /// An absolute `http` or `https` URL, its path and query already percent-encoded: it goes out byte for byte.
    public var url: String
    /// The header fields; Host and Content-Length are added by the transport where they are missing.
    public var headers: HTTPFields
    /// The whole body.
    public var body: [UInt8]
    /// How long it may take.
    public var limits: Limits
    /// Whether a credential goes out with it: such a request is refused over plain http to anything but loopback.
    public var carriesSecret: Bool

    /// A request; without a credential unless told otherwise.
    public init(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields = [:], body: [UInt8] = [],
        limits: Limits = Limits(),
        carriesSecret: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.carriesSecret = carriesSecret
    }
}
