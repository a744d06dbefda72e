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

    @Test(
        "a role that may not log fails the build while it is queued; with the permission, a retry builds and its lines are found"
    )
    func logPermission() async throws {
        try await withSandbox { scene in
            let role = try await scene.client.call(
                IAM.CreateRole(
                    roleName: "silent",
                    assumeRolePolicyDocument:
                        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codebuild.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
                )
            ).role
            let buildspec = "version: 0.2\nphases:\n  build:\n    commands:\n      - echo found-$WHO\n"
            let project = try await scene.client.call(
                CodeBuild.CreateProject(
                    name: "silent", source: Open(.init(type: .noSource, buildspec: buildspec)),
                    artifacts: .init(type: "NO_ARTIFACTS"),
                    environment: Open(
                        .init(
                            type: .linuxContainer, image: "aws/codebuild/standard:7.0",
                            computeType: "BUILD_GENERAL1_SMALL")), serviceRole: role.arn)
            ).project
            let failed = try await scene.build(
                .init(projectName: "silent", environmentVariablesOverride: [.init(name: "WHO", value: "you")]))
            let uuid = failed.id.dropFirst("silent:".count)
            let phase = failed.phases.first { $0.phaseStatus == .failed }
            #expect(failed.buildStatus == .failed && phase?.phaseType == .queued)
            #expect(phase?.contexts?.first?.statusCode == "ACCESS_DENIED")
            #expect(
                phase?.contexts?.first?.message
                    == "Service role \(role.arn) does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for "
                    + "build \(failed.arn ?? ""). Error message: User: arn:aws:sts::123456789012:assumed-role/silent/"
                    + "AWSCodeBuild-\(uuid) is not authorized to perform: logs:CreateLogStream on resource: "
                    + "arn:aws:logs:us-east-1:123456789012:log-group:/aws/codebuild/silent:log-stream:\(uuid) because no "
                    + "identity-based policy allows the logs:CreateLogStream action")
            func allow(_ actions: String) async throws {
                _ = try await scene.client.call(
                    IAM.PutRolePolicy(
                        roleName: "silent", policyName: "logs",
                        policyDocument:
                            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[\#(actions)],"Resource":"*"}]}"#
                    ))
            }
            // Lines that the role may not write are lost, and the build goes on.
            try await allow(#""logs:CreateLogGroup","logs:CreateLogStream""#)
            let silent = try await scene.build(.init(projectName: project.name))
            #expect(silent.buildStatus == .succeeded)
            await #expect(throws: AWSError.self) { try await scene.log(of: silent) }
            try await allow(#""logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents""#)
            let retried = try await scene.ended(
                try await scene.client.call(CodeBuild.RetryBuild(id: failed.id)).build.id)
            #expect(retried.buildStatus == .succeeded && retried.buildNumber == 3)
            let found = try await scene.client.call(
                CloudWatchLogs.FilterLogEvents(
                    logGroupName: "/aws/codebuild/silent", filterPattern: "\"found-you\" -Running"))
            #expect(found.events.map(\.message) == ["found-you\n"])
        }
    }

    @Test("a buildspec that is an object of S3 is read as the service role, or the build fails and says why")
    func buildspecInS3() async throws {
        try await withSandbox { scene in
            let api = try await scene.client.call(CodeBuild.BatchGetProjects(names: ["api"])).projects[0]
            let role = String(api.serviceRole?.split(separator: "/").last ?? "")
            _ = try await scene.client.call(S3.CreateBucket(bucket: "specs"))
            _ = try await scene.client.call(
                S3.PutObject(
                    bucket: "specs", key: "team/spec.yml",
                    body: Data("version: 0.2\nphases:\n  build:\n    commands:\n      - echo from-s3\n".utf8)))
            let request = CodeBuild.StartBuild(
                projectName: "api", buildspecOverride: "arn:aws:s3:::specs/team/spec.yml")
            let failed = try await scene.build(request)
            let context = failed.phases.first { $0.phaseType == .downloadSource }?.contexts?.first
            #expect(failed.buildStatus == .failed && context?.statusCode == "YAML_FILE_ERROR")
            #expect(context?.message?.contains("s3:GetObject") == true, "\(String(describing: context))")
            _ = try await scene.client.call(
                IAM.PutRolePolicy(
                    roleName: role, policyName: "spec",
                    policyDocument:
                        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::specs/*"}]}"#
                ))
            let built = try await scene.build(request)
            #expect(built.buildStatus == .succeeded)
            #expect(try await scene.log(of: built).contains("\nfrom-s3\n"))
        }
    }
}
