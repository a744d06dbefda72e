import AWS
import Core
import FoundationEssentials
import HTTP
import TestSupport
import Testing

@testable import Sandbox

@Suite("The sandbox as a whole: builds over the wire")
struct SandboxBuildTests {
    /// A running sandbox and a client of its AWS.
    private struct Scene: Sendable {
        let endpoints: SandboxEndpoints
        let client: AWSClient

        /// Starts a build and returns it when it has ended.
        func build(_ request: CodeBuild.StartBuild) async throws -> CodeBuild.Build {
            let id = try await client.call(request).build.id
            return try await ended(id)
        }

        func ended(_ id: String) async throws -> CodeBuild.Build {
            while true {
                let builds = try await client.call(CodeBuild.BatchGetBuilds(ids: [id])).builds
                if let build = builds.first, build.buildComplete == true { return build }
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        func log(of build: CodeBuild.Build) async throws -> String {
            let output = try await client.call(
                CloudWatchLogs.GetLogEvents(
                    logGroupName: build.logs?.groupName, logStreamName: build.logs?.streamName ?? "",
                    startFromHead: true))
            return output.events.compactMap(\.message).joined()
        }
    }

    private func withSandbox(_ body: @escaping @Sendable (Scene) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                let account = HubAccount(name: "demo", password: Secret("hub-canary-1"), limit: .pulls(10))
                let sandbox = try SandboxServer(
                    SandboxConfiguration(
                        port: 0, hub: .own(HubConfiguration(anonymousLimit: .pulls(0), accounts: [account])),
                        folder: "\(folder)/state", buildFolder: "\(folder)/builds"), transport: transport)
                let (scenes, ready) = AsyncStream<SandboxEndpoints>.makeStream()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await sandbox.run { ready.yield($0) }
                        ready.finish()
                    }
                    for await endpoints in scenes {
                        let client = AWSClient(
                            AWSConfiguration(
                                region: "us-east-1", endpoints: EndpointOverrides(all: endpoints.awsURL)),
                            credentials: StaticCredentials(
                                AWSCredentials(
                                    accessKeyID: endpoints.accessKeyID, secretAccessKey: endpoints.secretAccessKey)),
                            transport: transport)
                        try await body(Scene(endpoints: endpoints, client: client))
                        break
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    private static let role = "codebuild-web-service-role"
    private static let buildspec = """
        version: 0.2
        phases:
          build:
            commands:
              - echo "the user is $HUB_USER"
        """

    private static func request() -> CodeBuild.StartBuild {
        CodeBuild.StartBuild(
            projectName: "web",
            environmentVariablesOverride: [.init(name: "HUB_USER", value: "dockerhub:username", type: .secretsManager)],
            buildspecOverride: buildspec,
            registryCredentialOverride: .init(credential: "dockerhub", credentialProvider: "SECRETS_MANAGER"),
            imagePullCredentialsTypeOverride: .serviceRole)
    }

    private static func failure(_ build: CodeBuild.Build, _ phase: CodeBuild.PhaseType) -> String {
        let context = build.phases.first { $0.phaseType == phase }?.contexts?.first
        return "\(context?.statusCode ?? "") \(context?.message ?? "")"
    }

    @Test("a throttled build fails in PROVISIONING; each grant that is missing is named; with all of them it passes")
    func throttledAndFixed() async throws {
        try await withSandbox { scene in
            let throttled = try await scene.build(.init(projectName: "web"))
            #expect(throttled.buildStatus == .failed)
            let words = Self.failure(throttled, .provisioning)
            #expect(words.contains("BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE"))
            #expect(words.contains("toomanyrequests"))

            let text = #"{"username":"demo","password":"hub-canary-1"}"#
            let made = try await scene.client.call(
                SecretsManager.CreateSecret(name: "dockerhub", secretString: Sensitive(text)))
            let refused = try await scene.build(Self.request())
            #expect(Self.failure(refused, .provisioning).contains("secretsmanager:GetSecretValue"))

            let grant = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["#
            _ = try await scene.client.call(
                IAM.PutRolePolicy(
                    roleName: Self.role, policyName: "secret",
                    policyDocument: grant + #""secretsmanager:GetSecretValue"],"Resource":["\#(made.arn)*"]}]}"#))
            let passed = try await scene.build(Self.request())
            #expect(passed.buildStatus == .succeeded, "\(Self.failure(passed, .provisioning))")
            let log = try await scene.log(of: passed)
            #expect(log.contains("the user is ***"), "\(log)")
            #expect(passed.phases.map(\.phaseType).starts(with: [.submitted, .queued, .provisioning, .downloadSource]))

            let key = try await scene.client.call(KMS.CreateKey()).keyMetadata
            _ = try await scene.client.call(SecretsManager.UpdateSecret(secretId: "dockerhub", kmsKeyId: key.keyId))
            let locked = try await scene.build(Self.request())
            #expect(Self.failure(locked, .provisioning).contains("Access to KMS is not allowed"))
            _ = try await scene.client.call(
                IAM.PutRolePolicy(
                    roleName: Self.role, policyName: "key",
                    policyDocument: grant + #""kms:Decrypt"],"Resource":["\#(key.arn ?? "")"]}]}"#))
            #expect(try await scene.build(Self.request()).buildStatus == .succeeded)
        }
    }

    @Test("a build's commands act as its role, on the sandbox alone")
    func credentials() async throws {
        try await withSandbox { scene in
            var request = CodeBuild.StartBuild(projectName: "api")
            request.buildspecOverride = """
                version: 0.2
                phases:
                  build:
                    commands:
                      - test "$AWS_ENDPOINT_URL" = "\(scene.endpoints.awsURL)"
                      - test "$UNTHROTTLE_HUB_URL" = "\(scene.endpoints.hubURL)"
                      - test -n "$AWS_CONTAINER_AUTHORIZATION_TOKEN"
                      - echo "at $AWS_CONTAINER_CREDENTIALS_FULL_URI"
                """
            let build = try await scene.build(request)
            #expect(build.buildStatus == .succeeded)
            let log = try await scene.log(of: build)
            #expect(log.contains("at \(scene.endpoints.awsURL)/sandbox/credentials/"), "\(log)")
        }
    }

    @Test("StopBuild ends a build that would run for long; the same token starts no second build")
    func stopAndRepeat() async throws {
        try await withSandbox { scene in
            var request = CodeBuild.StartBuild(projectName: "api", idempotencyToken: "once")
            request.buildspecOverride = "version: 0.2\nphases:\n  build:\n    commands:\n      - sleep 600\n"
            let build = try await scene.client.call(request).build
            #expect(try await scene.client.call(request).build.id == build.id)
            var other = request
            other.imageOverride = "aws/codebuild/standard:7.0"
            let refusal = await #expect(throws: AWSError.self) { try await scene.client.call(other) }
            #expect(refusal?.code == "InvalidInputException")
            _ = try await scene.client.call(CodeBuild.StopBuild(id: build.id))
            #expect(try await scene.ended(build.id).buildStatus == .stopped)
            #expect(try await scene.client.call(CodeBuild.ListBuildsForProject(projectName: "api")).ids == [build.id])
        }
    }

    @Test("a port that another holds is refused with the option that chooses it")
    func portInUse() async throws {
        try await withSandbox { scene in
            let port = try #require(URLText.parts(scene.endpoints.awsURL)?.port)
            let second = try SandboxServer(
                SandboxConfiguration(port: port, buildFolder: "/nonexistent"), transport: ScriptedTransport([]))
            let error = await #expect(throws: UnthrottleError.self) { try await second.run { _ in } }
            #expect(error?.code == .system)
            #expect(error?.hint?.contains("--port") == true)
        }
    }
}
