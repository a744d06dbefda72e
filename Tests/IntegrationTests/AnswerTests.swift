import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

@Suite("Answers: errors in JSON, output that cannot be written, names that are none")
struct AnswerTests {
    @Test(
        "under --json an error is one document on standard output, and words on standard error",
        arguments: [
            (["diagnose", "webb", "--json"], 2, "notFound", "there is no CodeBuild project webb"),
            (["verify", "api", "--json"], 1, "failed", "no Docker Hub secret was found"),
            (["quota", "--secret", "none", "--json"], 3, "credentials", "there is no secret none"),
            (["undo", "--json", "--yes"], 2, "notFound", "there is no run to take back"),
            (["undo", "--json"], 2, "usage", "--json goes with --yes"),
            (["fix", "--json", "--yes"], 2, "usage", "Missing expected argument"),
            (["fix", "", "--json", "--yes"], 2, "usage", "a project's name is empty"),
        ] as [([String], Int32, String, String)])
    func json(arguments: [String], status: Int32, code: String, message: String) async throws {
        try await SandboxFixture.with { sandbox in
            let outcome = try await sandbox.run(arguments)
            #expect(outcome.status == status, "\(outcome.all)")
            let error = try JSON(parsing: outcome.output)["error"]
            #expect(error?["code"]?.string == code, "\(outcome.all)")
            #expect(error?["message"]?.string?.contains(message) == true, "\(outcome.all)")
            #expect(error?["exitStatus"] == .integer(Int64(status)))
            #expect(error?["hint"] != nil)
            #expect(outcome.errors.contains(message), "\(outcome.all)")
            // Without --json nothing stands on standard output.
            let words = try await sandbox.run(arguments.filter { $0 != "--json" })
            if !words.output.isEmpty { #expect(!words.output.contains("\"error\""), "\(words.all)") }
        }
    }

    @Test(
        "an answer that cannot be written is no success; a reader that goes away is",
        arguments: ["help", "runs", "quota"])
    func full(verb: String) async throws {
        try await SandboxFixture.with { sandbox in
            let variables = sandbox.variables.merging(["PATH": "/usr/bin:/bin"]) { $1 }
            let shell = { (line: String) in
                try await BuiltProgram.run(
                    ["-c", line, BuiltProgram.path, verb, "--json"].filter { verb != "help" || $0 != "--json" },
                    program: "/bin/sh", variables: variables)
            }
            let full = try await shell("\"$0\" \"$@\" > /dev/full")
            #expect(full.status == 3, "\(full.all)")
            #expect(full.errors.contains("the answer could not be written: No space left on device"), "\(full.all)")
            // The pipe is closed before anything is written: `true` ends without reading.
            let gone = try await shell("{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | true")
            #expect(gone.errors.contains("status 0") && !gone.errors.contains("error"), "\(gone.all)")
        }
    }

    @Test(
        "names that are none are told apart before anything is asked of anybody",
        arguments: [
            ("", "a project's name is empty"), ("a b", "\"a b\" is no name of a CodeBuild project"),
            ("web\n", "is no name of a CodeBuild project"), ("é", "is no name of a CodeBuild project"),
            ("arn:aws:codebuild:us-east-1:123456789012:project/web", "is an ARN"),
            ("web,api", "several are separated by blanks"),
        ])
    func names(name: String, words: String) async throws {
        try await SandboxFixture.with { sandbox in
            for verb in ["fix", "verify", "diagnose"] {
                let outcome = try await sandbox.run([verb, name] + (verb == "fix" ? ["--yes"] : []))
                #expect(outcome.status == 2, "\(outcome.all)")
                #expect(outcome.errors.contains(words), "\(outcome.all)")
            }
        }
    }

    @Test(
        "an option with nothing in it is named before anything is asked of anybody",
        arguments: [
            ["fix", "web", "--secret", ""], ["fix", "web", "--image", ""], ["fix", "web", "--kms-key", " "],
            ["verify", "web", "--secret", ""], ["quota", "--secret", ""], ["quota", "--username", ""],
        ])
    func emptyValue(arguments: [String]) async throws {
        try await SandboxFixture.with { sandbox in
            let outcome = try await sandbox.run(arguments)
            #expect(outcome.status == 2, "\(outcome.all)")
            #expect(outcome.errors.contains("\(arguments[arguments.count - 2]) has an empty value"), "\(outcome.all)")
        }
    }

    @Test("each of several unknown projects gets its nearest names")
    func unknown() async throws {
        try await SandboxFixture.with { sandbox in
            let outcome = try await sandbox.run(["diagnose", "web", "webb", "apii", "entirely-different"])
            #expect(outcome.status == 2, "\(outcome.all)")
            #expect(
                outcome.errors.contains("there is no CodeBuild project webb, apii, entirely-different"),
                "\(outcome.all)")
            #expect(outcome.errors.contains("Did you mean web instead of webb?"), "\(outcome.all)")
            #expect(outcome.errors.contains("Did you mean api instead of apii?"), "\(outcome.all)")
        }
    }

    private static let mayMount = geteuidIsRoot && Tool("unshare").isInstalled

    @Test(
        "a full disk is said before AWS is touched",
        .enabled("needs root, unshare and tmpfs, for a disk that is full") { mayMount })
    func fullDisk() async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let variables = sandbox.variables.merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]) { $1 }
            let script = """
                mount -t tmpfs -o size=64k none "$XDG_STATE_HOME" || exit 99
                exec "$0" fix api --username "$1" --password-stdin --yes --no-verify
                """
            let fix = try await BuiltProgram.run(
                ["unshare", "-m", "/bin/sh", "-c", script, BuiltProgram.path, sandbox.username],
                program: "/usr/bin/env", input: sandbox.password, variables: variables)
            #expect(fix.status == 3, "\(fix.all)")
            #expect(fix.errors.contains("the record of this run cannot be kept"), "\(fix.all)")
            #expect(fix.errors.contains("No space left on device"), "\(fix.all)")
            try await BadInputTests.expectUnchanged(sandbox, before)
        }
    }

    private static var geteuidIsRoot: Bool { (try? FileManager.default.contentsOfDirectory(atPath: "/root")) != nil }

    @Test(
        "a project of a CloudFormation stack: all that its template needs, exit status 1, and 4 beside a project that is well"
    )
    func stack() async throws {
        try await SandboxFixture.with { sandbox in
            try await sandbox.account { aws in
                let web = try #require(try await aws.projects(named: ["web"]).found.first)
                _ = try await aws.call(
                    CodeBuild.CreateProject(
                        name: "owned", source: web.source, artifacts: .init(type: "NO_ARTIFACTS"),
                        environment: web.environment, serviceRole: web.serviceRole ?? "",
                        tags: [.init(key: "aws:cloudformation:stack-name", value: "prod")]))
            }
            let fix = try await sandbox.fix(["owned"])
            #expect(fix.status == 1, "\(fix.all)")
            for words in [
                "By hand, in owned: it belongs to the CloudFormation stack prod",
                "ImagePullCredentialsType: SERVICE_ROLE",
                "Credential: dockerhub", "Value: \"dockerhub:password\"", "Type: AWS::IAM::Policy",
                "secretsmanager:GetSecretValue", "codebuild-web-service-role",
            ] { #expect(fix.output.contains(words), "\(words): \(fix.all)") }
            #expect(try await AccountView.read(sandbox).grant(of: "web") == nil, "nothing behind the stack's back")
            #expect(try await sandbox.fix(["owned", "api"]).status == 4)
        }
    }
}
