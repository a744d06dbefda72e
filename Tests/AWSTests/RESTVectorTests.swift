import Core
import Foundation
import HTTPTypes
import Testing

@testable import AWS

/// AWS's vectors of the REST-XML protocol, through what S3's operations go through: each vector's shape gives the binding.
@Suite(.enabled(if: Tools.hasVectors("protocols"), Tools.missingVectors("protocols")))
struct RESTVectorTests {
    typealias Vector = ProtocolVectorTests.Vector

    @Test("requests are written as AWS's vectors have them")
    func inputs() throws {
        var judged = 0
        for vector in try ProtocolVectorTests.vectors("input/rest-xml") {
            let (shape, parameters) = (vector.shape("input"), vector.one["params"] ?? [:])
            let operation = vector.one["given"]?["name"]?.string ?? ""
            guard !ProtocolVectorTests.otherRooms.contains(operation), let expected = vector.one["serialized"],
                ProtocolVectorTests.isSpoken(parameters, shape, .rest),
                let binding = Self.binding(vector, "input")
            else { continue }
            let payload = shape.traits["payload"]?.string
            var members = parameters.object ?? [:]
            if let payload { members[payload] = nil }
            let input = VectorInput(shape: shape, value: .object(members))
            guard case .map(let tree) = try TreeCoding.tree(of: input, names: .asWritten) else { continue }
            let (message, rest) = RESTXML.request(tree, binding)
            // S3's requests that are known here have no XML in them.
            guard rest.isEmpty else { continue }
            #expect(message.method.rawValue == expected["method"]?.string, "\(vector.id)")
            #expect(Self.target(message.target) == Self.target(expected["uri"]?.string ?? "/"), "\(vector.id)")
            for (name, value) in expected["headers"]?.object ?? [:] where name != "Content-Type" {
                #expect(message.headers[try #require(HTTPField.Name(name))] == value.string, "\(vector.id): \(name)")
            }
            judged += 1
        }
        #expect(judged >= 20)
    }

    @Test("answers are read as AWS's vectors have them")
    func outputs() throws {
        var judged = 0
        for vector in try ProtocolVectorTests.vectors("output/rest-xml") {
            let shape = vector.shape("output")
            guard vector.one["errorCode"] == nil, let result = vector.one["result"],
                !"\(result)".contains("NaN"), !"\(result)".contains("Infinity"),
                let binding = Self.binding(vector, "output")
            else { continue }
            let body = vector.one["response"]?["body"]?.string ?? ""
            let payload = shape.traits["payload"]?.string
            var headers = HTTPFields()
            for (name, value) in vector.one["response"]?["headers"]?.object ?? [:] {
                headers[try #require(HTTPField.Name(name))] = value.string
            }
            var members = RESTXML.members(of: headers, binding)
            if payload == nil, !body.isEmpty,
                case .map(let inner) = try XMLTree.read(Array(body.utf8), flatLists: true).tree
            {
                members.merge(inner) { first, _ in first }
            }
            let read = try VectorOutput.$root.withValue((shape, .rest)) {
                try TreeCoding.value(VectorOutput.self, from: .map(members), names: .asWritten, flatLists: true)
            }
            let values = try JSON(parsing: read.value.text()).object ?? [:]
            #expect(
                JSON.object(values.filter { $0.key != payload })
                    == Self.spoken(.object((result.object ?? [:]).filter { $0.key != payload }), shape), "\(vector.id)")
            judged += 1
        }
        #expect(judged >= 25)
    }

    /// A result without the members that are not spoken; where there are no header fields with a prefix, botocore says that the map is
    /// empty, and this program that there is none.
    private static func spoken(_ value: JSON, _ shape: VectorShape) -> JSON {
        switch value {
        case .object(let members) where shape.type == "structure":
            .object(
                members.reduce(into: [:]) { out, member in
                    guard let inner = shape.members[member.key], inner.isSpoken(.rest) else { return }
                    if inner.traits["location"] == "headers", member.value == [:] { return }
                    out[member.key] = spoken(member.value, inner)
                })
        case .array(let items): .array(items.map { spoken($0, shape.element) })
        default: value
        }
    }

    /// Where the members of a vector's shape stand; nil where its body is one member that is no blob, which no operation here has.
    private static func binding(_ vector: Vector, _ side: String) -> HTTPBinding? {
        let (http, shape) = (vector.one["given"]?["http"] ?? [:], vector.shape(side))
        if let payload = shape.traits["payload"]?.string, shape.members[payload]?.type != "blob" { return nil }
        var places: [String: HTTPBinding.Place] = [:]
        for (name, member) in shape.members {
            let wire = member.wireName(name)
            let isDate =
                member.type == "timestamp" && (member.traits["timestampFormat"]?.string ?? "rfc822") == "rfc822"
            switch member.traits["location"]?.string {
            case "uri": places[wire] = .path
            case "querystring": places[wire] = .query(wire)
            case "header": places[wire] = .header(wire, isDate: isDate)
            case "headers": places[wire] = .headers(prefix: wire)
            default: break
            }
        }
        let uri = (http["requestUri"]?.string ?? "/").split(separator: "?", maxSplits: 1)
        let query = uri.count > 1 ? self.query(String(uri[1])) : [:]
        return HTTPBinding(
            .init(rawValue: http["method"]?.string ?? "") ?? .post, uri.first.map(String.init) ?? "/", query: query,
            input: side == "input" ? places : [:], output: side == "output" ? places : [:])
    }

    private static func query(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }, uniquingKeysWith: { $1 })
    }

    private static func target(_ text: String) -> [String] {
        let halves = text.split(separator: "?", maxSplits: 1)
        // A pair without a value is the same with `=` behind it.
        let pairs = halves.count > 1 ? halves[1].split(separator: "&").map { $0.contains("=") ? $0 : $0 + "=" } : []
        return [String(halves[0])] + pairs.map(String.init).sorted()
    }
}
