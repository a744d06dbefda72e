internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// AWS REST with XML (smithy.io, "AWS restXml protocol") as S3 has it: members stand in path, query and header fields, the rest in an XML
/// body whose lists are flat, and errors have no element around them.
enum RESTXML {
    static let type = "application/xml"
    /// The namespace of a service's documents.
    static func namespace(_ id: String, _ version: String) -> String { "http://\(id).amazonaws.com/doc/\(version)/" }

    /// A request's path, query and header fields, and what is left for its body.
    static func request(_ members: [String: TextTree], _ binding: HTTPBinding) -> (
        WireMessage, rest: [String: TextTree]
    ) {
        var (path, query, headers, rest) = (binding.path, binding.query.map { ($0, $1) }, HTTPFields(), members)
        var maps: [(String, String)] = []
        for (name, place) in binding.input {
            guard let tree = rest.removeValue(forKey: name) else { continue }
            switch place {
            case .address: break
            case .path:
                let text = tree.text ?? ""
                path = path.replacing("{\(name)+}", with: PercentEncoding.encode(text, keeping: "/"))
                    .replacing("{\(name)}", with: PercentEncoding.encode(text))
            case .query(let key):
                switch tree {
                case .list(let items): query += items.map { (key, $0.text ?? "") }
                case .map(let pairs): maps += pairs.map { ($0.key, $0.value.text ?? "") }
                case .text(let text): query.append((key, text))
                }
            default: add(tree, place, to: &headers)
            }
        }
        // A name of its own counts before one of a map.
        query += maps.filter { pair in !query.contains { $0.0 == pair.0 } }
        let pairs = query.map { (PercentEncoding.encode($0), PercentEncoding.encode($1)) }.sorted { $0 < $1 }
        let text = pairs.map { "\($0)=\($1)" }.joined(separator: "&")
        let target = text.isEmpty ? path : path + "?" + text
        return (WireMessage(method: binding.method, target: target, headers: headers, body: []), rest)
    }

    /// The members of a request's path, query and header fields.
    static func members(of request: WireMessage, _ binding: HTTPBinding) -> [String: TextTree] {
        let halves = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.count > 1 ? URLText.queryPairs(String(halves[1])) : []
        var members: [String: TextTree] = [:]
        for (name, place) in binding.input {
            switch place {
            case .address: break
            case .path: members[name] = .text(PercentEncoding.decode(halves[0].dropFirst()))
            case .query(let key):
                let values = query.filter { $0.name == key }.map { TextTree.text($0.value) }
                if let first = values.first { members[name] = values.count == 1 ? first : .list(values) }
            default: members[name] = tree(place, in: request.headers)
            }
        }
        return members
    }

    /// Puts members into header fields; returns those that stand elsewhere.
    static func answer(_ members: [String: TextTree], _ binding: HTTPBinding, _ headers: inout HTTPFields) -> [String:
        TextTree]
    {
        var rest = members
        for (name, place) in binding.output {
            guard let tree = rest.removeValue(forKey: name) else { continue }
            add(tree, place, to: &headers)
        }
        return rest
    }

    /// The members that stand in an answer's header fields.
    static func members(of headers: HTTPFields, _ binding: HTTPBinding) -> [String: TextTree] {
        var members: [String: TextTree] = [:]
        for (name, place) in binding.output { members[name] = tree(place, in: headers) }
        return members
    }

    private static func add(_ tree: TextTree, _ place: HTTPBinding.Place, to headers: inout HTTPFields) {
        switch (place, tree) {
        case (.header(let field, let isDate), .text(let text)):
            guard let name = HTTPField.Name(field) else { return }
            headers[name] = isDate ? ISO8601.date(text).map(HTTPDate.text) : text
        case (.header(let field, _), .list(let items)):
            guard let name = HTTPField.Name(field) else { return }
            headers[name] = items.compactMap(\.text).joined(separator: ",")
        case (.headers(let prefix), .map(let pairs)):
            for (key, value) in pairs {
                guard let name = HTTPField.Name(prefix + key) else { continue }
                headers[name] = value.text
            }
        default: break
        }
    }

    private static func tree(_ place: HTTPBinding.Place, in headers: HTTPFields) -> TextTree? {
        switch place {
        case .header(let field, let isDate):
            guard let name = HTTPField.Name(field), let text = headers[name] else { return nil }
            // A date that cannot be read is left out, as if it were not there.
            return isDate ? HTTPDate.date(text).map { .text(ISO8601.text($0)) } : .text(text)
        case .headers(let prefix):
            let mine = headers.filter { $0.name.canonicalName.hasPrefix(prefix.lowercased()) }
            let pairs = mine.map { (String($0.name.canonicalName.dropFirst(prefix.count)), TextTree.text($0.value)) }
            return pairs.isEmpty ? nil : .map(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        default: return nil
        }
    }

    static func error(code: String, message: String, requestID: String) -> [UInt8] {
        let members = TextTree.map([
            "Code": .text(code), "Message": .text(message), "RequestId": .text(requestID),
        ])
        return Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(XMLTree.element("Error", members))".utf8)
    }

    /// An error in S3's form; nil where the body is none.
    static func decodeError(_ body: [UInt8]) -> WireError? {
        guard body.first(where: { $0 > 32 }) == UInt8(ascii: "<"), let (root, error) = try? XMLTree.read(body),
            root == "Error"
        else { return nil }
        return WireError(
            code: error["Code"]?.text.map(\.trimmed), message: error["Message"]?.text ?? "",
            requestID: error["RequestId"]?.text, region: error["Region"]?.text)
    }
}
