import AWS
import Core
import FoundationEssentials
import Subprocess
import Synchronization
import Testing

@Suite("What each verb says to AWS, held to AWS's own models")
struct ContractTests {
    /// Every operation that the program has a use for.
    private static let operations: Set<String> = [
        "GetCallerIdentity", "DescribeKey", "GetKeyPolicy", "ListProjects", "BatchGetProjects",
        "ListBuildsForProject", "BatchGetBuilds", "StartBuild", "StopBuild", "UpdateProject", "GetLogEvents",
        "CreateSecret", "DescribeSecret", "GetSecretValue", "PutSecretValue", "ListSecrets", "RestoreSecret",
        "DeleteSecret", "ListRolePolicies", "GetRolePolicy", "PutRolePolicy", "DeleteRolePolicy",
        "ListAttachedRolePolicies", "GetPolicy", "GetPolicyVersion",
    ]

    @Test(
        "botocore's models and signer find no fault in any request of any verb, nor in the sandbox's answers",
        .enabled(if: TrafficJudge.isThere, TrafficJudge.missing))
    func everyVerb() async throws {
        try await SandboxFixture.with { sandbox in
            let interrupt = Mutex<AsyncStream<Signal>.Continuation?>(nil)
            try await FaultProxy.with(sandbox.endpoint) { call in
                interrupt.withLock { interrupt in
                    // Ctrl-C while a probe build runs: the answer that it has ended must not come first.
                    guard let interrupt, call.operation == "BatchGetBuilds" else { return .none }
                    interrupt.yield(.interrupt)
                    interrupt.finish()
                    return .drop
                }
            } _: { url, proxy in
                let verbs = Verbs(sandbox: sandbox, proxy: proxy, url: url)
                try await verbs.repair()
                try await verbs.secrets()
                try await verbs.read()
                try await verbs.helper()
                try await verbs.stop { next in interrupt.withLock { $0 = next } }

                let exchanges = proxy.exchanges()
                let missed = Self.operations.subtracting(exchanges.map(\.operation))
                #expect(missed.isEmpty, "no verb asked for these")
                let verdict = try await TrafficJudge.judge(exchanges, in: sandbox)
                #expect(verdict.status == 0, "\(verdict.all)")
                #expect(verdict.output.hasPrefix("judged \(exchanges.count) requests of "), "\(verdict.all)")
                try await Self.expectStrict(exchanges, in: sandbox)
            }
        }
    }

