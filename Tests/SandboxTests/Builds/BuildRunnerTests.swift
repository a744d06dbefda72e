import AWS
import Core
import FoundationEssentials
import HTTP
import Registry
import TestSupport
import Testing

@testable import Sandbox

/// Builds with real shells, and images from the hub's rules without a network.
@Suite("Builds really run")
struct BuildRunnerTests {
    static let curated = "aws/codebuild/standard:7.0"

    /// Runs a buildspec with a curated image.
    static func run(
        _ buildspec: String, host: RecordingHost = RecordingHost(), variables: [CodeBuild.EnvironmentVariable] = [],
        image: String = curated, credential: String? = nil, transport: any Transport = ScriptedTransport([]),
        minutes: Int = 60,
        time: Timekeeper = .system, docker: [String]? = nil, source: CodeBuild.SourceType = .noSource
    ) async throws -> RecordingHost {
        try await withTemporaryFolder { folder in
            let build = CodeBuild.Build(
                id: "demo:uuid-1", arn: "arn:aws:codebuild:eu-west-1:123456789012:build/demo:uuid-1", buildNumber: 3,
                projectName: "demo", source: Open(.init(type: source, buildspec: buildspec)),
                environment: Open(
                    .init(
                        type: .linuxContainer, image: image, computeType: "BUILD_GENERAL1_SMALL",
                        environmentVariables: variables,
                        registryCredential: credential.map {
                            .init(credential: $0, credentialProvider: "SECRETS_MANAGER")
                        })),
                timeoutInMinutes: minutes)
            let runner = BuildRunner(
                host: host,
                configuration: .init(hub: try HubEndpoint("http://127.0.0.1:5080"), folder: folder, docker: docker),
                transport: transport, time: time, dice: .seeded(1))
            await runner.run(build)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty, "the build left \(left) behind")
            return host
        }
    }

    static let allPhases = [
        "SUBMITTED SUCCEEDED", "QUEUED SUCCEEDED", "PROVISIONING SUCCEEDED", "DOWNLOAD_SOURCE SUCCEEDED",
        "INSTALL SUCCEEDED",
        "PRE_BUILD SUCCEEDED", "BUILD SUCCEEDED", "POST_BUILD SUCCEEDED", "UPLOAD_ARTIFACTS SUCCEEDED",
        "FINALIZING SUCCEEDED",
        "COMPLETED -",
    ]

    @Test(
        "version 0.2: folder, variables and exports last, `exit` ends its command alone, several lines are one command")
    func sharedShell() async throws {
        let host = try await Self.run(
            """
            version: 0.2
            env:
              exported-variables: [MADE, DOCKERHUB]
            phases:
              install:
                commands:
                  - mkdir sub && cd sub
                  - PLAIN="it's 'quoted' $((1 + 1))"
                  - export MADE="two
                      lines"
                  - unset GIVEN
                  - exit 0
              build:
                commands:
                  - |
                    false
                    echo "${PWD##*/} $PLAIN"
                  - sh -c 'echo "exported $MADE"'
                  - echo "given ${GIVEN-unset} $CODEBUILD_BUILD_SUCCEEDING"
                  - printf 'no line end'
            """, variables: [.init(name: "GIVEN", value: "x")])
        #expect(host.phases == Self.allPhases)
        #expect(host.last?.buildStatus == .succeeded)
        #expect(host.last?.buildComplete == true)
        #expect(host.printed == ["sub it's 'quoted' 2", "exported two lines", "given unset 1", "no line end"])
        #expect(host.last?.exportedEnvironmentVariables == [.init(name: "MADE", value: "two lines")])
        #expect(host.stream == "/aws/codebuild/demo uuid-1")
        #expect(host.last?.logs?.streamName == "uuid-1")
    }

    @Test("bash keeps its arrays; env.shell decides")
    func bash() async throws {
        let host = try await Self.run(
            "version: 0.2\nenv:\n  shell: bash\nphases:\n  build:\n    commands:\n      - A=(one two)\n      - echo \"${A[1]} ${BASH_VERSION:+bash}\"\n"
        )
        #expect(host.printed == ["two bash"])
    }

    @Test("version 0.1: each command has a shell of its own")
    func ownShells() async throws {
        let host = try await Self.run(
            "version: 0.1\nphases:\n  build:\n    commands:\n      - export A=1; cd /\n      - echo \"${A-unset} ${PWD##*/}\"\n"
        )
        #expect(host.printed == ["unset src"])
    }

    @Test(
        "odd commands: what the next one finds",
        arguments: [
            ("A=1\nif then", "after 1", 2), ("A=1; set -eu; false; A=2", "after 1", 1), ("A=1; exec true", "after ", 0),
            ("cat <<E\n  $((40 + 2))\nE\nA=3", "after 3", 0), ("mkdir x; cd x; rmdir ../x; A=1", "after 1", 0),
            ("A='a\nb'", "after a\nb", 0), ("IFS=,; A=1", "after 1", 0), ("PATH=/nowhere; A=1", "after 1", 0),
            ("readonly A=5", "after 5", 0), ("kill -9 $$", "after ", 137), ("A=1; (exit 4)", "after 1", 4),
        ])
    func oddCommands(_ command: String, _ printed: String, _ status: Int) async throws {
        let block = command.split(separator: "\n").map { "          \($0)\n" }.joined()
        for shell in ["/bin/sh", "bash"] {
            let host = try await Self.run(
                """
                version: 0.2
                env:
                  shell: \(shell)
                phases:
                  build:
                    commands:
                      - |
                \(block)    finally:
                      - printf '%s\\n' "after $A"
                """)
            let last = host.printed.suffix(printed.split(separator: "\n").count).joined(separator: "\n")
            #expect(last == printed, "\(shell)")
            let reason = host.context(.build)?.message?.split(separator: " ").last.map(String.init)
            #expect(reason == (status == 0 ? nil : "\(status)"), "\(shell)")
        }
    }

    @Test("a failed BUILD: no more commands, `finally` and POST_BUILD run, CodeBuild's words")
    func failedBuild() async throws {
        let host = try await Self.run(
            """
            version: 0.2
            phases:
              build:
                commands:
                  - nosuchprogram
                  - echo never
                finally:
                  - echo finally $CODEBUILD_BUILD_SUCCEEDING
              post_build:
                commands:
                  - echo post $CODEBUILD_BUILD_SUCCEEDING
            """)
        #expect(
            host.phases[6...] == [
                "BUILD FAILED", "POST_BUILD SUCCEEDED", "UPLOAD_ARTIFACTS SUCCEEDED", "FINALIZING SUCCEEDED",
                "COMPLETED -",
            ])
        #expect(host.last?.buildStatus == .failed)
        #expect(
            host.context(.build)
                == .init(
                    statusCode: "COMMAND_EXECUTION_ERROR",
                    message: "Error while executing command: nosuchprogram. Reason: exit status 127"))
        #expect(host.printed.suffix(2) == ["finally 0", "post 0"])
        let words = host.lines.filter { $0.hasPrefix("[Container] ") }.map {
            $0.split(separator: " ", maxSplits: 3).last.map(String.init) ?? ""
        }
        for line in [
            "Waiting for agent ping", "Phases found in YAML: 2", " BUILD: 2 commands", "Entering phase BUILD",
            "Running command nosuchprogram",
            "Command did not exit successfully nosuchprogram exit status 127", "Phase complete: BUILD State: FAILED",
            "Phase context status code: COMMAND_EXECUTION_ERROR Message: Error while executing command: nosuchprogram. Reason: exit status 127",
        ] {
            #expect(words.contains { $0.trimmed == line.trimmed }, "\(line) is not in the log")
        }
    }

    @Test(
        "on-failure and what a failure skips",
        arguments: [
            ("pre_build", nil, ["PRE_BUILD FAILED", "FINALIZING SUCCEEDED", "COMPLETED -"]),
            (
                "pre_build", "CONTINUE",
                [
                    "PRE_BUILD FAILED", "BUILD SUCCEEDED", "POST_BUILD SUCCEEDED", "UPLOAD_ARTIFACTS SUCCEEDED",
                    "FINALIZING SUCCEEDED", "COMPLETED -",
                ]
            ),
            ("build", "ABORT", ["BUILD FAILED", "FINALIZING SUCCEEDED", "COMPLETED -"]),
        ] as [(String, String?, [String])])
    func onFailure(_ phase: String, _ rule: String?, _ expected: [String]) async throws {
        let line = rule.map { "    on-failure: \($0)\n" } ?? ""
        let host = try await Self.run("version: 0.2\nphases:\n  \(phase):\n\(line)    commands:\n      - exit 3\n")
        #expect(Array(host.phases.suffix(expected.count)) == expected)
        #expect(host.last?.buildStatus == .failed)
    }

    @Test("RETRY runs the phase again, only while the message matches")
    func retry() async throws {
        for (rule, tries) in [("RETRY-2-.*exit status 3", 3), ("RETRY-2-other", 1)] {
            let host = try await Self.run(
                "version: 0.2\nphases:\n  build:\n    on-failure: \(rule)\n    commands:\n      - echo try\n      - exit 3\n"
            )
            #expect(host.printed.count == tries)
        }
    }

    @Test("nothing of the caller's environment reaches a command; CodeBuild's variables do")
    func environment() async throws {
        let host = try await Self.run(
            """
            version: 0.2
            phases:
              build:
                commands:
                  - env
                  - echo "home $HOME"; ls -A "$HOME" | wc -l
            """)
        let names = Set(host.printed.compactMap { $0.split(separator: "=").first.map(String.init) })
        #expect(
            names.isDisjoint(with: [
                "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "SSH_AUTH_SOCK", "DOCKER_HOST", "USER", "LOGNAME",
            ]))
        for line in [
            "CODEBUILD_BUILD_ID=demo:uuid-1", "CODEBUILD_BUILD_NUMBER=3", "AWS_REGION=eu-west-1",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:1/creds", "AWS_CONTAINER_AUTHORIZATION_TOKEN=***",
        ] {
            #expect(host.printed.contains(line))
        }
        #expect(host.printed.last == "0")
    }

    @Test("secrets: by JSON key, with stage and version, masked by exact value alone")
    func secrets() async throws {
        let host = try await Self.run(
            "version: 0.2\nenv:\n  secrets-manager:\n    WHOLE: other\nphases:\n  build:\n    commands:\n      - echo \"is $PASSWORD\"\n      - printf %s \"$PASSWORD\" | base64\n",
            host: RecordingHost(secrets: ["dockerhub": #"{"username":"me","password":"hunter22"}"#, "other": "text"]),
            variables: [
                .init(name: "PASSWORD", value: "dockerhub:password:AWSPREVIOUS", type: .secretsManager),
                .init(name: "NAME", value: "dockerhub:username::v1", type: .secretsManager),
            ])
        #expect(host.printed == ["is ***", "aHVudGVyMjI="])
        #expect(!host.lines.contains { $0.contains("hunter22") })
        #expect(
            Set(host.secretRequests) == [
                .init(secret: "dockerhub", stage: "AWSPREVIOUS", version: nil),
                .init(secret: "dockerhub", stage: nil, version: "v1"),
                .init(secret: "other", stage: nil, version: nil),
            ])
    }

    static let denied =
        "User: arn:aws:sts::123456789012:assumed-role/r/AWSCodeBuild-uuid-1 is not authorized to perform: secretsmanager:GetSecretValue on resource: dockerhub because no identity-based policy allows the secretsmanager:GetSecretValue action"

    @Test(
        "DOWNLOAD_SOURCE fails with AWS's words",
        arguments: [
            ("dockerhub:password", ServiceError("AccessDeniedException", denied), "AccessDeniedException: \(denied)"),
            (
                "dockerhub:password", ServiceError("AccessDeniedException", "Access to KMS is not allowed"),
                "AccessDeniedException: Access to KMS is not allowed"
            ),
            ("none:password", nil, "ResourceNotFoundException: Secrets Manager can't find the specified secret."),
            ("dockerhub:token", nil, "the secret dockerhub has no JSON key token, which P asks for"),
            ("text:key", nil, "the secret text has no JSON key key, which P asks for"),
            ("a:b:c:d", nil, "the reference in P is not of the form secret-id:json-key:version-stage:version-id"),
        ] as [(String, ServiceError?, String)])
    func refusedSecret(_ reference: String, _ refusal: ServiceError?, _ message: String) async throws {
        let host = try await Self.run(
            "version: 0.2\nphases:\n  build:\n    commands: [echo never]\n",
            host: RecordingHost(secrets: ["dockerhub": #"{"username":"me"}"#, "text": "x"], refusal: refusal),
            variables: [.init(name: "P", value: reference, type: .secretsManager)])
        #expect(host.phases.suffix(3) == ["DOWNLOAD_SOURCE FAILED", "FINALIZING SUCCEEDED", "COMPLETED -"])
        #expect(host.context(.downloadSource) == .init(statusCode: "Secrets Manager Error", message: message))
        #expect(
            host.lines.contains { $0.hasSuffix("Phase context status code: Secrets Manager Error Message: \(message)") }
        )
        #expect(host.printed.isEmpty)
    }

    @Test(
        "a buildspec that CodeBuild refuses",
        arguments: [
            ("version: 0.2\nphases: [", "buildspec, line"),
            ("buildspec.yml", "stat buildspec.yml: no such file or directory"),
            (
                "version: 0.2\nphases:\n  build:\n    commands:\n      - echo a: b\n",
                "Expected Commands[0] to be of string type: found subkeys instead at line 5, value of the key tag on line 4 might be empty"
            ),
        ])
    func refusedBuildspec(_ text: String, _ message: String) async throws {
        let host = try await Self.run(text)
        #expect(host.context(.downloadSource)?.statusCode == "YAML_FILE_ERROR")
        #expect(host.context(.downloadSource)?.message?.hasPrefix(message) == true)
    }

    @Test("what a command leaves running ends with the build, and does not keep it waiting", .timeLimit(.minutes(1)))
    func leftovers() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Self.run(
                "version: 0.2\nphases:\n  build:\n    commands:\n      - nohup sleep 300 & echo $! >\(folder)/pid\n      - echo after\n"
            )
            #expect(host.printed == ["after"])
            let pid = try #require(try PrivateFiles.read("\(folder)/pid")?.trimmed)
            try #require(!pid.isEmpty)
            // A process that was killed may stay as a zombie where nobody asks for its status.
            while let state = try PrivateFiles.read("/proc/\(pid)/stat"), !state.contains(") Z ") {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    @Test("StopBuild ends the commands at once")
    func stop() async throws {
        let host = RecordingHost()
        async let done = Self.run("version: 0.2\nphases:\n  build:\n    commands:\n      - sleep 300\n", host: host)
        while host.last?.currentPhase != .build { try await Task.sleep(for: .milliseconds(10)) }
        host.stop()
        _ = try await done
        #expect(host.phases.suffix(2) == ["BUILD STOPPED", "COMPLETED -"])
        #expect(host.last?.buildStatus == .stopped)
    }

    @Test("the time limit ends a build")
    func timeLimit() async throws {
        let (time, host) = (ManualTime(), RecordingHost())
        // The time stands still until the command runs.
        let keeper = Timekeeper(
            now: time.keeper.now,
            sleep: {
                try await Task.sleep(for: $0 / 10)
                if host.last?.currentPhase == .build { time.advance(by: 60) }
            })
        _ = try await Self.run(
            "version: 0.2\nphases:\n  build:\n    commands:\n      - sleep 300\n", host: host, minutes: 5, time: keeper)
        #expect(host.phases.suffix(2) == ["BUILD TIMED_OUT", "COMPLETED -"])
        #expect(host.last?.buildStatus == .timedOut)
    }

    @Test("`docker` is the command line that the runner was given")
    func docker() async throws {
        let host = try await Self.run(
            "version: 0.2\nphases:\n  build:\n    commands:\n      - docker pull 'a b'\n",
            docker: ["/bin/echo", "it's", "docker"])
        #expect(host.printed == ["it's docker pull a b"])
    }
}
