import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

/// `unthrottle patch` as a user meets it.
@Suite("patch")
struct PatchVerbTests {
    private static let login =
        #"echo "${DOCKERHUB_PASSWORD}" | docker login -u "${DOCKERHUB_USERNAME}" --password-stdin"#
    private static let plain = LintVerbTests.spec(["docker pull alpine:3"])
    private static let patched = LintVerbTests.spec([login, "docker pull alpine:3"])
    private static let refused =
        "version: 0.2\nphases:\n  build:\n    commands:\n      - service docker start && docker pull a\n"

    private static func patch(_ arguments: [String], _ files: [String: String], input: String = "") async throws -> (
        Outcome, [String: String]
    ) {
        try await withTemporaryFolder { folder in
            for (path, text) in files { try LintVerbTests.write(text, to: "\(folder)/\(path)") }
            let outcome = try await LintVerbTests.run(["patch"] + arguments, in: folder, input: input)
            let after = try files.keys.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
            return (outcome, Dictionary(uniqueKeysWithValues: after))
        }
    }

    @Test("a diff that git and patch apply; nothing is written")
    func diff() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/ci/my buildspec.yml"
            try LintVerbTests.write(Self.plain, to: path)
            let outcome = try await LintVerbTests.run(["patch", "./ci/my buildspec.yml", "--diff"], in: folder)
            #expect(outcome.status == 0)
            #expect(
                outcome.output.hasPrefix("--- a/ci/my buildspec.yml\t\n+++ b/ci/my buildspec.yml\t\n"),
                "\(outcome.output)")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.plain)
            try LintVerbTests.write(outcome.output, to: "\(folder)/x.diff")
            let applied = try await Tool("sh").run(["-c", "cd '\(folder)' && git apply x.diff"])
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.patched)
        }
    }

    @Test("standard input comes out patched, or as it is where nothing is to do")
    func standardInput() async throws {
        for input in [Self.plain, Self.patched] {
            let (outcome, _) = try await Self.patch(["-"], [:], input: input)
            #expect(outcome.status == 0 && outcome.output == Self.patched, "\(outcome.all)")
        }
        let (diff, _) = try await Self.patch(["-", "--diff"], [:], input: Self.plain)
        #expect(diff.output.hasPrefix("--- a/buildspec.yml\n+++ b/buildspec.yml\n@@ -2,4 +2,5 @@\n"))
        let (none, _) = try await Self.patch(["-", "--diff"], [:], input: Self.patched)
        #expect(none.status == 0 && none.output.isEmpty)
    }

    @Test("an image that CodeBuild pulls for a build of its batch is nothing that a command could log in for")
    func batchImage() async throws {
        let batch = "batch:\n  build-list:\n    - identifier: a\n      env: {image: 'node:18'}\n"
        let files = ["buildspec.yml": LintVerbTests.spec(["echo a"]) + batch]
        let (outcome, after) = try await Self.patch(["buildspec.yml", "--write"], files)
        #expect(outcome.status == 0 && after == files)
        #expect(outcome.errors.contains("no command pulls from Docker Hub"), "\(outcome.all)")
    }

    @Test("--write writes what is certain; a refusal has status 1, its reason and the line, and prints nothing")
    func write() async throws {
        let files = ["a/buildspec.yml": Self.plain, "b/ci.yml": Self.plain, "c.yml": "a: b\n"]
        let (outcome, after) = try await Self.patch(["--write", "."], files)
        #expect(outcome.status == 0, "\(outcome.all)")
        #expect(after == ["a/buildspec.yml": Self.patched, "b/ci.yml": Self.patched, "c.yml": "a: b\n"])
        let (again, _) = try await Self.patch(["--write", "."], after)
        #expect(again.output.isEmpty && again.errors.contains("the login is there already, on line 5"))

        for arguments in [["buildspec.yml"], ["buildspec.yml", "--diff"], ["buildspec.yml", "--write"], ["-"]] {
            let (outcome, after) = try await Self.patch(
                arguments, ["buildspec.yml": Self.refused], input: Self.refused)
            #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.all)")
            #expect(outcome.errors.contains("one command both prepares docker and uses it"))
            #expect(outcome.errors.contains(Self.login) && !outcome.errors.contains("install:"))
            #expect(after == ["buildspec.yml": Self.refused])
        }
    }

    @Test(
        "nothing is put in where nothing uses docker, and where a batch's builds have buildspecs of their own",
        arguments: [
            (LintVerbTests.spec(["npm install", "aws s3 sync a b"]), "nothing in it may use docker"),
            (
                LintVerbTests.spec(["npm run build", "./deploy.sh"]),
                "it shows no docker action; where its scripts pull"
            ),
            (LintVerbTests.spec(["docker pull ghcr.io/a/b:1"]), "it pulls nothing from Docker Hub"),
            (
                LintVerbTests.spec([
                    "php composer.phar install", "./deploy.sh $CONTAINER_NAME", "terraform plan -var container_image=x",
                    "mvn package -DskipDocker=true", "./gradlew build -x dockerBuild", "pytest tests/docker",
                    "npx dockerfilelint Dockerfile", "make -C container",
                ]), "it shows no docker action; where its scripts pull"
            ),
            (
                LintVerbTests.spec(["./mvnw package", "docker pull ghcr.io/a/b:1"]),
                "it shows no pull from Docker Hub; where its scripts pull"
            ),
            (
                LintVerbTests.spec(["docker pull ghcr.io/a/b:1"])
                    + "batch:\n  build-list:\n    - identifier: a\n      buildspec: b/c.yml\n",
                "it pulls nothing from Docker Hub"
            ),
            (
                LintVerbTests.spec(["echo \"$CONFIG\" > ~/.docker/config.json", "docker pull redis:7"]),
                "the login is there already, on line 5"
            ),
            (
                "version: 0.2\nbatch:\n  build-list:\n    - identifier: a\n      buildspec: b/c.yml\n",
                "unthrottle patch b/c.yml"
            ),
        ])
    func leftAlone(text: String, reason: String) async throws {
        let (outcome, _) = try await Self.patch(["-"], [:], input: text)
        #expect(outcome.status == 0 && outcome.output == text && outcome.errors.contains(reason), "\(outcome.all)")
    }

    @Test("a pull that a script of the checkout makes before the file's own first one moves the login up")
    func followed() async throws {
        let spec = LintVerbTests.spec(["echo", "./images.sh", "docker build ."])
        let (unseen, _) = try await Self.patch(["buildspec.yml"], ["buildspec.yml": spec])
        #expect(unseen.output.contains(" - ./images.sh\n+      - \(Self.login)\n"), "\(unseen.all)")
        let (seen, after) = try await Self.patch(
            ["buildspec.yml", "--write"],
            ["buildspec.yml": spec, "images.sh": "#!/bin/sh\ndocker pull alpine:3\n"])
        #expect(seen.status == 0, "\(seen.all)")
        #expect(
            after["buildspec.yml"] == LintVerbTests.spec(["echo", Self.login, "./images.sh", "docker build ."]))
    }

    @Test("a command that says docker and cannot be read gets the login before it, though a known pull follows")
    func unreadBeforeKnown() async throws {
        for command in ["npm run docker:build", "./build-docker.sh", "mvn jib:dockerBuild", "make docker-build"] {
            let (outcome, _) = try await Self.patch(
                ["-"], [:], input: LintVerbTests.spec(["echo", command, "docker run redis:7"]))
            #expect(
                outcome.output == LintVerbTests.spec(["echo", Self.login, command, "docker run redis:7"]),
                "\(outcome.all)")
        }
    }

    @Test("what has docker ready is no reason to log in before it")
    func preparations() async throws {
        for command in [
            "./scripts/install-docker.sh", "make docker-start", "npm run docker:setup", "./docker-login.sh",
        ] {
            let commands = [command, "nohup dockerd &", "docker pull redis:7"]
            let (outcome, _) = try await Self.patch(["-"], [:], input: LintVerbTests.spec(commands))
            #expect(
                outcome.output == LintVerbTests.spec(commands.dropLast() + [Self.login, "docker pull redis:7"]),
                "\(outcome.all)")
        }
    }

    @Test("where the shell prints its commands, the login has no word with the password for a value")
    func traced() async throws {
        let commands = ["set -ex", "set +x; echo", "set -o xtrace", "docker pull redis:7"]
        let (outcome, _) = try await Self.patch(["-"], [:], input: LintVerbTests.spec(commands))
        let login = Self.login.replacing("echo \"${DOCKERHUB_PASSWORD}\"", with: "printenv DOCKERHUB_PASSWORD")
        #expect(
            outcome.output == LintVerbTests.spec(commands.dropLast() + [login, "docker pull redis:7"]), "\(outcome.all)"
        )
        let (again, _) = try await Self.patch(["-"], [:], input: outcome.output)
        #expect(again.output == outcome.output)
        let linted = try await LintVerbTests.lint(["-"], [:], input: outcome.output)
        #expect(linted.status == 0 && !linted.output.contains("password-shown"), "\(linted.all)")
        let (untraced, _) = try await Self.patch(
            ["-"], [:], input: LintVerbTests.spec(["set -x", "set +x", "docker pull redis:7"]))
        #expect(untraced.output.contains(Self.login))
    }

    @Test(
        "the shell is the file's, the option's, or the one that the commands are written for",
        arguments: [
            ([], "  commands:\n", "docker build .", "echo \"${"), ([], "  commands:\n", ".\\docker.ps1", "$env:DOCKER"),
            (["--shell", "cmd"], "  commands:\n", "docker build .", "echo %DOCKER"),
            ([], "  commands:\n", "tools\\docker.bat x && export A=b", "echo \"${"),
        ])
    func shells(options: [String], head: String, command: String, expected: String) async throws {
        let (outcome, _) = try await Self.patch(["-"] + options, [:], input: LintVerbTests.spec([command]))
        #expect(outcome.output.contains("- \(expected)"), "\(outcome.all)")
    }

    @Test("--strategy helper: a build without any login in it pulls as the account, by the credential helper")
    func helper() async throws {
        let folder = BuiltProgram.path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        let spec = LintVerbTests.spec(["export PATH=\"$PATH:\(folder)\"", "docker pull busybox"])
        let (outcome, _) = try await Self.patch(["-", "--strategy", "helper"], [:], input: spec)
        let patched = LintVerbTests.spec([
            "export PATH=\"$PATH:\(folder)\"", "unthrottle helper install", "docker pull busybox",
        ])
        #expect(outcome.status == 0 && outcome.output == patched, "\(outcome.all)")
        let (again, _) = try await Self.patch(["-", "--strategy", "helper"], [:], input: patched)
        #expect(again.output == patched)
        let lint = try await LintVerbTests.lint(["-", "--strict"], [:], input: patched)
        #expect(!lint.output.contains("unauthenticated-pull"), "\(lint.all)")

        try await SandboxFixture.with { sandbox in
            // It gives the project's role its permission, and makes the secret.
            #expect(try await sandbox.fix(["api"]).status == 0)
            for (buildspec, status) in [(spec, CodeBuild.BuildStatus.failed), (patched, .succeeded)] {
                try await sandbox.account { aws in
                    _ = try await aws.call(
                        CodeBuild.UpdateProject(
                            name: "api", source: Open(.init(type: .noSource, buildspec: buildspec))))
                }
                let (build, log) = try await sandbox.build("api")
                #expect(build.buildStatus == status, "\(log.joined())")
                #expect(!log.joined().contains("Login Succeeded"))
            }
        }
    }
}
