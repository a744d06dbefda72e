import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

/// S3's calls with odd keys, as botocore would send them: address, path, query, header fields, checksum and signature.
@Suite(.enabled(if: Tools.hasBotocore, Tools.missingBotocore)) struct S3JudgeTests {
    struct Case: Codable {
        var operation: String
        var parameters: [String: String]
        var region: String
        var endpoint: String?
        var timestamp = "20231114T221320Z"
        var token: String?
        var body: String?
        var seconds: Int?

        func client(_ transport: ScriptedTransport) -> AWSClient {
            AWSClient(
                AWSConfiguration(region: region, endpoints: EndpointOverrides(all: endpoint)),
                credentials: StaticCredentials(
                    AWSCredentials(
                        accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG"),
                        sessionToken: token.map { Secret($0) })), transport: transport, time: ManualTime().keeper)
        }

        /// What the client sends.
        func sent() async throws -> WebRequest {
            let transport = ScriptedTransport([.answer(200)])
            let (bucket, key) = (parameters["Bucket"] ?? "", parameters["Key"] ?? "")
            let client = client(transport)
            switch operation {
            case "GetObject":
                _ = try await client.call(
                    S3.GetObject(
                        bucket: bucket, key: key, ifNoneMatch: parameters["IfNoneMatch"], range: parameters["Range"],
                        versionId: parameters["VersionId"]))
            case "HeadObject": _ = try await client.call(S3.HeadObject(bucket: bucket, key: key))
            case "DeleteObject": _ = try await client.call(S3.DeleteObject(bucket: bucket, key: key))
            case "PutObject":
                _ = try await client.call(
                    S3.PutObject(
                        bucket: bucket, key: key, body: body.map { Data($0.utf8) }, ifMatch: parameters["IfMatch"],
                        ifNoneMatch: parameters["IfNoneMatch"]))
            default:
                _ = try await client.call(
                    S3.ListObjectsV2(
                        bucket: bucket, delimiter: parameters["Delimiter"], encodingType: "url",
                        prefix: parameters["Prefix"], startAfter: parameters["StartAfter"]))
            }
            return try #require(transport.requests.first)
        }

        func presigned() async throws -> String {
            let client = client(ScriptedTransport([]))
            let (bucket, key) = (parameters["Bucket"] ?? "", parameters["Key"] ?? "")
            let request =
                operation == "PutObject"
                ? try await client.presigned(
                    S3.PutObject(bucket: bucket, key: key, ifNoneMatch: parameters["IfNoneMatch"]),
                    seconds: seconds ?? 0)
                : try await client.presigned(
                    S3.GetObject(
                        bucket: bucket, key: key, ifNoneMatch: parameters["IfNoneMatch"],
                        versionId: parameters["VersionId"]), seconds: seconds ?? 0)
            return request.url.reveal()
        }
    }

    private static func judged(_ cases: [Case]) async throws -> [JSON] {
        let lines = try cases.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let judged = try await Tools.judge("aws_s3.py", lines).map { try JSON(parsing: $0) }
        #expect(judged.count == cases.count)
        return judged
    }

    @Test("botocore sends each of 800 calls the same")
    func calls() async throws {
        let generator = KeyGenerator(dice: .seeded(Tools.seed))
        let cases = (0..<800).map { _ in generator.call() }
        for (theirs, one) in zip(try await Self.judged(cases), cases) {
            let own = try await one.sent()
            #expect(own.method.rawValue == theirs["method"]?.string, "\(one)")
            #expect(Self.parts(own.url) == Self.parts(theirs["url"]?.string ?? ""), "\(one)")
            let fields = Dictionary(
                uniqueKeysWithValues: own.headers.map { ($0.name.canonicalName, JSON.string($0.value)) })
            #expect(JSON.object(fields) == theirs["headers"], "\(one)")
        }
    }

    @Test("botocore presigns each of 300 calls the same")
    func presigned() async throws {
        let generator = KeyGenerator(dice: .seeded(Tools.seed + 1))
        let cases = (0..<300).map { _ in generator.presigned() }
        for (theirs, one) in zip(try await Self.judged(cases), cases) {
            #expect(Self.parts(try await one.presigned()) == Self.parts(theirs["url"]?.string ?? ""), "\(one)")
        }
    }

    /// The order of a query's pairs is free: signatures sort them.
    private static func parts(_ url: String) -> [String] {
        let halves = url.split(separator: "?", maxSplits: 1)
        return [halves.first.map(String.init) ?? ""]
            + (halves.count > 1 ? halves[1].split(separator: "&").map(String.init).sorted() : [])
    }
}

