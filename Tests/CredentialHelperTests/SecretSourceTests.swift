import AWS
import Core
import HTTP
import HTTPTypes
import Registry
import TestSupport
import Testing

@testable import CredentialHelper

@Suite("The secret from AWS")
struct SecretSourceTests {
    static let place = SecretPlace(secret: "dockerhub")
    static let environment = [
        "AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "canary-key", "AWS_REGION": "eu-west-3",
        "HOME": "/nowhere",
    ]
    static let secret = #"{"ARN":"arn","SecretString":"{\"username\":\"u\",\"password\":\"canary-password\"}"}"#

    private func source(_ transport: ScriptedTransport, _ variables: [String: String] = environment) -> SecretSource {
        SecretSource(
            variables: EnvironmentVariables(variables), transport: transport, time: ManualTime().keeper,
            dice: .seeded(1))
    }

    private func refusal(_ code: String, _ message: String, status: Int = 400) -> ScriptedTransport.Line {
        .answer(status, [:], "{\"__type\":\"\(code)\",\"message\":\"\(message)\"}")
    }

    @Test("One get is one signed request, and nothing else")
    func oneRequest() async throws {
        let transport = ScriptedTransport([.answer(200, [:], Self.secret)])
        let content = try await source(transport).content(of: Self.place)
        #expect(try content.credential(for: "docker.io", of: Self.place).username == "u")
        #expect(transport.requests.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://secretsmanager.eu-west-3.amazonaws.com/")
        #expect(
            request.headers.first { $0.name.canonicalName == "x-amz-target" }?.value == "secretsmanager.GetSecretValue")
        #expect(request.headers[.authorization]?.contains("AKIA1/") == true)
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"SecretId":"dockerhub"}"#)
    }

    @Test("A binary secret is read as text; one in another Region is asked for there")
    func binaryElsewhere() async throws {
        let transport = ScriptedTransport([
            .answer(200, [:], #"{"ARN":"arn","SecretBinary":"eyJ1c2VybmFtZSI6InUiLCJwYXNzd29yZCI6InAifQ=="}"#)
        ])
        let place = SecretPlace(secret: "arn:aws:secretsmanager:us-west-2:1:secret:x-AbCdEf")
        #expect(try await source(transport).content(of: place).logins[""]?.username == "u")
        #expect(transport.requests.first?.url == "https://secretsmanager.us-west-2.amazonaws.com/")
    }

    @Test("With a role, the secret is asked for as that role")
    func role() async throws {
        let transport = ScriptedTransport([
            .answer(
                200, [:],
                """
                <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA9</AccessKeyId><SecretAccessKey>k</SecretAccessKey>\
                <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>\
                </AssumeRoleResponse>
                """),
            .answer(200, [:], Self.secret),
        ])
        let place = SecretPlace(secret: "dockerhub", role: "arn:aws:iam::123456789012:role/reader")
        _ = try await source(transport).content(of: place)
        #expect(transport.requests.count == 2)
        let body = String(decoding: transport.requests.first?.body ?? [], as: UTF8.self)
        #expect(
            body.contains("Action=AssumeRole")
                && body.contains("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freader"))
        #expect(body.contains("DurationSeconds=900") && body.contains("RoleSessionName=docker-credential-unthrottle"))
        #expect(transport.requests.last?.headers[.authorization]?.contains("ASIA9/") == true)
    }

    @Test("A throttle is waited out by the AWS room, and a lost answer is asked for again")
    func retry() async throws {
        let transport = ScriptedTransport([
            refusal("ThrottlingException", "Rate exceeded"), .fail(TransportError(.connectionLost, "cut")),
            .answer(200, [:], Self.secret),
        ])
        #expect(try await source(transport).content(of: Self.place).logins.count == 1)
        #expect(transport.requests.count == 3)
    }

    struct Failure: Sendable {
        var line: ScriptedTransport.Line
        var words: [String]
    }

    @Test("Each failure says what failed and what to do, and shows no secret", arguments: 0..<8)
    func failures(_ index: Int) async throws {
        let user =
            "User: arn:aws:sts::123456789012:assumed-role/build/x is not authorized to perform: secretsmanager:GetSecretValue"
        let failures = [
            Failure(
                line: refusal(
                    "AccessDeniedException", "\(user) on resource: dockerhub because no identity-based policy allows it"
                ),
                words: [
                    "AccessDeniedException", "secretsmanager:GetSecretValue", "\"Effect\"", "secret:dockerhub-??????",
                ]),
            Failure(
                line: refusal("AccessDeniedException", "Access to KMS is not allowed"), words: ["kms:Decrypt"]),
            Failure(
                line: refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
                words: ["no secret dockerhub in eu-west-3", "UNTHROTTLE_SECRET", "helper.json"]),
            Failure(
                line: refusal(
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion."),
                words: ["restore-secret"]),
            Failure(line: refusal("ExpiredTokenException", "expired"), words: ["expired", "Sign in again"]),
            Failure(
                line: refusal("UnrecognizedClientException", "invalid"), words: ["does not accept these credentials"]),
            Failure(line: .answer(200, [:], #"{"ARN":"a","SecretString":"canary"}"#), words: ["is not a JSON object"]),
            Failure(line: .answer(200, [:], "<html>canary</html>"), words: ["cannot be read"]),
        ]
        let failure = failures[index]
        let transport = ScriptedTransport([failure.line])
        let error = await #expect(throws: HelperFailure.self) { try await source(transport).content(of: Self.place) }
        for words in failure.words { #expect(error?.complaint.contains(words) == true, "\(error?.complaint ?? "")") }
        #expect(error?.complaint.contains("canary") == false)
        #expect(error?.message.contains("\n") == false)
    }

    @Test("Without credentials nothing is asked, least of all the instance metadata")
    func noCredentials() async throws {
        let transport = ScriptedTransport([])
        let error = await #expect(throws: HelperFailure.self) {
            try await source(transport, ["AWS_REGION": "eu-west-3", "HOME": "/nowhere"]).content(of: Self.place)
        }
        #expect(error?.message.contains("no AWS credentials") == true)
        #expect(transport.requests.isEmpty)
    }

    @Test("The last trouble is remembered for whoever runs out of time")
    func lastAnswer() async throws {
        let transport = LastAnswer(
            ScriptedTransport([
                refusal("ThrottlingException", "Rate exceeded"), .fail(TransportError(.notConnected, "refused")),
            ]))
        let request = WebRequest(.get, "https://a.example/")
        let answer = try await transport.fetch(request)
        #expect(answer.text.contains("Rate exceeded"))
        #expect(transport.trouble == "AWS answered 400 ThrottlingException")
        await #expect(throws: TransportError.self) { try await transport.send(request) }
        #expect(transport.trouble == "refused")
    }
}
