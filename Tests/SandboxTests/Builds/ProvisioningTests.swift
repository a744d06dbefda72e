import AWS
import Core
import HTTP
import Registry
import TestSupport
import Testing

@testable import Sandbox

@Suite("PROVISIONING pulls the environment image from the hub")
struct ProvisioningTests {
    static let buildspec = "version: 0.2\nphases:\n  build:\n    commands:\n      - echo ran\n"
    static let secret = #"{"username":"builder","password":"right-password"}"#

    /// What a build with an environment image left at its host, and the hub's counts.
    static func build(
        _ image: String, anonymous: Int = 0, credential: String? = nil, host: RecordingHost = RecordingHost()
    ) async throws -> (host: RecordingHost, counts: HubCounts) {
        let configuration = HubConfiguration(anonymousLimit: .pulls(anonymous), accounts: [HubFixture.account])
        return try await withHub(configuration) { url, server in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                try await withTemporaryFolder { folder in
                    let build = CodeBuild.Build(
                        id: "web:u", arn: "arn:aws:codebuild:eu-west-1:123456789012:build/web:u", projectName: "web",
                        source: Open(.init(type: .noSource, buildspec: buildspec)),
                        environment: Open(
                            .init(
                                type: .linuxContainer, image: image, computeType: "BUILD_GENERAL1_SMALL",
                                registryCredential: credential.map {
                                    .init(credential: $0, credentialProvider: "SECRETS_MANAGER")
                                })))
                    let runner = BuildRunner(
                        host: host, configuration: .init(hub: try HubEndpoint(url), folder: folder),
                        transport: transport, time: .system,
                        dice: .seeded(2))
                    await runner.run(build)
                }
            }
            return (host, server.counts)
        }
    }

    @Test("throttled: CodeBuild's own context, no log, nothing run")
    func throttled() async throws {
        let (host, _) = try await Self.build("docker:dind")
        #expect(host.phases == ["SUBMITTED SUCCEEDED", "QUEUED SUCCEEDED", "PROVISIONING FAILED", "COMPLETED -"])
        #expect(
            host.context(.provisioning)
                == .init(
                    statusCode: "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE",
                    message:
                        "Unable to pull customer's container image. CannotPullContainerError: error pulling image configuration: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"
                ))
        #expect(host.last?.buildStatus == .failed)
        #expect(host.stream == nil)
        #expect(host.last?.logs?.streamName == nil)
    }

    @Test("with the registry credential: counted to the account, the secret read once")
    func authenticated() async throws {
        let (host, counts) = try await Self.build(
            "docker:dind", credential: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:dockerhub-AbCdEf",
            host: RecordingHost(secrets: [
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:dockerhub-AbCdEf": Self.secret
            ]))
        #expect(host.last?.buildStatus == .succeeded)
        #expect(host.printed == ["ran"])
        #expect(host.secretRequests.count == 1)
        #expect(counts.heads >= 1)
        // The index and the platform's image.
        #expect(counts.accountPulls == ["builder": 2])
        #expect(counts.anonymousPulls == 0)
    }

    @Test(
        "what else can go wrong, in words of its own",
        arguments: [
            (
                "docker:dind", "hub", #"{"username":"builder","password":"wrong"}"#, nil,
                "Error response from daemon: unauthorized: incorrect username or password"
            ),
            (
                "docker:dind", "hub", #"{"username":"builder"}"#, nil,
                "The secret hub must have the keys username and password"
            ),
            (
                "docker:dind", "hub", nil, ServiceError("AccessDeniedException", "User: arn is not authorized"),
                "AccessDeniedException: User: arn is not authorized"
            ),
            (
                "docker:dind", "hub", nil, nil,
                "ResourceNotFoundException: Secrets Manager can't find the specified secret."
            ),
            ("nobody/nothing:1", "hub", Self.secret, nil, "pull access denied for nobody/nothing:1"),
            (
                "docker:nosuchtag", "hub", Self.secret, nil,
                "manifest for docker:nosuchtag not found: manifest unknown: manifest unknown"
            ),
            ("Not A Reference", nil, nil, nil, "invalid reference format"),
        ] as [(String, String?, String?, ServiceError?, String)])
    func failures(_ image: String, _ credential: String?, _ secret: String?, _ refusal: ServiceError?, _ words: String)
        async throws
    {
        let (host, _) = try await Self.build(
            image, credential: credential,
            host: RecordingHost(secrets: secret.map { ["hub": $0] } ?? [:], refusal: refusal))
        #expect(host.context(.provisioning)?.statusCode == "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE")
        let message = try #require(host.context(.provisioning)?.message)
        #expect(message.hasPrefix("Unable to pull customer's container image. "))
        #expect(message.contains(words), "\(message)")
        #expect(!message.contains("wrong\""))
    }

    @Test(
        "curated and ECR images cost nothing at the hub",
        arguments: [
            "aws/codebuild/standard:7.0", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1",
            "public.ecr.aws/docker/library/alpine:3",
        ])
    func notTheHubs(_ image: String) async throws {
        let (host, counts) = try await Self.build(image)
        #expect(host.last?.buildStatus == .succeeded)
        #expect(counts.anonymousPulls == 0)
        #expect(counts.heads == 0)
    }
}

@Suite("Walls around commands", .enabled(if: Tool("bwrap").isInstalled, "needs bubblewrap (Debian package bubblewrap)"))
struct BubblewrapTests {
    @Test("the machine cannot be written, keys are not seen, the build's folders are there")
    func walls() async throws {
        let path = await Bubblewrap.find(EnvironmentVariables(["PATH": "/usr/bin:/bin:/usr/local/bin"]))
        guard let path else {
            print("Skipped: bubblewrap is installed, but this machine does not let it work.")
            return
        }
        try await withTemporaryFolder { folder in
            try PrivateFiles.makeFolder("\(folder)/person/.ssh")
            try PrivateFiles.write("key", to: "\(folder)/person/.ssh/id")
            try PrivateFiles.write("token", to: "\(folder)/person/.netrc")
            let host = RecordingHost()
            let build = CodeBuild.Build(
                id: "w:u", arn: "arn:aws:codebuild:eu-west-1:123456789012:build/w:u", projectName: "w",
                source: Open(
                    .init(
                        type: .noSource,
                        buildspec: """
                            version: 0.2
                            phases:
                              build:
                                commands:
                                  - touch /usr/x 2>/dev/null || echo read-only; touch \(folder)/x 2>/dev/null || true
                                  - cat \(folder)/person/.ssh/id \(folder)/person/.netrc 2>/dev/null | wc -c
                                  - touch here /tmp/there "$HOME/home" && ls
                                  - docker said
                            """)),
                environment: Open(
                    .init(type: .linuxContainer, image: BuildRunnerTests.curated, computeType: "BUILD_GENERAL1_SMALL")))
            let runner = BuildRunner(
                host: host,
                configuration: .init(
                    hub: try HubEndpoint("http://127.0.0.1:5080"), folder: "\(folder)/builds", docker: ["/bin/echo"],
                    bubblewrap: Bubblewrap(program: path, personHome: "\(folder)/person")),
                transport: ScriptedTransport([]), time: .system, dice: .seeded(3))
            await runner.run(build)
            #expect(host.printed == ["read-only", "0", "here", "said"])
            #expect(host.last?.buildStatus == .succeeded)
            #expect(try PrivateFiles.read("\(folder)/x") == nil)
            #expect(!host.lines.contains { $0.contains("without walls") })
        }
    }
}
