import Testing

@testable import Buildspec

@Suite("Docker actions in a command")
struct DockerActionTests {
    @Test(
        "what a command line does",
        arguments: [
            ("docker pull docker:dind", [.pull(image: "docker:dind")]),
            ("docker image pull --platform linux/arm64 alpine", [.pull(image: "alpine")]),
            (
                "docker --config /x run --rm -e A=b -v /a:/b --name n -it alpine:3 sh -c 'docker pull y'",
                [.run(image: "alpine:3")]
            ),
            ("sudo -E -u root docker run --env=A -d nginx", [.run(image: "nginx")]),
            ("docker pull $IMAGE", [.pull(image: "$IMAGE")]),
            ("docker build -t a . && docker push a", [.build, .other("push")]),
            ("DOCKER_BUILDKIT=1 docker build .", [.build]),
            ("docker buildx create --use", [.buildx]),
            ("docker buildx imagetools inspect a", [.manifest]),
            ("docker compose -f a.yml up -d", [.compose]),
            ("docker-compose --version", [.query]),
            ("docker-compose -f docker/x.yml pull", [.compose]),
            ("docker compose down", [.query]),
            ("/usr/bin/docker info", [.query]),
            ("docker", [.query]),
            ("docker login -u a --password-stdin", [.login(.dockerHub, passwordInArguments: false)]),
            (
                "docker login -u a https://quay.io -p b",
                [.login(.registry("https://quay.io"), passwordInArguments: true)]
            ),
            (
                "docker login registry-1.docker.io",
                [.login(.registry("registry-1.docker.io"), passwordInArguments: false)]
            ),
            ("docker login $REGISTRY -u a -pb", [.login(.unknown, passwordInArguments: true)]),
            (
                "aws ecr get-login-password | docker login --username AWS --password-stdin $ACCOUNT.dkr.ecr.eu-west-1.amazonaws.com",
                [.login(.ecr, passwordInArguments: false)]
            ),
            (
                "aws ecr get-login-password | docker login --username=AWS --password-stdin $URL",
                [.login(.ecr, passwordInArguments: false)]
            ),
            ("$(aws ecr get-login --no-include-email)", [.login(.ecr, passwordInArguments: true)]),
            ("eval \"$(aws --region x ecr get-login)\"", [.login(.ecr, passwordInArguments: true)]),
            ("docker logout", [.logout(.dockerHub)]),
            ("timeout 15 sh -c \"until docker info; do echo .; sleep 1; done\"", [.query]),
            ("nohup /usr/local/bin/dockerd --host=tcp://127.0.0.1:2375 &", [.startDaemon]),
            ("service docker start", [.startDaemon]),
            ("apt-get install -y docker-ce=5:20 curl", [.install]),
            ("echo a | xargs -n 1 docker pull", [.pull(image: nil)]),
            ("for i in a b; do docker pull $i; done", [.pull(image: "$i")]),
            ("bash -lc 'docker pull a'", [.pull(image: "a")]),
            ("echo docker pull a", []),
            ("echo 'docker pull a' # docker pull b", []),
            ("grep docker pull", []),
            ("cat <<EOF > f\ndocker pull a\nEOF\ndocker pull b", [.pull(image: "b")]),
            ("cat <<-'E F'\n\tdocker pull a\n\tE F\ndocker pull b", [.pull(image: "b")]),
            ("docker \\\n  pull \\\n  a", [.pull(image: "a")]),
            ("ID=$(docker run -d alpine)", [.run(image: "alpine")]),
            ("ID=`docker create alpine`", [.create(image: "alpine")]),
            ("(cd x; docker build .)", [.build]),
            ("f() { docker pull a; }", [.pull(image: "a")]),
            ("case $A in b) docker pull b;; esac", [.pull(image: "b")]),
            ("docker pull a 2>&1 | tee log", [.pull(image: "a")]),
        ] as [(String, [DockerAction])])
    func actions(_ command: String, _ expected: [DockerAction]) {
        #expect(CommandReading(command).uses.map(\.action) == expected)
    }

