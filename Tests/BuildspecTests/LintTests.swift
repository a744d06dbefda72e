import Core
import TestSupport
import Testing

@testable import Buildspec

@Suite("Lint")
struct LintTests {
    static func findings(_ text: String, _ files: [String: String] = [:], path: String = "buildspec.yml") -> [String] {
        let report = Linter.report(on: text, path: path, place: path, in: CheckoutReader(files))
        return report.findings.map { "\($0.rule) \($0.line):\($0.column)" }
    }

    /// A buildspec with one phase; its commands begin on line 5 after the head's lines.
    static func spec(_ commands: [String], head: String = "", phase: String = "") -> String {
        "version: 0.2\n\(head)phases:\n  build:\n\(phase)    commands:\n" + commands.map { "      - \($0)\n" }.joined()
    }

    @Test(
        "what a finding's repair puts right, and nothing else",
        arguments: [
            ("docker login -u $U -p $P", "echo \"$P\" | docker login -u $U --password-stdin"),
            (
                "docker login --username \"$U\"  --password=\"${P}\"  && docker pull a:1",
                "echo \"${P}\" | docker login --username \"$U\" --password-stdin  && docker pull a:1"
            ),
            (
                "true; sudo docker login -p $P -u me registry-1.docker.io;",
                "true; echo \"$P\" | sudo docker login --password-stdin -u me;"
            ),
            (
                "\"docker login -u $U -p $P\"", "\"echo \\\"$P\\\" | docker login -u $U --password-stdin\""
            ),
            (
                "echo $P | docker login -u u --password-stdin https://registry.hub.docker.com/v2/",
                "echo $P | docker login -u u --password-stdin"
            ),
            ("echo one: two", "'echo one: two'"), ("echo \"it's: $A\"", "'echo \"it''s: $A\"'"),
            // Not certain: what the words do is not all that is there.
            ("docker login -u $U -p hunter2", nil), ("echo $P | docker login -u $U -p $P", nil), ("{a: b}", nil),
            ("docker login -u $U -p $(cat p)", nil),
            ("docker login -u $U -p $P >log", nil), ("echo a: b # c", nil), ("docker login -u u -p \"$P'\"", nil),
            ("docker login -u docker.io --password-stdin docker.io", nil),
            ("retry 3 docker login -u u -p $P", nil), ("xargs docker login -u u -p $P", nil),
            ("timeout 9 docker login -u u -p $P", "echo \"$P\" | timeout 9 docker login -u u --password-stdin"),
            ("&z echo a: b", nil),
        ])
    func repairs(_ command: String, _ expected: String?) throws {
        for (line, tail) in [("\n", ""), ("\r\n", "      # end\r\n")] {
            let text = (Self.spec(["true", command, "make"]) + tail).replacing("\r\n", with: "\n")
                .replacing("\n", with: line)
            let wanted = text.replacing(command, with: expected ?? command)
            let (repaired, findings) = Linter.repaired(text, path: "b.yml", place: "b.yml", in: .empty)
            #expect(repaired == wanted)
            #expect(findings.isEmpty == (expected == nil))
            #expect(Linter.repaired(repaired, path: "b.yml", place: "b.yml", in: .empty).findings.isEmpty)
        }
    }

    @Test("a repair inside a block of several lines keeps the others")
    func repairInBlock() {
        let block = "|\n          set -e\n          if true; then\n            docker login -u u -p $P\n          fi"
        let (text, findings) = Linter.repaired(
            Self.spec([block, "docker login -u u -p ${P} docker.io"]), path: "b.yml", place: "b.yml", in: .empty)
        #expect(findings.map(\.rule) == ["password-in-arguments", "password-in-arguments", "wrong-login-server"])
        #expect(text.contains("            echo \"$P\" | docker login -u u --password-stdin\n          fi\n"))
        #expect(text.hasSuffix("      - echo \"${P}\" | docker login -u u --password-stdin\n"))
    }

    static let login = "echo \"$DOCKERHUB_PASSWORD\" | docker login -u x --password-stdin"

