import Core
import Testing

@testable import Buildspec

@Suite("Dockerfiles: heredocs, directives, variables, frontends")
struct DockerfileFormTests {
    static let cases = [
        DockerfileTests.Case(
            name: "a heredoc within quotes is text",
            text: "FROM a:1\nRUN echo \"cat <<END\" > /x\nRUN echo 'tee <<END >> y' >> /z\n"
                + "RUN printf \"begin\\ncat <<END\\nEND\\n\" > /e\nFROM b:1",
            pulls: ["1 a:1 unknown", "5 b:1 certain"]),
        DockerfileTests.Case(
            name: "a heredoc whose name is escaped, quoted in part, or numbered",
            text:
                "FROM a:1\nRUN cat <<\\END > /x\nFROM no\nEND\nRUN 3<<E'N'D cat\nFROM no\nEND\nRUN true <<'A B'\nX\nA B\n",
            pulls: ["1 a:1 certain"]),
        DockerfileTests.Case(
            name: "a test in brackets is no JSON",
            text:
                "FROM a:1\nRUN [ -e /x ] || cat <<END > /y\nFROM no\nEND\nRUN [[ -e /x ]] || cat <<END > /y\nFROM no\nEND\n",
            pulls: ["1 a:1 certain"]),
        DockerfileTests.Case(
            name: "JSON has no heredoc", text: "FROM a:1\nRUN [\"sh\", \"-c\", \"cat <<END\"]\n",
            pulls: ["1 a:1 certain"]),
        DockerfileTests.Case(
            name: "an open quote hides what follows it", text: "FROM a:1\nRUN echo it's <<END\n",
            pulls: ["1 a:1 certain"]),
        DockerfileTests.Case(
            name: "an indented escape directive in any case", text: " # EsCaPe = `\nFROM `\n  a:1",
            pulls: ["2 a:1 certain"]),
        DockerfileTests.Case(
            name: "an indented frontend is none", text: "\t# syntax=docker/dockerfile:1\nFROM a:1",
            pulls: ["2 a:1 certain"]),
        DockerfileTests.Case(
            name: "text for a value that is there",
            text: "ARG V=slim\nARG W=\nARG X\nFROM a:1${V:+-$V}${W:+-w}${X:+-x}",
            pulls: ["4 a:1-slim likely"]),
        DockerfileTests.Case(
            name: "text for a variable that is set, empty or not", text: "ARG W=\nFROM a:1${W+-w}",
            pulls: ["2 a:1-w likely"]),
        DockerfileTests.Case(
            name: "an argument of an argument without a value",
            text: "ARG V\nARG B=a:${V}-slim\nFROM $B", pulls: ["3 a:${V}-slim likely"]),
        DockerfileTests.Case(
            name: "replacing in a value", text: "ARG V=3.2.1\nFROM a:${V//./-}\nFROM a:${V/./-}\nFROM a:${W//./-}",
            target: nil,
            pulls: ["2 a:3-2-1 unknown", "3 a:3-2.1 unknown", "4 a:${W//./-} likely"]),
        DockerfileTests.Case(
            name: "a variable chooses the stage",
            text: "ARG E\nFROM a:1 AS build_dev\nFROM b:1 AS build_prod\nFROM c:1 AS Other\nFROM build_${E}",
            pulls: ["2 a:1 unknown", "3 b:1 unknown", "4 c:1 unknown", "5 build_${E} unknown"]),
        DockerfileTests.Case(
            name: "a number that is no stage", text: "FROM a:1\nCOPY --from=3 / /", pulls: ["1 a:1 certain"]),
        DockerfileTests.Case(
            name: "a name that docker does not take", text: "FROM A:1\nFROM b_:1",
            pulls: ["1 A:1 unknown", "2 b_:1 unknown"]),
        DockerfileTests.Case(
            name: "instructions of another frontend",
            text: "# syntax=them/plus:2\nINCLUDE+ Dockerfile.common\nFROM a:1\nRUN+ x",
            pulls: ["1 them/plus:2 certain", "3 a:1 certain"]),
        DockerfileTests.Case(
            name: "another frontend may read anything", text: "# syntax=them/yaml\nbase: x\n",
            pulls: ["1 them/yaml certain"]),
    ]

