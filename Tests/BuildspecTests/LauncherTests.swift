import Core
import Testing

@testable import Buildspec

@Suite("Programs that run another one")
struct LauncherTests {
    private static let files = [
        "x.sh": "docker pull a:1\n", "Makefile": "img:\n\tdocker pull a:1\nmake:\n\tdocker pull no:1\n",
        "package.json": """
        {"scripts": {"both": "concurrently -k -n a,b \\"docker pull b:1\\" \\"npm:one\\"", "one": "docker pull a:1",
          "e2e": "start-server-and-test one http://localhost:3000 'docker pull b:1'"}}
        """,
    ]

    private static func words(_ command: String) throws -> [String] {
        PullSurveyTests.words(try PullSurveyTests.survey(command, files))
    }

    @Test(
        "what it runs is followed, and at most likely",
        arguments: [
            "xvfb-run ./x.sh", "xvfb-run -a -s \"-screen 0 1x1x24\" make img", "aws-vault exec prod -- ./x.sh",
            "aws-vault exec $P --no-session -- make img", "chamber exec a b -- make img",
            "op run --env-file .env -- ./x.sh", "dotenv -e .env -- make img", "dotenv run make img",
            "flock /tmp/l ./x.sh", "flock -w 9 /tmp/l -c 'make img'", "unbuffer ./x.sh", "chronic ./x.sh",
            "direnv exec . make img", "asdf exec make img", "mise exec node@20 -- make img", "mise x -c 'make img'",
            "nix develop .#x -c make img", "nix-shell --run 'make img'", "conda run -n x make img",
            "cross-env A=b make img", "./wait-for-it.sh db:1 -- make img", "my-env -- ./x.sh",
            "my-env prod -- make img", "aws-vault exec prod -- docker pull a:1",
        ])
    func followed(_ command: String) throws {
        #expect(try Self.words(command) == ["1 a:1 likely"])
    }

    @Test("each of several commands", arguments: [("both", ["b:1", "a:1"]), ("e2e", ["a:1", "b:1"])])
    func several(_ script: String, _ images: [String]) throws {
        #expect(try Self.words("npm run \(script)") == images.map { "1 \($0) likely" })
    }

    @Test("a script that is not there is unknown behind those that are known to run one, and nothing behind others")
    func missing() throws {
        #expect(try Self.words("xvfb-run ./gone.sh") == ["1 ? unknown"])
        #expect(try Self.words("my-env -- ./gone.sh").isEmpty)
    }

    @Test(
        "a name that is no command",
        arguments: [
            "git commit -- make", "git diff -- ./x.sh", "echo -- ./x.sh", "chmod +x ./x.sh", "cp -- ./x.sh y",
            "aws s3 cp ./x.sh s3://b/", "zip -r x.zip ./x.sh", "tar czf x.tgz -- ./x.sh", "mv ./x.sh y",
            "ls -- ./x.sh", "cat ./x.sh", "sed -i -- s/a/b/ ./x.sh", "dos2unix -- ./x.sh", "shellcheck -- ./x.sh",
            "flock -u 9", "nix build img", "conda install make", "op item get make", "ssh host -- make img",
        ])
    func names(_ command: String) throws {
        #expect(try Self.words(command).isEmpty)
    }

    @Test("a container's own words")
    func container() throws {
        #expect(try Self.words("docker run b:1 ./x.sh") == ["1 b:1 certain"])
    }

    @Test("a login and a build that a launcher's text holds are seen")
    func reading() {
        let reading = CommandReading("flock /tmp/l -c 'docker login -u x; docker build .'")
        #expect(reading.uses.map(\.action) == [.login(.dockerHub, passwordInArguments: false), .build])
    }
}
