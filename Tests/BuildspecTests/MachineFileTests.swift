import Testing

@testable import Buildspec

@Suite("Files that commands write outside of the checkout")
struct MachineFileTests {
    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "scripts",
            commands:
                "echo 'docker pull a:1' > /tmp/run.sh\nsh /tmp/run.sh\necho 'f() { docker pull b:1; }' > /tmp/f.sh\n"
                + "cd /tmp && . ./f.sh\nf\n/tmp/other.sh",
            pulls: ["2 a:1 certain", "5 b:1 certain", "6 ? unknown"]),
        PullSurveyTests.Case(
            name: "Dockerfiles and compose files, written, copied and moved",
            commands: "echo FROM a:1 > /tmp/Dockerfile\ndocker build -f /tmp/Dockerfile .\n"
                + "echo \"services: {x: {image: 'b:1'}}\" > /tmp/c.yml\ndocker compose -f /tmp/c.yml up\n"
                + "cp x/Dockerfile /tmp/D && mv /tmp/D /tmp/E\ndocker build -f /tmp/E .\n"
                + "cp -r x/* /tmp/context/\ndocker build /tmp/context\ndocker build /tmp/no",
            files: ["x/Dockerfile": "FROM c:1"],
            pulls: ["2 a:1 certain", "4 b:1 certain", "6 c:1 certain", "8 c:1 certain", "9 ? unknown"]),
        PullSurveyTests.Case(
            name: "folders, and the way back into the checkout",
            commands:
                "mkdir -p /tmp/k && cd /tmp/k\necho FROM a:1 > Dockerfile\ndocker build .\ndocker build $CODEBUILD_SRC_DIR\n"
                + "cd - && docker build .\nD=$(mktemp -d)\nE=$(mktemp -d)\necho FROM b:1 > $D/Dockerfile\ndocker build $D\n"
                + "docker build $E\ncd /\ndocker build .\ncd ~ && docker build .",
            files: ["Dockerfile": "FROM c:1"],
            pulls: [
                "3 a:1 certain", "4 c:1 certain", "5 c:1 certain", "9 b:1 certain", "10 ? unknown", "12 ? unknown",
                "13 ? unknown",
            ]),
        PullSurveyTests.Case(
            name: "what else lies there is not known",
            commands:
                "echo FROM a:1 > /tmp/Dockerfile\nfor f in /tmp/*; do docker build -f $f .; done\necho x > /dev/null",
            pulls: ["2 ? unknown"]),
    ]

    @Test("are known by their paths", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test("the checkout is never asked for them")
    func asked() throws {
        let commands =
            "cat /etc/passwd | sh\n. /tmp/x.sh\ncd /etc && docker build .\ncd ../../etc; docker compose up\nls /etc | sh"
        let text =
            "version: 0.2\nphases:\n  build:\n    commands:\n"
            + commands.split(separator: "\n").map { "      - \($0)\n" }.joined()
        let reader = CheckoutReader(listing: { folder in
            #expect(!folder.hasPrefix("/") && !folder.contains(".."))
            return []
        }) { path in
            #expect(!path.hasPrefix("/") && !path.contains(".."))
            return nil
        }
        #expect(!PullSurvey(of: try BuildspecDocument(parsing: text, path: "b.yml"), in: reader).pulls.isEmpty)
    }
}
