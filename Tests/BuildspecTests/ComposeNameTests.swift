import Core
import Testing

@testable import Buildspec

@Suite("What compose calls what it builds, and what it does not build")
struct ComposeNameTests {
    private static let web = ["docker-compose.yml": "services: {web: {build: .}}\n", "Dockerfile": "FROM base:1\n"]
    private static let named = [
        "compose.yml": "services: {web: {build: ., image: 'my/app:1'}}\n", "Dockerfile": "FROM base:1\n",
    ]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "the project's name is an option",
            commands: "docker-compose -p app build\ndocker run app_web\ndocker run app-web\ndocker run other_web",
            files: web, pulls: ["1 base:1 certain", "4 other_web certain"]),
        PullSurveyTests.Case(
            name: "a variable",
            commands: "export COMPOSE_PROJECT_NAME=app\ndocker compose up -d\ndocker run app-web:latest",
            files: web, pulls: ["2 base:1 certain"]),
        PullSurveyTests.Case(
            name: "the file's own", commands: "docker compose build\ndocker run app-web",
            files: web.merging(["docker-compose.yml": "name: app\nservices: {web: {build: .}}\n"]) { $1 },
            pulls: ["1 base:1 certain"]),
        PullSurveyTests.Case(
            name: "its folder's", commands: "cd My.App\ndocker compose build\ndocker run myapp-web",
            files: ["My.App/compose.yml": "services: {web: {build: .}}\n", "My.App/Dockerfile": "FROM base:1\n"],
            pulls: ["2 base:1 certain"]),
        PullSurveyTests.Case(
            name: "that of the checkout's folder, which no file tells",
            commands: "docker compose build\ndocker run app-web\ndocker run app-db\ndocker run x/app-web", files: web,
            pulls: ["1 base:1 certain", "2 app-web unknown", "3 app-db certain", "4 x/app-web certain"]),
        PullSurveyTests.Case(
            name: "what is not to be built is pulled", commands: "docker compose up --no-build", files: named,
            pulls: ["1 my/app:1 certain"]),
        PullSurveyTests.Case(
            name: "what is not to be built and is there",
            commands: "docker compose build\ndocker compose up --no-build", files: named, pulls: ["1 base:1 certain"]),
        PullSurveyTests.Case(
            name: "a build with what it needs",
            commands: "docker compose build a\ndocker compose build --with-dependencies a",
            files: [
                "compose.yml": "services: {a: {build: a, depends_on: [b]}, b: {build: b}}\n",
                "a/Dockerfile": "FROM a:1",
                "b/Dockerfile": "FROM b:1",
            ], pulls: ["1 a:1 certain", "2 a:1 certain", "2 b:1 certain"]),
        PullSurveyTests.Case(
            name: "a build that a later file takes away", commands: "docker compose up",
            files: named.merging(["compose.override.yml": "services: {web: {build: !reset null}}\n"]) { $1 },
            pulls: ["1 my/app:1 certain"]),
        PullSurveyTests.Case(
            name: "an image that a later file takes away", commands: "docker compose up\ndocker compose pull",
            files: named.merging(["compose.override.yml": "services: {web: {image: !reset null}}\n"]) { $1 },
            pulls: ["1 base:1 certain"]),
    ]

    @Test("each pull is found with its line and certainty", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }
}