    /// A file and its findings.
    static let cases: [(name: String, text: String, findings: [String])] = [
        ("an anonymous pull", spec(["docker pull a:1"]), ["unauthenticated-pull 5:9"]),
        ("a pull after a login", spec([login, "docker pull a:1"]), []),
        ("a login after a pull", spec(["docker pull a:1", login]), ["login-after-pull 5:9"]),
        (
            "a password in arguments", spec(["docker login -u x -p $P", "docker pull a:1"]),
            ["password-in-arguments 5:9"]
        ),
        ("a password in the log", spec(["echo $DOCKER_PASSWORD"]), ["password-shown 5:9"]),
        ("a password in a file", spec(["echo $DOCKER_PASSWORD > x"]), []),
        ("a traced login", spec(["set -ex", login]), ["password-shown 5:9"]),
        (
            "a login for the wrong name", spec(["docker login -u x --password-stdin registry-1.docker.io"]),
            ["wrong-login-server 5:9"]
        ),
        (
            "an ECR login alone",
            spec(["docker login -u AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com", "docker pull a:1"]),
            ["ecr-login-only 5:9", "unauthenticated-pull 6:9"]
        ),
        (
            "a plaintext password", spec([], head: "env:\n  variables:\n    DOCKERHUB_PASSWORD: hunter2\n"),
            ["plaintext-credential 4:25", "buildspec-shape 7:14"]
        ),
        (
            "a password as a secret's name", spec(["true"], head: "env:\n  secrets-manager:\n    X: 'dckr_pat_abc'\n"),
            ["literal-secret 4:8"]
        ),
        (
            "a reference of too many parts", spec(["true"], head: "env:\n  secrets-manager:\n    X: a:b:c:d\n"),
            ["secret-reference 4:8"]
        ),
        (
            "a password written out", spec(["docker login -u b --password hunter2"]),
            ["password-in-arguments 5:9", "plaintext-credential 5:9"]
        ),
        (
            "a password printed into the login", spec(["echo hunter2 | docker login -u b --password-stdin"]),
            ["plaintext-credential 5:24"]
        ),
        ("every variable in the log", spec(["env", login]), ["password-shown 5:9"]),
        (
            "every variable in the log, in order", spec(["env | sort", "export -p | cat | tee all", login]),
            ["password-shown 5:9", "password-shown 6:9"]
        ),
        (
            "a password behind a pipe, and on the other stream",
            spec(["echo \"$DOCKER_PASSWORD\" 1>&2", "echo $DOCKER_PASSWORD | tee pw", "echo $DOCKER_PASSWORD > pw"]),
            ["password-shown 5:9", "password-shown 6:9"]
        ),
        ("a trace that ends with its subshell", spec(["( set -x; make )", login]), []),
        (
            "a password that a command sets",
            spec([
                "export DOCKER_PASSWORD=hunter2hunter", "PW=dckr_pat_abcdefghijklmnop", "DOCKER_PASSWORD=$X",
                "export DOCKER_TOKEN",
            ]),
            ["plaintext-credential 5:9", "plaintext-credential 6:9"]
        ),
        (
            "a password joined to its option",
            spec(["docker login -ume -phunter2", "docker login -u=me -p=hunter2", "docker login -p$P -u me"]),
            [
                "password-in-arguments 5:9", "plaintext-credential 5:9", "password-in-arguments 6:9",
                "plaintext-credential 6:9", "password-in-arguments 7:9",
            ]
        ),
        (
            "a login in a text for another shell",
            spec([
                "sudo bash -c \"docker login -u $U -p $P registry.hub.docker.com\"", "eval \"docker login -u u -p $P\"",
            ]),
            ["password-in-arguments 5:9", "wrong-login-server 5:9", "password-in-arguments 6:9"]
        ),
        (
            "a server that a variable names",
            spec(["docker login $R -u u --password-stdin"], head: "env:\n  variables: {R: registry.hub.docker.com}\n"),
            ["wrong-login-server 7:9"]
        ),
        (
            "a password by its name alone, and docker's file",
            spec([
                "printenv DOCKER_PASSWORD", "printenv DOCKER_PASSWORD | cat > f", "cat ~/.docker/config.json", login,
                "echo $DOCKER_PASSWORD_PARAM",
            ]),
            ["password-shown 5:9", "password-shown 7:9"]
        ),
        (
            "what CodeBuild masks, and what it does not know any more",
            spec(
                [
                    "echo $DOCKER_PASSWORD", "printenv DOCKER_PASSWORD", "echo $DOCKER_PASSWORD | base64",
                    "echo ${DOCKER_PASSWORD:0:5}",
                ],
                head: "env:\n  secrets-manager: {DOCKER_PASSWORD: a:b}\n"),
            ["password-shown 9:9", "password-shown 10:9"]
        ),
        (
            "what stands for a password in an example",
            spec([
                "docker login -u u -p YOUR_PASSWORD", "docker login -u u -p @pw@", "docker login -u u -p __PW__",
                "docker login -u u --password=Abc@1",
            ]),
            [
                "password-in-arguments 5:9", "password-in-arguments 6:9", "password-in-arguments 7:9",
                "password-in-arguments 8:9", "plaintext-credential 8:9",
            ]
        ),
        ("some variables in the log", spec(["env | grep AWS", "printenv | sort > all", "set | wc -l", login]), []),
        (
            "what CodeBuild masks in the log",
            spec(["env", "set -x", login], head: "env:\n  secrets-manager:\n    DOCKERHUB_PASSWORD: a:b\n"), []
        ),
        ("a secret's place in the log", spec(["echo $DOCKER_PASSWORD_SECRET_ARN $MAX_TOKENS"]), []),
        (
            "an ECR login that is printed", spec(["$(aws ecr get-login --no-include-email)", "docker pull a:1"]),
            ["ecr-login-only 5:9", "password-in-arguments 5:9", "unauthenticated-pull 6:9"]
        ),
        ("a trace that ends before the login", spec(["set -x", "make", "set +x", login]), []),
        (
            "a trace of an ECR login",
            spec(["set -x", "docker login -u AWS --password-stdin 1.dkr.ecr.a.amazonaws.com"]), []
        ),
        (
            "a secret that a template or a service names",
            spec(
                ["true"],
                head: """
                    env:
                      secrets-manager:
                        A: 'rds!db-1:pass word'
                        B: '{{ name }}:token'

                    """), []
        ),
        (
            "what is no password",
            spec(
                ["true"],
                head: """
                    env:
                      variables:
                        BYPASS_DOCKER_CACHE: a
                        DOCKER_PASS_FILE: b
                        DOCKER_TOKEN: /ssm/c
                        DOCKERHUB_PASSWORD: <password>

                    """), []
        ),
        (
            "a secret that is one", spec(["true"], head: "env:\n  variables:\n    DOCKERHUB_SECRET: hunter2\n"),
            ["plaintext-credential 4:23"]
        ),
        ("images read from a list", spec([login, "while read -r image; do docker pull $image; done < list"]), []),
        (
            "a retried phase", spec([login, "docker pull a:1"], phase: "    on-failure: RETRY-2\n"),
            ["retry-burns-quota 4:17"]
        ),
        (
            "a retried pull", spec([login, "until docker pull a:1; do sleep 5; done"]), ["retry-burns-quota 6:15"]
        ),
        (
            "the ECR helper as store", spec(["echo '{\"credsStore\":\"ecr-login\"}' > ~/.docker/config.json"]),
            ["ecr-credential-store 5:9"]
        ),
        ("CodeBuild's own name", spec(["docker pull aws/codebuild/standard:7.0"]), ["curated-image 5:9"]),
        ("latest", spec([login, "docker pull a"]), ["mutable-tag 6:9"]),
        (
            "a mirror and a login", spec(["dockerd --registry-mirror=https://m", login]), ["login-and-mirror 5:9"]
        ),
        (
            "another user", spec([login, "sudo -u other docker pull a:1"]), ["run-as-login 6:9"]
        ),
        ("a command that is a map", spec(["echo a: b"]), ["buildspec-shape 5:9"]),
    ]

