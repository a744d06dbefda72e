import Core
import Testing

@testable import Buildspec

@Suite("What a build pulls by way of shells, files and tools")
struct FollowedPullTests {
    static let shellCases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "a name put together from variables that only the account knows",
            commands: "R=${ACCOUNT}.dkr.ecr.$REGION.amazonaws.com\nT=$(git rev-parse HEAD)\ndocker pull $R/app:$T\n"
                + "docker pull node:${T:-latest}",
            pulls: ["3 ${ACCOUNT}.dkr.ecr.$REGION.amazonaws.com/app:$T likely", "4 node:$T likely"]),
        PullSurveyTests.Case(
            name: "a name that docker would not take whatever its variables hold", commands: "docker run a:$B:::c",
            pulls: ["1 a:$B:::c unknown"]),
        PullSurveyTests.Case(
            name: "each command of a loop, for each of its words",
            commands:
                "for v in 1 2; do\n  I=a:$v\n  docker pull $I\ndone\nfor i in x; do (cd $i && docker build .); done",
            files: ["x/Dockerfile": "FROM b:1"],
            pulls: ["3 a:1 certain", "3 a:2 certain", "5 b:1 certain"]),
        PullSurveyTests.Case(
            name: "ranges, and tries",
            commands: "for v in {1..2}; do docker pull a:$v; done\nfor i in 1 2; do docker pull b:1 && break; done",
            pulls: ["1 a:1 certain", "1 a:2 certain", "2 b:1 certain"]),
        PullSurveyTests.Case(
            name: "an array", commands: "L=(a:1\n  b:2)\nfor i in \"${L[@]}\"; do docker pull $i; done",
            pulls: ["3 a:1 certain", "3 b:2 certain"]),
        PullSurveyTests.Case(
            name: "a subshell keeps its folder to itself",
            commands: "(cd x && docker build .)\ndocker build .\ncd x; cd -; cd /tmp\ndocker build .",
            files: ["Dockerfile": "FROM a:1", "x/Dockerfile": "FROM b:1"],
            pulls: ["1 b:1 certain", "2 a:1 certain", "4 ? unknown"]),
        PullSurveyTests.Case(
            name: "functions, with what they are called with",
            commands: "get() {\n  docker pull $1\n}\nget a:1\nget b:2\nnever() { docker pull c:1; }",
            pulls: ["2 a:1 certain", "2 b:2 certain", "6 c:1 unknown"]),
        PullSurveyTests.Case(
            name: "what a function runs for its caller",
            commands:
                "function try { for i in 1 2 3; do \"$@\" && return 0; sleep 3; done; return 1; }\ntry docker pull a:1\n"
                + "again() { n=$1; shift; until \"$@\"; do sleep $n; done; }\nagain 5 docker pull b:1\n"
                + "with() { shift 2; docker run $@; }\nwith a b c:1 true\n"
                + "far() { shift 9223372036854775807; docker pull $1; }\nfar d:1",
            pulls: ["2 a:1 certain", "4 b:1 certain", "5 c:1 certain", "7 d:1 certain"]),
        PullSurveyTests.Case(
            name: "programs that are not known run docker; those that only talk do not",
            commands:
                "retry docker pull a:1\nchamber exec prod -- docker run b:1\nsudo DOCKER_BUILDKIT=1 docker pull c:1\n"
                + "echo docker pull d:1\nzip -r a.zip docker build; find docker build -name x\ntime -p docker pull e:1\nflock /tmp/l docker-compose up -d",
            files: ["compose.yml": "services: {x: {image: 'f:1'}}"],
            pulls: ["1 a:1 likely", "2 b:1 likely", "3 c:1 certain", "6 e:1 likely", "7 f:1 likely"]),
        PullSurveyTests.Case(
            name: "texts for other shells: PowerShell's, a pipe's, another user's",
            commands:
                "powershell -NoProfile -Command \"docker pull a:1\"\npwsh -c 'Get-Module -ListAvailable'\n"
                + "echo 'docker pull b:1' | bash\nbash <<< 'docker pull c:1'\nsu app -c 'docker login -u x'\ndocker pull d:1",
            pulls: ["1 a:1 certain", "3 b:1 certain", "4 c:1 certain", "6 d:1 certain"]),
        PullSurveyTests.Case(
            name: "options that are not wholly known are no image",
            commands:
                "ARGS=''\nif x; then ARGS=-it; fi\ndocker run $ARGS a:1\nOPTS=\"${OPTS} --rm\"\ndocker run $OPTS b:1\n"
                + "docker run ${TTY:+-it} --rm c:1\ndocker run $(test -t 0 && echo -it) d:1\n"
                + "R=(); R+=(--rm); docker run \"${R[@]}\" e:1\nI=f; I+=:1; docker pull $I",
            pulls: [
                "3 a:1 certain", "5 b:1 certain", "6 c:1 certain", "7 d:1 certain", "8 e:1 certain", "9 f:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "an array's item may have blanks; compose by either name; settings that are here",
            commands:
                "c=(docker run -v \"$PWD:/x y\" a:1)\n\"${c[@]}\" npm ci\n"
                + "if docker compose version; then D='docker compose'; else D=docker-compose; fi\n$D up -d\n"
                + "source .env\ndocker pull c:$V",
            files: ["compose.yml": "services: {x: {image: 'b:1'}}", ".env": "V=2"],
            pulls: ["2 a:1 certain", "4 b:1 certain", "6 c:2 certain"]),
        PullSurveyTests.Case(
            name: "the variable that a login to ECR names is ECR's; what is tried again is followed",
            commands:
                "docker pull $R/a:1\naws ecr get-login-password | docker login -u AWS --password-stdin $R\ndocker pull ${R}/a:1\n"
                + "docker pull $R:1\ndocker pull $Q/a:1\nretry 3 ./x.sh\nretry -- make y",
            files: ["x.sh": "docker pull b:1", "Makefile": "y:\n\tdocker pull c:1"],
            pulls: [
                "1 $R/a:1 unknown", "3 ${R}/a:1 likely", "4 $R:1 likely", "5 $Q/a:1 unknown", "6 b:1 likely",
                "7 c:1 likely",
            ]),
        PullSurveyTests.Case(
            name: "what installs something by way of a shell is no script of the checkout",
            commands:
                "curl -s https://x | sh -s -- -b /usr/local/bin\ncurl -s https://x | bash /dev/stdin --channel STS\n"
                + "bash <(curl -s https://x)\nsource <(x completion)\nbash deploy.sh",
            pulls: ["5 ? unknown"]),
        PullSurveyTests.Case(
            name: "another machine's docker is none of the build's; a wrapped login is one; a container's own words",
            commands:
                "ssh host docker pull a:1\nkubectl exec pod -- docker pull a:1\nretry docker login -u me\ndocker pull b:1\n"
                + "docker run c:1 podman run --pull never d:1\nsu -c 'docker pull e:1'",
            pulls: ["4 b:1 certain +", "5 c:1 certain +", "6 e:1 certain +"]),
        PullSurveyTests.Case(
            name: "an array's one item; a list in a text; what adds itself without end; ranges beyond numbers",
            commands:
                "a=(a:1); docker pull ${a[@]}\nl=(\"FROM b:1\"); echo \"${l[@]}\" > D\ndocker build -f D .\n"
                + "for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do y+=$y$y$y$y$y$y$y$y$y.; done; done\n"
                + "for i in {9223372036854775807..-9223372036854775808}; do docker pull c:1; done",
            pulls: ["1 a:1 certain", "3 b:1 certain", "5 c:1 certain"]),
        PullSurveyTests.Case(
            name: "a header runs, a branch may",
            commands:
                "if docker pull a:1; then docker pull b:1; fi\nuntil docker login -u x; do sleep 1; done\ndocker pull c:1",
            pulls: ["1 a:1 certain", "1 b:1 likely", "3 c:1 certain +"]),
        PullSurveyTests.Case(
            name: "options in a variable, short ones together, a flag that looks like an image",
            commands:
                "O=\"--rm -t\"\ndocker run $O a:1\ndocker run $RUN_OPTS b:1\ndocker run -dti c:1\ndocker run -itv /x:/y d:1\n"
                + "docker run -p80:80 --name e:0 e:1 sh",
            pulls: ["2 a:1 certain", "3 b:1 certain", "4 c:1 certain", "5 d:1 certain", "6 e:1 certain"]),
        PullSurveyTests.Case(
            name: "a pull whose image comes through a pipe", commands: "cat list | xargs -n1 docker pull",
            pulls: ["1 $(...) unknown"]),
        PullSurveyTests.Case(
            name: "a Dockerfile from standard input, or written by a command",
            commands:
                "docker build - <<E\nFROM a:1\nE\nB=b:1\ncat > Dockerfile <<E\nFROM $B\nE\ndocker build -t own .\n"
                + "printf \"FROM own\\nCOPY --from=c:1 / /\" > D\ndocker build -f D .\necho 'FROM d:1' | docker build -",
            pulls: ["1 a:1 certain", "8 b:1 certain", "10 c:1 certain", "11 d:1 certain"]),
        PullSurveyTests.Case(
            name: "the server of a login in a variable",
            commands:
                "S=docker.io\ndocker login -u x -p y $S\ndocker pull a:1\ndocker logout\nS=quay.io\ndocker login $S\ndocker pull b:1",
            pulls: ["3 a:1 certain +", "7 b:1 certain"]),
        PullSurveyTests.Case(
            name: "clusters in containers",
            commands: "kind create cluster --image kindest/node:v1.30.0\nkind create cluster",
            pulls: ["1 kindest/node:v1.30.0 certain", "2 kindest/node likely"]),
        PullSurveyTests.Case(
            name: "one image under its spellings",
            commands:
                "docker build -t ${R}:latest - <<< 'FROM a:1'\ndocker run $R\ndocker image tag $R x:1\ndocker run x:1",
            pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "DOCKER_AUTH_CONFIG set by a command",
            commands:
                "docker pull a:1\nexport DOCKER_AUTH_CONFIG=$(get-it)\ndocker pull b:1\nunset DOCKER_AUTH_CONFIG\ndocker pull c:1",
            pulls: ["1 a:1 certain", "3 b:1 certain +", "5 c:1 certain"]),
        PullSurveyTests.Case(
            name: "logins of other clients, and a configuration that is removed",
            commands: "skopeo login -u x docker.io\nskopeo inspect docker://a:1\nrm -rf ~/.docker\ndocker pull b:1",
            pulls: ["2 a:1 certain +", "4 b:1 certain"]),
        PullSurveyTests.Case(
            name: "programs of the checkout, and a tool's set-up",
            commands: ". ~/.nvm/nvm.sh\ntools/image.rb --all\n/usr/bin/env",
            pulls: ["2 ? unknown"]),
        PullSurveyTests.Case(
            name: "sam with images of its own",
            commands: "sam build -u --build-image f=a/b:1\nsam deploy\nsam validate",
            pulls: ["1 a/b:1 certain"]),
        PullSurveyTests.Case(
            name: "what may have been built out of sight", commands: "docker-compose build\ndocker run api:latest",
            pulls: ["1 ? unknown", "2 api:latest likely"]),
    ]

    @Test("shells", arguments: shellCases)
    func throughShells(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    static let toolCases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "make: included files, patterns, variables, a make in another folder",
            commands: "make V=3 image-web\nmake deep",
            files: [
                "Makefile":
                    "include common.mk\nV ?= 1\nimage-%: prepare\n\t@$(DOCKER) pull $*:$(V)\n.PHONY: deep\ndeep:\n\t$(MAKE) -C sub\n"
                    + "prepare:\n\tcd sub && docker build .\n\tdocker pull $(shell echo) base:1\n",
                "common.mk": "DOCKER := docker\n", "sub/Makefile": "all:\n\tdocker pull c:1 # last\n",
                "sub/Dockerfile": "FROM b:1",
            ],
            pulls: ["1 b:1 certain", "1 $(...) unknown", "1 web:3 certain", "2 c:1 certain"]),
        PullSurveyTests.Case(
            name: "scripts of package.json",
            commands: "npm ci\nnpm run up\nyarn up\nnpm run missing\npnpm --dir web test",
            files: [
                "package.json":
                    #"{"scripts": {"preup": "docker pull a:1", "up": "docker run b:1 && npm run other", "other": "true"}}"#,
                "web/package.json": #"{"scripts": {"test": "jest"}}"#,
            ],
            pulls: ["2 a:1 certain", "2 b:1 certain", "3 a:1 certain", "4 ? unknown"]),
        PullSurveyTests.Case(
            name: "scripts with arguments, from their own folder",
            commands: "./ci/go.sh a:1",
            files: [
                "ci/go.sh":
                    "#!/usr/bin/env bash\nset -e\ndocker pull \"$1\"\ncd \"$(dirname \"$0\")\"\n. ./more.sh\ndocker pull $X\n",
                "ci/more.sh": "X=b:1\n",
            ], pulls: ["1 a:1 certain", "1 b:1 certain"]),
        PullSurveyTests.Case(
            name: "bake, HCL",
            commands: "docker buildx bake --set web.args.V=9\ndocker buildx bake lonely",
            files: [
                "docker-bake.hcl": """
                variable "TAG" { default = "3" } // comment
                group "default" { targets = ["web", "tool"] }
                target "base" {
                  args = { V = "1", "W" = TAG }
                }
                target "web" {
                  inherits = ["base"]
                  context = "web"
                  tags = ["web:${TAG}"]
                }
                target "tool" {
                  dockerfile-inline = <<EOT
                FROM t:1
                EOT
                  contexts = { "t:1" = "docker-image://u:1" }
                }
                """,
                "web/Dockerfile": "ARG V\nARG W\nFROM a:$V\nCOPY --from=b:2 / /\nFROM c:$W",
            ],
            pulls: ["1 c:3 likely", "1 u:1 certain", "2 ? unknown"]),
        PullSurveyTests.Case(
            name: "bake, JSON and compose", commands: "docker buildx bake -f b.json\ndocker buildx bake -f c.yml web",
            files: [
                "b.json": #"{"target": {"default": {"context": "x", "target": "one"}}}"#,
                "x/Dockerfile": "FROM a:1 AS one\nFROM b:1",
                "c.yml": "services:\n  web: {build: x}\n  db: {image: 'd:1'}\n",
            ], pulls: ["1 a:1 certain", "2 b:1 certain"]),
        PullSurveyTests.Case(
            name: "sed changes the files that it edits; one that comes from elsewhere is not known",
            commands:
                "sed -i 's/^FROM /FROM public.ecr.aws\\/docker\\/library\\//g' Dockerfile\ndocker build .\n"
                + "sed -i -e \"s|a:1|b:2|\" x/Dockerfile\ndocker build x\ncurl -o y/Dockerfile https://example.com\ndocker build y\n"
                + "sed -i 's/[0-9]*//;s/z:1/z:2/' z/Dockerfile\ndocker build z",
            files: [
                "Dockerfile": "FROM a:1", "x/Dockerfile": "FROM a:1\nRUN x", "y/Dockerfile": "FROM a:1",
                "z/Dockerfile": "FROM z:1",
            ],
            pulls: [
                "2 public.ecr.aws/docker/library/a:1 certain", "4 b:2 certain", "6 ? unknown", "8 z:2 likely",
            ]),
        PullSurveyTests.Case(
            name: "compose: services in variables, those that are not known, a verb that is not known",
            commands:
                "S=one\ndocker compose pull $S\ndocker compose pull $UNSET\ndocker compose $CMD\nC=build\ndocker $C .\n"
                + "for s in one two; do docker compose pull $s; done",
            files: [
                "compose.yml": "services:\n  one: {image: 'a:1'}\n  two: {image: 'b:1'}\n", "Dockerfile": "FROM c:1",
            ],
            pulls: [
                "2 a:1 certain", "3 a:1 likely", "3 b:1 likely", "4 ? unknown", "6 c:1 certain", "7 a:1 certain",
                "7 b:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "what of sed is followed, what is not, and what only sometimes happens",
            commands:
                "sed -i 's|^FROM.*|FROM b:2|' a\ndocker build -f a .\nsed -i '1s/a/b/' b\ndocker build -f b .\n"
                + "if x; then sed -i s/a:1/b:2/ c; fi\ndocker build -f c .\nsed -i \"s/ID/$ID/; s/n:1/n:2/\" d\n"
                + "docker build -f d .\nsed -i -e's/a:1$/x\\&y&/' e\ndocker build -f e .",
            files: [
                "a": "FROM a:1", "b": "FROM a:1", "c": "FROM a:1", "d": "FROM ID.dkr.ecr.x.amazonaws.com/n:1",
                "e": "FROM a:1",
            ],
            pulls: [
                "2 b:2 certain", "4 a:1 likely", "6 b:2 likely", "6 a:1 likely",
                "8 $ID.dkr.ecr.x.amazonaws.com/n:2 likely",
                "10 x&ya:1 unknown",
            ]),
        PullSurveyTests.Case(
            name: "files that come from elsewhere",
            commands:
                "curl -sSfLo a https://x/y\ndocker build -f a .\ncurl https://x > b\ndocker build -f b .\n"
                + "wget -P d https://x/c\ndocker build -f d/c .\naws s3 cp s3://b/e .\ndocker build -f e .\nperl -pi -e x f\n"
                + "docker build -f f .",
            files: ["a": "FROM a:1", "b": "FROM a:1", "d/c": "FROM a:1", "e": "FROM a:1", "f": "FROM a:1"],
            pulls: ["2 ? unknown", "4 ? unknown", "6 ? unknown", "8 ? unknown", "10 a:1 likely"]),
        PullSurveyTests.Case(
            name: "bake by its short name, lists of manifests, what is loaded, imported or not to be pulled",
            commands:
                "docker bake -f b.json\ndocker manifest create m/l:1 m/l:1-a m/l:1-b\n"
                + "docker buildx imagetools create -t m/l:2 m/l:2-a\ndocker import x.tar i:1\ndocker run i:1\n"
                + "docker run --pull never n:1\ndocker load -i x.tar\ndocker run o:1\nk3d cluster delete x",
            files: ["b.json": #"{"target": {"default": {}}}"#, "Dockerfile": "FROM a:1"],
            pulls: [
                "1 a:1 certain", "2 m/l:1-a certain", "2 m/l:1-b certain", "3 m/l:2-a certain", "8 o:1 unknown",
            ]),
        PullSurveyTests.Case(
            name: "compose: contexts of its own, arguments of the command, images that it built, a later file's paths",
            commands: "docker compose -f a.yml -f over/b.yml build --build-arg V=2\ndocker run mine:1",
            files: [
                "a.yml":
                    "services:\n  web:\n    image: mine:1\n    build:\n      context: web\n      additional_contexts: [\"x:1=docker-image://y:1\"]\n",
                "over/b.yml": "services:\n  web: {build: {dockerfile: D}}\n",
                "web/D": "ARG V=1\nFROM a:$V\nCOPY --from=x:1 / /",
            ], pulls: ["1 a:2 certain", "1 y:1 certain"]),
    ]

    @Test("tools", arguments: toolCases)
    func throughTools(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test("the line of a command within a folded or a quoted text is its own")
    func lines() throws {
        let text =
            "version: 0.2\nphases:\n  build:\n    commands:\n      - >\n        echo a;\n        docker pull a:1 &&\n\n"
            + "        docker pull b:1\n      - echo x &&\n        docker pull c:1\n      - \"echo \\\"y\\\"; \\\n        docker pull d:1\"\n"
        let survey = PullSurvey(of: try BuildspecDocument(parsing: text, path: "b.yml"), in: .empty)
        #expect(survey.pulls.map(\.line) == [7, 9, 11, 13])
    }

    @Test(
        "PowerShell's expressions are no programs, and the commands in them are",
        arguments: [
            ("$pw | docker login -u u --password-stdin", []), ("$a = (aws sts get-caller-identity)", []),
            ("if ($a) { echo hi }", []), ("foreach ($i in $l) { echo hi }", []), ("$p=\"SilentlyContinue\"", []),
            ("Write-Host \"a$($env:B)c\"", []), ("$x = docker pull a:1", ["a:1"]), ("iex \"docker pull a:1\"", ["a:1"]),
            ("cmd /c docker pull a:1", ["a:1"]),
        ])
    func expressions(command: String, images: [String]) throws {
        let text =
            "version: 0.2\nenv: {shell: powershell.exe}\nphases:\n  build:\n    commands:\n      - |\n        \(command)\n"
        let document = try BuildspecDocument(parsing: text, path: "b.yml")
        #expect(PullSurvey(of: document, in: .empty).pulls.map { $0.image?.text ?? "?" } == images)
    }

    @Test("PowerShell's and cmd's variables")
    func windows() throws {
        func pulls(_ shell: String, _ commands: [String]) throws -> [String] {
            let text =
                "version: 0.2\nenv:\n  shell: \(shell)\nphases:\n  build:\n    commands:\n"
                + commands.map { "      - |\n        \($0)\n" }.joined()
            return try PullSurveyTests.words(
                PullSurvey(of: BuildspecDocument(parsing: text, path: "b.yml"), in: .empty)
            )
            .map { String($0.drop { $0 != " " }.dropFirst()) }
        }
        #expect(
            try pulls(
                "powershell.exe",
                [
                    "$img = \"mcr.microsoft.com/a:1\"", "docker pull $img", "$env:B = 'b:1'", "docker pull $env:B",
                    "if ($X -ne 0) { throw 'x' }", "docker run $env:C/c:1",
                ])
                == ["mcr.microsoft.com/a:1 certain", "b:1 certain", "${C}/c:1 unknown"])
        #expect(try pulls("cmd.exe", ["set T=1", "docker pull a:%T%"]) == ["a:1 certain"])
    }

    @Test("a batch: variables, images and buildspecs of its builds")
    func batch() throws {
        func pulls(_ batch: String, _ files: [String: String] = [:]) throws -> [String] {
            let text = "version: 0.2\nphases:\n  build:\n    commands: ['docker pull a:$V']\nbatch:\n\(batch)"
            let document = try BuildspecDocument(parsing: text, path: "b.yml")
            return PullSurvey(of: document, in: CheckoutReader(files)).pulls.map {
                "\($0.line) \($0.phase?.rawValue ?? "-") \($0.image?.text ?? "?") \($0.certainty.rawValue)"
            }
        }
        #expect(
            try pulls("  build-list:\n    - env: {variables: {V: 1}}\n    - env: {variables: {V: 2}, image: 'img:1'}\n")
                == [
                    "4 build a:1 likely", "4 build a:2 likely", "8 - img:1 certain",
                ])
        #expect(
            try pulls(
                "  build-matrix:\n    static: {env: {image: aws/codebuild/standard:7.0}}\n"
                    + "    dynamic:\n      env:\n        variables: {V: [1, 2]}\n") == [
                    "4 build a:1 likely", "4 build a:2 likely",
                ])
        let other = "version: 0.2\nphases:\n  install:\n    commands: ['docker pull o:$V']\n"
        #expect(
            try pulls(
                "  build-graph:\n    - identifier: x\n      buildspec: o.yml\n      env: {variables: {V: 5}}\n    - buildspec: gone.yml\n",
                ["o.yml": other]) == ["4 build a:$V likely", "8 install o:5 likely", "10 - ? unknown"])
    }

    @Test("a buildspec is one whatever stands before its name")
    func kinds() {
        #expect(SourceKind(path: "compose-x__ci__buildspec_image.yml") == .buildspec)
        #expect(SourceKind(path: "docker-compose-app__buildspec.yml") == .buildspec)
    }
}