    @Test(
        "an action that only sometimes happens is not certain",
        arguments: [
            ("docker pull a", true), ("cd x && docker pull a", true), ("false || docker pull a", false),
            ("[ -n \"$A\" ] && docker pull a", false), ("if true; then docker pull a; fi", false),
            ("while ! docker pull a; do sleep 1; done", true),
            ("while sleep 1; do docker pull a; done", false), ("if docker pull a; then true; fi", true),
            ("{ docker pull a; }", true), ("make; docker pull a", true),
            ("(docker pull a)", true),
        ])
    func certainty(_ command: String, _ isCertain: Bool) {
        #expect(CommandReading(command).uses.map(\.isCertain) == [isCertain])
    }

    @Test(
        "what may use docker out of sight is named",
        arguments: [
            ("make -C x image", ["make"]), ("./build.sh", ["./build.sh"]), ("bash scripts/a.sh", ["scripts/a.sh"]),
            ("sam build --use-container", ["sam"]), ("python3 deploy.py", ["deploy.py"]), (". ./env.sh", ["./env.sh"]),
            ("$BUILD all", ["$BUILD"]), ("sudo -E make", ["make"]), ("echo make", []), ("ls -l", []),
            ("cd x && npm ci", ["npm"]),
        ])
    func delegations(_ command: String, _ expected: [String]) {
        #expect(CommandReading(command).delegations == expected)
    }

    @Test(
        "a wait is told from work",
        arguments: [
            ("sleep 3", true), ("until docker info; do sleep 1; done", true), ("ls", false),
            ("docker info && make", false),
        ])
    func waits(_ command: String, _ isWait: Bool) {
        #expect(CommandReading(command).isWait == isWait)
    }

    @Test("the first docker action of a document, in the order of the phases and not of the file")
    func first() throws {
        let document = try BuildspecDocument(
            parsing:
                "version: 0.2\nphases:\n  build:\n    commands: [docker push a]\n  install:\n    commands: [docker info, docker run b]\n",
            path: "b")
        #expect(document.firstDockerAction()?.action == .run(image: "b"))
        #expect(document.firstDockerAction()?.phase == .install)
    }
}

@Suite("Shell words")
struct ShellWordsTests {
    @Test(
        "words as bash splits them",
        arguments: [
            ("a  b\tc", ["a", "b", "c"]), ("'a b' \"c d\" e\\ f", ["a b", "c d", "e f"]), ("a'b'\"c\"", ["abc"]),
            ("\"a\\\"b\\c\"", ["a\"b\\c"]), ("$'a\\'b'", ["a'b"]), ("\"$A\" ${B:-x y}", ["$A", "${B:-x y}"]),
            ("a#b #c", ["a#b"]),
            ("a\\\nb", ["ab"]), ("''", [""]), ("a >b 2>&1 c", ["a", "c"]), ("é 'ü'", ["é", "ü"]),
        ])
    func words(_ text: String, _ expected: [String]) {
        #expect(ShellScript(text).commands.flatMap(\.words).map(\.text) == expected)
    }

    @Test(
        "commands end at operators",
        arguments: [
            ("a;b&&c||d|e&f\ng", ["a", "b", "c", "d", "e", "f", "g"]), ("(a;b)", ["a", "b"]),
            ("if a; then b; else c; fi", ["a", "b", "c"]),
        ])
    func commands(_ text: String, _ expected: [String]) {
        #expect(ShellScript(text).commands.map { $0.words.map(\.text).joined(separator: " ") } == expected)
    }

    @Test(
        "a text that bash would wait on is marked",
        arguments: [
            ("'a", true), ("$(a", true), ("if a; then b", true), ("a <<E\nb", true), ("a 'b'", false), ("", false),
        ])
    func incomplete(_ text: String, _ isIncomplete: Bool) {
        #expect(ShellScript(text).isIncomplete == isIncomplete)
    }

    @Test("any bytes are read without a crash")
    func anything() {
        let alphabet = Array("ab $(){}'\"`\\\n;&|<>#-=%^")
        var state: UInt64 = 7
        for shell in [BuildShell.sh, .powershell, .cmd] {
            for _ in 0..<3000 {
                var text = ""
                for _ in 0..<24 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    text.append(alphabet[Int(state >> 33) % alphabet.count])
                }
                _ = CommandReading(text, shell: shell)
            }
        }
    }
}
