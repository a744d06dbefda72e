import AWS
import Buildspec
import Core
import FoundationEssentials
import HTTP
import Registry
import Testing

@testable import Sandbox

@Suite("The parts of a build that need no machine")
struct BuildPartsTests {
    @Test(
        "which phase comes next",
        arguments: [
            ("SUBMITTED", false, nil, "QUEUED"), ("PROVISIONING", true, nil, "COMPLETED"),
            ("PROVISIONING", false, nil, "DOWNLOAD_SOURCE"), ("DOWNLOAD_SOURCE", true, nil, "FINALIZING"),
            ("INSTALL", true, nil, "FINALIZING"), ("PRE_BUILD", true, nil, "FINALIZING"),
            ("PRE_BUILD", true, "CONTINUE", "BUILD"),
            ("BUILD", true, nil, "POST_BUILD"), ("BUILD", true, "ABORT", "FINALIZING"),
            ("BUILD", true, "RETRY", "FINALIZING"),
            ("POST_BUILD", true, nil, "UPLOAD_ARTIFACTS"), ("POST_BUILD", false, "ABORT", "UPLOAD_ARTIFACTS"),
            ("UPLOAD_ARTIFACTS", false, nil, "FINALIZING"), ("FINALIZING", false, nil, "COMPLETED"),
        ] as [(String, Bool, String?, String)])
    func sequence(_ phase: String, _ failed: Bool, _ onFailure: String?, _ next: String) {
        let rule = onFailure.flatMap { OnFailure($0) }
        #expect(PhaseSequence.next(after: .init(rawValue: phase), failed: failed, onFailure: rule).rawValue == next)
    }

    @Test("the log's own lines have CodeBuild's time")
    func timestamp() {
        let time = Date(timeIntervalSince1970: 1_795_470_667.5)
        #expect(
            BuildLogText.container("Entering phase BUILD", at: time)
                == "[Container] 2026/11/23 21:51:07.500000 Entering phase BUILD")
        #expect(
            BuildLogText.complete(
                "BUILD", succeeded: false, code: "COMMAND_EXECUTION_ERROR",
                message: BuildLogText.failure("x", status: 127))
                == [
                    "Phase complete: BUILD State: FAILED",
                    "Phase context status code: COMMAND_EXECUTION_ERROR Message: Error while executing command: x. Reason: exit status 127",
                ])
    }

    @Test("the mask hides exact values, the longest first, and lets base64 pass")
    func mask() {
        var mask = SecretMask()
        for value in ["", "hunter", "hunter22"] { mask.add(value) }
        #expect(mask.apply("hunter22 hunter aHVudGVyMjI=") == "*** *** aHVudGVyMjI=")
    }

    @Test("StartBuild and the project win over the buildspec, CodeBuild's own names over all; values are literal")
    func variables() throws {
        let document = try BuildspecDocument(
            parsing: """
                version: 0.2
                env:
                  variables: {A: spec, B: spec, CODEBUILD_BUILD_ID: mine}
                  secrets-manager: {S: "hub:password", A: "hub:a"}
                  parameter-store: {P: /p}
                phases: {}
                """, path: "b")
        let variables = BuildVariables(
            buildspec: document.environment,
            project: [
                .init(name: "B", value: "$PATH:project"), .init(name: "S", value: "plain", type: .plaintext),
                .init(name: "T", value: "hub:t", type: .secretsManager),
                .init(name: "Q", value: "/q", type: .parameterStore),
            ], own: ["CODEBUILD_BUILD_ID": "p:1"])
        #expect(
            variables.all == [
                "A": .secret("hub:a"), "B": .text("$PATH:project"), "S": .text("plain"), "T": .secret("hub:t"),
                "P": .parameter("/p"),
                "Q": .parameter("/q"), "CODEBUILD_BUILD_ID": .text("p:1"),
            ])
    }

    @Test(
        "names that a shell can have",
        arguments: [("A", true), ("_a1", true), ("1a", false), ("a-b", false), ("", false), ("é", false)])
    func names(_ name: String, _ isName: Bool) {
        #expect(BuildVariables.isShellName(name) == isName)
    }

    @Test(
        "a registry's refusal in the engine's words",
        arguments: [
            (
                RegistryError.Kind.throttled(.pullLimit(nil), retryAfter: nil),
                "toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
                "CannotPullContainerError: error pulling image configuration: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"
            ),
            (
                .throttled(.ambiguous, retryAfter: nil), nil,
                "CannotPullContainerError: error pulling image configuration: toomanyrequests: Too Many Requests"
            ),
            (
                .denied, nil,
                "ErrorCode: 404, Reason: pull access denied for a/b, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
            ),
            (
                .notFound, nil,
                "CannotPullContainerError: API error (404): manifest for a/b not found: manifest unknown: manifest unknown"
            ),
            (
                .unauthorized, nil,
                "CannotPullContainerError: Error response from daemon: unauthorized: incorrect username or password"
            ),
        ] as [(RegistryError.Kind, String?, String)])
    func words(_ kind: RegistryError.Kind, _ words: String?, _ expected: String) {
        #expect(Provisioning.words(RegistryError(kind, "m", words: words), image: "a/b") == expected)
    }

    @Test(
        "an inline buildspec is told from a path",
        arguments: [
            ("version: 0.2\nphases: {}", true), ("{\"version\":\"0.2\"}", true), ("ci/build.yml", false), ("", false),
        ])
    func inline(_ text: String, _ isInline: Bool) {
        #expect(BuildSource.isInline(text) == isInline)
    }

    @Test("what has no effect is named in a warning, each with its place")
    func warnings() throws {
        let document = try BuildspecDocument(
            parsing:
                "version: 0.2\nrun-as: me\nphases:\n  build:\n    run-as: you\n    commands: [a]\ncache:\n  paths: [x]\nbatch: {}\nodd: 1\n",
            path: "b")
        let lines = BuildSource.warnings(of: document)
        for name in ["'run-as'", "'phases.build.run-as'", "'cache'", "'batch'", "'odd'"] {
            #expect(
                lines.contains { $0.hasPrefix("WARNING: buildspec line ") && $0.contains(name) }, "\(name) is not named"
            )
        }
    }

    @Test("a RETRY's pattern decides", arguments: [(".*", true), ("toomany.*", true), ("timeout", false), ("(", true)])
    func patterns(_ pattern: String, _ matches: Bool) {
        #expect(CommandPhases.matches(pattern, "Error while executing command: toomanyrequests") == matches)
    }

    @Test("a shell reads quoted words as they are", arguments: ["a b", "it's", "$HOME `x`", "", "a\nb"])
    func quoting(_ text: String) {
        #expect(ShellScript(ShellScripts.quoted(text)).commands.first?.words.map(\.text) == [text])
    }
}
