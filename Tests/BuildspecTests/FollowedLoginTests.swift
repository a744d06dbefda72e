import Testing

@testable import Buildspec

/// Which login serves which pull, and where one is put, where scripts, other users and configuration files have a part in it.
@Suite("Logins that scripts, users and files bring")
struct FollowedLoginTests {
    static let login = LintTests.login
    static let image = ["Dockerfile": "FROM node:18\n", "login.sh": login]

    private static func pulls(_ commands: [String], _ files: [String: String]) throws -> [String] {
        let document = try BuildspecDocument(parsing: LintTests.spec(commands), path: "b.yml")
        return PullSurvey(of: document, in: CheckoutReader(files)).pulls.filter { $0.image != nil }.map {
            "\($0.image?.text ?? "") \($0.isAuthenticated == true ? "account" : "anonymous")"
        }
    }

    @Test(
        "whose login a pull has",
        arguments: [
            (["echo $P | sudo docker login -u $U --password-stdin", "docker build ."], "node:18 account"),
            ([login, "sudo docker run -u 1000 node:18"], "node:18 account"),
            ([login, "sudo -u bob docker run node:18"], "node:18 anonymous"),
            (
                [login, "echo '{\"experimental\":\"enabled\"}' > ~/.docker/config.json", "docker build ."],
                "node:18 anonymous"
            ),
            (["cat ~/.docker/config.json > /dev/null 2>&1 || true", "docker build ."], "node:18 anonymous"),
            (
                ["echo '{\"auths\":{\"ghcr.io\":{\"auth\":\"x\"}}}' > ~/.docker/config.json", "docker build ."],
                "node:18 anonymous"
            ),
            (["echo $CONFIGURATION > $HOME/.docker/config.json", "docker build ."], "node:18 account"),
            (["aws s3 cp s3://b/config.json - | tee /root/.docker/config.json", "docker build ."], "node:18 account"),
            (["cp ci/docker.json ~/.docker/config.json", "docker build ."], "node:18 account"),
            (
                [
                    "echo '{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"x\"}}}' > ~/.docker/config.json",
                    "docker build .",
                ],
                "node:18 account"
            ),
            (
                [
                    "echo '{\"auths\":{\"index.docker.io\":{\"auth\":\"x\"}}}' > ~/.docker/config.json",
                    "docker build .",
                ],
                "node:18 anonymous"
            ),
            (["if [ $A ]; then cp c ~/.docker/config.json; fi", "docker build ."], "node:18 anonymous"),
            (
                ["if [ $A ]; then cp c ~/.docker/config.json; else cp d ~/.docker/config.json; fi", "docker build ."],
                "node:18 account"
            ),
            (["test $A && cp c ~/.docker/config.json", "docker build ."], "node:18 anonymous"),
            (["jq . ~/.docker/config.json > x && mv x ~/.docker/config.json", "docker build ."], "node:18 account"),
            ([login + " || exit 1", "docker build ."], "node:18 account"),
            ([login + " || true", "docker build ."], "node:18 anonymous"),
            ([login + " || :", "docker build ."], "node:18 anonymous"),
            ([login + " &", "docker build ."], "node:18 anonymous"),
            ([login + " | tee log", "docker build ."], "node:18 anonymous"),
            (["set -euo pipefail", login + " | tee log", "docker build ."], "node:18 account"),
            (["set -o pipefail", "set +o pipefail", login + " | tee log", "docker build ."], "node:18 anonymous"),
            ([login + " && true", "docker build ."], "node:18 account"),
            (["try() { \(login) || true; }", "try", "docker build ."], "node:18 anonymous"),
            (["docker login -e $E -u $U -p $P", "docker build ."], "node:18 account"),
            (["for i in 1 2 3; do \(login) && break || sleep 5; done", "docker build ."], "node:18 account"),
        ])
    func owner(_ commands: [String], _ expected: String) throws {
        #expect(try Self.pulls(commands, Self.image) == [expected])
    }

