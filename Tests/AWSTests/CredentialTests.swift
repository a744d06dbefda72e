import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AWS

@Suite struct CredentialTests {
    static let keys = ["AWS_ACCESS_KEY_ID": "AKENV", "AWS_SECRET_ACCESS_KEY": "s"]
    static let files = [
        "/h/.aws/credentials": "[default]\naws_access_key_id = AKDEF\naws_secret_access_key = s\n[other]\n"
            + "aws_access_key_id=AKOTHER\naws_secret_access_key=a=b:c\naws_session_token=t\n",
        "/h/.aws/config":
            "[default]\nregion = eu-west-3\n[profile sso]\nsso_session = x\n[profile role]\nrole_arn = r\n"
            + "aws_access_key_id = AK\naws_secret_access_key = s\n[profile process]\ncredential_process = x\n"
            + "[profile \"two words\"]\nregion = us-east-2\naws_access_key_id = AK2\naws_secret_access_key = s\n[profile empty]\n",
    ]
    static let container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]
    static let answer = """
        {"AccessKeyId":"AKCON","SecretAccessKey":"s","Token":"t","Expiration":"2023-11-15T00:00:00Z"}
        """

    private func chain(
        _ variables: [String: String], profile: String? = nil, files: [String: String] = files,
        _ transport: ScriptedTransport = ScriptedTransport([]), _ time: ManualTime = ManualTime()
    ) throws -> CredentialChain {
        let variables = EnvironmentVariables(variables.merging(["HOME": "/h"]) { $1 })
        let shared = try SharedConfiguration(variables, profile: profile) { files[$0] }
        return CredentialChain(variables, profile: shared, transport: transport, time: time.keeper) { files[$0] }
    }

    static let order: [(variables: [String: String], profile: String?, expected: String)] = [
        (keys.merging(container) { $1 }, nil, "AKENV"),
        (keys.merging(["AWS_PROFILE": "other"]) { $1 }, nil, "AKENV"),
        (keys, "other", "AKOTHER"),
        (container, nil, "AKDEF"),
        (["AWS_PROFILE": "other"], nil, "AKOTHER"),
        (["AWS_DEFAULT_PROFILE": "other"], nil, "AKOTHER"),
        (["AWS_DEFAULT_PROFILE": "other", "AWS_PROFILE": "two words"], nil, "AKOTHER"),
        (["AWS_PROFILE": "two words"], nil, "AK2"),
        (["AWS_PROFILE": "empty"].merging(container) { $1 }, nil, "AKCON"),
        (
            ["AWS_SHARED_CREDENTIALS_FILE": "/none", "AWS_CONFIG_FILE": "~/none"].merging(container) { $1 }, nil,
            "AKCON"
        ),
    ]

    @Test(
        "the environment comes before the profile, the profile before the container; an explicit profile first",
        arguments: order.indices)
    func inOrder(_ index: Int) async throws {
        let row = Self.order[index]
        let transport = ScriptedTransport([.answer(200, [:], Self.answer)])
        let found = try await chain(row.variables, profile: row.profile, transport).credentials()
        #expect(found.accessKeyID == row.expected)
    }

    static let refusals: [(variables: [String: String], says: String, hint: String)] = [
        (["AWS_ACCESS_KEY_ID": "AK"], "AWS_SECRET_ACCESS_KEY is not", "both"),
        (["AWS_PROFILE": "empty"], "no AWS credentials", "aws configure"),
        (["AWS_PROFILE": "othr"], "othr is in neither", "Did you mean other"),
        (
            ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://evil.example/"],
            "may not be asked", "loopback"
        ),
    ]

    @Test("what cannot be used is told, with what to do", arguments: refusals.indices)
    func refuses(_ index: Int) async throws {
        let row = Self.refusals[index]
        let error = await #expect(throws: UnthrottleError.self) { try await chain(row.variables).credentials() }
        #expect(error?.code == .credentials)
        #expect(error?.message.contains(row.says) == true)
        #expect(error?.hint?.contains(row.hint) == true)
    }

    @Test(
        "the container's full URI may be https, loopback or AWS's own addresses",
        arguments: [
            "https://any.example/c", "http://127.0.0.1:9/c", "http://localhost/c", "http://[::1]/c",
            "http://169.254.170.23/v1", "http://[fd00:ec2::23]/v1",
        ])
    func fullURI(_ url: String) async throws {
        let transport = ScriptedTransport([.answer(200, [:], Self.answer)])
        let variables = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "plain",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
        ]
        let found = try await chain(variables, files: ["/token": "from-file\n"], transport).credentials()
        #expect(found.sessionToken == Secret("t"))
        #expect(transport.requests.first?.headers[.authorization] == "from-file")
        #expect(transport.requests.first?.url == url)
    }

    @Test("a token of two lines is refused before anything is sent")
    func tokenLines() async throws {
        let transport = ScriptedTransport([])
        let variables = Self.container.merging(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nX: b"]) { $1 }
        await #expect(throws: UnthrottleError.self) { try await chain(variables, files: [:], transport).credentials() }
        #expect(transport.requests.isEmpty)
    }

    @Test("the container's endpoint gets three attempts, a second apart; a refusal gets one")
    func attempts() async throws {
        let time = ManualTime()
        let lines: [ScriptedTransport.Line] = [
            .answer(500), .fail(TransportError(.timedOut, "slow")), .answer(200, [:], Self.answer),
        ]
        let found = try await chain(Self.container, files: [:], ScriptedTransport(lines), time).credentials()
        #expect(found.accessKeyID == "AKCON")
        #expect(time.slept == [.seconds(1), .seconds(1)])
        let refused = ScriptedTransport([.answer(403)])
        await #expect(throws: UnthrottleError.self) {
            try await chain(Self.container, files: [:], refused).credentials()
        }
        #expect(refused.requests.count == 1)
    }
}

