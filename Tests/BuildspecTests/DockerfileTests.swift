import Core
import Testing

@testable import Buildspec

@Suite("Dockerfiles")
struct DockerfileTests {
    /// A Dockerfile and the pulls in it: line, image, certainty.
    struct Case: CustomTestStringConvertible {
        let name: String
        let text: String
        var target: String?
        let pulls: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "a single stage", text: "FROM node:18\nRUN true\n", pulls: ["1 node:18 certain"]),
        Case(
            name: "the frontend of a syntax directive", text: "# syntax=docker/dockerfile:1\nFROM scratch",
            pulls: ["1 docker/dockerfile:1 certain"]),
        Case(
            name: "a directive after a comment is a comment",
            text: "# a comment\n# syntax=docker/dockerfile:1\nFROM alpine:3", pulls: ["3 alpine:3 certain"]),
        Case(
            name: "an unknown directive does not end the directives",
            text: "#foo=bar\n#syntax = docker/dockerfile:1 \nFROM alpine:3",
            pulls: ["2 docker/dockerfile:1 certain", "3 alpine:3 certain"]),
        Case(
            name: "the backtick as escape", text: "# escape=`\nFROM `\n  mcr.microsoft.com/windows/servercore:ltsc2022",
            pulls: ["2 mcr.microsoft.com/windows/servercore:ltsc2022 certain"]),
        Case(
            name: "a continued line with comments and blank lines in it",
            text: "FROM \\\n# between\n\n   alpine:3 \\\n AS x\nRUN a \\\n # FROM b:1\n && c\n",
            pulls: ["1 alpine:3 certain"]),
        Case(
            name: "a heredoc is no Dockerfile",
            text:
                "FROM alpine:3\nRUN <<EOF bash\nFROM nothing\nEOF\nCOPY <<-\"X\" /x\n\tFROM no\n\tX\nRUN cat <<< FROM\n",
            pulls: ["1 alpine:3 certain"]),
        Case(
            name: "an argument's default is likely", text: "ARG V=18\nFROM node:${V}-slim",
            pulls: ["2 node:18-slim likely"]),
        Case(
            name: "a default within braces, an argument of an argument",
            text: "ARG A=a\nARG B=$A\nFROM ${C:-alpine}:$B", pulls: ["3 alpine:a likely"]),
        Case(
            name: "quotes within braces", text: "FROM a:1 AS x-y\nFROM x-${X:-\"y\"}", pulls: ["1 a:1 certain"]),
        Case(name: "an argument without a value", text: "ARG V\nFROM node:$V", pulls: ["2 node:$V likely"]),
        Case(
            name: "stages, by name in any case and by number",
            text: "FROM golang:1 AS Build\nFROM build AS next\nCOPY --from=0 /a /a\nCOPY --from=NEXT /b /b",
            pulls: ["1 golang:1 certain"]),
        Case(
            name: "a stage of its own image's name", text: "FROM node AS node\nFROM node\n", pulls: ["1 node certain"]),
        Case(
            name: "a stage that nothing needs", text: "FROM a:1 AS test\nFROM b:1",
            pulls: ["1 a:1 unknown", "2 b:1 certain"]),
        Case(
            name: "the target decides what is built; no builder goes past it",
            text: "FROM c:1\nFROM a:1 AS test\nFROM b:1", target: "TEST", pulls: ["1 c:1 unknown", "2 a:1 certain"]),
        Case(
            name: "images that COPY and RUN take from",
            text: "FROM --platform=$BUILDPLATFORM a:1\nCOPY --chown=1 --from=ghcr.io/b/c:2 /x /x\n"
                + "RUN --mount=type=bind,from=d:3,target=/d --mount=type=cache,target=/e true",
            pulls: ["1 a:1 certain", "2 ghcr.io/b/c:2 certain", "3 d:3 certain"]),
        Case(
            name: "ONBUILD is for another build", text: "FROM a:1\nONBUILD COPY --from=b:2 /x /x",
            pulls: ["1 a:1 certain"]),
        Case(
            name: "ONBUILD happens in a stage on it, once",
            text: "FROM a:1 AS p\nONBUILD COPY --from=b:2 /x /x\nFROM p AS q\nFROM q",
            pulls: ["1 a:1 certain", "2 b:2 certain"]),
        Case(
            name: "a stage that the platform names",
            text: "FROM a:1 AS base-amd64\nFROM b:1 AS base-arm64\nFROM base-${TARGETARCH}",
            pulls: ["1 a:1 certain", "2 b:1 unknown"]),
        Case(
            name: "a byte-order mark, CRLF and lower case", text: "\u{FEFF}from a:1\r\nrun x \\\r\n  y\r\n",
            pulls: ["1 a:1 certain"]),
    ]

    @Test("each pull is found with its line and certainty", arguments: cases)
    func pulls(_ sample: Case) throws {
        let file = try Dockerfile(parsing: sample.text, path: "Dockerfile")
        #expect(
            file.pulls(target: sample.target).map { "\($0.line) \($0.image.text) \($0.certainty.rawValue)" }
                == sample.pulls)
    }

    @Test(
        "what BuildKit refuses is refused, with line and column",
        arguments: [
            ("", "line 1, column 1: there is no FROM"),
            ("# only this\n", "line 1, column 1: there is no FROM"),
            ("FROM a:1\n  FRUM b\n", "line 2, column 3: unknown instruction: FRUM"),
            ("RUN true\nFROM a", "line 1, column 1: no build stage in current context"),
            ("FROM a b\n", "line 1, column 1: FROM requires either one argument, or three: FROM <image> [AS <name>]"),
            ("FROM a:1\nRUN <<EOF\nnever ends\n", "line 2, column 1: the heredoc 'EOF' has no end"),
            ("# escape=x\nFROM a", "line 1, column 1: invalid escape token 'x', must be ` or \\"),
            ("# syntax=a\n# syntax=b\nFROM a", "line 2, column 1: only one syntax parser directive can be used"),
            ("FROM a AS \u{E9}\n", "line 1, column 1: invalid name for build stage: '\u{E9}'"),
        ])
    func refusals(_ text: String, _ message: String) {
        let error = #expect(throws: UnthrottleError.self) { try Dockerfile(parsing: text, path: "D") }
        #expect(error?.message == "D, \(message)")
    }

    @Test("what the build command hands in counts before defaults; a whole command leaves nothing open")
    func buildArguments() throws {
        let file = try Dockerfile(
            parsing: "ARG A=x\nARG B\nARG C=z\nFROM ctx AS two\nFROM $A:${B}$C AS one\nFROM never", path: "D")
        var build = DockerfileBuild(
            arguments: ["A": .known("y"), "B": .likely("1")], target: "one", contexts: ["ctx": "docker-image://e:1"],
            isComplete: true)
        #expect(file.pulls(build).map(\.image.text) == ["e:1", "y:1z"])
        #expect(file.pulls(build).map(\.certainty) == [.unknown, .likely])
        build.arguments["B"] = nil
        #expect(file.pulls(build).last?.image.text == "y:z")
        #expect(file.pulls(build).last?.certainty == .certain)
    }

    @Test(
        "where an image comes from, as far as its name tells",
        arguments: [
            ("node:$TAG", "docker.io", true), ("org/$NAME", "docker.io", true), ("node", "docker.io", true),
            ("$IMAGE", nil, nil), ("$REPO/app:1", nil, nil),
            (
                "$ACCOUNT.dkr.ecr.$REGION.amazonaws.com/app", "$ACCOUNT.dkr.ecr.$REGION.amazonaws.com", false
            ),
            ("quay.io/$X", "quay.io", false), ("docker.n8n.io/n8nio/n8n", "docker.n8n.io", true),
            ("aws/codebuild/standard:7.0", nil, false), ("public.ecr.aws/codebuild/x:1", "public.ecr.aws", false),
        ] as [(String, String?, Bool?)])
    func registries(_ text: String, _ registry: String?, _ isHub: Bool?) {
        #expect(ImageName(text).registry == registry)
        #expect(ImageName(text).isDockerHub == isHub)
    }
}
