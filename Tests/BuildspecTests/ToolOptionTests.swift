import Core
import Testing

@testable import Buildspec

@Suite("What a build pulls, by the options and habits of its tools")
struct ToolOptionTests {
    private static let two = ["compose.yml": "services:\n  web: {image: 'a:1'}\n  db: {image: 'b:1'}\n"]
    private static let own = [
        "compose.yml": "services:\n  base: {build: n, image: 'base:latest'}\n", "n/Dockerfile": "FROM base:latest",
    ]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "a Dockerfile in lower case, named or not",
            commands: "docker build .\ncd x\ndocker build -f ../Dockerfile .",
            files: ["dockerfile": "FROM a:1"], pulls: ["1 a:1 certain", "3 a:1 certain"]),
        PullSurveyTests.Case(
            name: "a file of another name is taken as it is written", commands: "docker build -f App.Dockerfile .",
            files: ["app.dockerfile": "FROM a:1"], pulls: ["1 ? unknown"]),
        PullSurveyTests.Case(
            name: "a Containerfile, for those that look for one",
            commands: "podman build .\nbuildah bud .\nnerdctl build .\ndocker build .",
            files: ["Containerfile": "FROM docker.io/a:1"],
            pulls: [
                "1 docker.io/a:1 certain", "2 docker.io/a:1 certain", "3 docker.io/a:1 certain", "4 ? unknown",
            ]),
        PullSurveyTests.Case(
            name: "podman takes the Containerfile first", commands: "podman build .",
            files: ["Containerfile": "FROM a:1", "Dockerfile": "FROM b:1"], pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "compose builds an image under its base's name", commands: "docker compose build\ndocker compose up",
            files: own, pulls: ["1 base:latest certain"]),
        PullSurveyTests.Case(
            name: "who builds decides which stages and frontends are asked for",
            commands: """
                docker buildx build .
                docker build .
                DOCKER_BUILDKIT=0 docker build .
                DOCKER_BUILDKIT=1 docker build .
                podman build .
                docker build --build-arg BUILDKIT_SYNTAX=f:1 .
                """,
            files: [
                "Dockerfile": "# syntax=docker/dockerfile:1\nFROM a:1 AS no\nFROM b:1 AS c\nFROM b:1\nCOPY --from=c x y"
            ],
            pulls: [
                "1 docker/dockerfile:1 certain", "1 b:1 certain", "2 docker/dockerfile:1 certain", "2 a:1 unknown",
                "2 b:1 certain", "3 a:1 certain", "3 b:1 certain", "4 docker/dockerfile:1 certain", "4 b:1 certain",
                "5 a:1 unknown", "5 b:1 certain", "6 f:1 certain", "6 a:1 unknown", "6 b:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "the scanner of an SBOM",
            commands: """
                docker buildx build --sbom=true .
                docker buildx build --attest type=sbom,generator=g:1 .
                docker buildx build --sbom=false --attest type=provenance .
                """,
            files: ["Dockerfile": "FROM scratch"],
            pulls: ["1 docker/buildkit-syft-scanner:stable-1 certain", "2 g:1 certain"]),
        PullSurveyTests.Case(
            name: "what sed prints, what a link leads to, an id that docker lists, and services by their number",
            commands: """
                sed 's/a:1/a:2/' t > Dockerfile
                docker build -t x .
                cat t | sed -e 's/1/3/' > D && docker build -f D .
                sed -n '1p' t > E; docker build -f E .
                ln -sf p/D F && ln -s D p/Dockerfile
                docker build -f F . && docker build p
                docker run $(docker images -q x)
                docker compose scale web=2
                """,
            files: ["t": "FROM a:1\n", "p/D": "FROM c:1\n"].merging(two) { $1 },
            pulls: [
                "2 a:2 certain", "3 a:3 certain", "4 ? unknown", "6 c:1 certain", "6 c:1 certain", "8 a:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "profiles that are known, and services that are built on one image",
            commands: """
                docker compose -f p.yml --profile x up
                export COMPOSE_PROFILES=y
                docker compose -f p.yml up
                docker compose -f b.yml build
                """,
            files: [
                "p.yml": "services:\n  a: {image: 'a:1', profiles: [x]}\n  b: {image: 'b:1', profiles: [y]}\n",
                "b.yml": "services:\n  a: {build: .}\n  b: {build: .}\n", "Dockerfile": "FROM c:1",
            ], pulls: ["1 a:1 certain", "3 b:1 certain", "4 c:1 certain"]),
        PullSurveyTests.Case(
            name: "texts for another program's shell, arguments of a loop, and scripts too deep",
            commands: """
                retry 3 "docker pull a:1"
                runuser -l app -c "docker pull b:1"; runuser -u app -- docker pull b:2
                f() { for i; do docker pull $i; done; }; f c:1 d:1
                sh s0.sh
                aws s3 cp s3://b/config.json ~/.docker/config.json
                docker pull e:1
                """,
            files: Dictionary(uniqueKeysWithValues: (0..<20).map { ("s\($0).sh", "sh s\($0 + 1).sh") }),
            pulls: [
                "1 a:1 likely", "2 b:1 certain", "2 b:2 certain", "3 c:1 certain", "3 d:1 certain", "4 ? unknown",
                "6 e:1 certain +",
            ]),
        PullSurveyTests.Case(
            name: "services that others need without depends_on",
            commands: "docker compose run t",
            files: [
                "compose.yml": """
                services:
                  a: {image: 'a:1'}
                  b: {image: 'b:1'}
                  c: {image: 'c:1'}
                  t: {image: 't:1', network_mode: 'service:a', pid: host, ipc: 'service:b', volumes_from: ['c:ro', 'container:d']}
                """
            ], pulls: ["1 a:1 certain", "1 b:1 certain", "1 c:1 certain", "1 t:1 certain"]),
        PullSurveyTests.Case(
            name: "a service that another one is built on",
            commands: "docker compose build t\ndocker compose up t",
            files: [
                "compose.yml": """
                services:
                  base: {build: base, image: 'b:latest'}
                  t: {build: {context: ., additional_contexts: {b: 'service:base'}}}
                """, "base/Dockerfile": "FROM a:1", "Dockerfile": "FROM b",
            ], pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "up that pulls nothing, or shows what it would do",
            commands:
                "docker compose up --pull never\ndocker compose --dry-run up\ndocker compose up --help\ndocker compose up web",
            files: two, pulls: ["4 a:1 certain"]),
        PullSurveyTests.Case(
            name: "options of up that take a value", commands: "docker compose up -d --pull always --timeout 9 web",
            files: two, pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "options of up that take none",
            commands: "docker compose up --abort-on-container-failure --some-later-flag web", files: two,
            pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "options of build and pull",
            commands: "docker compose pull --policy missing web\ndocker compose build --pull db",
            files: two, pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "options of run, together and with their value in the same word",
            commands: "docker compose run -Tv /x:/y -eA=b -p=80:80 --rm web db", files: two, pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "options of Compose v1",
            commands: "docker-compose --no-ansi --tlsverify --log-level ERROR up -d web\ndocker-compose -D up db",
            files: two,
            pulls: ["1 a:1 certain", "2 b:1 certain"]),
        PullSurveyTests.Case(
            name: "the project's folder, and files of the working one",
            commands: "docker compose --project-directory app -f ops/c.yml build",
            files: [
                "ops/c.yml": "services: {a: {build: {context: img, args: {V: '$V'}}}}",
                "app/img/Dockerfile": "ARG V\nFROM a:$V", "app/.env": "V=1",
            ], pulls: ["1 a:1 likely"]),
        PullSurveyTests.Case(
            name: "a project's folder that is not known",
            commands: "docker compose --project-directory $X -f c.yml build\ncd /tmp\ndocker compose up",
            files: [
                "c.yml": "services: {a: {build: app}}", "app/Dockerfile": "FROM a:1", "compose.yml": "services: {}",
            ],
            pulls: ["1 ? unknown", "3 ? unknown"]),
        PullSurveyTests.Case(
            name: "a compose file above the folder", commands: "cd deep/er && docker compose up web", files: two,
            pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "files and profiles that .env names", commands: "docker compose up",
            files: [
                ".env": "COMPOSE_FILE=one.yml:two.yml\nCOMPOSE_PROFILES=p\n",
                "one.yml": "services: {a: {image: 'a:1'}}",
                "two.yml": "services: {b: {image: 'b:1', profiles: [p]}, c: {image: 'c:1', profiles: [q]}}",
            ], pulls: ["1 a:1 certain", "1 b:1 certain", "1 c:1 unknown"]),
        PullSurveyTests.Case(
            name: "the later environment file wins, and the environment over both",
            commands: "export U=3\ndocker compose --env-file one --env-file two up",
            files: [
                "compose.yml": "services: {a: {image: 'a:$T$U$V'}}", "one": "T=1\nU=1\nV=1", "two": "T=2\nU=2",
                ".env": "V=9",
            ], pulls: ["2 a:231 likely"]),
        PullSurveyTests.Case(
            name: "make that only tells its version", commands: "make --version\nmake -v\ngmake --help\nmake -s",
            pulls: ["4 ? unknown"]),
        PullSurveyTests.Case(
            name: "a pattern that matches what it needs", commands: "make tool",
            files: ["Makefile": "%: %.c\n\tdocker run a:1 cc $<\n%.c: %.y\n\tdocker run b:1 yacc $<\n"],
            pulls: ["1 b:1 certain", "1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "a script's own -v", commands: "./deploy.sh -v\nnode -v", pulls: ["1 ? unknown"]),
        PullSurveyTests.Case(
            name: "the platform of a build",
            commands:
                "docker build --platform linux/arm64 .\ndocker buildx build --platform linux/amd64,linux/arm64 .\n"
                + "export DOCKER_DEFAULT_PLATFORM=linux/arm/v7\ndocker build .\ndocker build --platform local .",
            files: ["Dockerfile": "FROM base:$TARGETARCH$TARGETVARIANT"],
            pulls: [
                "1 base:arm64 certain", "2 base:amd64 certain", "2 base:arm64 certain", "4 base:armv7 certain",
                "5 base:amd64 likely",
            ]),
        PullSurveyTests.Case(
            name: "a builder, a plugin, and images that are mirrored",
            commands:
                "pack build app --builder a:1\ndocker run app\npack build -B b:1 --pull-policy never app\n"
                + "docker plugin install --alias x --grant-all-permissions c/d:1 A=b\n"
                + "skopeo sync --src docker --dest docker --scoped e:1 1.dkr.ecr.x.amazonaws.com/y\n"
                + "skopeo sync -s yaml -d docker f.yml x",
            pulls: ["1 a:1 certain", "1 ? unknown", "3 ? unknown", "4 c/d:1 certain", "5 e:1 certain"]),
        PullSurveyTests.Case(
            name: "a text to be filled in is no value",
            commands: "IMAGE=<account>.dkr.ecr.eu-west-1.amazonaws.com/app:1\ndocker run --rm $IMAGE echo hello\n"
                + "export OTHER=<account>/x\ndocker run $OTHER echo hello",
            pulls: ["2 $IMAGE unknown", "4 $OTHER unknown"]),
    ]

    @Test("each pull is found with its line, certainty and login", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test("a command that tells a version is no reason for a login")
    func versionsDelegateNothing() {
        #expect(CommandReading("make --version; npm -v; make -v").delegations == [])
        #expect(CommandReading("make -C x; ./x.sh -v; pytest -v").delegations == ["make", "./x.sh", "pytest"])
    }
}
