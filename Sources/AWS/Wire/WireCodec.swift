internal import Core
internal import FoundationEssentials
public import HTTPTypes

/// A request or an answer as a wire protocol has it.
public struct WireMessage: Sendable, Hashable {
    /// A request's method.
    public var method: HTTPRequest.Method = .post
    /// A request's path and query, percent-encoded, behind the address.
    public var target = "/"
    /// An answer's status.
    public var status = 200
    /// Content-Type, and what else the protocol needs.
    public var headers: HTTPFields
    /// The body.
    public var body: [UInt8]

    /// From its parts.
    public init(
        method: HTTPRequest.Method = .post, target: String = "/", status: Int = 200, headers: HTTPFields, body: [UInt8]
    ) {
        self.method = method
        self.target = target
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What a service answered instead of an output.
public struct WireError: Sendable, Hashable {
    /// The code without prefix or suffix; nil where the answer has none.
    public var code: String?
    /// The words; empty where there are none.
    public var message: String
    /// The request's number, where the answer has it.
    public var requestID: String?
    /// S3: the Region in which the bucket is, where the answer names it.
    public var region: String?
}

/// Turns the operations of one service into messages and back, in both directions: the client encodes requests and decodes answers,
/// the Sandbox decodes requests and encodes answers.
public struct WireCodec: Sendable {
    let service: AWSService

    /// The codec of a service.
    public init(_ service: AWSService) { self.service = service }

    /// A request.
    public func encodeRequest<O: AWSOperation>(_ operation: O) throws -> WireMessage {
        switch service.wire {
        case .json(let targetPrefix, let version, let queryCompatible):
            WireMessage(
                headers: Self.fields(
                    [.contentType: AWSJSON.contentType(version), .amzTarget: targetPrefix + O.name],
                    .amznQueryMode, queryCompatible ? "true" : nil),
                body: try AWSJSON.encode(operation, names: service.memberNames))
        case .query(let version):
            WireMessage(
                headers: [.contentType: Query.formType],
                body: try Query.form(of: operation, action: O.name, version: version, names: service.memberNames))
        case .restXML(let version): try encodeREST(operation, RESTXML.namespace(service.id, version))
        }
    }

    /// An operation from a request; `bucket` is what stands in the address. Throws `DecodingError` where a member is missing or of
    /// another type.
    public func decodeRequest<O: AWSOperation>(_: O.Type, from request: WireMessage, bucket: String? = nil) throws -> O
    {
        guard case .restXML = service.wire else { return try decodeRequest(O.self, from: request.body) }
        return try decodeREST(O.self, from: request, bucket: bucket)
    }

    /// An operation from the body of a request; throws `DecodingError` where a member is missing or of another type.
    public func decodeRequest<O: AWSOperation>(_: O.Type, from body: [UInt8]) throws -> O {
        switch service.wire {
        case .restXML: try decodeREST(O.self, from: WireMessage(headers: [:], body: body), bucket: nil)
        case .json: try AWSJSON.decode(O.self, from: body, names: service.memberNames)
        case .query: try Query.decodeForm(O.self, from: body, names: service.memberNames)
        }
    }

    /// An answer.
    public func encodeAnswer<O: AWSOperation>(_: O.Type, _ output: O.Output, requestID: String) throws -> WireMessage {
        switch service.wire {
        case .json(_, let version, _):
            // Operations without an output answer an empty body, as AWS does.
            WireMessage(
                headers: [.contentType: AWSJSON.contentType(version), .amznRequestID: requestID],
                body: output is NoOutput ? [] : try AWSJSON.encode(output, names: service.memberNames))
        case .query(let version):
            WireMessage(
                headers: [.contentType: Query.answerType, .amznRequestID: requestID],
                body: try Query.answer(
                    output, operation: O.name, namespace: Query.namespace(service.id, version), requestID: requestID,
                    names: service.memberNames))
        case .restXML(let version):
            try encodeRESTAnswer(O.self, output, RESTXML.namespace(service.id, version), requestID: requestID)
        }
    }

    /// An output from an answer; throws `DecodingError` or ``XMLError``.
    public func decodeAnswer<O: AWSOperation>(_: O.Type, headers: HTTPFields, body: [UInt8]) throws -> O.Output {
        guard case .restXML = service.wire else { return try decodeAnswer(O.self, from: body) }
        return try decodeRESTAnswer(O.self, headers: headers, body: body)
    }

    /// An output from an answer's body; throws `DecodingError` or ``XMLError``.
    public func decodeAnswer<O: AWSOperation>(_: O.Type, from body: [UInt8]) throws -> O.Output {
        switch service.wire {
        case .restXML: try decodeRESTAnswer(O.self, headers: [:], body: body)
        case .json: try AWSJSON.decode(O.Output.self, from: body, names: service.memberNames)
        case .query: try Query.decodeAnswer(O.Output.self, operation: O.name, from: body, names: service.memberNames)
        }
    }

    /// A refusal; `senderFault` says whose fault it is where the protocol has a place for it.
    public func encodeError(code: String, message: String, senderFault: Bool = true, requestID: String) throws
        -> WireMessage
    {
        switch service.wire {
        case .json(_, let version, let queryCompatible):
            WireMessage(
                headers: Self.fields(
                    [.contentType: AWSJSON.contentType(version), .amznRequestID: requestID], .amznQueryError,
                    queryCompatible ? "\(code);\(senderFault ? "Sender" : "Receiver")" : nil),
                body: try AWSJSON.encodeError(code: code, message: message))
        case .query(let version):
            WireMessage(
                headers: [.contentType: Query.answerType, .amznRequestID: requestID],
                body: Query.error(
                    code: code, message: message, senderFault: senderFault,
                    namespace: Query.namespace(service.id, version), requestID: requestID))
        case .restXML:
            WireMessage(
                headers: [.contentType: RESTXML.type, .amzRequestID: requestID],
                body: RESTXML.error(code: code, message: message, requestID: requestID))
        }
    }

    private static func fields(_ fields: HTTPFields, _ name: HTTPField.Name, _ value: String?) -> HTTPFields {
        var fields = fields
        fields[name] = value
        return fields
    }

    /// What a refusal says, in whichever of the two protocols it is: in front of a service there may be something that speaks the other.
    public func decodeError(headers: HTTPFields, body: [UInt8]) -> WireError {
        var error =
            Query.decodeError(body) ?? RESTXML.decodeError(body) ?? AWSJSON.decodeError(headers: headers, body: body)
        error.requestID = headers[.amznRequestID] ?? headers[.amzRequestID] ?? error.requestID
        error.region = headers[.amzBucketRegion] ?? error.region
        return error
    }
}

extension AWSService {
    /// How its messages are written.
    public var codec: WireCodec { WireCodec(self) }

    /// All services that this program speaks to.
    public static let all = [
        CodeBuild.service, SecretsManager.service, IAM.service, STS.service, KMS.service, CloudWatchLogs.service,
        ECR.service,
        Organizations.service, SQS.service, EventBridge.service, S3.service,
    ]

    /// The service and the operation that a request is for: by its target header, or by the form's Action and Version.
    public static func route(headers: HTTPFields, body: [UInt8]) -> (service: AWSService, operation: String)? {
        if let target = headers[.amzTarget] {
            for service in all {
                if case .json(let prefix, _, _) = service.wire, target.hasPrefix(prefix) {
                    return (service, String(target.dropFirst(prefix.count)))
                }
            }
            return nil
        }
        guard headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true,
            let (action, version) = Query.action(of: body)
        else { return nil }
        return all.first { $0.wire == .query(version: version) }.map { ($0, action) }
    }
}
