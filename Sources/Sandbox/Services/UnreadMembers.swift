internal import AWS
internal import Core
internal import FoundationEssentials

/// Members of a request that the sandbox's shape of the operation does not have: what they ask for would be passed over in
/// silence. A request that was read and is written again has all that was read.
enum UnreadMembers {
    /// Refuses a request with a member of its own that `input` does not hold. S3's members are looked at by ``S3Fields``.
    static func check<Operation: AWSOperation>(_ input: Operation, _ request: WireMessage) throws {
        guard let sent = names(in: request.body, Operation.service.wire),
            let read = names(in: try Operation.service.codec.encodeRequest(input).body, Operation.service.wire),
            let unread = sent.subtracting(read).sorted().first
        else { return }
        throw ServiceError(
            Operation.service.modelCheck.code, "The sandbox does not know the member \(unread) of \(Operation.name)")
    }

    /// The outermost members; nil where they stand elsewhere.
    private static func names(in body: [UInt8], _ wire: AWSService.Wire) -> Set<String>? {
        switch wire {
        case .restXML: return nil
        case .json:
            let members = (try? JSON(parsing: Data(body)))?.object ?? [:]
            return Set(members.filter { $0.value != .null }.keys)
        case .query:
            let fields = body.split(separator: UInt8(ascii: "&"))
            return Set(
                fields.map { field in
                    // `Tags.member.1.Key=a` is of the member Tags.
                    String(
                        decoding: field.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ".") }, as: UTF8.self)
                })
        }
    }
}