/// Makes calls with odd keys.
struct KeyGenerator {
    let dice: Dice

    private func often(_ share: Double) -> Bool { dice.uniform() < share }
    private func one<Value>(_ values: [Value]) -> Value { values[Int(dice.uniform() * Double(values.count))] }
    private func text(_ most: Int) -> String {
        let pieces = [
            "a", "B7", " ", "  ", "+", "%", "%20", "%2F", "%zz", "é", "日本", "🚚", "e\u{301}", "/", "//", "/./", "/../",
            ".", "..", "~", "_", "-", "!", "'", "(", ")", "*", "&", "=", "?", "#", ":", ";", "@", "$", ",", "\\", "\"",
            "<", ">", "|", "^", "`", "{Key+}", "[", "\t", "\n", "\u{7f}", "\u{1}",
        ]
        return (0...Int(dice.uniform() * Double(most))).map { _ in one(pieces) }.joined()
    }

    func call() -> S3JudgeTests.Case {
        let endpoint: String? =
            often(0.4) ? nil : one(["http://127.0.0.1:4566", "http://localhost:9000/below", "https://[::1]"])
        let isHTTP = endpoint?.hasPrefix("http:") == true
        // By TLS botocore sends the checksum of a written object behind it, in pieces; this client sends it in front.
        let operations =
            ["GetObject", "HeadObject", "DeleteObject", "ListObjectsV2"] + (isHTTP ? ["PutObject", "PutObject"] : [])
        let operation = one(operations)
        var parameters = ["Bucket": one(["my-bucket", "a1b", "my.bucket.x", "Old_Bucket", "127.0.0.1"])]
        if operation == "ListObjectsV2" {
            if often(0.6) { parameters["Prefix"] = text(4) }
            if often(0.4) { parameters["Delimiter"] = one(["/", " ", "é"]) }
            if often(0.3) { parameters["StartAfter"] = text(4) }
        } else {
            parameters["Key"] = text(8)
        }
        if operation == "GetObject", often(0.3) { parameters["Range"] = "bytes=0-9" }
        if operation == "GetObject", often(0.3) { parameters["VersionId"] = "a+b/c=.d" }
        if ["GetObject", "PutObject"].contains(operation), often(0.3) { parameters["IfNoneMatch"] = "*" }
        if operation == "PutObject", often(0.3) { parameters["IfMatch"] = "\"abc\"" }
        return S3JudgeTests.Case(
            operation: operation, parameters: parameters, region: one(["us-east-1", "eu-west-3", "cn-north-1"]),
            endpoint: endpoint, token: often(0.4) ? "tok/en+=" : nil, body: operation == "PutObject" ? text(9) : nil)
    }

    func presigned() -> S3JudgeTests.Case {
        let endpoint: String? = often(0.5) ? nil : one(["http://127.0.0.1:4566", "https://s3.example"])
        let operation = one(["GetObject", "PutObject"])
        var parameters = ["Bucket": one(["my-bucket", "a1b"]), "Key": text(8)]
        if operation == "GetObject", often(0.3) { parameters["VersionId"] = "a+b/c=.d" }
        if often(0.3) { parameters["IfNoneMatch"] = "*" }
        return S3JudgeTests.Case(
            operation: operation, parameters: parameters, region: one(["us-east-1", "eu-west-3"]), endpoint: endpoint,
            token: often(0.4) ? "tok/en+=" : nil, seconds: one([1, 3600, 604_800]))
    }
}