    /// Spoils one exchange at a time: the judge must see each.
    private static func expectStrict(_ exchanges: [FaultProxy.Exchange], in sandbox: SandboxFixture) async throws {
        let create = try #require(exchanges.first { $0.operation == "CreateSecret" && $0.status == 200 })
        let role = try #require(exchanges.first { $0.operation == "PutRolePolicy" && $0.status == 200 })
        let project = try #require(exchanges.first { $0.operation == "UpdateProject" && $0.status == 200 })
        func spoilt(_ exchange: FaultProxy.Exchange, _ change: (inout FaultProxy.Exchange) -> Void)
            -> FaultProxy.Exchange
        {
            var exchange = exchange
            change(&exchange)
            return exchange
        }
        func body(_ exchange: FaultProxy.Exchange, _ old: String, _ new: String) -> FaultProxy.Exchange {
            let text = String(decoding: exchange.body, as: UTF8.self)
            return spoilt(exchange) { $0.body = Array(text.replacing(old, with: new).utf8) }
        }
        func answer(_ exchange: FaultProxy.Exchange, _ old: String, _ new: String) -> FaultProxy.Exchange {
            let text = String(decoding: exchange.answer, as: UTF8.self)
            return spoilt(exchange) { $0.answer = Array(text.replacing(old, with: new).utf8) }
        }
        func header(_ exchange: FaultProxy.Exchange, _ name: String, _ value: String) -> FaultProxy.Exchange {
            spoilt(exchange) { exchange in
                exchange.headers = exchange.headers.map {
                    $0.name.lowercased() == name ? (name: $0.name, value: value) : $0
                }
            }
        }
        let table: [(words: String, exchange: FaultProxy.Exchange)] = [
            ("botocore signs another way", body(create, "SecretString", "SecretStrinG")),
            ("CreateSecretRequest has no such member", body(create, "SecretString", "SecretStrinG")),
            ("Name: required", body(create, #""Name""#, #""Nam""#)),
            (
                "is not within 32 and 64",
                body(
                    create, #""ClientRequestToken":""#,
                    #""ClientRequestToken":"#
                        + #""0123456789012345678901234567890123456789"#)
            ),
            ("is no string", body(create, #""Name":"dockerhub""#, #""Name":7"#)),
            ("is not one of", body(project, "SECRETS_MANAGER", "SECRET_MANAGER")),
            ("does not match", body(role, "PolicyName=dockerhub_secret_access", "PolicyName=docker%20hub")),
            ("no such member in PutRolePolicyRequest", body(role, "&RoleName=", "&Role=")),
            ("RoleName: required", body(role, "&RoleName=", "&Role=")),
            ("no such operation", header(create, "x-amz-target", "secretsmanager.MakeSecret")),
            ("Content-Type 'application/json'", header(create, "content-type", "application/json")),
            ("no x-amzn-RequestId", spoilt(create) { $0.answerHeaders = [] }),
            ("has no such member", answer(create, #""ARN""#, #""Arn""#)),
            (
                "is none of this operation",
                spoilt(create) { exchange in
                    exchange.status = 400
                    exchange.answer = Array(#"{"__type":"NoSuchThing","message":"m"}"#.utf8)
                }
            ),
            ("botocore signs another way", spoilt(role) { $0.path = "/?x" }),
        ]
        let verdict = try await TrafficJudge.judge(table.map(\.exchange), in: sandbox)
        #expect(verdict.status == 1, "\(verdict.all)")
        let lines = verdict.output.split(separator: "\n")
        for (number, row) in table.enumerated() {
            #expect(
                lines.contains { $0.hasPrefix("\(number): ") && $0.contains(row.words) }, "\(row.words): \(verdict.all)"
            )
        }
        #expect(try await TrafficJudge.judge([], in: sandbox).status == 1, "nothing judged is nothing proved")
    }
}

/// Runs of the program, each of which must have made requests.
private struct Verbs {
    let sandbox: SandboxFixture
    let proxy: FaultProxy
    let url: String

    private var login: [String] { ["--username", sandbox.username, "--password-stdin"] }

    /// Runs a verb and expects its exit status.
    @discardableResult
    func run(
        _ arguments: [String], input: String = "", status: Int32 = 0, asks: Bool = true,
        variables: [String: String] = [:], signals: AsyncStream<Signal>? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Outcome {
        let before = proxy.exchanges().count
        let outcome = try await sandbox.run(
            arguments, input: input, variables: variables.merging(["AWS_ENDPOINT_URL": url]) { $1 }, signals: signals)
        let requests = proxy.exchanges().count - before
        #expect(outcome.status == status, "\(arguments): \(outcome.all)", sourceLocation: location)
        #expect((requests > 0) == asks, "\(arguments) made \(requests) requests", sourceLocation: location)
        return outcome
    }

    /// The whole story of two projects.
    func repair() async throws {
        for project in ["web", "api"] { try await sandbox.build(project) }
        try await run(["diagnose", "web", "api", "--json"], status: 1)
        try await run(["fix", "web", "api", "--yes"] + login, input: sandbox.password)
        try await run(["fix", "web", "api", "--yes", "--no-verify"])
        try await run(["verify", "web", "api"])
        try await run(["diagnose", "web"])
        try await run(["undo", "--yes", "--json"])
        // The secret is scheduled for deletion now, and comes back.
        try await run(["fix", "api", "--yes", "--no-verify", "--json"] + login, input: sandbox.password)
        try await run(["undo", "--yes"])
        try await run(["runs", "--json"], asks: false)
    }

    /// Secrets that are there already, keys of the account, other images, attached policies.
    func secrets() async throws {
        let key = try await sandbox.account { aws in
            let stored: JSON = ["username": .string(sandbox.username), "password": "old", "note": "kept"]
            let key = try await aws.call(KMS.CreateKey()).keyMetadata.arn ?? ""
            _ = try await aws.call(
                SecretsManager.CreateSecret(
                    name: "prod/dockerhub", kmsKeyId: key, secretString: Sensitive(stored.text())))
            let policy =
                try await aws.call(
                    IAM.CreatePolicy(
                        policyName: "logs", policyDocument: Self.policy("logs:*"))
                ).policy?.arn ?? ""
            _ = try await aws.call(
                IAM.AttachRolePolicy(roleName: "codebuild-web-service-role", policyArn: policy))
            return key
        }
        try await run(
            ["fix", "web", "api", "--secret", "prod/dockerhub", "--yes", "--no-verify"] + login,
            input: sandbox.password)
        try await run(["verify", "web", "--secret", "prod/dockerhub", "--json"])
        try await run(["undo", "--yes"])
        try await run(
            ["fix", "web", "--image", "docker:dind", "--secret", "keyed", "--kms-key", key, "--yes"] + login,
            input: sandbox.password)
        try await run(["undo", "--yes"])
    }

    /// Verbs that change nothing, and what does not exist.
    func read() async throws {
        try await run(["fix", "api", "--yes", "--no-verify"] + login, input: sandbox.password)
        try await run(["quota", "--secret", "dockerhub", "--json"])
        try await run(["quota", "--secret", "no-such-secret"], status: 3)
        try await run(["diagnose", "wep"], status: 2)
        try await run(["fix", "no-such-project", "--yes"] + login, input: sandbox.password, status: 2)
        try await run(["undo", "no-such-run", "--yes"], status: 2)
        try await run(["verify", "web"], status: 1)
    }

    /// The credential helper.
    func helper() async throws {
        let before = proxy.exchanges().count
        let outcome = try await BuiltProgram.run(
            ["get"], program: BuiltProgram.helper, input: "https://index.docker.io/v1/",
            variables: sandbox.variables.merging(["AWS_ENDPOINT_URL": url, "UNTHROTTLE_CACHE": "off"]) { $1 })
        #expect(outcome.status == 0 && outcome.output.contains(sandbox.password), "\(outcome.all)")
        #expect(proxy.exchanges().count - before == 1)
    }

    /// Ctrl-C while the probe build runs: it is stopped.
    func stop(_ arm: (AsyncStream<Signal>.Continuation?) -> Void) async throws {
        let (signals, sender) = AsyncStream<Signal>.makeStream()
        arm(sender)
        try await run(["verify", "api"], status: 130, signals: signals)
        arm(nil)
    }

    private static func policy(_ action: String) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"\#(action)","Resource":"*"}]}"#
    }
}
