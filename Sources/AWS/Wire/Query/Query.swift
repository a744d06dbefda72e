internal import Core

/// AWS Query (smithy.io, "AWS Query protocol"): a form goes out, XML comes back.
enum Query {
    static let formType = "application/x-www-form-urlencoded; charset=utf-8"
    static let answerType = "text/xml"

    static func form(of value: some Encodable, action: String, version: String, names: MemberNames) throws -> [UInt8] {
        guard case .map(var members) = try TreeCoding.tree(of: value, names: names) else { return [] }
        members["Action"] = .text(action)
        members["Version"] = .text(version)
        return Array(FormFields.text(.map(members)).utf8)
    }

    static func decodeForm<Value: Decodable>(_: Value.Type, from body: [UInt8], names: MemberNames) throws -> Value {
        try TreeCoding.value(Value.self, from: FormFields.tree(String(decoding: body, as: UTF8.self)), names: names)
    }

    static func action(of body: [UInt8]) -> (action: String, version: String)? {
        let form = FormFields.tree(String(decoding: body, as: UTF8.self))
        guard let action = form["Action"]?.text, let version = form["Version"]?.text else { return nil }
        return (action, version)
    }

    static func answer(
        _ output: some Encodable, operation: String, namespace: String, requestID: String, names: MemberNames
    ) throws -> [UInt8] {
        let result =
            output is NoOutput
            ? "" : XMLTree.element("\(operation)Result", try TreeCoding.tree(of: output, names: names))
        let metadata = XMLTree.element("ResponseMetadata", .map(["RequestId": .text(requestID)]))
        return Array("<\(operation)Response xmlns=\"\(namespace)\">\(result)\(metadata)</\(operation)Response>".utf8)
    }

    static func decodeAnswer<Value: Decodable>(
        _: Value.Type, operation: String, from body: [UInt8], names: MemberNames
    ) throws -> Value {
        // An operation without output may answer nothing at all.
        if body.allSatisfy({ $0 <= 32 }) { return try TreeCoding.value(Value.self, from: .map([:]), names: names) }
        let (root, tree) = try XMLTree.read(body)
        // Where every member is optional a proxy's HTML page would else be taken for an answer that says nothing.
        guard root == "\(operation)Response" else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "this is no \(operation)Response"))
        }
        let result = tree["\(operation)Result"] ?? .map([:])
        return try TreeCoding.value(Value.self, from: result, names: names)
    }

    static func error(code: String, message: String, senderFault: Bool, namespace: String, requestID: String) -> [UInt8]
    {
        let error = XMLTree.text(
            .map([
                "Error": .map([
                    "Type": .text(senderFault ? "Sender" : "Receiver"), "Code": .text(code), "Message": .text(message),
                ]),
                "RequestId": .text(requestID),
            ]))
        return Array("<ErrorResponse xmlns=\"\(namespace)\">\(error)</ErrorResponse>".utf8)
    }

    /// An error answer; nil where the body is none, so that a proxy's HTML page is not taken for one.
    static func decodeError(_ body: [UInt8]) -> WireError? {
        guard body.first(where: { $0 > 32 }) == UInt8(ascii: "<") || body.starts(with: [0xef, 0xbb, 0xbf]),
            let (root, tree) = try? XMLTree.read(body), root == "ErrorResponse" || root == "Response",
            let error = tree["Error"] ?? tree["Errors"]?["Error"]
        else { return nil }
        let id = tree["RequestId"] ?? tree["RequestID"] ?? tree["ResponseMetadata"]?["RequestId"]
        return WireError(
            code: error["Code"]?.text.map(\.trimmed), message: error["Message"]?.text ?? "", requestID: id?.text)
    }

    /// The namespace of a service's answers.
    static func namespace(_ id: String, _ version: String) -> String { "https://\(id).amazonaws.com/doc/\(version)/" }
}
