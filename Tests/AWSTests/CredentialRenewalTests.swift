import Core
import Crypto
import Foundation
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// Sign-ins that are renewed before they end, and what is left in their files.
@Suite struct CredentialRenewalTests {
    /// Files in memory.
    final class Disk: Sendable {
        let files: Mutex<[String: String]>
        init(_ files: [String: String]) { self.files = Mutex(files) }
        subscript(path: String) -> String? { files.withLock { $0[path] } }

        func chain(_ profile: String, _ transport: ScriptedTransport, _ time: ManualTime) throws -> CredentialChain {
            let variables = EnvironmentVariables(["HOME": "/h", "AWS_REGION": "eu-west-3"])
            let shared = try SharedConfiguration(variables, profile: profile) { self[$0] }
            return CredentialChain(
                variables, profile: shared, transport: transport, time: time.keeper, dice: .seeded(1),
                read: { self[$0] }, write: { text, path in self.files.withLock { $0[path] = text } })
        }
    }

    private static let ssoPath = "/h/.aws/sso/cache/\(ProfileCredentialTests.workHash).json"
    private static let loginPath = {
        "/h/.aws/login/cache/\(SigV4.payloadHash(Array("arn:aws:iam::1:user/me".utf8))).json"
    }()
    // The clock of these tests stands at 2023-11-14T22:13:20Z.
    private static func sso(end: String, registration: String = "2024-01-01T00:00:00Z", extra: String = "") -> String {
        """
        {"accessToken":"old","expiresAt":"\(end)","refreshToken":"r1","clientId":"id","clientSecret":"cs",
        "registrationExpiresAt":"\(registration)","startUrl":"https://x.awsapps.com/start","unknown":[1]\(extra)}
        """
    }
    private static let fresh = ScriptedTransport.Line.answer(
        200, [:], #"{"accessToken":"new","expiresIn":28800,"refreshToken":"r2","tokenType":"Bearer"}"#)

    private func disk(_ sso: String = "", login: String = "") -> Disk {
        Disk([
            "/h/.aws/config": ProfileCredentialTests.config, Self.ssoPath: sso, Self.loginPath: login,
        ])
    }

    /// Plays the portal, and answers a grant with `line`.
    private func portal(_ line: ScriptedTransport.Line) -> ScriptedTransport {
        ScriptedTransport { request, _ in request.url.hasSuffix("/token") ? line : FakeIdentity.answer(request) }
    }

    @Test(
        "an SSO session's token is renewed from 15 minutes before its end on, and after it",
        arguments: ["2023-11-14T22:28:00Z", "2023-11-14T22:00:00Z"])
    func renewed(_ end: String) async throws {
        let (disk, transport) = (disk(Self.sso(end: end)), portal(Self.fresh))
        let found = try await disk.chain("sso", transport, ManualTime()).credentials()
        #expect(found.accessKeyID == "[S;Read Only;123456789012;new]")
        let grant = try #require(transport.requests.first)
        #expect(grant.url == "https://oidc.us-gov-west-1.amazonaws.com/token")
        #expect(grant.carriesSecret && grant.headers[.authorization] == nil)
        #expect(
            try JSON(parsing: Data(grant.body)) == [
                "grantType": "refresh_token", "clientId": "id", "clientSecret": "cs", "refreshToken": "r1",
            ])
        let kept = try JSON(parsing: disk[Self.ssoPath] ?? "")
        #expect(kept["accessToken"] == "new" && kept["refreshToken"] == "r2" && kept["clientSecret"] == "cs")
        #expect(kept["expiresAt"] == "2023-11-15T06:13:20Z")
        #expect(kept["unknown"] == [1])
    }