    @Test("each pull is found with its line and certainty", arguments: cases)
    func pulls(_ sample: DockerfileTests.Case) throws {
        let file = try Dockerfile(parsing: sample.text, path: "Dockerfile")
        #expect(
            file.pulls(target: sample.target).map { "\($0.line) \($0.image.text) \($0.certainty.rawValue)" }
                == sample.pulls)
    }

    @Test("a name that may be a stage's has no registry, whatever it looks like")
    func stageByVariable() throws {
        let file = try Dockerfile(parsing: "ARG E\nFROM a AS x_1\nFROM x_$E", path: "D")
        #expect(file.pulls().map(\.image.registry) == ["docker.io", nil])
        let whole = file.pulls(DockerfileBuild(isComplete: true))
        #expect(whole.map { "\($0.image.text) \($0.certainty)" } == ["a unknown", "x_ unknown"])
        #expect(whole.last?.image.registry == nil)
    }

    @Test("an account's number without a value leaves ECR's name, and a number is ECR's whatever it is")
    func account() throws {
        let file = try Dockerfile(parsing: "ARG A\nFROM ${A}.dkr.ecr.eu-west-2.amazonaws.com/b:1", path: "D")
        for build in [DockerfileBuild(), DockerfileBuild(isComplete: true)] {
            #expect(file.pulls(build).map(\.image.isDockerHub) == [false])
        }
    }

    @Test(
        "the platform decides the automatic arguments; of several each is built",
        arguments: [
            ([], ["1 a:1 certain", "2 b:1 unknown", "3 c:1 unknown"]),
            (["linux/arm64"], ["1 a:1 unknown", "2 b:1 certain", "3 c:1 unknown"]),
            (["aarch64"], ["1 a:1 unknown", "2 b:1 certain", "3 c:1 unknown"]),
            (["linux/arm/v7"], ["1 a:1 unknown", "2 b:1 unknown", "3 c:1 certain"]),
            (["armhf"], ["1 a:1 unknown", "2 b:1 unknown", "3 c:1 certain"]),
            (["linux/x86_64", "linux/arm64/v8"], ["1 a:1 certain", "2 b:1 certain", "3 c:1 unknown"]),
            (
                ["$P"],
                ["1 a:1 unknown", "2 b:1 unknown", "3 c:1 unknown", "4 on-${TARGETARCH}${TARGETVARIANT} unknown"]
            ),
        ] as [([String], [String])])
    func platforms(_ platforms: [String], _ pulls: [String]) throws {
        let text =
            "FROM a:1 AS on-amd64\nFROM b:1 AS on-arm64\nFROM c:1 AS on-armv7\nFROM on-${TARGETARCH}${TARGETVARIANT}"
        let build = DockerfileBuild(platforms: platforms, isComplete: true)
        let found = try Dockerfile(parsing: text, path: "D").pulls(build)
        #expect(found.map { "\($0.line) \($0.image.text) \($0.certainty.rawValue)" } == pulls)
    }

    @Test("a named context stands for every spelling of its image")
    func namedContexts() throws {
        let file = try Dockerfile(parsing: "FROM a:latest\nFROM docker.io/library/b\nFROM c:1", path: "D")
        let context = "docker-image://quay.io/x:1"
        let build = DockerfileBuild(contexts: ["a": context, "b:latest": context, "c": context])
        #expect(file.pulls(build).map(\.image.text) == ["quay.io/x:1", "quay.io/x:1", "c:1"])
    }

    @Test("a named context takes the place of a stage, and of all that it takes")
    func contextInsteadOfStage() throws {
        let text = "FROM a:1 AS Base\nCOPY --from=b:1 / /\nFROM c:1 AS other\nFROM base\nCOPY --from=other / /"
        let build = DockerfileBuild(contexts: ["base": "docker-image://d:1", "other": "./folder"])
        #expect(
            try Dockerfile(parsing: text, path: "D").pulls(build).map { "\($0.line) \($0.image.text)" } == ["1 d:1"])
    }

    @Test(
        "the registry of a name with variables",
        arguments: [
            ("a:${V//./-}", "docker.io"), ("${R/x/y.z}/a", nil), ("${H}.azurecr.io/a:1", "${H}.azurecr.io"),
            ("org/${N:?a/b}", "docker.io"), ("$R/a.b", nil),
        ] as [(String, String?)])
    func registries(_ text: String, _ registry: String?) {
        #expect(ImageName(text).registry == registry)
    }

    @Test(
        "a text with variables and what it may become",
        arguments: [
            ("a$X", "ab", true), ("a$X", "a", true), ("a${X}c", "ac", true), ("a${X}c", "a", false),
            ("a${X:-{b}}c", "abc", true), ("a$(b)c", "axc", true), ("$X-$Y-z", "a-b-z", true),
            ("$X-$Y-z", "ab-z", false), ("a", "a", true), ("a", "ab", false), ("ab${X}ba", "aba", false),
        ])
    func openTexts(_ text: String, _ name: String, _ matches: Bool) {
        #expect(OpenText(text).matches(name) == matches)
    }
}