    /// Commands in blocks and in texts of several lines, and where the finding stands in them.
    static let blocks: [(name: String, text: String, findings: [String])] = [
        (
            "a literal block", spec(["|\n        echo é\n\n        cd x && docker pull a:1"]),
            ["unauthenticated-pull 8:17"]
        ),
        ("a literal block with a head", spec(["|2-\n          docker pull a:1"]), ["unauthenticated-pull 6:11"]),
        (
            "a folded block", spec([">-\n        echo a;\n        docker pull\n        a:1"]),
            ["unauthenticated-pull 7:9"]
        ),
        (
            "a folded block with blank lines",
            spec([">\n        echo a\n\n\n        if true; then\n          docker pull a:1\n        fi"]),
            ["unauthenticated-pull 10:11"]
        ),
        ("a plain text of several lines", spec(["echo a &&\n        docker pull a:1"]), ["unauthenticated-pull 6:9"]),
        ("single quotes", spec(["'echo ''a'';\n\n        docker pull a:1'"]), ["unauthenticated-pull 7:9"]),
        (
            "double quotes", spec(["\"echo \\\"é\\\"\\n\\\n        echo b; \\\n        docker pull a:1\""]),
            ["unauthenticated-pull 7:9"]
        ),
        ("the second of a line", spec(["echo hi && echo $DOCKER_PASSWORD"]), ["password-shown 5:20"]),
        ("behind a quote", spec(["'docker pull a:1'"]), ["unauthenticated-pull 5:10"]),
        (
            "CRLF",
            "version: 0.2\r\nphases:\r\n  build:\r\n    commands:\r\n      - >\r\n        echo;\r\n        docker pull a:1\r\n",
            ["unauthenticated-pull 7:9"]
        ),
        (
            "one text alone", "version: 0.2\nphases:\n  build:\n    commands: |\n      echo\n      docker pull a:1\n",
            ["unauthenticated-pull 6:7"]
        ),
    ]

