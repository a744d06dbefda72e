import HTTPTypes
import Testing

@testable import Registry

@Suite("Limits in HTTP answers")
struct ThrottleAnswerTests {
    struct Row: Sendable {
        var host = "docker.io"
        var status = 429
        var headers: [(String, String)] = []
        var body = ""
        var identity: Identity?
        var expected: Throttle?
    }

    static let uuid = QuotaTests.uuid
    static let anonymous =
        #"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your unauthenticated pull rate limit."}]}"#
    static let old = #"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"#

    static let rows = [
        Row(body: anonymous, identity: .account("me"), expected: .pullLimit(.anonymous)),
        Row(body: old, expected: .pullLimit(nil)),
        Row(body: old, identity: .account("me"), expected: .pullLimit(.account("me"))),
        Row(
            headers: [("docker-ratelimit-source", "192.0.2.1")], body: old, identity: .account("me"),
            expected: .pullLimit(.anonymous)),
        Row(headers: [("docker-ratelimit-source", uuid)], body: old, expected: .pullLimit(.account(uuid))),
        Row(
            headers: [("content-type", "text/plain"), ("retry-after", "60")], body: "Too Many Requests (HAP429).\n",
            expected: .abuseLimit),
        Row(headers: [("content-type", "text/plain; charset=utf-8")], body: "Too Many Requests", expected: .abuseLimit),
        Row(headers: [("retry-after", "60")], expected: .abuseLimit),
        Row(headers: [("ratelimit-remaining", "0;w=21600")], identity: .anonymous, expected: .pullLimit(.anonymous)),
        Row(expected: .ambiguous),
        Row(
            body:
                #"{"errors":[{"code":"TOOMANYREQUESTS","message":"too many failed login attempts for username or IP address"}]}"#,
            expected: .loginLock),
        Row(
            status: 403, body: #"{"details":"too many failed login attempts for username or IP address"}"#,
            expected: .loginLock),
        Row(
            host: "public.ecr.aws", body: #"{"errors":[{"code":"TOOMANYREQUESTS","message":"Rate exceeded"}]}"#,
            expected: .otherRegistry(.ecrPublic)),
        Row(host: "mirror.example.com", body: "<!DOCTYPE html><title>x</title>", expected: .otherRegistry(.mirror)),
        Row(host: "mirror.example.com", body: anonymous, expected: .pullLimit(.anonymous)),
        Row(host: "123456789012.dkr.ecr.eu-west-1.amazonaws.com", expected: .otherRegistry(.ecr)),
        Row(host: "quay.io", expected: .otherRegistry(.host("quay.io"))),
        Row(status: 200, body: anonymous, expected: nil),
        Row(status: 503, body: "down", expected: nil),
        Row(status: 401, expected: nil),
    ]

    @Test("host, status, headers and body", arguments: 0..<rows.count)
    func answers(_ index: Int) {
        let row = Self.rows[index]
        var headers = HTTPFields()
        for (name, value) in row.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        #expect(
            Throttle(host: row.host, status: row.status, headers: headers, body: row.body, identity: row.identity)
                == row.expected)
    }
}
