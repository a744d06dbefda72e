import Core
import Testing

@testable import Buildspec

@Suite("A buildspec is read with its places")
struct BuildspecDocumentTests {
    @Test("all that version 0.2 has")
    func whole() throws {
        let document = try BuildspecDocument(
            parsing: """
                version: 0.2
                run-as: builder
                env:
                  shell: bash
                  variables: {A: "1", B: }
                  parameter-store:
                    P: /path
                  secrets-manager:
                    S: dockerhub:password
                  exported-variables:
                    - A
                  git-credential-helper: yes
                proxy: {logs: yes}
                phases:
                  build:
                    run-as: root
                    on-failure: RETRY-2-.*toomany.*
                    commands:
                      - echo one
                      -
                      - |
                        two
                        lines
                    finally:
                      - echo end
                  install:
                    runtime-versions: {nodejs: 18}
                artifacts:
                  files: ['**/*']
                """, path: "b")
        #expect(document.version == .sharedShell)
        #expect(document.runAs == Located("builder", at: Position(line: 2, column: 9)))
        #expect(document.environment.shell?.value == .bash)
        #expect(document.environment.variables.mapValues(\.value) == ["A": "1", "B": ""])
        #expect(document.environment.parameters["P"]?.value == "/path")
        #expect(document.environment.secrets["S"]?.position == Position(line: 9, column: 8))
        #expect(document.environment.exported.map(\.value) == ["A"])
        #expect(document.environment.gitCredentialHelper)
        #expect(document.phases.map(\.name) == [.install, .build])
        #expect(document[.install]?.runtimeVersions["nodejs"]?.value == "18")
        #expect(document[.build]?.runAs?.value == "root")
        #expect(document[.build]?.onFailure?.value == .retry(count: 2, pattern: ".*toomany.*"))
        #expect(document[.build]?.commands.map(\.text) == ["echo one", "two\nlines\n"])
        #expect(document[.build]?.commands.map(\.index) == [0, 2])
        #expect(document[.build]?.commands.map(\.position.line) == [19, 21])
        #expect(document[.build]?.finally.map(\.text) == ["echo end"])
        #expect(document.otherMembers.keys.sorted() == ["artifacts", "proxy"])
        #expect(document.findings.map(\.member) == ["phases.build.commands[1]"])
    }

    struct Odd: Sendable {
        let text: String
        let severity: BuildspecFinding.Severity
        let member: String
        let position: Position
        let says: String
    }

