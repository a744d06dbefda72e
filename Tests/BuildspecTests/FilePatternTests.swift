import Testing

@testable import Buildspec

@Suite("Files of which a command gives only a pattern")
struct FilePatternTests {
    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "what find edits",
            commands:
                "find . -name 'Dockerfile*' -exec sed -i 's/a:1/a:2/' {} +\nfind x -type f -exec perl -pi -e y {} \\;\n"
                + "find . -name a -exec docker pull b:1 \\;\ndocker build .\ndocker build -f D .\ndocker build x",
            files: ["Dockerfile": "FROM a:1", "D": "FROM a:1", "x/Dockerfile": "FROM c:1"],
            pulls: ["3 b:1 likely", "4 a:1 likely", "5 a:1 certain", "6 c:1 likely"]),
        PullSurveyTests.Case(
            name: "an edit that leaves a file as it is; all but a name; below the folder",
            commands:
                "find . -name Dockerfile -exec sed -i 's/__V__/1/' {} +\ndocker build .\n"
                + "cd x; find . ! -name y -exec sed -i s/c/d/ {} +; cd ..\ndocker build .\ndocker build x",
            files: ["Dockerfile": "FROM a:1\nRUN c", "x/Dockerfile": "FROM c:1"],
            pulls: ["2 a:1 certain", "4 a:1 certain", "5 c:1 likely"]),
        PullSurveyTests.Case(
            name: "what xargs hands on",
            commands:
                "echo a b | xargs sed -i s/a/b/\nfind . -name c -print0 | xargs -0 perl -pi -e x\ndocker build -f a .\n"
                + "docker build -f c .\ndocker build -f d .\ngrep -rl a:1 x | grep -v y | xargs -I {} sed -i s/d/e/ {}\n"
                + "docker build -f d .\nfind . -name d | xargs cat\ndocker build -f e .",
            files: ["a": "FROM a:1", "c": "FROM c:1", "d": "FROM d:1", "e": "FROM f:1"],
            pulls: ["3 a:1 likely", "4 c:1 likely", "5 d:1 certain", "7 d:1 likely", "9 f:1 certain"]),
        PullSurveyTests.Case(
            name: "a folder's files over those of another",
            commands:
                "cp -r a/* .\ndocker build .\ncp -R ./b/. c/\ndocker build c\nif x; then cp -r d/* e; fi\ndocker build e\n"
                + "cp -r ./* f\ndocker build f\ndocker build -f D .",
            files: [
                "a/Dockerfile": "FROM a:1", "Dockerfile": "FROM x:1", "b/Dockerfile": "FROM b:1",
                "d/Dockerfile": "FROM d:1", "e/Dockerfile": "FROM e:1", "D": "FROM g:1",
            ],
            pulls: ["2 a:1 certain", "4 b:1 certain", "6 d:1 likely", "8 a:1 certain", "9 g:1 certain"]),
    ]

    @Test("files", arguments: cases)
    func files(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test(
        "PowerShell writes files",
        arguments: [
            ("(Get-Content Dockerfile) -replace 'a', 'b' | Set-Content Dockerfile", Certainty.likely),
            ("(gc Dockerfile) | Out-File -Encoding ascii -FilePath .\\Dockerfile", .likely),
            ("$x | Out-File -Force Dockerfile", .likely), ("Get-Content Dockerfile | Set-Content other", .certain),
        ])
    func powershell(command: String, certainty: Certainty) throws {
        let text =
            "version: 0.2\nenv: {shell: powershell.exe}\nphases:\n  build:\n    commands:\n      - |\n        \(command)\n"
            + "      - docker build .\n"
        let document = try BuildspecDocument(parsing: text, path: "b.yml")
        let files = ["Dockerfile": "FROM a:1"]
        let pulls = PullSurvey(of: document, in: CheckoutReader(files)).pulls
        #expect(pulls.map(\.image?.text) == ["a:1"])
        #expect(pulls.map(\.certainty) == [certainty])
    }
}
