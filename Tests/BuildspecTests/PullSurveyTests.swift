import Core
import Testing

@testable import Buildspec

@Suite("What a build pulls")
struct PullSurveyTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        /// The commands of phase build.
        let commands: String
        var files: [String: String] = [:]
        /// phase:line image certainty, with a `+` where a login comes before.
        let pulls: [String]
        var testDescription: String { name }
    }

    /// Surveys commands that stand in a literal block, the first on line 5.
    static func survey(_ commands: String, _ files: [String: String] = [:], head: String = "") throws -> PullSurvey {
        let block = commands.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)\n" }.joined()
        let text = "version: 0.2\n\(head)phases:\n  build:\n    commands:\n      - |\n\(block)"
        let checkout = CheckoutReader(files)
        return PullSurvey(of: try BuildspecDocument(parsing: text, path: "buildspec.yml"), in: checkout)
    }

    /// `head` is how many lines stand before the first command.
    static func words(_ survey: PullSurvey, head: Int = 5) -> [String] {
        survey.pulls.map {
            "\($0.line - head) \($0.image?.text ?? "?") \($0.certainty.rawValue)\($0.isAuthenticated == true ? " +" : "")"
        }
    }

    static let cases = [
        Case(name: "a pull", commands: "docker pull node:18", pulls: ["1 node:18 certain"]),
        Case(
            name: "a login before it, an ECR login before it, a logout after it",
            commands:
                "aws ecr get-login-password | docker login -u AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com\n"
                + "docker pull a:1\necho $P | docker login -u x --password-stdin\ndocker pull b:1\ndocker logout\ndocker pull c:1",
            pulls: ["2 a:1 certain", "4 b:1 certain +", "6 c:1 certain"]),
        Case(
            name: "a login that only sometimes happens is none",
            commands: "if [ -n \"$P\" ]; then docker login -u x -p $P; fi\ndocker pull a:1", pulls: ["2 a:1 certain"]),
        Case(
            name: "variables of the file",
            commands: "TAG=18\nexport IMG=node:$TAG\ndocker pull \"$IMG\"\ndocker pull ${X:-b:1}\ndocker pull $Y",
            pulls: ["3 node:18 certain", "4 b:1 likely", "5 $Y unknown"]),
        Case(
            name: "the words of a loop", commands: "for i in a:1 b:2; do docker pull $i; done",
            pulls: ["1 a:1 certain", "1 b:2 certain"]),
        Case(
            name: "an image that was built or pulled is not pulled to run it",
            commands:
                "docker build -t app .\ndocker run app\ndocker pull b:1\ndocker run --rm -v /a:/b b:1 sh\ndocker run -e X=1 c:1",
            files: ["Dockerfile": "FROM a:1"], pulls: ["1 a:1 certain", "3 b:1 certain", "5 c:1 certain"]),
        Case(
            name: "a build's Dockerfile, context, arguments and target",
            commands:
                "cd sub\ndocker build -f ../docker/App.Dockerfile --build-arg V=3 --target one -t x:1 --no-cache ..",
            files: ["docker/App.Dockerfile": "ARG V=2\nFROM alpine:$V AS one\nFROM b:1"],
            pulls: ["2 alpine:3 certain"]),
        Case(
            name: "a Dockerfile that is not there",
            commands: "docker build .\ndocker build - < x\ndocker build https://github.com/a/b.git",
            pulls: ["1 ? unknown", "2 ? unknown", "3 ? unknown"]),
        Case(
            name: "buildx boots BuildKit",
            commands: "docker buildx create --use --name x\ndocker buildx build --push .",
            files: ["Dockerfile": "# syntax=docker/dockerfile:1\nFROM a:1"],
            pulls: ["1 moby/buildkit:buildx-stable-1 certain", "2 docker/dockerfile:1 certain", "2 a:1 certain"]),
        Case(
            name: "compose, with what a service needs",
            commands: "docker-compose -f dc.yml up -d web\ndocker compose -f dc.yml build",
            files: [
                "dc.yml":
                    "services:\n  web:\n    build: {context: web, args: {V: '4'}}\n    depends_on: [db]\n  db:\n    image: postgres:${PG:-16}\n"
                    + "  other:\n    image: redis\n",
                "web/Dockerfile": "ARG V\nFROM node:$V",
            ], pulls: ["1 node:4 certain", "1 postgres:16 likely"]),
        Case(
            name: "scripts and make targets are followed", commands: "./ci/x.sh\nmake -C sub image\nsh y.sh\nmake",
            files: [
                "ci/x.sh": "#!/bin/bash\ndocker pull a:1\n",
                "sub/Makefile": "V := 2\nimage: base\n\t@docker pull b:$(V)\nbase:\n\tdocker run c:1\n",
                    // `:=` wins over the environment (GNU make manual, 6.10), so that nothing out of sight sets another tag.
            ], pulls: ["1 a:1 certain", "2 c:1 certain", "2 b:2 certain", "3 ? unknown", "4 ? unknown"]),
        Case(
            name: "a script that calls itself ends", commands: "./a.sh", files: ["a.sh": "docker pull a:1\n./a.sh\n"],
            pulls: ["1 a:1 certain"]),
        Case(
            name: "other clients",
            commands:
                "podman pull docker.io/library/a:1\nskopeo copy docker://b:1 oci:x\ncrane pull c:1 c.tar\nbuildah from d:1\n"
                + "/kaniko/executor -f D -c dir://. --destination x\nsam build --use-container",
            files: ["D": "FROM e:1"],
            pulls: [
                "1 docker.io/library/a:1 certain", "2 b:1 certain", "3 c:1 certain", "4 d:1 certain", "5 e:1 certain",
                "6 public.ecr.aws/sam/build-$RUNTIME unknown",
            ]),
        Case(
            name: "a shell in a shell, sudo, a substitution",
            commands: "sudo docker pull a:1\nbash -c 'docker pull b:1'\nX=$(docker run c:1)",
            pulls: ["1 a:1 certain", "2 b:1 certain", "3 c:1 certain"]),
        Case(
            name: "sometimes is likely", commands: "docker pull a:1 || docker pull b:1",
            pulls: ["1 a:1 certain", "1 b:1 likely"]),
        Case(
            name: "nothing outside of the checkout is read", commands: "docker build ../..\n/opt/x.sh",
            files: ["../../Dockerfile": "FROM a:1"], pulls: ["1 ? unknown", "2 ? unknown"]),
    ]

    @Test("each pull is found with its line, certainty and login", arguments: cases)
    func pulls(_ sample: Case) throws {
        #expect(Self.words(try Self.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test(
        "version 0.1 forgets variables and folder from command to command; env variables may be overridden by a project"
    )
    func versions() throws {
        func pulls(_ version: String) throws -> [String] {
            let text =
                "version: \(version)\nenv:\n  variables:\n    E: e:1\nphases:\n  build:\n    commands:\n"
                + "      - X=a:1\n      - docker pull $X\n      - docker pull $E\n"
            let document = try BuildspecDocument(parsing: text, path: "b.yml")
            return PullSurvey(of: document, in: .empty).pulls.map {
                "\($0.line) \($0.image?.text ?? "?") \($0.certainty.rawValue)"
            }
        }
        #expect(try pulls("0.1") == ["9 $X unknown", "10 e:1 likely"])
        #expect(try pulls("0.2") == ["9 a:1 certain", "10 e:1 likely"])
    }

    @Test("DOCKER_AUTH_CONFIG, another user and another configuration folder")
    func whoIsLoggedIn() throws {
        let head = "env:\n  secrets-manager:\n    DOCKER_AUTH_CONFIG: dockerhub:auth_config\n"
        #expect(try Self.survey("docker pull a:1", head: head).pulls.map(\.isAuthenticated) == [true])
        let login = "docker login -u x --password-stdin\n"
        #expect(try Self.survey(login + "docker --config /x pull a:1").pulls.map(\.isAuthenticated) == [false])
        #expect(try Self.survey(login + "sudo -u other docker pull a:1").pulls.map(\.isAuthenticated) == [false])
        #expect(try Self.survey(login + "sudo docker pull a:1").pulls.map(\.isAuthenticated) == [true])
        #expect(
            try Self.survey("export DOCKER_CONFIG=/x\n" + login + "docker pull a:1").pulls.map(\.isAuthenticated) == [
                true
            ])
    }

    @Test("the estimate counts what is certain, and all that may be")
    func estimate() throws {
        let survey = try Self.survey(
            "docker pull a:1\ndocker pull quay.io/b:1\ndocker pull $X\nfalse || docker pull c:1")
        #expect(survey.estimate == 1...3)
    }
}
