import Core
import Foundation
import HTTP
import TestSupport
import Testing

@testable import AWS

/// The chain over generated configurations and environments, beside a botocore Session over the same.
@Suite struct CredentialJudgeTests {
    struct Case: Codable {
        var variables: [String: String]
        var files: [String: String]
        var profile: String?

        /// The source and its key, `none` or `error`, as the judge says it.
        func resolved() async -> String {
            let variables = EnvironmentVariables(
                self.variables.merging(["HOME": "/h", "PATH": "/bin:/usr/bin", "AWS_DEFAULT_REGION": "us-east-1"]) {
                    $1
                }
            )
            do {
                let shared = try SharedConfiguration(variables, profile: profile) { files[$0] }
                let chain = CredentialChain(
                    variables, profile: shared, transport: FakeIdentity.transport, time: ManualTime().keeper,
                    options: .init(asksInstance: true, mfaCode: { _ in "123456" }), read: { files[$0] },
                    write: { _, _ in })
                guard let found = try await chain.find() else { return "none" }
                return "\(found.method.rawValue) \(found.credentials.accessKeyID)"
            } catch {
                return "error"
            }
        }
    }

    @Test(
        "botocore takes the same source, and makes the same calls to it",
        .enabled(if: Tools.hasBotocore, Tools.missingBotocore))
    func sameSource() async throws {
        var generator = ConfigurationGenerator(dice: .seeded(Tools.seed))
        let cases = (0..<600).map { _ in generator.next() }
        let lines = try cases.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let judged = try await Tools.judge("aws_credentials.py", lines).map { try JSON(parsing: $0).string ?? "" }
        #expect(judged.count == cases.count)
        var methods: [String: Int] = [:]
        for (judgement, one) in zip(judged, cases) {
            let own = await one.resolved()
            #expect(own == judgement, "\(one)")
            methods[String(judgement.prefix { $0 != " " }), default: 0] += 1
        }
        // Every source is met often enough that a wrong order would be seen.
        let expected: [CredentialMethod] = [
            .environment, .assumeRole, .webIdentity, .sso, .credentialsFile, .process, .configFile, .container,
            .instance,
        ]
        for name in expected.map(\.rawValue) + ["none", "error"] { #expect(methods[name, default: 0] >= 5, "\(name)") }
    }

    @Test("commands are split as shlex splits them", .enabled(if: Tools.hasBotocore, Tools.missingBotocore))
    func sameWords() async throws {
        let dice = Dice.seeded(Tools.seed)
        let letters = Array("aé\\\\\"\"'' \t#|$/\n")
        let commands = (0..<2000).map { _ in
            String((0..<Int(dice.uniform() * 12)).map { _ in letters[Int(dice.uniform() * Double(letters.count))] })
        }
        let judged = try await Tools.judge(
            "aws_credentials.py", commands.map { JSON.object(["words": .string($0)]).text() })
        #expect(judged.count == commands.count)
        for (judgement, command) in zip(judged, commands) {
            let own = (try? ShellWords.split(command)).map { JSON.array($0.map(JSON.string)) } ?? "error"
            #expect(try JSON(parsing: judgement) == own, "\(command.debugDescription)")
        }
    }
}

/// Makes configurations in which every setting stands at times, valid or not.
struct ConfigurationGenerator {
    let dice: Dice
    private static let names = ["default", "a", "b", "c"]
    private var isEnded = false
    private var mayBeWeb = false

    init(dice: Dice) { self.dice = dice }

    private func often(_ share: Double) -> Bool { dice.uniform() < share }
    private func one<Value>(_ values: [Value]) -> Value { values[Int(dice.uniform() * Double(values.count))] }