    @Test(
        "what parsed but is wrong is a finding at its place",
        arguments: [
            Odd(
                text: "version: 0.2\nphases:\n  build:\n    commands:\n      - echo a: b\n", severity: .error,
                member: "phases.build.commands[0]", position: Position(line: 5, column: 9), says: "unquoted ': '"),
            Odd(
                text: "version: 0.2\nphases:\n  build:\n    commands:\n      - - a\n", severity: .error,
                member: "phases.build.commands[0]", position: Position(line: 5, column: 9), says: "finds a list"),
            Odd(
                text: "version: 0.2\nphases:\n  biuld:\n    commands: a\n", severity: .warning, member: "phases.biuld",
                position: Position(line: 3, column: 3), says: "did you mean 'build'?"),
            Odd(
                text: "version: 0.2\nphases:\n  artifacts: {}\n", severity: .warning, member: "phases.artifacts",
                position: Position(line: 3, column: 3), says: "does not know 'artifacts'"),
            Odd(
                text: "version: 0.2\nphases:\n  build: make\n", severity: .error, member: "phases.build",
                position: Position(line: 3, column: 10), says: "expects members"),
            Odd(
                text: "version: 0.2\nphases:\n  build:\n    commands:\n", severity: .warning,
                member: "phases.build.commands",
                position: Position(line: 4, column: 14), says: "no command"),
            Odd(
                text: "version: 0.3\nphases: {}\n", severity: .error, member: "version",
                position: Position(line: 1, column: 10),
                says: "0.1 and 0.2"),
            Odd(
                text: "phases: {}\n", severity: .error, member: "version", position: Position(line: 1, column: 1),
                says: "add 'version"),
            Odd(
                text: "version: 0.2\nphases:\n  build:\n    on-failure: STOP\n", severity: .error,
                member: "phases.build.on-failure",
                position: Position(line: 4, column: 17), says: "ABORT"),
            Odd(
                text: "version: 0.2\nenv:\n  secrets-manager:\n    P: a:b:c:d\nphases: {}\n", severity: .error,
                member: "env.secrets-manager.P", position: Position(line: 4, column: 8), says: "secret reference"),
            Odd(
                text: "version: 0.2\nenv:\n  shell: zsh\nphases: {}\n", severity: .error, member: "env.shell",
                position: Position(line: 3, column: 10), says: "powershell.exe"),
            Odd(
                text: "version: 0.2\nphases: {}\nartifacts:\n  file:\n    - a\n", severity: .warning,
                member: "artifacts.file", position: Position(line: 4, column: 3), says: "did you mean 'files'?"),
            Odd(
                text: "version: 0.2\nphases: {}\nartifacts:\n  secondary-artifacts:\n    x: {files: {a: b}}\n",
                severity: .error, member: "artifacts.secondary-artifacts.x.files",
                position: Position(line: 5, column: 16), says: "finds a map"),
            Odd(
                text: "version: 0.2\nphases: {}\ncache:\n  path: []\n", severity: .warning, member: "cache.path",
                position: Position(line: 4, column: 3), says: "did you mean 'paths'?"),
            Odd(
                text: "version: 0.2\nphases: {}\nreports:\n  unit:\n    files: '*'\n    file-format: JUNIT\n",
                severity: .warning, member: "reports.unit.file-format", position: Position(line: 6, column: 18),
                says: "JUNITXML"),
            Odd(
                text: "\u{FEFF}version: 0.2\nphases: {}\nversion: 0.2\n", severity: .error, member: "version",
                position: Position(line: 3, column: 1), says: "more than once (first on line 1)"),
            Odd(
                text: "version: 0.2\nenv:\n  variables:\n    A: 1\n    A: 2\nphases: {}\n", severity: .error,
                member: "env.variables.A", position: Position(line: 5, column: 5), says: "more than once"),
            Odd(
                text: "version: 0.2\nproxy: yes\nphases: {}\n", severity: .error, member: "proxy",
                position: Position(line: 2, column: 8), says: "expects members"),
            Odd(
                text: "version: 0.2\nbatch:\n  fail-fast: true\n", severity: .warning, member: "batch.fail-fast",
                position: Position(line: 3, column: 3), says: "does not know 'fail-fast'"),
            Odd(
                text: "version: 0.2\nbatch:\n  build-list:\n    - buildspec: a.yml\n", severity: .error,
                member: "batch.build-list[0]", position: Position(line: 4, column: 7), says: "needs 'identifier'"),
            Odd(
                text: "version: 0.2\nbatch:\n  build-graph:\n    identifier: a\n", severity: .error,
                member: "batch.build-graph", position: Position(line: 4, column: 5), says: "expects a list"),
            Odd(
                text: """
                    version: 0.2
                    batch:
                      build-matrix:
                        static: {ignore-failure: false, env: {type: LINUX_CONTAINER}}
                        dynamic: {env: {variables: {V: [1, 2], W: {a: b}}}}
                    """, severity: .error, member: "batch.build-matrix.dynamic.env.variables.W",
                position: Position(line: 5, column: 47), says: "finds a map"),
        ])
    func findings(_ odd: Odd) throws {
        let document = try BuildspecDocument(parsing: odd.text, path: "b")
        let finding = try #require(document.findings.first)
        #expect(finding.severity == odd.severity)
        #expect(finding.member == odd.member)
        #expect(finding.position == odd.position)
        #expect(finding.message.contains(odd.says))
    }

    @Test(
        "broken YAML is refused with file, line, column and the line",
        arguments: [
            ("version: 0.2\nphases:\n<<<<<<< HEAD\n  build:\n", "spec.yml, line 3, column 1:", "3 | <<<<<<< HEAD"),
            ("version: 0.2\nphases:\n  build:\n\tcommands: a\n", "line 4, column 1:", "4 |  commands: a"),
            ("version: 0.2\nphases: [a\n", "line 3", ""),
            ("version: 0.2\nphases:\n  build: a: b\n", "line 3, column 11:", "          ^"),
            ("version: 0.2\r\nphases:\r\n  a: \u{7}\r\n", "line 3, column 6:", ""),
            (
                "version: {{ version }}\nphases: {}\n",
                "line 1, column 11: a map or a list stands where a name belongs", ""
            ),
            ("a: 1\n---\nb: 2\n", "line 2, column 1: a second document starts here", ""),
            (
                "version: 0.2\nphases: *none\n",
                "line 2, column 9: this is not YAML: this alias has no anchor before it", ""
            ),
        ])
    func broken(_ text: String, _ says: String, _ shows: String) {
        let error = #expect(throws: UnthrottleError.self) { try BuildspecDocument(parsing: text, path: "spec.yml") }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        #expect(error?.hint?.contains(shows) ?? false || shows.isEmpty)
    }