@Suite struct RefreshingTests {
    /// Gives credentials that last `life` seconds; fails when told to; counts.
    private final class Source: CredentialProvider {
        let time: ManualTime
        let life: Double
        let calls = Mutex(0)
        let fails = Mutex(false)
        init(_ time: ManualTime, life: Double) {
            self.time = time
            self.life = life
        }
        func credentials() async throws -> AWSCredentials {
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            await Task.yield()
            if fails.withLock({ $0 }) { throw UnthrottleError(.network, "down") }
            return AWSCredentials(
                accessKeyID: "AK\(number)", secretAccessKey: Secret("s"),
                expiration: time.keeper.now().addingTimeInterval(life))
        }
    }

    @Test("many waiters share one fetch, and it is kept until 15 minutes before its end")
    func singleFlight() async throws {
        let time = ManualTime()
        let source = Source(time, life: 3600)
        let kept = RefreshingCredentials(source, time: time.keeper)
        let found = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await kept.credentials().accessKeyID } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(found == ["AK1"])
        time.advance(by: 2690)
        #expect(try await kept.credentials().accessKeyID == "AK1")
        time.advance(by: 20)
        #expect(try await kept.credentials().accessKeyID == "AK2")
    }

    @Test(
        "a failed refresh is not kept: the old ones serve until 10 minutes before their end, and the next call tries again"
    )
    func failure() async throws {
        let time = ManualTime()
        let source = Source(time, life: 3600)
        let kept = RefreshingCredentials(source, time: time.keeper)
        _ = try await kept.credentials()
        source.fails.withLock { $0 = true }
        time.advance(by: 2800)
        #expect(try await kept.credentials().accessKeyID == "AK1")
        time.advance(by: 300)
        await #expect(throws: UnthrottleError.self) { try await kept.credentials() }
        source.fails.withLock { $0 = false }
        #expect(try await kept.credentials().accessKeyID == "AK4")
    }

    @Test("a cancelled waiter gets its cancellation and the others their credentials")
    func cancellation() async throws {
        let time = ManualTime()
        let kept = RefreshingCredentials(Source(time, life: 3600), time: time.keeper)
        let cancelled = Task { try await kept.credentials() }
        cancelled.cancel()
        let other = Task { try await kept.credentials() }
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(try await other.value.accessKeyID == "AK1")
    }

    @Test("credentials that have ended are an error that says when")
    func expired() async {
        let time = ManualTime()
        let kept = RefreshingCredentials(Source(time, life: -1), time: time.keeper)
        let error = await #expect(throws: UnthrottleError.self) { try await kept.credentials() }
        #expect(error?.code == .credentials)
        #expect(error?.message.contains("2023-11-14T22:13:19Z") == true)
    }
}
