internal import FoundationEssentials
internal import HTTPTypes

/// The four directions of a REST-XML operation.
extension WireCodec {
    private static let noBinding = HTTPBinding(.post, "/")

    func encodeREST<O: AWSOperation>(_ operation: O, _ namespace: String) throws -> WireMessage {
        var (operation, body) = (operation, Data?.none)
        if let member = O.body {
            body = operation[keyPath: member]
            operation[keyPath: member] = nil
        }
        let members = try members(operation)
        var (message, rest) = RESTXML.request(members, O.binding ?? Self.noBinding)
        if let body {
            message.body = Array(body)
        } else if !rest.isEmpty {
            message.body = document(O.name + "Request", namespace, rest)
            message.headers[.contentType] = RESTXML.type
        }
        return message
    }

    func decodeREST<O: AWSOperation>(_: O.Type, from request: WireMessage, bucket: String?) throws -> O {
        let binding = O.binding ?? Self.noBinding
        var members = RESTXML.members(of: request, binding)
        for (name, place) in binding.input where place == .address { members[name] = bucket.map { .text($0) } }
        if O.body == nil { try members.merge(body(request.body)) { first, _ in first } }
        var operation = try TreeCoding.value(O.self, from: .map(members), names: service.memberNames, flatLists: true)
        if let member = O.body, !request.body.isEmpty { operation[keyPath: member] = Data(request.body) }
        return operation
    }

    func encodeRESTAnswer<O: AWSOperation>(
        _: O.Type, _ output: O.Output, _ namespace: String, requestID: String
    ) throws -> WireMessage {
        var (output, body) = (output, Data?.none)
        if let member = O.answerBody {
            body = output[keyPath: member]
            output[keyPath: member] = nil
        }
        let binding = O.binding ?? Self.noBinding
        var headers: HTTPFields = [.amzRequestID: requestID]
        let rest = RESTXML.answer(try members(output), binding, &headers)
        var bytes = body.map(Array.init) ?? []
        // What has no member outside of the header fields answers no body at all.
        if O.answerBody == nil, !rest.isEmpty {
            bytes = document(O.name + "Result", namespace, rest)
            headers[.contentType] = RESTXML.type
        }
        return WireMessage(status: binding.status, headers: headers, body: bytes)
    }

    func decodeRESTAnswer<O: AWSOperation>(_: O.Type, headers: HTTPFields, body bytes: [UInt8]) throws -> O.Output {
        let binding = O.binding ?? Self.noBinding
        var members = RESTXML.members(of: headers, binding)
        if O.answerBody == nil { try members.merge(body(bytes)) { first, _ in first } }
        var output = try TreeCoding.value(
            O.Output.self, from: .map(members), names: service.memberNames, flatLists: true)
        if let member = O.answerBody { output[keyPath: member] = Data(bytes) }
        return output
    }

    private func members(_ value: some Encodable) throws -> [String: TextTree] {
        guard case .map(let members) = try TreeCoding.tree(of: value, names: service.memberNames) else { return [:] }
        return members
    }

    private func body(_ bytes: [UInt8]) throws -> [String: TextTree] {
        guard !bytes.allSatisfy({ $0 <= 32 }), case .map(let members) = try XMLTree.read(bytes, flatLists: true).tree
        else { return [:] }
        return members
    }

    private func document(_ root: String, _ namespace: String, _ members: [String: TextTree]) -> [UInt8] {
        let text = XMLTree.text(.map(members), flatLists: true)
        return Array(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root) xmlns=\"\(namespace)\">\(text)</\(root)>".utf8)
    }
}
