import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

/// The signer over generated requests, beside botocore's over the same.
@Suite struct SignatureJudgeTests {
    struct Case: Codable {
        var method: String
        var url: String
        var headers: [[String]]
        var body: String
        var region: String
        var service: String
        var timestamp: String
        var token: String?

        func signed() throws -> String? {
            var fields = HTTPFields()
            for pair in headers { fields.append(HTTPField(name: try #require(.init(pair[0])), value: pair[1])) }
            let isS3 = service == "s3"
            if isS3, let name = HTTPField.Name("X-Amz-Content-SHA256") {
                fields[name] = SigV4.payloadHash(Array(body.utf8))
            }
            let credentials = AWSCredentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG"),
                sessionToken: token.map { Secret($0) })
            let request = WebRequest(
                try #require(.init(rawValue: method)), url, headers: fields, body: Array(body.utf8))
            return try RequestSigner().sign(
                request, service: service, region: region, credentials: credentials,
                at: try #require(SigV4.date(timestamp)), rule: isS3 ? .s3 : .standard
            ).headers[.authorization]
        }
    }

    @Test("botocore signs each of 4000 requests the same", .enabled(if: Tools.hasBotocore, Tools.missingBotocore))
    func sameSignature() async throws {
        let generator = RequestGenerator(dice: .seeded(Tools.seed))
        let cases = (0..<4000).map { _ in generator.next() }
        let lines = try cases.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let judged = try await Tools.judge("aws_signatures.py", lines).map { try JSON(parsing: $0).string }
        #expect(judged.count == cases.count)
        for (judgement, one) in zip(judged, cases) {
            let own = try one.signed()
            #expect(own == judgement, "\(one)")
        }
        #expect(Set(judged).count > 3900)
    }
}

/// Makes requests with odd paths, queries, header fields and bodies.
struct RequestGenerator {
    let dice: Dice

    private func often(_ share: Double) -> Bool { dice.uniform() < share }
    private func count(_ most: Int) -> Int { Int(dice.uniform() * Double(most + 1)) }
    private func one<Value>(_ values: [Value]) -> Value { values[Int(dice.uniform() * Double(values.count))] }
    private func text(_ pieces: [String], _ most: Int) -> String { (0..<count(most)).map { _ in one(pieces) }.joined() }

    func next() -> SignatureJudgeTests.Case {
        let service = one(["codebuild", "iam", "sts", "secretsmanager", "service", "s3"])
        let host = one([
            "https://example.amazonaws.com", "http://127.0.0.1:4566", "https://Example.com:443", "http://x:80",
            "https://h.example:8443", "http://[::1]:9000",
        ])
        let query = (0..<count(4)).map { _ in pair() }.joined(separator: "&")
        return SignatureJudgeTests.Case(
            method: one(["GET", "POST", "PUT", "DELETE", "HEAD"]),
            url: host + path(isS3: service == "s3") + (query.isEmpty ? "" : "?" + query),
            headers: (0..<count(5)).map { _ in header() },
            body: often(0.5) ? "" : text(["é", "{}", "\n", "a=b&c", "\u{0}"], 9),
            region: one(["us-east-1", "eu-west-3", "cn-north-1"]), service: service,
            timestamp: "20\(10 + count(89))0\(1 + count(8))1\(count(9))T0\(count(9))1530Z",
            token: often(0.4) ? "tok/en+=" : nil)
    }

    private func path(isS3: Bool) -> String {
        let pieces = [
            "a", "B", "-", "_", ".", "~", "%20", "%2F", "%C3%A9", "+", "*", ":", "@", "=", ",", "(", "!", "'", "$",
        ]
        // S3 gets a path encoded already; the others get theirs encoded once more, whatever is in it.
        let parts = (0..<count(5)).map { _ in
            often(0.25) ? one(["", ".", ".."]) : text(isS3 ? pieces : pieces + ["é", "日", "%zz", "%"], 5)
        }
        return "/" + parts.joined(separator: "/") + (often(0.3) ? "/" : "")
    }

    /// As a client sends it: names and values encoded; repeated, without a value, and empty ones among them.
    private func pair() -> String {
        let name = PercentEncoding.encode(one(["a", "A", "b", "aa", "é", "list-type", "X-Amz-Meta", "a b", "ü/&="]))
        let value = PercentEncoding.encode(text(["1", "2", "a", "Z", " ", "+", "/", "=", "&", "é", "~", "%"], 4))
        return often(0.15) ? name : "\(name)=\(value)"
    }

    private func header() -> [String] {
        let name = one([
            "Content-Type", "X-Amz-Target", "x-custom", "X-CUSTOM", "Accept", "User-Agent", "Expect", "X-Amzn-Trace-Id",
            "My-B",
        ])
        let value = text(["a", "B", " ", "  ", "\t", "é", "\"q\"", ",", ";x=1", "   c "], 6)
        return [name, value]
    }
}
