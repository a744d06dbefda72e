import AWS
import Core
import Foundation
import HTTP
import Testing

/// AWS's own vectors (`aws4_testsuite`); botocore skips four of them, and all run here:
/// normalize-path/get-space, get-vanilla-query-order-key-case, get-vanilla-query-order-key and get-vanilla-query-order-value.
@Suite struct SigV4VectorTests {
    private static let suite = "aws4_testsuite"
    private static let folder = Tools.vectors(suite)
    private static let names: [String] =
        (FileManager.default.enumerator(atPath: Self.folder)?.compactMap { $0 as? String } ?? [])
        .filter { $0.hasSuffix(".req") }.map { String($0.dropLast(4)) }.sorted()

    @Test(
        "the folder holds all 34 vectors", .enabled(if: Tools.hasVectors(Self.suite), Tools.missingVectors(Self.suite)))
    func complete() {
        #expect(Self.names.count == 34)
    }

    @Test(
        "canonical request, string to sign and header are AWS's",
        .enabled(if: Tools.hasVectors(Self.suite), Tools.missingVectors(Self.suite)),
        arguments: names)
    func vector(_ name: String) throws {
        func file(_ suffix: String) throws -> String {
            try String(contentsOfFile: "\(Self.folder)/\(name).\(suffix)", encoding: .utf8)
                .split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        }
        var request = try Self.parsed(try file("req"))
        // As in botocore's own test: a session token stands in the canonical request alone.
        let token = try file("creq").split(separator: "\n").first { $0.hasPrefix("x-amz-security-token:") }
        if let token, !request.headers.contains(where: { $0.name == "X-Amz-Security-Token" }) {
            request.headers.append(("X-Amz-Security-Token", String(token.dropFirst("x-amz-security-token:".count))))
        }
        let hash = SigV4.payloadHash(Array(request.body.utf8))
        let canonical = SigV4.canonicalRequest(
            method: request.method, path: request.path, query: request.query, headers: request.headers,
            payloadHash: hash)
        #expect(canonical == (try file("creq")))
        let scope = SigV4.Scope(day: "20150830", region: "us-east-1", service: "service")
        let text = SigV4.stringToSign(canonicalRequest: canonical, timestamp: "20150830T123600Z", scope: scope)
        #expect(text == (try file("sts")))
        let key = SigV4.key(secret: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), scope: scope)
        let authorization = SigV4.Authorization(
            accessKeyID: "AKIDEXAMPLE", scope: scope,
            signedHeaders: SigV4.signedHeaders(request.headers).split(separator: ";").map(String.init),
            signature: SigV4.signature(text, key: key))
        let expected = try file("authz")
        #expect(authorization.description == expected)
        #expect(SigV4.Authorization(expected) == authorization)
    }

    private struct RawRequest {
        var method, path, query, body: String
        var headers: [(name: String, value: String)]
    }

    /// The vectors' own form: a target with blanks, folded fields, and no line between fields and the end of a bodyless request.
    private static func parsed(_ text: String) throws -> RawRequest {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        let first = lines.removeFirst()
        let method = first.prefix { $0 != " " }
        let version = try #require(first.lastIndex(of: " "))
        let target = first[first.index(after: method.endIndex)..<version]
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers: [(name: String, value: String)] = []
        while let line = lines.popFirst(), !line.isEmpty {
            if line.first == " ", let last = headers.popLast() {
                headers.append((last.name, last.value + line))
            } else if let colon = line.firstIndex(of: ":") {
                headers.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
        return RawRequest(
            method: String(method), path: String(halves[0]), query: halves.count > 1 ? String(halves[1]) : "",
            body: lines.joined(separator: "\n"), headers: headers)
    }
}