    @Test(
        "a document that is no buildspec is called so",
        arguments: ["", "just text", "- a\n- b\n", "services:\n  web:\n    image: a\n", "{\"Statement\": []}"])
    func noBuildspec(_ text: String) {
        let error = #expect(throws: UnthrottleError.self) { try BuildspecDocument(parsing: text, path: "x.yml") }
        #expect(error?.message.contains("x.yml is no CodeBuild buildspec") == true)
    }

    @Test("hostile nesting and aliases end in an error, not in a crash")
    func hostile() {
        let bomb = (1...9).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
        }.joined()
        let tower = (1...300).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
            "version: 0.2\na0: &a0 x\n" + bomb + "phases: {}\n",
            "version: 0.2\na0: &a0 x\n" + tower + "phases: {}\n",
        ] {
            #expect(throws: UnthrottleError.self) { try BuildspecDocument(parsing: text, path: "b") }
        }
    }

    @Test("version 0.1 has its variables elsewhere")
    func formerVariables() throws {
        let document = try BuildspecDocument(
            parsing: "version: 0.1\nenvironment_variables:\n  plaintext:\n    A: b\nphases: {}\n", path: "b")
        #expect(document.environment.variables.mapValues(\.value) == ["A": "b"])
        #expect(document.findings.isEmpty)
    }

    @Test("a merge key gives a phase its commands")
    func mergeKey() throws {
        let document = try BuildspecDocument(
            parsing: "version: 0.2\nbase: &b\n  commands: [make]\nphases:\n  build:\n    <<: *b\n", path: "b")
        #expect(document[.build]?.commands.map(\.text) == ["make"])
    }
}

@Suite("Values inside a buildspec")
struct BuildspecValueTests {
    @Test(
        "on-failure",
        arguments: [
            ("ABORT", OnFailure.abort), ("CONTINUE", .proceed), ("RETRY", .retry(count: 3, pattern: ".*")),
            ("RETRY-5", .retry(count: 5, pattern: ".*")), ("RETRY-.*429.*", .retry(count: 3, pattern: ".*429.*")),
            ("RETRY-0-a-b", .retry(count: 0, pattern: "a-b")), ("RETRY-101", nil), ("RETRY-", nil), ("abort", nil),
            ("RETRY-3-", nil), ("Retry-3-.*timed out.*", .retry(count: 3, pattern: ".*timed out.*")),
        ])
    func onFailure(_ text: String, _ expected: OnFailure?) {
        #expect(OnFailure(text) == expected)
    }

    @Test(
        "a secret reference: an ARN has seven fields of its own",
        arguments: [
            ("dockerhub", ["dockerhub", nil, nil, nil]), ("dockerhub:username", ["dockerhub", "username", nil, nil]),
            ("dockerhub::AWSPREVIOUS", ["dockerhub", nil, "AWSPREVIOUS", nil]),
            ("a:k::v1", ["a", "k", nil, "v1"]), ("a:k:s:v", nil), ("a:b:c:d:e", nil), ("", nil), (":k", nil),
            (
                "arn:aws:secretsmanager:eu-west-1:1:secret:dockerhub-AbCdEf:password",
                ["arn:aws:secretsmanager:eu-west-1:1:secret:dockerhub-AbCdEf", "password", nil, nil]
            ),
            ("arn:aws:secretsmanager:eu-west-1:1:secret", nil),
        ] as [(String, [String?]?)])
    func secretReference(_ text: String, _ expected: [String?]?) {
        let reference = SecretReference(text)
        #expect(reference.map { [$0.secret, $0.key, $0.stage, $0.version] } == expected)
    }
}
