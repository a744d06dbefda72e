public import HTTPTypes

/// Where the members of an operation stand in an HTTP request and in its answer (smithy.io, "HTTP bindings"). Members are named as the
/// wire has them; those that are not named stand in an XML body.
public struct HTTPBinding: Sendable {
    /// A place outside of the body.
    public enum Place: Sendable, Hashable {
        /// In the address: S3's bucket.
        case address
        /// In the path.
        case path
        /// In the query, under this name.
        case query(String)
        /// In a header field; `isDate` where its text is RFC 9110's form of a date.
        case header(String, isDate: Bool = false)
        /// A map: a header field for each of its keys, its name behind this prefix.
        case headers(prefix: String)
    }

    /// The method.
    public let method: HTTPRequest.Method
    /// The path behind the address: `{Key+}` stands for the member `Key`, whose slashes stay.
    public let path: String
    /// Pairs that stand in the query of every request.
    public let query: [String: String]
    /// The status of a good answer.
    public let status: Int
    /// The request's members.
    public let input: [String: Place]
    /// The answer's.
    public let output: [String: Place]

    /// From its parts.
    public init(
        _ method: HTTPRequest.Method, _ path: String, query: [String: String] = [:], status: Int = 200,
        input: [String: Place] = [:], output: [String: Place] = [:]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.status = status
        self.input = input
        self.output = output
    }
}