    @Test("a token that lives longer, and one of a legacy profile, are taken as they are")
    func untouched() async throws {
        let text = Self.sso(end: "2023-11-14T22:29:00Z")
        let (disk, transport) = (disk(text), portal(Self.fresh))
        #expect(try await disk.chain("sso", transport, ManualTime()).credentials().accessKeyID.hasSuffix(";old]"))
        #expect(transport.requests.count == 1 && disk[Self.ssoPath] == text)
        let legacy = "/h/.aws/sso/cache/\(ProfileCredentialTests.startHash).json"
        disk.files.withLock { $0[legacy] = Self.sso(end: "2023-11-14T22:00:00Z") }
        await #expect(throws: UnthrottleError.self) {
            try await disk.chain("legacy", transport, ManualTime()).credentials()
        }
    }

    @Test("a token that cannot be renewed is good until its end, then a sign-in is asked for; its file stays")
    func notRenewed() async throws {
        let refusals: [ScriptedTransport.Line] = [
            .answer(400, [:], #"{"error":"invalid_grant"}"#), .fail(TransportError(.notConnected, "gone")),
            .answer(200, [:], "{}"), .answer(200, [:], #"{"accessToken":"a\nb","expiresIn":1}"#),
            .answer(200, [:], #"{"accessToken":"a","expiresIn":0}"#),
        ]
        for refusal in refusals {
            let text = Self.sso(end: "2023-11-14T22:20:00Z")
            let (disk, transport, time) = (disk(text), portal(refusal), ManualTime())
            #expect(try await disk.chain("sso", transport, time).credentials().accessKeyID.hasSuffix(";old]"))
            time.advance(by: 600)
            let error = await #expect(throws: UnthrottleError.self) {
                try await disk.chain("sso", transport, time).credentials()
            }
            #expect(error?.hint == "Run `aws sso login --profile sso`.")
            #expect(disk[Self.ssoPath] == text)
        }
        let over = disk(Self.sso(end: "2023-11-14T22:20:00Z", registration: "2023-11-14T00:00:00Z"))
        let transport = portal(Self.fresh)
        _ = try await over.chain("sso", transport, ManualTime()).credentials()
        #expect(transport.requests.count == 1)
    }

    private static func login(end: String, _ pem: String) -> String {
        let document: JSON = [
            "accessToken": [
                "accessKeyId": "AKL", "secretAccessKey": "s", "sessionToken": "t", "accountId": "1",
                "expiresAt": .string(end),
            ],
            "refreshToken": "r1", "clientId": "arn:aws:signin:::devtools/same-device", "idToken": "i",
            "dpopKey": .string(pem),
        ]
        return document.text()
    }

    private static let keys = ScriptedTransport.Line.answer(
        200, [:],
        #"{"accessToken":{"accessKeyId":"AKN","secretAccessKey":"s2","sessionToken":"t2"},"expiresIn":900,"#
            + #""refreshToken":"r2","tokenType":"urn:aws:params:oauth:token-type:access_token_sigv4"}"#)

    @Test(
        "keys of `aws login` are renewed from 5 minutes before their end on, with a proof of the session's key",
        arguments: ["2023-11-14T22:18:00Z", "2023-11-14T22:00:00Z"])
    func loginRenewed(_ end: String) async throws {
        let key = P256.Signing.PrivateKey()
        let (disk, transport) = (
            disk(login: Self.login(end: end, key.pemRepresentation)), ScriptedTransport([Self.keys])
        )
        let found = try await disk.chain("login", transport, ManualTime()).credentials()
        #expect(found.accessKeyID == "AKN" && found.sessionToken == Secret("t2"))
        #expect(found.expiration == ISO8601.date("2023-11-14T22:28:20Z"))
        let sent = try #require(transport.requests.first)
        #expect(sent.url == "https://eu-west-3.signin.aws.amazon.com/v1/token")
        #expect(try JSON(parsing: Data(sent.body))["refreshToken"] == "r1")
        let parts = try #require(sent.headers[.dpop]).split(separator: ".").map(String.init)
        let claims = try JSON(parsing: try #require(Self.decoded(parts[1])))
        #expect(claims["htm"] == "POST" && claims["htu"] == .string(sent.url) && claims["iat"] == 1_700_000_000)
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: try #require(Self.decoded(parts[2])))
        #expect(key.publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)))
        let kept = try JSON(parsing: disk[Self.loginPath] ?? "")
        #expect(kept["refreshToken"] == "r2" && kept["idToken"] == "i" && kept["accessToken"]?["accountId"] == "1")
        #expect(kept["accessToken"]?["accessKeyId"] == "AKN" && kept["dpopKey"]?.string == key.pemRepresentation)
    }

    @Test(
        "botocore renews a login session by the same request, and leaves the same file",
        .enabled(if: Tools.hasCRT, Tools.missingCRT))
    func loginJudged() async throws {
        var lines: [String] = []
        for number in 0..<20 {
            let key = P256.Signing.PrivateKey()
            let text = Self.login(end: "2023-11-14T22:00:00Z", number % 2 == 0 ? Self.sec1(key) : key.pemRepresentation)
            let (disk, transport) = (disk(login: text), ScriptedTransport([Self.keys]))
            _ = try await disk.chain("login", transport, ManualTime()).credentials()
            let sent = try #require(transport.requests.first)
            let headers = sent.headers.map { ($0.name.canonicalName, JSON.string($0.value)) }
            guard case .answer(_, _, let answer) = Self.keys else { continue }
            let line: JSON = [
                "session": "arn:aws:iam::1:user/me", "region": "eu-west-3", "cache": .string(text),
                "url": .string(sent.url), "headers": .object(Dictionary(uniqueKeysWithValues: headers)),
                "body": .string(String(decoding: sent.body, as: UTF8.self)), "answer": .string(answer),
                "kept": .string(disk[Self.loginPath] ?? ""),
            ]
            lines.append(line.text())
        }
        #expect(try await Tools.judge("aws_login.py", lines) == ["judged 20"])
    }

    /// The key as the AWS CLI writes it: SEC 1, with its public point (RFC 5915).
    private static func sec1(_ key: P256.Signing.PrivateKey) -> String {
        let der =
            Data([0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20]) + key.rawRepresentation
            + Data([
                0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0xa1, 0x44, 0x03, 0x42, 0x00,
            ])
            + key.publicKey.x963Representation
        return "-----BEGIN EC PRIVATE KEY-----\n\(der.base64EncodedString())\n-----END EC PRIVATE KEY-----\n"
    }

    @Test("keys of `aws login` that cannot be renewed are good until their end, then a sign-in is asked for")
    func loginNotRenewed() async throws {
        let refused = ScriptedTransport { _, _ in .answer(403, [:], #"{"error":"TOKEN_EXPIRED","message":"no"}"#) }
        let text = Self.login(end: "2023-11-14T22:18:00Z", P256.Signing.PrivateKey().pemRepresentation)
        let (disk, time) = (disk(login: text), ManualTime())
        #expect(try await disk.chain("login", refused, time).credentials().accessKeyID == "AKL")
        time.advance(by: 600)
        let error = await #expect(throws: UnthrottleError.self) {
            try await disk.chain("login", refused, time).credentials()
        }
        #expect(error?.message.contains("not renewed: TOKEN_EXPIRED") == true)
        #expect(error?.hint == "Run `aws login --profile login`.")
        #expect(disk[Self.loginPath] == text)
        let broken = self.disk(login: Self.login(end: "2023-11-14T22:00:00Z", "no key"))
        let silent = ScriptedTransport([])
        await #expect(throws: UnthrottleError.self) {
            try await broken.chain("login", silent, ManualTime()).credentials()
        }
        #expect(silent.requests.isEmpty)
    }

    @Test("a renewed token's file is its owner's alone")
    func mode() async throws {
        try await withTemporaryFolder { folder in
            let cache = folder + "/.aws/sso/cache"
            try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
            let path = "\(cache)/\(ProfileCredentialTests.workHash).json"
            try Self.sso(end: "2023-11-14T22:00:00Z").write(toFile: path, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            try ProfileCredentialTests.config.write(toFile: folder + "/.aws/config", atomically: false, encoding: .utf8)
            let variables = EnvironmentVariables(["HOME": folder, "AWS_REGION": "eu-west-3"])
            let chain = CredentialChain(
                variables, profile: try SharedConfiguration(variables, profile: "sso"), transport: portal(Self.fresh),
                time: ManualTime().keeper)
            _ = try await chain.credentials()
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"new\""))
            #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
        }
    }

    private static func decoded(_ text: String) -> Data? {
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
