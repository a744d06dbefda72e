import AWS
import Core
import Testing

@testable import Diagnosis

@Suite("Why a build failed")
struct BuildDiagnosisTests {
    static func build(_ phase: CodeBuild.PhaseType, _ code: String, _ message: String) -> CodeBuild.Build {
        CodeBuild.Build(
            id: "web:1",
            phases: [
                .init(phaseType: .submitted, phaseStatus: .succeeded),
                .init(phaseType: phase, phaseStatus: .failed, contexts: [.init(statusCode: code, message: message)]),
            ])
    }

    @Test(
        "in PROVISIONING the context says it",
        arguments: [
            (
                "error pulling image configuration: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
                Finding.Kind.anonymousPullLimit
            ),
            (
                "Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit",
                .pullLimit
            ),
            ("Error response from daemon: toomanyrequests: Too Many Requests (HAP429).", .abuseLimit),
            ("Error response from daemon: toomanyrequests: Rate exceeded", .otherRegistry),
        ])
    func provisioning(words: String, kind: Finding.Kind) {
        let build = Self.build(
            .provisioning, "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE",
            "Unable to pull customer's container image. CannotPullContainerError: \(words)")
        let findings = BuildDiagnosis.findings(of: build, log: [])
        #expect(findings.map(\.kind) == [kind])
        #expect(findings[0].phase == "PROVISIONING")
    }

    @Test("inside a phase the log says it, and only that phase's lines count")
    func inside() {
        let log = [
            "[Container] 2026/11/23 21:51:07.1 Entering phase PRE_BUILD",
            "[Container] 2026/11/23 21:51:07.1 Phase complete: PRE_BUILD State: SUCCEEDED",
            "[Container] 2026/11/23 21:51:07.1 Entering phase BUILD",
            "[Container] 2026/11/23 21:51:07.1 Running command docker pull alpine:3.20",
            "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
            "[Container] 2026/11/23 21:51:08.2 Command did not exit successfully docker pull alpine:3.20 exit status 1",
        ]
        let build = Self.build(
            .build, "COMMAND_EXECUTION_ERROR",
            "Error while executing command: docker pull alpine:3.20. Reason: exit status 1")
        let findings = BuildDiagnosis.findings(of: build, log: log)
        #expect(findings.map(\.kind) == [.anonymousPullLimit])
        #expect(findings[0].evidence.hasPrefix("Error response from daemon"))
        let other = Self.build(.preBuild, "COMMAND_EXECUTION_ERROR", "Reason: exit status 1")
        #expect(BuildDiagnosis.findings(of: other, log: log).map(\.kind) == [.other])
    }

    @Test(
        "the neighbours of a half-done fix",
        arguments: [
            (
                "Secrets Manager Error Message",
                "AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/AWSCodeBuild-1 is not authorized to perform: secretsmanager:GetSecretValue on resource: dockerhub because no identity-based policy allows the secretsmanager:GetSecretValue action",
                Finding.Kind.secretDenied
            ),
            ("Secrets Manager Error Message", "AccessDeniedException: Access to KMS is not allowed", .keyDenied),
            (
                "Secrets Manager Error Message",
                "ResourceNotFoundException: Secrets Manager can't find the specified secret.", .secretMissing
            ),
            (
                "COMMAND_EXECUTION_ERROR", "Error: Cannot perform an interactive login from a non TTY device",
                .emptyCredential
            ),
            ("COMMAND_EXECUTION_ERROR", "unauthorized: incorrect username or password", .wrongCredential),
            (
                "COMMAND_EXECUTION_ERROR", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock",
                .noEngine
            ),
        ])
    func neighbours(code: String, message: String, kind: Finding.Kind) {
        #expect(BuildDiagnosis.findings(of: Self.build(.downloadSource, code, message), log: []).map(\.kind) == [kind])
    }

    @Test("a build that succeeded has no findings")
    func healthy() {
        #expect(
            BuildDiagnosis.findings(
                of: CodeBuild.Build(id: "a:1", phases: [.init(phaseType: .build, phaseStatus: .succeeded)]), log: []
            ).isEmpty)
    }
}
