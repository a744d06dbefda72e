internal import Core
internal import FoundationEssentials
public import HTTPTypes

/// A message's header fields and body, as a wire protocol has them.
public struct WireMessage: Sendable, Hashable {
    /// Content-Type, and what else the protocol needs.
    public var headers: HTTPFields
    /// The body.
    public var body: [UInt8]
}

/// What a service answered instead of an output.
public struct WireError: Sendable, Hashable {
    /// The code without prefix or suffix; nil where the answer has none.
    public var code: String?
    /// The words; empty where there are none.
    public var message: String
    /// The request's number, where the answer has it.
    public var requestID: String?
}

/// Turns the operations of one service into messages and back, in both directions: the client encodes requests and decodes answers,
/// the Sandbox decodes requests and encodes answers.
public struct WireCodec: Sendable {
    private let service: AWSService

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
        }
    }

    /// An operation from a request's body; throws `DecodingError` where a member is missing or of another type.
    public func decodeRequest<O: AWSOperation>(_: O.Type, from body: [UInt8]) throws -> O {
        switch service.wire {
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
        }
    }

    /// An output from an answer's body; throws `DecodingError` or ``XMLError``.
    public func decodeAnswer<O: AWSOperation>(_: O.Type, from body: [UInt8]) throws -> O.Output {
        switch service.wire {
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
        }
    }

    private static func fields(_ fields: HTTPFields, _ name: HTTPField.Name, _ value: String?) -> HTTPFields {
        var fields = fields
        fields[name] = value
        return fields
    }

    /// What a refusal says, in whichever of the two protocols it is: in front of a service there may be something that speaks the other.
    public func decodeError(headers: HTTPFields, body: [UInt8]) -> WireError {
        var error = Query.decodeError(body) ?? AWSJSON.decodeError(headers: headers, body: body)
        error.requestID = headers[.amznRequestID] ?? headers[.amzRequestID] ?? error.requestID
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
        Organizations.service, SQS.service, EventBridge.service,
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
