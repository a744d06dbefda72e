import Core
import Testing

@testable import Buildspec

private let login = #"echo "${DOCKERHUB_PASSWORD}" | docker login -u "${DOCKERHUB_USERNAME}" --password-stdin"#

@Suite("The login editor changes nothing else")
struct LoginEditorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let before: String
        /// The text afterwards, in which `LOGIN` stands for the command.
        let after: String
        var testDescription: String { name }

        init(_ name: String, _ before: String, _ after: String) {
            (self.name, self.before, self.after) = (name, before, after)
        }
    }

    static let cases = [
        Case(
            "before the first pull, above the comment that belongs to it",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - echo hi\n      # the image\n      - docker pull docker:dind\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - echo hi\n      - LOGIN\n      # the image\n      - docker pull docker:dind\n"
        ),
        Case(
            "a comment inside the block before stays in it",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        echo\n        # mine\n      - docker pull a\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        echo\n        # mine\n      - LOGIN\n      - docker pull a\n"
        ),
        Case(
            "no docker in sight: the first command of the earliest phase",
            "version: 0.2\nphases:\n  build:\n    commands:\n    - make\n  install:\n    commands:\n    - ./setup.sh\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n    - make\n  install:\n    commands:\n    - LOGIN\n    - ./setup.sh\n"
        ),
        Case(
            "line ends CRLF and no final one",
            "version: 0.2\r\nphases:\r\n  build:\r\n    commands:\r\n      - docker build .",
            "version: 0.2\r\nphases:\r\n  build:\r\n    commands:\r\n      - LOGIN\r\n      - docker build ."),
        Case(
            "a byte-order mark",
            "\u{FEFF}version: 0.2\nphases:\n  build:\n    commands:\n      - docker build .\n",
            "\u{FEFF}version: 0.2\nphases:\n  build:\n    commands:\n      - LOGIN\n      - docker build .\n"),
        Case(
            "comments at column 0, wide dashes and single quotes",
            "version: 0.2\nphases:\n  build:\n    commands:\n        -   'echo a'\n# none\n        -   'docker run alpine'\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n        -   'echo a'\n# none\n        -   'LOGIN'\n        -   'docker run alpine'\n"
        ),
        Case(
            "JSON on many lines",
            "{\n  \"version\": \"0.2\",\n  \"phases\": {\"build\": {\"commands\": [\n    \"echo a\",\n    \"docker pull a\"\n  ]}}\n}",
            "{\n  \"version\": \"0.2\",\n  \"phases\": {\"build\": {\"commands\": [\n    \"echo a\",\n    JSONLOGIN,\n    \"docker pull a\"\n  ]}}\n}"
        ),
        Case(
            "a flow sequence", "version: 0.2\nphases:\n  build:\n    commands: [ 'echo a', docker pull a ]\n",
            "version: 0.2\nphases:\n  build:\n    commands: [ 'echo a', 'LOGIN', docker pull a ]\n"),
        Case(
            "a list with an anchor that nothing repeats",
            "version: 0.2\nphases:\n  build:\n    commands: &all # mine\n    - docker pull a\n",
            "version: 0.2\nphases:\n  build:\n    commands: &all # mine\n    - LOGIN\n    - docker pull a\n"),
        Case(
            "JSON without a blank",
            "{\"version\":0.2,\"phases\":{\"build\":{\"commands\":[\"docker pull a\"]}}}",
            "{\"version\":0.2,\"phases\":{\"build\":{\"commands\":[JSONLOGIN,\"docker pull a\"]}}}"),
        Case(
            "a dash on a line of its own",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - # first\n\n        docker pull a\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - LOGIN\n      - # first\n\n        docker pull a\n"),
        Case(
            "an empty flow sequence", "version: 0.2\nphases:\n  build:\n    commands: []\n",
            "version: 0.2\nphases:\n  build:\n    commands: ['LOGIN']\n"),
        Case(
            "a single text", "version: 0.2\nphases:\n  build:\n    commands: docker pull a # now\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n    - LOGIN\n    - docker pull a # now\n"),
        Case(
            "a single text on lines of its own",
            "version: 0.2\nphases:\n  build:\n    commands:\n      docker pull a &&\n      docker pull b\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n    - LOGIN\n    -\n      docker pull a &&\n      docker pull b\n"
        ),
        Case(
            "a block text", "version: 0.2\nphases:\n  build:\n    commands: |\n      cd x\n      docker pull a\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n    - LOGIN\n    - |\n      cd x\n      docker pull a\n"),
        Case(
            "commands that are nothing", "version: 0.2\nphases:\n  build:\n    commands: # later\n      # - x\n",
            "version: 0.2\nphases:\n  build:\n    commands: # later\n      - LOGIN\n      # - x\n"),
        Case(
            "a phase without commands", "version: 0.2\nphases:\n  install:\n    runtime-versions:\n      nodejs: 18\n",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - LOGIN\n    runtime-versions:\n      nodejs: 18\n"
        ),
        Case(
            "a phase that is nothing, at the end of a file without a final line end",
            "version: 0.2\nphases:\n  install:",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - LOGIN"),
        Case(
            "no phase at all", "version: 0.2\nphases:\nartifacts:\n  files: [a]\n",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - LOGIN\nartifacts:\n  files: [a]\n"),
        Case(
            "after dockerd is started and waited for",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - nohup /usr/bin/dockerd --host=unix:///var/run/docker.sock &\n"
                + "      - timeout 15 sh -c \"until docker info; do echo .; sleep 1; done\"\n      - sleep 2\n      - make\n",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - nohup /usr/bin/dockerd --host=unix:///var/run/docker.sock &\n"
                + "      - timeout 15 sh -c \"until docker info; do echo .; sleep 1; done\"\n      - sleep 2\n      - LOGIN\n      - make\n"
        ),
        Case(
            "dockerd as the last command of install: the login comes in the next phase",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - service docker start\n  build:\n    commands:\n      - ./all.sh\n",
            "version: 0.2\nphases:\n  install:\n    commands:\n      - service docker start\n  build:\n    commands:\n      - LOGIN\n      - ./all.sh\n"
        ),
        Case(
            "dockerd and the pull in one block: a line between them",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        service docker start\n        docker pull a\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        service docker start\n        LOGIN\n        docker pull a\n"
        ),
        Case(
            "after a logout",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - docker login -u a -p b\n      - docker logout\n      - docker pull a\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - docker login -u a -p b\n      - docker logout\n      - LOGIN\n      - docker pull a\n"
        ),
        Case(
            "an ECR login is no Docker Hub login",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - $(aws ecr get-login --no-include-email)\n      - docker build .\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - $(aws ecr get-login --no-include-email)\n      - LOGIN\n      - docker build .\n"
        ),
        Case(
            "a login that happens only sometimes is none",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - if [ -n \"$A\" ]; then docker login -u a -p b; fi\n      - docker build .\n",
            "version: 0.2\nphases:\n  build:\n    commands:\n      - if [ -n \"$A\" ]; then docker login -u a -p b; fi\n      - LOGIN\n      - docker build .\n"
        ),
        Case(
            "version 0.1, finally", "version: 0.1\nphases:\n  build:\n    finally:\n      - docker build .\n",
            "version: 0.1\nphases:\n  build:\n    finally:\n      - LOGIN\n      - docker build .\n"),
    ]

    @Test("one insertion, at the right place", arguments: cases)
    func insertion(_ example: Case) throws {
        let expected = example.after.split(separator: "JSONLOGIN", omittingEmptySubsequences: false)
            .joined(separator: JSON.string(login).text())
            .split(separator: "LOGIN", omittingEmptySubsequences: false).joined(separator: login)
        guard case .inserted(let text, _, let line) = try LoginEditor.insertLogin(into: example.before, path: "b")
        else {
            Issue.record("nothing was inserted")
            return
        }
        #expect(Array(text.utf8) == Array(expected.utf8))
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        #expect(lines[line - 1].contains("docker login"))
        guard case .alreadyThere = try LoginEditor.insertLogin(into: text, path: "b") else {
            Issue.record("a second run would insert again")
            return
        }
    }

    @Test(
        "an existing login is left alone",
        arguments: [
            "      - docker login -u $U -p $P\n      - docker pull a\n",
            "      - echo $P | docker login --username $U --password-stdin && docker pull a\n",
            "      - docker info\n      - docker login https://index.docker.io/v1/ -u $U -p $P\n      - docker build .\n",
            "      - printenv P | sudo docker login -u $U --password-stdin docker.io\n      - make\n",
        ])
    func existing(_ commands: String) throws {
        let edit = try LoginEditor.insertLogin(
            into: "version: 0.2\nphases:\n  build:\n    commands:\n" + commands, path: "b")
        guard case .alreadyThere = edit else {
            Issue.record("\(edit)")
            return
        }
    }

    @Test(
        "the credential's variables are the file's own, where it has one pair for Docker Hub",
        arguments: [
            (
                "secrets-manager: {DOCKER_USER: a:u, DOCKER_TOKEN: a:p, GITHUB_TOKEN: b:c}", "DOCKER_TOKEN",
                "DOCKER_USER"
            ),
            ("parameter-store: {HUB_PASS: /p}\n  variables: {HUB_USERNAME: me}", "HUB_PASS", "HUB_USERNAME"),
            (
                "secrets-manager: {DOCKERHUB_USERNAME: a:u, DOCKERHUB_PASSWORD: a:p}", "DOCKERHUB_PASSWORD",
                "DOCKERHUB_USERNAME"
            ),
            ("secrets-manager: {DOCKER_TOKEN: a:p}", "DOCKERHUB_PASSWORD", "DOCKERHUB_USERNAME"),
            ("variables: {DOCKER_USER: a, DOCKER_PASS: b}", "DOCKERHUB_PASSWORD", "DOCKERHUB_USERNAME"),
            (
                "secrets-manager: {DOCKER_USER: a:u, DOCKER_TOKEN: a:p, DOCKER_PASSWORD: a:q}", "DOCKERHUB_PASSWORD",
                "DOCKERHUB_USERNAME"
            ),
        ])
    func variables(_ environment: String, password: String, username: String) throws {
        let text = "version: 0.2\nenv:\n  \(environment)\nphases:\n  build:\n    commands:\n      - docker pull a\n"
        let login = "echo \"${\(password)}\" | docker login -u \"${\(username)}\" --password-stdin"
        guard case .inserted(let edited, _, _) = try LoginEditor.insertLogin(into: text, path: "b") else {
            Issue.record("no login")
            return
        }
        #expect(edited.contains("      - \(login)\n      - docker pull a\n"), "\(edited)")
        guard case .inserted(let usual, _, _) = try LoginEditor.insertLogin(into: text, path: "b", with: .usual) else {
            Issue.record("no login")
            return
        }
        #expect(usual.contains(LoginCommand.text(for: .sh)))
    }

    @Test(
        "a login that does not serve a later pull is not called one",
        arguments: [
            "      - DOCKER_CONFIG=/tmp/x docker login -u u -p p\n      - docker pull alpine:3\n",
            "      - docker login -u u -p p\n      - HOME=/tmp/h docker pull alpine:3\n",
        ])
    func unserved(_ commands: String) throws {
        let error = #expect(throws: UnthrottleError.self) {
            try LoginEditor.insertLogin(
                into: "version: 0.2\nphases:\n  build:\n    commands:\n" + commands, path: "b")
        }
        #expect(error?.message.contains("alpine:3") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("stay") == true)
        #expect(error?.hint?.contains("docker login -u") == true)
    }

    @Test(
        "what is not certain is refused, with the lines to add",
        arguments: [
            ("one quoted command starts and uses docker", "commands:\n      - service docker start && docker pull a\n"),
            ("a list that an alias repeats", "commands: &all\n      - docker pull a\n    finally: *all\n"),
            ("an explicit null", "commands: ~\n"),
            ("a list that stands twice", "commands:\n      - docker pull a\n    commands:\n      - docker pull b\n"),
            ("a phase that stands twice", "commands:\n      - docker pull a\n  build:\n    commands: [docker info]\n"),
            ("a text in JSON", "{\"version\": \"0.2\", \"phases\": {\"build\": {\"commands\": \"docker pull a\"}}}"),
        ])
    func refused(_ name: String, _ commands: String) {
        let text = commands.hasPrefix("{") ? commands : "version: 0.2\nphases:\n  build:\n    \(commands)"
        let error = #expect(throws: UnthrottleError.self) { try LoginEditor.insertLogin(into: text, path: "spec.yml") }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains("spec.yml") == true)
        #expect(error?.hint?.contains(login) == true)
    }

    @Test("a key that stands twice elsewhere is no reason to refuse")
    func repeatedElsewhere() throws {
        let text = "version: 0.2\nversion: 0.2\nphases:\n  build:\n    commands:\n      - docker pull a\n"
        guard case .inserted(_, .build, 6) = try LoginEditor.insertLogin(into: text, path: "b") else {
            Issue.record("not inserted")
            return
        }
    }

    @Test("commands of an alias are refused, since the edit would show in two places")
    func alias() {
        let text = "version: 0.2\nx: &c\n  - docker pull a\nphases:\n  build:\n    commands: *c\n"
        #expect(throws: UnthrottleError.self) { try LoginEditor.insertLogin(into: text, path: "b") }
    }

    @Test(
        "each shell gets its own words and finds them again",
        arguments: [
            (
                BuildShell.powershell,
                "$env:DOCKERHUB_PASSWORD | docker login -u $env:DOCKERHUB_USERNAME --password-stdin"
            ),
            (.cmd, "echo %DOCKERHUB_PASSWORD%| docker login -u %DOCKERHUB_USERNAME% --password-stdin"),
            (.bash, login),
        ])
    func shells(_ shell: BuildShell, _ command: String) throws {
        let text = "version: 0.2\nphases:\n  build:\n    commands:\n      - docker build .\n"
        guard case .inserted(let edited, .build, 5) = try LoginEditor.insertLogin(into: text, path: "b", shell: shell)
        else {
            Issue.record("not inserted")
            return
        }
        #expect(edited.contains("      - \(command)\n"))
        guard case .alreadyThere(5) = try LoginEditor.insertLogin(into: edited, path: "b", shell: shell) else {
            Issue.record("not found again")
            return
        }
    }

    @Test("the shell that the file names counts more than the platform's")
    func fileShell() throws {
        let text =
            "version: 0.2\nenv:\n  shell: powershell.exe\nphases:\n  build:\n    commands:\n      - docker build .\n"
        guard case .inserted(let edited, _, _) = try LoginEditor.insertLogin(into: text, path: "b", shell: .sh) else {
            Issue.record("not inserted")
            return
        }
        #expect(edited.contains("$env:DOCKERHUB_PASSWORD"))
    }
}
