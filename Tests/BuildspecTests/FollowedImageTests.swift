import Core
import Testing

@testable import Buildspec

@Suite("Images that the build itself made, and programs by their paths")
struct FollowedImageTests {
    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "an image by the id that its build prints",
            commands:
                "docker run --rm $(docker build -q .) npm test\nI=$(docker image build --quiet -t x .)\ndocker run $I\n"
                + "docker run $(docker build .)",
            files: ["Dockerfile": "FROM a:1"],
            pulls: ["1 a:1 certain", "2 a:1 certain", "4 a:1 certain", "4 $(...) unknown"]),
        PullSurveyTests.Case(
            name: "by the file to which its build writes the id",
            commands:
                "docker build --iidfile id .\ndocker run $(cat id)\nI=$(cat ./id)\ndocker run $I\ndocker run $(cat other)\n"
                + "docker build --iidfile=/tmp/id .\ndocker run \"$(cat /tmp/id)\"",
            files: ["Dockerfile": "FROM a:1"], pulls: ["1 a:1 certain", "5 $(...) unknown", "6 a:1 certain"]),
        PullSurveyTests.Case(
            name: "as the base of another one, in compose, in one of two branches",
            commands:
                "I=$(podman build -q a)\ndocker build --build-arg BASE=$I .\nexport I\ndocker compose up\n"
                + "if x; then J=$(docker build -q a); else J=c:1; fi\ndocker run $J",
            files: [
                "a/Dockerfile": "FROM a:1", "Dockerfile": "ARG BASE\nFROM $BASE\nCOPY --from=b:1 / /",
                "compose.yml": "services: {x: {image: '$I'}}",
            ],
            pulls: ["1 a:1 certain", "2 b:1 certain", "5 a:1 likely", "6 c:1 likely"]),
        PullSurveyTests.Case(
            name: "the path of a program is docker where a program stands, and no image",
            commands:
                "D=$(command -v docker)\n$D pull a:1\n$(which docker) pull b:1\ndocker run $D\ndocker run $(which c)\n"
                + "docker run -v $(which docker):/d d:1",
            pulls: [
                "2 a:1 likely", "3 b:1 likely", "4 $(command -v docker) unknown", "5 $(command -v c) unknown",
                "6 d:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "scripts of package.json in lists",
            commands: "npm run all\nnpm run some\nnpx run-s docker:c:d\nnpm run deep\nnpm run gone",
            files: [
                "package.json": """
                {"scripts": {"all": "run-p lint docker:*", "lint": "eslint .", "docker:a": "docker pull a:1",
                 "predocker:b": "docker pull p:1", "docker:b": "docker pull b:1", "docker:c:d": "docker pull c:1",
                 "some": "npm-run-all --parallel 'docker:a -- --x' -s docker:b", "deep": "run-s docker:**",
                 "gone": "run-s nothing:*"}}
                """
            ],
            pulls: [
                "1 a:1 certain", "1 p:1 certain", "1 b:1 certain", "2 a:1 certain", "2 p:1 certain", "2 b:1 certain",
                "3 c:1 certain", "4 a:1 certain", "4 p:1 certain", "4 b:1 certain", "4 c:1 certain", "5 ? unknown",
            ]),
    ]

    @Test("images and programs", arguments: cases)
    func images(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test(
        "a pattern of the shell's stands for names",
        arguments: [
            ("Dockerfile", "Dockerfile*", true), ("Dockerfile.x", "D*e*x", true), ("a", "?", true), ("", "?", false),
            ("ab", "*b*c", false), ("aab", "*ab", true), ("", "*", true),
        ])
    func names(name: String, pattern: String, matches: Bool) {
        #expect(WildcardPattern(pattern).matches(name) == matches)
    }
}