    @Test("a login in a phase that the build goes on after")
    func phases() throws {
        let text = """
            version: 0.2
            phases:
              pre_build:
                on-failure: CONTINUE
                commands:
                  - \(Self.login)
                  - docker pull a:1
              build:
                commands:
                  - docker pull b:1
                  - docker run a:1
              post_build:
                commands:
                  - docker run a:1
            """
        let document = try BuildspecDocument(parsing: text, path: "b.yml")
        let pulls = PullSurvey(of: document, in: CheckoutReader([:])).pulls
        #expect(
            pulls.map { "\($0.line) \($0.image?.text ?? "") \($0.isAuthenticated == true) \($0.certainty)" } == [
                "7 a:1 true certain", "10 b:1 false certain", "11 a:1 false likely",
            ])
        // It is in its place all the same.
        #expect(try LoginEditor.insertLogin(into: text, path: "b.yml") == .alreadyThere(line: 6))
        guard
            case .inserted(_, .preBuild, 6) = try LoginEditor.insertLogin(
                into: text.replacing("      - \(Self.login)\n", with: ""), path: "b.yml")
        else { Issue.record("no login"); return }
    }

    @Test("a script's login is found where the script is called")
    func scripts() {
        let files = [
            "ci/l.sh": "#!/bin/sh\nf() { docker login -u u -p $P registry-1.docker.io; }\nf\n",
            "x.sh": "g() { docker login -u u -p $P; }",
            "Makefile": "login:\n\tdocker login -u u -p $P ghcr.io\n",
        ]
        let commands = [
            "true && ./ci/l.sh", "make login", ". ./x.sh", "g", "h() { docker login -u u --password-stdin; }", "h",
        ]
        #expect(
            LintTests.findings(LintTests.spec(commands), files) == [
                "password-in-arguments 5:17", "wrong-login-server 5:17", "password-in-arguments 6:9",
                "password-in-arguments 8:9",
            ])
    }

    @Test("whether a pull has a login that may fail", arguments: loginsThatMayFail)
    func mayFail(_ command: String, isLoggedIn: Bool) throws {
        #expect(
            try Self.pulls([command, "docker build ."], Self.image) == [
                "node:18 \(isLoggedIn ? "account" : "anonymous")"
            ])
    }

    static let loginsThatMayFail: [(String, Bool)] = [
        (login + " || echo failed", false), (login + " && echo in || echo failed", false),
        ("if ! \(login); then echo failed; fi", false), ("if \(login); then echo in; else echo failed; fi", false),
        ("if \(login); then echo in; fi", false), ("./login.sh || echo failed", false),
        ("if \(login); then echo in; else exit 1; fi", true), ("if ! \(login); then echo failed; exit 1; fi", true),
        (login + " || { echo failed; exit 1; }", true), (login + " || (echo failed; exit 1)", true),
        (login + " || (sleep 5; \(login))", true), (login + " || die 'no login'", true),
        ("try() { \(login) || return 1; }; try", true), ("until \(login); do sleep 5; done", true),
        (login + "; docker network create x || echo there", true),
    ]

    @Test(
        "under which names docker keeps a login for the Hub",
        arguments: [
            ("", true), ("docker.io", true), ("https://index.docker.io/v1/", true), ("index.docker.io", false),
            ("https://index.docker.io/v1", false), ("https://docker.io", false), ("registry-1.docker.io", false),
        ])
    func server(_ name: String, isHub: Bool) throws {
        let commands = ["docker login -u u --password-stdin \(name) < p", "docker build ."]
        #expect(try Self.pulls(commands, Self.image) == ["node:18 \(isHub ? "account" : "anonymous")"])
        let report = Linter.report(
            on: LintTests.spec(commands), path: "b.yml", place: "b.yml", in: CheckoutReader(Self.image))
        #expect(report.findings.contains { $0.rule == "wrong-login-server" && $0.severity == .error } == !isHub)
    }

    @Test(
        "a login that a script or make target makes, or that follows what pulls nothing from Docker Hub, is there already",
        arguments: [
            ["./login.sh", "docker build ."], ["make login", "docker build ."], ["./all.sh"],
            ["./all.sh || true"], ["./all.sh &"],
            ["docker network create ci", login, "docker build ."],
            ["docker stop $(docker ps -aq) || true", login, "docker build ."],
            ["docker pull ghcr.io/a/b:1", login, "docker build ."], ["docker-compose -v", login, "docker build ."],
        ])
    func alreadyThere(_ commands: [String]) throws {
        let files = Self.image.merging([
            "login.sh": Self.login + "\n", "all.sh": Self.login + "\ndocker build .\n",
            "Makefile": "login:\n\techo $$P | docker login -u $$U --password-stdin\n",
        ]) { $1 }
        let edit = try LoginEditor.insertLogin(
            into: LintTests.spec(commands), path: "b.yml", in: CheckoutReader(files))
        guard case .alreadyThere = edit else {
            Issue.record("\(edit)")
            return
        }
    }

    @Test("a login that may fail, or is not done yet, needs another one", arguments: [" || true", " &"])
    func unsure(_ end: String) throws {
        let commands = [Self.login + end, "docker build ."]
        let edit = try LoginEditor.insertLogin(
            into: LintTests.spec(commands), path: "b.yml", in: CheckoutReader(Self.image))
        guard case .inserted(_, _, let line) = edit else {
            Issue.record("\(edit)")
            return
        }
        #expect(line == 6)
    }

    @Test(
        "the login goes before the command that leads to the first pull, and after docker is up",
        arguments: [
            (["npm ci", "./b.sh"], "./b.sh"), (["./start.sh", "./b.sh"], "./b.sh"),
            (["npm ci", "./docker-build.sh"], "./docker-build.sh"),
            (["/etc/init.d/docker start", "docker pull a:1"], "docker pull a:1"),
            (["bash /usr/local/bin/dockerd-entrypoint.sh", "make build"], "make build"),
            (["nohup dockerd-entrypoint.sh &", "docker pull a:1"], "docker pull a:1"),
            (["npm test", "docker login -u AWS --password-stdin 1.dkr.ecr.a.amazonaws.com", "make all"], "make all"),
            (["./gradlew image", "docker push a/b"], "./gradlew image"),
            (["echo", "$(aws ecr get-login --no-include-email)", "./b.sh"], "./b.sh"),
            (["docker pull ghcr.io/a/b:1", "dockerd &", "docker pull a:1"], "docker pull a:1"),
            (["docker run public.ecr.aws/a/b:1 c", "./b.sh"], "./b.sh"),
            (["docker pull ghcr.io/a/b:1", "docker tag x y", "docker build ."], "docker tag x y"),
        ])
    func place(_ commands: [String], _ next: String) throws {
        let files = ["b.sh": "docker pull redis:6\n", "start.sh": "dockerd &\nsleep 5\n"]
        guard
            case .inserted(let text, _, _) = try LoginEditor.insertLogin(
                into: LintTests.spec(commands), path: "b.yml", in: CheckoutReader(files))
        else {
            Issue.record("not inserted")
            return
        }
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "-" } }
        let index = try #require(lines.firstIndex { $0.contains("${DOCKERHUB_PASSWORD}") })
        #expect(lines[index + 1] == next)
    }

    @Test(
        "what only sets up, computes or tells a version pulls nothing",
        arguments: [
            "source venv/bin/activate", "sudo ./aws/install", "terraform -version", "yarn --frozen-lockfile",
            "yarn --cwd app install", "npm --prefix web ci", "npm publish", "VERSION=$(node -p \"require('./p').v\")",
            "perl -pi -e s/a/b/ x", "npx eslint .", "ansible-playbook --syntax-check a.yml", "packer validate x",
            "terraform -chdir=x plan -out y",
            "sh get-docker.sh", "nohup dockerd-entrypoint.sh &",
        ])
    func preparation(_ command: String) throws {
        let document = try BuildspecDocument(parsing: LintTests.spec([command]), path: "b.yml")
        #expect(PullSurvey(of: document, in: .empty).pulls.isEmpty)
    }

    @Test(
        "compose builds what is not there",
        arguments: [
            (["docker-compose build", "docker-compose up -d"], ["node:18", "redis:7"]),
            (["docker-compose build web", "docker-compose run --rm web npm test"], ["node:18"]),
            (["docker-compose build", "docker-compose up --build"], ["node:18", "node:18", "redis:7"]),
            (["docker build -t a/named .", "docker-compose -f named.yml up"], ["node:18"]),
        ])
    func composed(_ commands: [String], _ images: [String]) throws {
        let files = [
            "Dockerfile": "FROM node:18\n",
            "docker-compose.yml": "services:\n  web: {build: .}\n  cache: {image: redis:7}\n",
            "named.yml": "services:\n  named: {build: ., image: a/named}\n",
        ]
        #expect(try Self.pulls(commands, files) == images.map { $0 + " anonymous" })
    }

    @Test("a build tool makes the image that it names")
    func imageTask() throws {
        #expect(
            try Self.pulls(
                ["mvn spring-boot:build-image -Dspring-boot.build-image.imageName=a/b", "docker run a/b"], [:]
            ).isEmpty)
    }
}
