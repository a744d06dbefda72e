import Core
import Foundation
import HTTP
import HTTPTypes
import TestSupport

@testable import AWS

/// STS, SSO, the container's endpoint and IMDS as `Tests/Judges/aws_credentials.py` plays them too: the keys that they hand out name
/// what they were asked for, so that equal keys mean equal calls.
enum FakeIdentity {
    static let end = "2099-01-01T00:00:00Z"

    static var transport: ScriptedTransport { ScriptedTransport { request, _ in answer(request) } }

    static func answer(_ request: WebRequest) -> ScriptedTransport.Line {
        guard let url = URLText.parts(request.url) else { return .answer(400) }
        let metadata = { (key: String) in
            ScriptedTransport.Line.answer(
                200, [:], #"{"AccessKeyId":"\#(key)","SecretAccessKey":"s","Token":"t","Expiration":"\#(end)"}"#)
        }
        switch (request.method, url.path) {
        case (.post, "/token"): return token(request)
        case (.post, _): return sts(request)
        case (.put, _): return .answer(200, [:], "imds")
        case (_, "/federation/credentials"): return sso(request, url.query ?? "")
        case (_, "/latest/meta-data/iam/security-credentials/"): return .answer(200, [:], "role")
        case (_, let path) where path.hasPrefix("/latest/"): return metadata("[I]")
        default: return metadata("[C;\(request.headers[.authorization] ?? "")]")
        }
    }

    private static func sts(_ request: WebRequest) -> ScriptedTransport.Line {
        let form = Dictionary(
            URLText.queryPairs(String(decoding: request.body, as: UTF8.self)).map { ($0.name, $0.value) },
            uniquingKeysWith: { $1 })
        let signer = request.headers[.authorization].flatMap { SigV4.Authorization($0) }?.accessKeyID ?? ""
        var session = form["RoleSessionName"] ?? ""
        if session.hasPrefix("unthrottle-") { session = "" }
        let action = form["Action"] ?? ""
        let names =
            action == "AssumeRole"
            ? ["RoleArn", "ExternalId", "DurationSeconds", "SerialNumber", "TokenCode"]
            : ["RoleArn", "WebIdentityToken"]
        let values = names.map { form[$0] ?? "" } + [session, signer]
        let key = "[\(action == "AssumeRole" ? "A" : "W");\(values.joined(separator: ";"))]"
        return .answer(
            200, [:],
            """
            <\(action)Response><\(action)Result><Credentials><AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>s\
            </SecretAccessKey><SessionToken>t</SessionToken><Expiration>\(end)</Expiration></Credentials>\
            </\(action)Result></\(action)Response>
            """)
    }

    private static func token(_ request: WebRequest) -> ScriptedTransport.Line {
        let grant = try? JSON(parsing: Data(request.body))
        let names = ["grantType", "clientId", "clientSecret", "refreshToken"]
        let values = names.map { grant?[$0]?.string ?? "" }
        if values.last == "refused" { return .answer(400, [:], #"{"error":"invalid_grant"}"#) }
        return .answer(
            200, [:], #"{"accessToken":"(\#(values.joined(separator: ",")))","expiresIn":28800,"tokenType":"Bearer"}"#)
    }

    private static func sso(_ request: WebRequest, _ query: String) -> ScriptedTransport.Line {
        let pairs = Dictionary(
            URLText.queryPairs(query).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let key = ["[S", pairs["role_name"] ?? "", pairs["account_id"] ?? "", request.headers[.ssoBearerToken] ?? ""]
        return .answer(
            200, [:],
            """
            {"roleCredentials":{"accessKeyId":"\(key.joined(separator: ";"))]","secretAccessKey":"s",\
            "sessionToken":"t","expiration":4070908800000}}
            """)
    }
}
