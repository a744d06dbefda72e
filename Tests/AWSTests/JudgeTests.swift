import AWS
import Core
import Foundation
import HTTPTypes
import Testing

/// Every message, with every member, as botocore's models see it.
@Suite struct JudgeTests {
    @Test("what one side of the wire writes, the other reads back the same", arguments: allOperations.indices)
    func roundTrip(_ index: Int) throws {
        try check(allOperations[index])
    }

    private func check<O: AWSOperation>(_: O.Type) throws {
        let codec = O.service.codec
        let sample = try SampleDecoder.make(O.self, isASCII: O.binding != nil)
        let request = try codec.encodeRequest(sample)
        let read = try codec.decodeRequest(O.self, from: request, bucket: O.bucket.map { sample[keyPath: $0] })
        #expect(try codec.encodeRequest(read).target == request.target)
        #expect(try codec.encodeRequest(read).headers == request.headers)
        #expect(try members(codec.encodeRequest(read).body) == members(request.body))
        if O.binding != nil {
            #expect(S3.operation(request.method.rawValue, target: request.target) == O.self)
        } else {
            let route = try #require(AWSService.route(headers: request.headers, body: request.body))
            #expect(route.service == O.service)
            #expect(route.operation == O.name)
        }
        let answer = try codec.encodeAnswer(
            O.self, SampleDecoder.make(O.Output.self, isASCII: O.binding != nil), requestID: "id")
        let output = try codec.decodeAnswer(O.self, headers: answer.headers, body: answer.body)
        #expect(try codec.encodeAnswer(O.self, output, requestID: "id").headers == answer.headers)
        #expect(try members(codec.encodeAnswer(O.self, output, requestID: "id").body) == members(answer.body))
    }

    /// JSON members have no order; forms and XML are compared as they are.
    private func members(_ body: [UInt8]) -> JSON {
        (try? JSON(parsing: Data(body))) ?? .string(String(decoding: body, as: UTF8.self))
    }

    @Test(
        "botocore's models find no fault in any request, answer or error",
        .enabled(if: Tools.hasBotocore, Tools.missingBotocore))
    func botocoreJudges() async throws {
        let lines = try allOperations.map { try messages($0) }.joined()
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "messages.jsonl").path(percentEncoded: false)
        try lines.write(toFile: file, atomically: true, encoding: .utf8)
        let judged = try await Tools.run([Tools.python, Tools.root + "Tests/Judges/aws_messages.py", file])
        #expect(judged.output == "judged \(allOperations.count * 3)\n")
        #expect(judged.status == 0)
    }

    private func messages<O: AWSOperation>(_: O.Type) throws -> String {
        let codec = O.service.codec
        let sample = try SampleDecoder.make(O.self, isASCII: O.binding != nil)
        let request = try codec.encodeRequest(sample)
        let answer = try codec.encodeAnswer(
            O.self, SampleDecoder.make(O.Output.self, isASCII: O.binding != nil), requestID: "id")
        let error = try codec.encodeError(code: "SomeException", message: "a <b> & \"c\"", requestID: "id")
        return [("request", request), ("answer", answer), ("error", error)].map { kind, message in
            let headers = message.headers.map { ($0.name.canonicalName, JSON.string($0.value)) }
            let line: JSON = [
                "service": .string(O.service.id), "operation": .string(O.name), "kind": .string(kind),
                "method": .string(message.method.rawValue), "target": .string(message.target),
                "bucket": .string(O.bucket.map { sample[keyPath: $0] } ?? ""),
                "status": .integer(Int64(message.status)),
                "headers": .object(Dictionary(uniqueKeysWithValues: headers)),
                "body": .string(String(decoding: message.body, as: UTF8.self)),
            ]
            return line.text() + "\n"
        }.joined()
    }
}