    @Test("in a block, too, a finding stands where its command does", arguments: blocks.indices)
    func places(_ index: Int) {
        let sample = Self.blocks[index]
        #expect(Self.findings(sample.text) == sample.findings, "\(sample.name)")
    }

    @Test("each rule finds what it is for, at its place", arguments: cases.indices)
    func rules(_ index: Int) {
        let sample = Self.cases[index]
        #expect(Self.findings(sample.text) == sample.findings, "\(sample.name)")
    }

    @Test("a batch's other buildspec is read")
    func batch() {
        let text = "version: 0.2\nbatch:\n  build-list:\n    - identifier: a\n      buildspec: b.yml\n"
        #expect(Self.findings(text, ["b.yml": Self.spec(["docker pull a:1"])]) == ["batch-without-login 5:18"])
        #expect(Self.findings(text, ["b.yml": Self.spec(["docker pull quay.io/a:1"])]) == [])
    }

    @Test("every rule has a test, an id of its own and words for people")
    func everyRule() {
        let found = Set(
            (Self.cases.flatMap(\.findings) + ["batch-without-login 1"]).map { String($0.prefix { $0 != " " }) })
        #expect(found == Set(LintRule.all.map(\.id)))
        #expect(Set(LintRule.all.map(\.id)).count == LintRule.all.count)
        for rule in LintRule.all { #expect(!rule.explanation.isEmpty && !rule.fix.isEmpty) }
    }

    @Test("the documentation's page is what the rules say")
    func page() throws {
        #expect(
            try Checkout.text(of: "docs/rules.md") == RulePage.markdown, "unthrottle lint --explain all > docs/rules.md"
        )
    }

    @Test("a file is known by its name, else by its content, a broken one too")
    func kinds() {
        let table: [(String, String, SourceKind?)] = [
            ("Dockerfile", "", .dockerfile), ("a/prod.Dockerfile", "", .dockerfile),
            ("x", "FROM a\nRUN b", .dockerfile),
            ("x.yml", "phases: {}", .buildspec), ("compose.yml", "a: [", .compose),
            ("x.yml", "phases:\n  a: [\n", .buildspec),
            ("x.yml", "services:\n  a: {image: b}\n", .compose), ("x.yml", "services:\n  - docker\n", nil),
            ("x.yml", "phases:\n  - one\n", nil), ("x.yml", "version: 1\nbatch: {size: 10}\n", nil),
            ("x.yml", "schemaVersion: 1.0\nphases:\n  build: {steps: []}\n", nil),
            ("x.yml", "version: 0.1\nphases:\n  install: {commands: []}\n  pre_test: {}\n  test: {}\n", nil),
            ("x.md", "A build has\nphases: [\n", nil), ("README.md", "FROM us", nil),
            ("Dockerfile.swift", "import Foundation\n", nil),
            ("Dockerfile.md", "# FROM here\n", nil), ("Dockerfile.go", "FROM golang:1\nRUN x\n", .dockerfile),
            ("Dockerfile.prod", "", .dockerfile), ("web-Dockerfile", "", .dockerfile),
            ("Containerfile", "", .dockerfile),
            ("Dockerfile.dockerignore", "FROM a\nRUN b", nil), ("dockerfile-lint.js", "const a = 1\n", nil),
            ("Dockerfile.j2", "FROM {{ base }}\n", .dockerfile),
            ("compose.prod.yml", "services:\n  a: {ports: []}\n", .compose),
            ("compose-notes.yml", "a: b\n", nil), ("docker-compose.ci.yaml", "", .compose), ("empty.yml", "", nil),
        ]
        for (path, text, kind) in table { #expect(SourceKind(path: path, text: text) == kind, "\(path)") }
    }

    @Test("a broken file is an error with its place, not a crash")
    func broken() {
        let report = Linter.report(on: "phases: [", path: "b.yml", place: "b.yml", in: .empty)
        #expect(report.error?.message.contains("line") == true)
        #expect(report.kind == .buildspec)
    }
}
