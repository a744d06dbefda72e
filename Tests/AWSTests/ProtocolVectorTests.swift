import Core
import Foundation
import HTTPTypes
import Testing

@testable import AWS

/// AWS's vectors of the JSON 1.0, JSON 1.1 and Query protocols, through the encoders and decoders that every operation goes through. A generic value
/// plays their shapes; ``VectorShape/isSpoken(_:)`` says what is left out.
@Suite(.enabled(if: Tools.hasVectors("protocols"), Tools.missingVectors("protocols")))
struct ProtocolVectorTests {
    struct Vector: Sendable {
        var suite: JSON
        var one: JSON
        var id: String { one["id"]?.string ?? "" }
        func shape(_ member: String) -> VectorShape {
            VectorShape(shapes: suite["shapes"] ?? [:], reference: one["given"]?[member] ?? [:])
        }
    }

    static func vectors(_ file: String) throws -> [Vector] {
        let path = "\(Tools.vectors("protocols"))/\(file).json"
        let suites = try JSON(parsing: try Data(contentsOf: URL(filePath: path))).array ?? []
        return suites.flatMap { suite in (suite["cases"]?.array ?? []).map { Vector(suite: suite, one: $0) } }
    }

    /// What operations here never ask for: gzip, and a token that the protocol fills in (the client does that, see `ClientTests`).
    static let otherRooms = ["PutWithContentEncoding", "QueryIdempotencyTokenAutoFill"]

    @Test("inputs are written as AWS's vectors have them", arguments: [("json", 25), ("json_1_0", 12), ("query", 15)])
    func inputs(_ name: String, _ least: Int) throws {
        let isQuery = name == "query"
        var judged = 0
        for vector in try Self.vectors("input/\(name)") {
            let operation = vector.one["given"]?["name"]?.string ?? ""
            let (shape, parameters) = (vector.shape("input"), vector.one["params"] ?? [:])
            guard !Self.otherRooms.contains(operation), Self.isSpoken(parameters, shape, isQuery ? .query : .json),
                let expected = vector.one["serialized"]?["body"]?.string
            else { continue }
            let input = VectorInput(shape: shape, value: parameters)
            if isQuery {
                let body = try Query.form(of: input, action: operation, version: "2020-01-08", names: .asWritten)
                #expect(Self.fields(String(decoding: body, as: UTF8.self)) == Self.fields(expected), "\(vector.id)")
            } else {
                let body = try AWSJSON.encode(input, names: .asWritten)
                #expect(
                    try JSON(parsing: Data(body)) == JSON(parsing: expected.isEmpty ? "{}" : expected), "\(vector.id)")
            }
            judged += 1
        }
        #expect(judged >= least)
    }

    @Test("outputs are read as AWS's vectors have them", arguments: [("json", 25), ("json_1_0", 12), ("query", 15)])
    func outputs(_ name: String, _ least: Int) throws {
        let isQuery = name == "query"
        var judged = 0
        for vector in try Self.vectors("output/\(name)") {
            let operation = vector.one["given"]?["name"]?.string ?? ""
            guard vector.one["errorCode"] == nil, let result = vector.one["result"],
                !"\(result)".contains("NaN"), !"\(result)".contains("Infinity")
            else { continue }
            let body = Array((vector.one["response"]?["body"]?.string ?? "").utf8)
            let shape = vector.shape("output")
            let read = try VectorOutput.$root.withValue((shape, isQuery ? .query : .json)) {
                isQuery
                    ? try Query.decodeAnswer(VectorOutput.self, operation: operation, from: body, names: .asWritten)
                    : try AWSJSON.decode(VectorOutput.self, from: body, names: .asWritten)
            }
            let spoken = (result.object ?? [:]).filter {
                shape.members[$0.key]?.isSpoken(isQuery ? .query : .json) == true
            }
            #expect(try JSON(parsing: read.value.text()) == .object(spoken), "\(vector.id)")
            judged += 1
        }
        #expect(judged >= least)
    }

    @Test(
        "errors are read as AWS's vectors have them",
        arguments: [
            ("json", 12), ("json_1_0", 12), ("json_1_0-query-compatible", 2), ("query", 3), ("rest-xml", 2),
        ])
    func errors(_ name: String, _ count: Int) throws {
        let vectors = try Self.vectors("output/\(name)").filter { $0.one["errorCode"] != nil }
        #expect(vectors.count == count)
        for vector in vectors {
            var fields = HTTPFields()
            for (name, value) in vector.one["response"]?["headers"]?.object ?? [:] {
                fields[try #require(HTTPField.Name(name))] = value.string
            }
            let body = Array((vector.one["response"]?["body"]?.string ?? "").utf8)
            let error = WireCodec(name == "query" ? STS.service : name == "rest-xml" ? S3.service : SQS.service)
                .decodeError(
                    headers: fields, body: body)
            #expect(error.code == vector.one["errorCode"]?.string, "\(vector.id)")
            // XML has words that this vector's shape does not.
            if vector.id != "ComplexError" {
                #expect(error.message == vector.one["errorMessage"]?.string ?? "", "\(vector.id)")
            }
        }
    }

    static func isSpoken(_ value: JSON, _ shape: VectorShape, _ wire: VectorWire) -> Bool {
        guard shape.isSpoken(wire) else { return false }
        switch value {
        case .object(let members) where shape.type == "structure":
            return members.allSatisfy { name, value in
                value == .null || shape.members[name].map { isSpoken(value, $0, wire) } == true
            }
        case .object(let members): return members.values.allSatisfy { isSpoken($0, shape.element, wire) }
        case .array(let items): return items.allSatisfy { isSpoken($0, shape.element, wire) }
        case .null: return false
        default: return true
        }
    }

    private static func fields(_ form: String) -> [String] {
        form.split { $0 == "&" || $0 == "\n" }.map(String.init).sorted()
    }
}
