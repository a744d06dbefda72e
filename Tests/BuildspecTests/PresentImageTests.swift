import Testing

@testable import Buildspec

@Suite("Which images are there already")
struct PresentImageTests {
    private static let login = "echo $P | docker login -u $U --password-stdin"

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "what one branch pulled may be missing behind it",
            commands:
                "if x; then \(login); docker pull a:1; fi\ndocker run a:1\ndocker run a:1\ntest $X1 && docker pull b:1\ndocker run b:1",
            pulls: ["1 a:1 likely +", "2 a:1 likely", "4 b:1 likely", "5 b:1 likely"]),
        PullSurveyTests.Case(
            name: "what each branch pulled is there",
            commands:
                "if x; then docker pull a:1; else docker pull a:1; fi\ndocker run a:1\ndocker pull b:1 || true\ndocker run b:1",
            pulls: ["1 a:1 likely", "3 b:1 certain"]),
        PullSurveyTests.Case(
            name: "what is pulled where it is missing is there",
            commands: """
                docker image inspect a:1 > /dev/null || docker pull a:1
                docker run a:1
                if [ -z "$(docker images -q b:1)" ]; then docker pull b:1; fi
                docker run b:1
                if docker inspect c:1; then echo; else docker pull c:1; fi
                docker run c:1
                """,
            pulls: ["1 a:1 likely", "3 b:1 likely", "5 c:1 likely"]),
        PullSurveyTests.Case(
            name: "what one branch built is not meant to be pulled",
            commands: "if x; then docker build -t a .; fi\ndocker run a", files: ["Dockerfile": "FROM scratch"],
            pulls: []),
        PullSurveyTests.Case(
            name: "a service that is not asked for brings no image",
            commands: "docker compose up -d\ndocker run a:1\ndocker compose --profile x up",
            files: ["compose.yml": "services: {a: {image: 'a:1', profiles: [x]}, b: {image: 'b:1'}}\n"],
            pulls: ["1 a:1 unknown", "1 b:1 certain", "2 a:1 likely"]),
        PullSurveyTests.Case(
            name: "a service that is asked for brings it, whoever else needs it",
            commands: "docker compose up -d",
            files: ["compose.yml": "services: {a: {image: 'a:1', profiles: [x]}, b: {image: 'a:1'}}\n"],
            pulls: ["1 a:1 certain"]),
    ]

    @Test("an image that may be missing is pulled", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }
}
