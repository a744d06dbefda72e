import AWS
import Core
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite("StartBuild: what a build becomes of project and overrides")
struct EffectiveBuildTests {
    private static let place = AccountPlace(account: "123456789012", region: "us-east-1")
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    private static let project = CodeBuild.Project(
        name: "web", arn: place.arn("codebuild", "project/web"),
        source: Open(.init(type: .gitHub, location: "https://github.com/a/b.git", buildspec: "ci/buildspec.yml")),
        sourceVersion: "main", artifacts: .init(type: "NO_ARTIFACTS"),
        environment: Open(
            .init(
                type: .linuxContainer, image: "docker:dind", computeType: "BUILD_GENERAL1_SMALL",
                environmentVariables: [
                    .init(name: "A", value: "project", type: .plaintext),
                    .init(name: "B", value: "project", type: .plaintext),
                ]), unknown: ["hostKernel": "new"]),
        serviceRole: place.iam("role/builds"), timeoutInMinutes: 60, queuedTimeoutInMinutes: 480)

    private func build(_ change: (inout CodeBuild.StartBuild) -> Void) throws -> CodeBuild.Build {
        var request = CodeBuild.StartBuild(projectName: "web")
        change(&request)
        return try EffectiveBuild(place: Self.place, project: Self.project, request: request)
            .build(uuid: "u-1", number: 3, initiator: "me", at: Self.now)
    }

    @Test("without overrides it is the project's, submitted and queued")
    func plain() throws {
        let build = try build { _ in }
        #expect(build.id == "web:u-1" && build.arn == Self.place.arn("codebuild", "build/web:u-1"))
        #expect(build.environment == Self.project.environment, "members that this program does not know stay")
        #expect(build.source == Self.project.source && build.sourceVersion == "main")
        #expect(build.phases.map(\.phaseType) == [.submitted, .queued] && build.currentPhase == .queued)
        #expect(build.buildStatus == .inProgress && build.buildComplete == false && build.buildNumber == 3)
        #expect(build.logs?.groupName == nil && build.logs?.deepLink?.contains("null") == true)
    }

    @Test("variables of the request win over the project's of the same name, and the others stay")
    func variables() throws {
        let build = try build { $0.environmentVariablesOverride = [.init(name: "B", value: "request")] }
        let values = build.environment?.environmentVariables?.map { "\($0.name)=\($0.value) \($0.type ?? "none")" }
        #expect(values == ["A=project PLAINTEXT", "B=request PLAINTEXT"])
    }

    @Test("the overrides of a probe build: no source, a buildspec and an image of its own")
    func probe() throws {
        let build = try build {
            $0.sourceTypeOverride = .noSource
            $0.buildspecOverride = "version: 0.2\nphases: {}\n"
            $0.imageOverride = "busybox:latest"
            $0.imagePullCredentialsTypeOverride = .serviceRole
            $0.registryCredentialOverride = .init(credential: "dockerhub", credentialProvider: "SECRETS_MANAGER")
            $0.privilegedModeOverride = true
            $0.timeoutInMinutesOverride = 5
            $0.artifactsOverride = .init(type: "NO_ARTIFACTS")
        }
        #expect(build.source?.type == .noSource && build.source?.location == nil)
        #expect(build.source?.buildspec == "version: 0.2\nphases: {}\n")
        #expect(build.environment?.image == "busybox:latest" && build.environment?.privilegedMode == true)
        #expect(build.environment?.registryCredential?.credential == "dockerhub" && build.timeoutInMinutes == 5)
    }

    @Test(
        "overrides that make an impossible build are refused",
        arguments: [
            CodeBuild.StartBuild(projectName: "web", imagePullCredentialsTypeOverride: "SERVICEROLE"),
            CodeBuild.StartBuild(
                projectName: "web", imageOverride: "aws/codebuild/standard:7.0",
                imagePullCredentialsTypeOverride: .serviceRole),
            CodeBuild.StartBuild(
                projectName: "web",
                registryCredentialOverride: .init(credential: "d", credentialProvider: "SECRETS_MANAGER")),
            CodeBuild.StartBuild(projectName: "web", sourceTypeOverride: .noSource, buildspecOverride: "buildspec.yml"),
            CodeBuild.StartBuild(projectName: "web", timeoutInMinutesOverride: 4),
            CodeBuild.StartBuild(projectName: "web", serviceRoleOverride: "builds"),
        ])
    func refused(request: CodeBuild.StartBuild) {
        let error = #expect(throws: ServiceError.self) {
            try EffectiveBuild(place: Self.place, project: Self.project, request: request)
                .build(uuid: "u", number: 1, initiator: "me", at: Self.now)
        }
        #expect(error?.code == "InvalidInputException")
    }

    @Test("a project that runs another forge's jobs may keep a registry credential beside a curated image")
    func runner() throws {
        var environment = Self.project.environment.known
        environment.image = "aws/codebuild/standard:7.0"
        environment.registryCredential = .init(credential: "d", credentialProvider: "SECRETS_MANAGER")
        let rules = ProjectRules(account: "123456789012")
        #expect(throws: ServiceError.self) { try rules.checkEnvironment(environment) }
        try rules.checkEnvironment(environment, isRunner: true)
        let webhook = CodeBuild.Webhook(filterGroups: [[.init(type: "EVENT", pattern: "WORKFLOW_JOB_QUEUED")]])
        #expect(webhook.startsRunners)
    }
}
