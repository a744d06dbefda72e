/// How a service is reached and spoken to: what botocore keeps in a service model's metadata.
public struct AWSService: Sendable, Hashable {
    /// A service's wire protocol.
    public enum Wire: Sendable, Hashable {
        /// AWS JSON; the `X-Amz-Target` header is the prefix and the operation's name. A service that spoke Query before may be told
        /// to name its errors as it did then (smithy.io, "AWS Query compatible").
        case json(targetPrefix: String, version: JSONVersion = .v1_1, queryCompatible: Bool = false)
        /// AWS Query: a form goes out, XML comes back.
        case query(version: String)
        /// REST with XML: members stand where each operation's ``HTTPBinding`` says.
        case restXML(version: String)
    }

    /// A version of AWS JSON; they differ in the content type, and in how a refusal names its code.
    public enum JSONVersion: String, Sendable, Hashable {
        /// AWS JSON 1.0.
        case v1_0 = "1.0"
        /// AWS JSON 1.1.
        case v1_1 = "1.1"
    }

    /// The service's id, such as `codebuild`.
    public let id: String
    /// The first label of its host.
    public let endpointPrefix: String
    /// Its name in a signature's scope.
    public let signingName: String
    /// What follows `AWS_ENDPOINT_URL_`.
    public let environmentSuffix: String
    /// How it speaks.
    public let wire: Wire
    /// How its members are written on the wire.
    public let memberNames: MemberNames
    /// Whether there is one endpoint a partition, not one a Region.
    public let isGlobal: Bool
    /// How far a request's clock may be off the service's.
    public let clockTolerance: Duration

    /// A service.
    public init(
        id: String, endpointPrefix: String, signingName: String? = nil, environmentSuffix: String, wire: Wire,
        memberNames: MemberNames, isGlobal: Bool = false, clockTolerance: Duration = .seconds(300)
    ) {
        self.id = id
        self.endpointPrefix = endpointPrefix
        self.signingName = signingName ?? endpointPrefix
        self.environmentSuffix = environmentSuffix
        self.wire = wire
        self.memberNames = memberNames
        self.isGlobal = isGlobal
        self.clockTolerance = clockTolerance
    }
}