    mutating func next() -> CredentialJudgeTests.Case {
        var (config, credentials) = ("", "")
        let end = often(0.75) ? "2099-01-01T00:00:00Z" : "2001-01-01T00:00:00Z"
        var token = #"{"accessToken":"token","expiresAt":"\#(end)""#
        for (name, value) in [
            ("refreshToken", one(["refresh", "refresh", "refused"])), ("clientId", "id"), ("clientSecret", "cs"),
            ("registrationExpiresAt", often(0.8) ? "2099-01-01T00:00:00Z" : "2001-01-01T00:00:00Z"),
        ] where often(0.9) { token += #","\#(name)":"\#(value)""# }
        token += "}"
        var variables = variables()
        // A botocore client for STS fails, too, where its profile names a session whose token has ended: no case has both.
        isEnded = end.hasPrefix("2001")
        if isEnded { variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = nil }
        mayBeWeb = variables["AWS_WEB_IDENTITY_TOKEN_FILE"] != nil
        for name in Self.names where often(0.92) {
            config += name == "default" ? "[default]\n" : "[profile \(name)]\n"
            let own = settings(of: name)
            config += own.map { "\($0) = \($1)\n" }.joined()
            let strange: Set<String> = own.contains { $0.0 == "role_arn" } ? ["sso_session"] : ["role_arn"]
            if often(0.3) {
                credentials += "[\(name)]\n" + keys("KS-\(name)")
                if often(0.15) {
                    credentials += settings(of: name).filter {
                        $0.0 != "web_identity_token_file" && !$0.0.hasPrefix("aws_") && !strange.contains($0.0)
                    }.map { "\($0) = \($1)\n" }
                        .joined()
                }
            }
        }
        config += "[sso-session s1]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n"
        config += "[sso-session s2]\nsso_region = eu-west-1\n"
        return CredentialJudgeTests.Case(
            variables: variables,
            files: [
                "/h/.aws/config": config, "/h/.aws/credentials": credentials, "/h/token": "token.of.web",
                // sha1 of s1, and of the start URL
                "/h/.aws/sso/cache/640d87e741e6aa4c669a82a4cd304787960513ab.json": token,
                "/h/.aws/sso/cache/\(Self.startHash).json": token,
            ],
            profile: often(0.25) ? one(Self.names) : nil)
    }

    private static let startHash = "3947de8b16688092197fa616c34e01335f21d256"

    private func keys(_ id: String) -> String {
        "aws_access_key_id = \(id)\n" + (often(0.95) ? "aws_secret_access_key = s\n" : "")
    }

    private func variables() -> [String: String] {
        var all: [String: String] = [:]
        if often(0.15) { all["AWS_ACCESS_KEY_ID"] = "KE" }
        if often(0.2) { all["AWS_SECRET_ACCESS_KEY"] = "s" }
        if often(0.6) { all["AWS_PROFILE"] = one(Self.names + Self.names + ["missing"]) }
        if often(0.15) { all["AWS_WEB_IDENTITY_TOKEN_FILE"] = one(["/h/token", "/h/token", "/h/none"]) }
        if often(0.2) { all["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/web" }
        if often(0.1) { all["AWS_ROLE_SESSION_NAME"] = "session" }
        if often(0.3) {
            all["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = one(["http://127.0.0.1:1/c", "http://evil.example/"])
        }
        if often(0.3) { all["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "auth" }
        if often(0.4) { all["AWS_EC2_METADATA_DISABLED"] = one(["true", "TRUE", "false"]) }
        return all
    }

    private func settings(of name: String) -> [(String, String)] {
        var all: [(String, String)] = []
        if often(0.3) { all.append(("aws_access_key_id", "KC-\(name)")) }
        if all.isEmpty ? often(0.1) : often(0.9) { all.append(("aws_secret_access_key", "s")) }
        if often(0.35), !isEnded {
            all.append(("role_arn", "arn:aws:iam::1:role/\(name)"))
            if often(0.75) { all.append(("source_profile", one(Self.names + Self.names + ["missing"]))) }
            if often(0.25) {
                all.append(
                    ("credential_source", one(["Environment", "EcsContainer", "Ec2InstanceMetadata", "environment"])))
            }
            if often(0.2) { all.append(("external_id", "ext-\(name)")) }
            if often(0.2) { all.append(("duration_seconds", "1800")) }
            if often(0.2) { all.append(("role_session_name", "me-\(name)")) }
            if often(0.2) { all.append(("mfa_serial", "arn:aws:iam::1:mfa/\(name)")) }
        }
        let hasRole = all.contains { $0.0 == "role_arn" }
        let isWeb = often(0.07) && !isEnded
        if isWeb { all.append(("web_identity_token_file", "/h/token")) }
        if often(0.22) {
            if often(0.9) { all.append(("sso_account_id", "123")) }
            if often(0.9) { all.append(("sso_role_name", "ReadOnly")) }
            // A botocore client, whatever it is for, fails where its profile names a broken session; that is not the chain's doing.
            if often(0.6) {
                all.append(
                    ("sso_session", one(isWeb || mayBeWeb || hasRole ? ["s1"] : ["s1", "s1", "s1", "s2", "missing"])))
            }
            if often(0.5) { all.append(("sso_start_url", one(["https://x.awsapps.com/start", "https://y/start"]))) }
            if often(0.5) { all.append(("sso_region", one(["eu-west-1", "eu-west-1", "us-east-1"]))) }
        }
        if often(0.2) {
            let document =
                #"{"Version": \#(one([1, 1, 1, 1, 2])), "AccessKeyId": "KP-\#(name)", "SecretAccessKey": "s"}"#
            all.append(("credential_process", one(["/bin/echo '\(document)'", "echo '\(document)'", "/bin/false"])))
        }
        return all
    }
}
