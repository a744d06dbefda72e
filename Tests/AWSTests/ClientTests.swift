import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

@Suite struct ClientTests {
    typealias Line = ScriptedTransport.Line
    static let throttle = Line.answer(400, [:], #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)
    static let lost = Line.fail(TransportError(.connectionLost, "gone"))
    static let down = Line.answer(503)
    static let fine = Line.answer(
        200, [:],
        #"{"project":{"name":"web","source":{"type":"S3"},"environment":{"type":"A","image":"i","computeType":"c"}}}"#)

    static let create = CodeBuild.CreateProject(
        name: "web", source: Open(.init(type: .noSource)), artifacts: .init(type: "NO_ARTIFACTS"),
        environment: Open(.init(type: .linuxContainer, image: "i", computeType: "c")), serviceRole: "r")
    static let update = CodeBuild.UpdateProject(name: "web")
    static let delete = CodeBuild.DeleteProject(name: "web")
    static let credentials = StaticCredentials(
        AWSCredentials(accessKeyID: "AK", secretAccessKey: Secret("s"), sessionToken: Secret("token")))

    private func client(
        _ transport: ScriptedTransport, _ time: ManualTime = ManualTime(), attempts: Int = 5, uniform: Double = 0.5
    ) -> AWSClient {
        let dice = Dice(uniform: { uniform }, bytes: { Array(repeating: 7, count: $0) })
        return AWSClient(
            AWSConfiguration(region: "eu-west-3", maxAttempts: attempts), credentials: Self.credentials,
            transport: transport, time: time.keeper, dice: dice)
    }

    @Test("a request goes to the Region's endpoint, signed, with its token, as one that carries a secret")
    func request() async throws {
        let transport = ScriptedTransport([Self.fine])
        _ = try await client(transport).call(Self.update)
        let sent = try #require(transport.requests.first)
        #expect(sent.url == "https://codebuild.eu-west-3.amazonaws.com/")
        #expect(sent.headers[.amzTarget] == "CodeBuild_20161006.UpdateProject")
        #expect(sent.headers[.amzDate] == "20231114T221320Z")
        #expect(sent.headers[.amzSecurityToken] == "token")
        let header = try #require(sent.headers[.authorization].flatMap { SigV4.Authorization($0) })
        #expect(header.scope.description == "20231114/eu-west-3/codebuild/aws4_request")
        #expect(header.signedHeaders == ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"])
        #expect(sent.carriesSecret)
    }

    @Test("IAM is signed for the partition's one Region, whatever endpoint is set")
    func globalService() async throws {
        let transport = ScriptedTransport([.answer(200, [:], "<DeleteRoleResponse/>")])
        let configuration = AWSConfiguration(
            region: "eu-west-3", endpoints: EndpointOverrides(all: "http://127.0.0.1:4566"))
        _ = try await AWSClient(configuration, credentials: Self.credentials, transport: transport)
            .call(IAM.DeleteRole(roleName: "r"))
        let sent = try #require(transport.requests.first)
        #expect(sent.url == "http://127.0.0.1:4566/")
        #expect(sent.headers[.authorization]?.contains("/us-east-1/iam/aws4_request") == true)
    }

    @Test("each attempt is signed at its own time, and waits longer than the one before")
    func backoff() async throws {
        let transport = ScriptedTransport([Self.throttle, Self.down, Self.lost, Self.throttle, Self.fine])
        let time = ManualTime()
        _ = try await client(transport, time).call(Self.delete)
        #expect(time.slept == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
        let dates = transport.requests.map { $0.headers[.amzDate]?.suffix(3) ?? "" }
        #expect(dates == ["20Z", "20Z", "21Z", "23Z", "27Z"])
        #expect(Set(transport.requests.map { $0.headers[.authorization] ?? "" }).count == 4)
        #expect(transport.requests.allSatisfy { $0.body == transport.requests[0].body })
    }

    @Test("five attempts by default, then the service's own error")
    func exhausted() async throws {
        let transport = ScriptedTransport { _, _ in Self.throttle }
        let error = await #expect(throws: AWSError.self) { try await client(transport).call(Self.delete) }
        #expect(error?.isThrottle == true)
        #expect(error?.message == "Rate exceeded")
        #expect(transport.requests.count == 5)
    }

    static let lostAnswers: [Line] = [
        lost, down, .answer(500, [:], "<html>"), .fail(TransportError(.timedOut, "slow")),
        .fail(TransportError(.malformed, "no HTTP")), .answer(400, [:], #"{"__type":"RequestTimeout"}"#),
    ]

    @Test("a write without a token is not repeated when its answer is lost", arguments: lostAnswers.indices)
    func lostWrite(_ index: Int) async throws {
        let transport = ScriptedTransport([Self.lostAnswers[index], Self.fine])
        let error = await #expect(throws: OutcomeUnknown.self) { try await client(transport).call(Self.create) }
        #expect(error?.operation == "CreateProject")
        #expect(transport.requests.count == 1)
        let repeated = ScriptedTransport([Self.lostAnswers[index], Self.fine])
        _ = try await client(repeated).call(Self.delete)
        #expect(repeated.requests.count == 2)
    }

    @Test(
        "a write that surely did nothing is repeated",
        arguments: [throttle, .fail(TransportError(.notConnected, "refused")), .answer(429)])
    func safeWrite(_ line: Line) async throws {
        let transport = ScriptedTransport([line, Self.fine])
        _ = try await client(transport).call(Self.create)
        #expect(transport.requests.count == 2)
    }

    @Test("a write with a token is repeated with the same token; a caller's own is kept")
    func tokens() async throws {
        let answer = Line.answer(200, [:], #"{"ARN":"a"}"#)
        let transport = ScriptedTransport([Self.lost, answer, answer])
        let client = client(transport)
        _ = try await client.call(SecretsManager.CreateSecret(name: "dockerhub"))
        _ = try await client.call(SecretsManager.CreateSecret(name: "x", clientRequestToken: "own"))
        let tokens = try transport.requests.map {
            try JSON(parsing: Data($0.body))["ClientRequestToken"]?.string ?? ""
        }
        #expect(tokens == [tokens[0], tokens[0], "own"])
        #expect(tokens[0].count == 36)
    }

    @Test(
        "the server's wish in milliseconds is followed within bounds",
        arguments: [
            ("3000", 3.0), ("100", 0.5), ("900000", 5.5), ("-1", 0.5), ("x", 0.5), ("", 0.5),
        ])
    func retryAfter(_ asked: String, _ seconds: Double) async throws {
        let fields: HTTPFields = [.amzRetryAfter: asked]
        let transport = ScriptedTransport([.answer(503, fields), Self.fine])
        let time = ManualTime()
        _ = try await client(transport, time).call(Self.delete)
        #expect(time.slept == [.seconds(seconds)])
    }

    @Test("a wait is never longer than 20 seconds")
    func longest() {
        let dice = Dice(uniform: { 0.999 }, bytes: { _ in [] })
        for attempt in [6, 10, 100] {
            #expect(RetryPolicy.delay(attempt: attempt, serverAsks: nil, dice: dice) <= .seconds(20))
        }
    }

    @Test("when most calls fail, retries end: the quota is shared by a client's calls")
    func quota() async throws {
        let transport = ScriptedTransport { _, _ in Self.throttle }
        let client = client(transport)
        for _ in 0..<40 { _ = try? await client.call(Self.delete) }
        #expect(transport.requests.count == 40 + 100)
    }

    @Test(
        "a refusal is not repeated",
        arguments: [
            (400, #"{"__type":"InvalidInputException"}"#), (403, #"{"__type":"AccessDeniedException"}"#), (501, "{}"),
            (400, #"{"__type":"AccountLimitExceededException"}"#), (302, ""),
        ])
    func refusal(_ status: Int, _ body: String) async throws {
        let transport = ScriptedTransport([.answer(status, [:], body), Self.fine])
        await #expect(throws: AWSError.self) { try await client(transport).call(Self.delete) }
        #expect(transport.requests.count == 1)
    }

    @Test("Secrets Manager's LimitExceededException is a quota, CloudWatch Logs' a throttle")
    func limitExceeded() async throws {
        let answer = Line.answer(400, [:], #"{"__type":"LimitExceededException","Message":"m"}"#)
        let quota = ScriptedTransport { _, _ in answer }
        await #expect(throws: AWSError.self) {
            try await client(quota).call(SecretsManager.CreateSecret(name: "x"))
        }
        #expect(quota.requests.count == 1)
        let throttle = ScriptedTransport { _, _ in answer }
        await #expect(throws: AWSError.self) {
            try await client(throttle).call(CloudWatchLogs.GetLogEvents(logStreamName: "x"))
        }
        #expect(throttle.requests.count == 5)
    }

    @Test("a wrong clock is put right from the answer's Date, once, for all later calls")
    func clockSkew() async throws {
        let refused = Line.answer(
            400, [.date: "Tue, 14 Nov 2023 23:13:20 GMT"],
            #"{"__type":"InvalidSignatureException","message":"Signature expired"}"#)
        let transport = ScriptedTransport([refused, Self.fine, Self.fine, refused])
        let client = client(transport)
        _ = try await client.call(Self.create)
        _ = try await client.call(Self.create)
        #expect(
            transport.requests.map { $0.headers[.amzDate] ?? "" } == [
                "20231114T221320Z", "20231114T231320Z", "20231114T231320Z",
            ])
        await #expect(throws: AWSError.self) { try await client.call(Self.create) }
    }

    @Test(
        "an answer that cannot be read is an error that names the member and shows none of it",
        arguments: [
            (#"{"project":{"name":["CANARY"]}}"#, "project.name"), ("CANARY", "another format"),
            ("<CANARY/>", "another format"),
            (#"{"project":{"source":{"type":"CANARY"}}}"#, "project.name is missing"),
        ])
    func unreadable(_ body: String, _ words: String) async throws {
        let transport = ScriptedTransport([.answer(200, [:], body)])
        let unknown = await #expect(throws: OutcomeUnknown.self) { try await client(transport).call(Self.update) }
        let error = unknown?.cause as? UnthrottleError
        #expect(error?.message.contains(words) == true)
        #expect(unknown.map { "\($0)" }?.contains("CANARY") == false)
    }

    @Test("Ctrl-C ends the wait between attempts")
    func cancelled() async throws {
        let transport = ScriptedTransport { _, _ in Self.throttle }
        let client = client(transport)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.call(Self.delete)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
