internal import AWS
internal import Core
internal import FoundationEssentials
internal import HTTPTypes

/// The operations that the sandbox knows, by service and name, each decoded and encoded with the AWS room's shapes.
struct OperationTable: Sendable {
    /// One answer, whole.
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: [UInt8]
    }

    private typealias Handler =
        @Sendable (_ request: WireMessage, _ bucket: String?, _ call: Call) async throws -> WireMessage
    private var handlers: [String: Handler] = [:]

    /// The operations' names by service, sorted.
    var names: [String: [String]] {
        Dictionary(grouping: handlers.keys.sorted()) { String($0.prefix { $0 != "." }) }
            .mapValues { $0.map { String($0.drop { $0 != "." }.dropFirst()) } }
    }

    /// Answers an operation with `body`. The model lets the lists of `neverEmpty` have no fewer than one item: they are
    /// left out instead.
    mutating func add<Operation: AWSOperation>(
        _: Operation.Type, neverEmpty: Set<String> = [],
        _ body: @escaping @Sendable (Operation, Call) async throws -> Operation.Output
    ) {
        handlers["\(Operation.service.id).\(Operation.name)"] = { request, bucket, call in
            let codec = Operation.service.codec
            let input = try codec.decodeRequest(Operation.self, from: request, bucket: bucket)
            try UnreadMembers.check(input, request)
            var message = try codec.encodeAnswer(
                Operation.self, try await body(input, call), requestID: call.requestID)
            if !neverEmpty.isEmpty { message.body = try Self.without(neverEmpty, in: message.body) }
            return message
        }
    }

    private static func without(_ names: Set<String>, in body: [UInt8]) throws -> [UInt8] {
        let members = try JSON(parsing: Data(body)).object ?? [:]
        let kept = members.filter { !names.contains($0.key) || $0.value != [] }
        return Array(JSON.object(kept).text().utf8)
    }

    /// The answer to a call: an output, or a refusal in the service's form. `bucket` is the one in S3's address.
    func answer(
        _ service: AWSService, _ operation: String, _ request: WireMessage, bucket: String? = nil, _ call: Call
    ) async -> Answer {
        do {
            guard let handler = handlers["\(service.id).\(operation)"] else {
                throw service.unknownOperation(operation)
            }
            let message = try await handler(request, bucket, call)
            return Answer(status: message.status, headers: message.headers, body: message.body)
        } catch {
            return service.refusal(service.error(for: error), requestID: call.requestID)
        }
    }
}

extension AWSService {
    var isQuery: Bool {
        if case .query = wire { true } else { false }
    }

    private var isREST: Bool {
        if case .restXML = wire { true } else { false }
    }

    /// A refusal in the service's own form; Query services have names and statuses of their own for AccessDenied.
    func refusal(_ error: ServiceError, requestID: String) -> OperationTable.Answer {
        var error = error
        if isQuery || isREST, error.code == "AccessDeniedException" {
            (error.code, error.status) = ("AccessDenied", 403)
        }
        let message = try? codec.encodeError(
            code: error.code, message: error.message, senderFault: error.status < 500, requestID: requestID)
        return OperationTable.Answer(
            status: error.status, headers: message?.headers ?? [:], body: message?.body ?? [])
    }

    /// How the service refuses what does not fit its model.
    var modelCheck: ModelCheck { isQuery ? .query : id == CodeBuild.service.id ? .codeBuild : .json }

    fileprivate func unknownOperation(_ operation: String) -> ServiceError {
        guard case .query(let version) = wire else {
            return ServiceError("UnknownOperationException", "The sandbox does not know \(id) \(operation)")
        }
        return ServiceError(
            "InvalidAction", "Could not find operation \(operation) for version \(version)")
    }

    /// Any error as the service would answer it. What is no refusal is a fault of the sandbox's own: 500, without
    /// details.
    fileprivate func error(for error: any Error) -> ServiceError {
        switch error {
        case let error as ServiceError: return error
        case let error as DecodingError: return malformed(error)
        case let error as UnthrottleError where error.code == .invalidInput:
            return ServiceError(
                isQuery ? "ValidationError" : isREST ? "InvalidRequest" : "SerializationException", error.message)
        default:
            return ServiceError(
                isQuery ? "ServiceFailure" : "InternalFailure", "The sandbox failed: \(error)", status: 500)
        }
    }

    private func malformed(_ error: DecodingError) -> ServiceError {
        let check = modelCheck
        switch error {
        case .keyNotFound(let key, let context):
            return .constraint(path(context.codingPath + [key]), nil, "not be null", code: check.code)
        case .valueNotFound(_, let context):
            return .constraint(path(context.codingPath), nil, "not be null", code: check.code)
        default:
            return ServiceError(
                isQuery ? "MalformedInput" : isREST ? "InvalidArgument" : "SerializationException",
                "The request cannot be read")
        }
    }

    private func path(_ keys: [any CodingKey]) -> String { keys.map(\.stringValue).joined(separator: ".") }
}
