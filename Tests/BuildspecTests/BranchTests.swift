import Testing

@testable import Buildspec

@Suite("What a build pulls behind branches")
struct BranchTests {
    static let valueCases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "each value that a variable may hold, with those that go with it",
            commands:
                "if x; then CTX=api; D=$CTX/Dockerfile; else CTX=web; D=$CTX/D; fi\ndocker build -f $D $CTX\n"
                + "IMAGE=org/$CTX:1\ndocker run $IMAGE",
            files: ["api/Dockerfile": "FROM a:1", "web/D": "FROM b:1"],
            pulls: ["2 a:1 likely", "2 b:1 likely", "4 org/api:1 likely", "4 org/web:1 likely"]),
        PullSurveyTests.Case(
            name: "arms of case, elif, and one that ends the build",
            commands:
                "case $B in\n  main|prod) T=1;;\n  (dev) T=2 ;;\n  *) echo no; exit 1 ;;\nesac\ndocker pull a:$T\n"
                + "if x; then T=1; elif y; then T=2; else T=3; fi; docker pull b:$T\n"
                + "if x; then V=5; elif y; then V=6; fi; docker pull c:$V\nif x; then W=7; fi; docker pull d:$W",
            pulls: [
                "6 a:1 likely", "6 a:2 likely", "7 b:1 likely", "7 b:2 likely", "7 b:3 likely", "8 c:5 likely",
                "8 c:6 likely", "9 d:7 likely",
            ]),
        PullSurveyTests.Case(
            name: "lists",
            commands:
                "[ $X1 ] && X=a || X=b\ndocker pull $X:1\ngit diff --quiet && Y=c || { echo; Y=d; }\ndocker pull $Y:1\n"
                + "Z=e\n[ $X1 ] &&\n  Z=f\ndocker pull $Z:1",
            pulls: [
                "2 a:1 likely", "2 b:1 likely", "4 c:1 likely", "4 d:1 likely", "8 f:1 likely", "8 e:1 likely",
            ]),
        PullSurveyTests.Case(
            name: "in each turn of a loop, and over words that a branch decides",
            commands:
                "for i in a b; do if [ $i = a ]; then T=1; else T=2; fi; docker pull $i:$T; done\n"
                + "if x; then L=\"c d\"; else L=c; fi\nfor i in $L; do docker pull $i:1; done",
            pulls: ["1 a:1 certain", "1 b:2 certain", "3 c:1 certain", "3 d:1 likely"]),
        PullSurveyTests.Case(
            name: "scripts, compose files, settings and Makefiles that branches leave in several versions",
            commands: """
                if [ $A ]; then cp x.sh run.sh; else cp y.sh run.sh; fi
                sh run.sh
                [ $A ] && cp prod.yml compose.yml
                docker compose up
                if [ $A ]; then echo T=7 >> .env; fi
                docker compose -f t.yml up
                if [ $A ]; then cp M Makefile; fi
                make
                if [ $A ]; then cp l.sh login.sh; fi
                sh login.sh
                docker pull z:1
                """,
            files: [
                "x.sh": "docker pull a:1", "y.sh": "docker pull b:1", "prod.yml": "services: {a: {image: 'c:1'}}",
                "compose.yml": "services: {a: {image: 'd:1'}}", "t.yml": "services: {a: {image: 'e:$T'}}",
                ".env": "T=6\n",
                "M": "a:\n\tdocker pull f:1\n", "Makefile": "a:\n\tdocker pull g:1\n", "login.sh": "true",
                "l.sh": "docker login -u u --password-stdin",
            ],
            pulls: [
                "2 a:1 likely", "2 b:1 likely", "4 c:1 likely", "4 d:1 likely", "6 e:7 likely", "6 e:6 likely",
                "8 f:1 likely", "8 g:1 likely", "11 z:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "files that branches write, or put in another one's place",
            commands: "if x; then cp prod Dockerfile; fi\ndocker build .\n"
                + "if x; then echo FROM c:1 > D; else echo FROM d:1 > D; fi\ndocker build -f D .",
            files: ["Dockerfile": "FROM a:1", "prod": "FROM b:1"],
            pulls: ["2 b:1 likely", "2 a:1 likely", "4 c:1 likely", "4 d:1 likely"]),
        PullSurveyTests.Case(
            name: "folders", commands: "if x; then cd a; else cd b; fi\ndocker build .\ncd ..\ndocker build .",
            files: ["a/Dockerfile": "FROM a:1", "b/Dockerfile": "FROM b:1", "Dockerfile": "FROM c:1"],
            pulls: ["2 a:1 likely", "2 b:1 likely", "4 c:1 certain"]),
        PullSurveyTests.Case(
            name: "what is pulled with each value is certain; what was built with one is there with it",
            commands:
                "if x; then E=prod; else E=dev; fi\ndocker build -t app:$E --build-arg E=$E .\ndocker run app:$E\n"
                + "docker run -e E=$E b:1",
            files: ["Dockerfile": "ARG E\nFROM a:1\nCOPY --from=c:$E / /"],
            pulls: ["2 a:1 certain", "2 c:prod likely", "2 c:dev likely", "4 b:1 certain"]),
        PullSurveyTests.Case(
            name: "set again, set before, set in a subshell, and in a branch of a branch",
            commands:
                "if x; then T=1; else T=2; fi; T=3; docker pull a:$T\nU=1; if x; then U=2; fi; docker pull b:$U\n"
                + "V=1; if x; then (V=2; docker pull c:$V); fi; docker pull c:$V\n"
                + "if x; then if y; then W=1; else W=2; fi; docker pull d:$W; else W=3; fi; docker pull e:$W",
            pulls: [
                "1 a:3 certain", "2 b:2 likely", "2 b:1 likely", "3 c:2 likely", "3 c:1 certain", "4 d:1 likely",
                "4 d:2 likely", "4 e:1 likely", "4 e:2 likely", "4 e:3 likely",
            ]),
        PullSurveyTests.Case(
            name: "a value that is not known, too many of them, a name that docker does not take",
            commands:
                "if x; then T=1; else T=$(date); fi; docker pull a:$T\n"
                + "case $X in \(["a", "b", "c", "d", "e", "f", "g", "h"].map { "\($0)) U=\($0);;" }.joined()) *) U=i;; esac\n"
                + "docker pull b:$U\nif x; then V=; else V=1; fi; docker pull c:$V",
            pulls: ["1 a:$T likely", "3 b:$U likely", "4 c:1 likely"]),
        PullSurveyTests.Case(
            name: "choices that do not depend on each other, as many as are followed together",
            commands:
                "if x; then A=a; else A=b; fi; if y; then B=1; else B=2; fi; docker pull $A:$B\n"
                + "if z; then C=3; else C=4; fi; if z; then D=5; else D=6; fi\ndocker pull a:$A.$B.$C.$D",
            pulls: [
                "1 a:1 likely", "1 a:2 likely", "1 b:1 likely", "1 b:2 likely", "3 a:a.1.3.$D likely",
                "3 a:a.1.4.$D likely", "3 a:a.2.3.$D likely", "3 a:a.2.4.$D likely", "3 a:b.1.3.$D likely",
                "3 a:b.1.4.$D likely", "3 a:b.2.3.$D likely", "3 a:b.2.4.$D likely",
            ]),
        PullSurveyTests.Case(
            name: "functions, scripts, compose and the program itself",
            commands:
                "get() { if [ $Q = x ]; then I=a; else I=b; fi; docker pull $I:$1; }\nget 1\n"
                + "if x; then V=1; else V=2; fi\ndocker compose pull\n./x.sh\nif x; then D=docker; else D=podman; fi\n$D pull e:1",
            files: ["compose.yml": "services: {x: {image: 'c:$V'}}", "x.sh": "docker pull d:$V"],
            pulls: [
                "1 a:1 likely", "1 b:1 likely", "4 c:1 likely", "4 c:2 likely", "5 d:1 likely", "5 d:2 likely",
                "7 e:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "files that branches write",
            commands:
                "if x; then cp a Dockerfile; else echo; fi\ndocker build .\ncp a b\nif x; then echo; else echo; fi\n"
                + "docker build -f b .",
            files: ["a": "FROM a:1", "Dockerfile": "FROM b:1"],
            pulls: ["2 a:1 likely", "2 b:1 likely", "5 a:1 certain"]),
        PullSurveyTests.Case(
            name: "a group behind an operator runs as the operator says",
            commands: "x || { echo; docker pull a:1; }\n[ $X1 ] && (echo; docker pull b:1)\nx ||\n  docker pull c:1",
            pulls: ["1 a:1 likely", "2 b:1 likely", "4 c:1 likely"]),
    ]

    @Test("variables and folders", arguments: valueCases)
    func values(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test("a pull says which variable may make it another one")
    func reasons() throws {
        let survey = try PullSurveyTests.survey(
            "if x; then T=1; else T=2; fi\ndocker pull a:$T\nif x; then cd a; fi\ndocker build .",
            ["Dockerfile": "FROM b:1"])
        #expect(
            survey.pulls.map(\.why) == [
                "docker pull; T may also hold another value", "docker pull; T may also hold another value",
                "its Dockerfile (./Dockerfile) is not in the checkout",
                "FROM in Dockerfile, line 1; the folder may also be another one",
            ])
    }

    @Test("what is nested deeper than any honest text is not read, and may pull")
    func tooDeep() throws {
        let command =
            String(repeating: "if a; then ", count: 2000) + "docker pull a:1" + String(repeating: "; fi", count: 2000)
        let text = "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        \(command)\n"
        let pulls = PullSurvey(of: try BuildspecDocument(parsing: text, path: "b.yml"), in: .empty).pulls
        #expect(pulls.map(\.certainty) == [.unknown])
    }

    @Test("of very many choices the newest are followed")
    func manyChoices() throws {
        let branches = (0..<400).map { "        if a; then B\($0)=1; else B\($0)=2; fi" }.joined(separator: "\n")
        let text =
            "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n\(branches)\n        docker pull a:$B0 && docker pull b:$B399\n"
        let pulls = PullSurvey(of: try BuildspecDocument(parsing: text, path: "b.yml"), in: .empty).pulls
        #expect(
            pulls.map { "\($0.image?.text ?? "?") \($0.certainty)" } == ["a:$B0 likely", "b:1 likely", "b:2 likely"])
    }

    @Test("many choices in many loops cost no more than others")
    func bounded() throws {
        let choices = (0..<30).map { "if x; then A\($0)=1; B=$B$A\($0); else A\($0)=2; fi\n" }.joined()
        let names = (0..<30).map { "$A\($0)" }.joined()
        let loops = String(repeating: "for i in {1..40}; do ", count: 4)
        let ends = String(repeating: "; done", count: 4)
        let survey = try PullSurveyTests.survey("\(choices)\(loops)docker pull a:\(names)$i\(ends)")
        #expect(
            survey.pulls.contains { $0.image?.text.contains("$A13111$A17") == true },
            "\(survey.pulls.first?.image?.text ?? "")")
    }

    static let login = "docker login -u x --password-stdin"

    @Test(
        "a login behind branches is one where each branch that goes on has it",
        arguments: [
            ("if x; then LOGIN; else LOGIN; fi", true), ("if x; then LOGIN; fi", false),
            ("if x; then LOGIN; else echo; fi", false), ("if x; then LOGIN; else exit 1; fi", true),
            ("if x; then LOGIN; else exit 0; fi", true), ("if x; then LOGIN; else (exit 1); fi", false),
            ("case $X in a) LOGIN;; *) LOGIN;; esac", true), ("case $X in a) LOGIN;; b) LOGIN;; esac", false),
            ("case $X in a) LOGIN;; *) ;; esac", false), ("LOGIN || LOGIN", true),
            ("[ $X1 ] && LOGIN || LOGIN", true), ("[ $X1 ] && LOGIN || true", false), ("LOGIN || exit 1", true),
            ("LOGIN || { echo no; exit 1; }", true), ("if ! LOGIN; then exit 1; fi", true),
            ("if x; then if y; then LOGIN; else exit 2; fi; else LOGIN; fi", true),
            ("if x; then if y; then exit 1; else exit 2; fi; else LOGIN; fi", true),
            ("if x; then LOGIN; elif y; then LOGIN; fi", false), ("x || { echo; LOGIN; }", false),
            ("while x; do LOGIN; done", false), ("f() { if x; then LOGIN; else LOGIN; fi; }\nf", true),
        ])
    func logins(commands: String, isLoggedIn: Bool) throws {
        let survey = try PullSurveyTests.survey(
            commands.replacing("LOGIN", with: "echo $P | \(Self.login)") + "\ndocker pull a:1")
        #expect(survey.pulls.map(\.isAuthenticated) == [isLoggedIn])
    }

    @Test("a login serves the pulls of its own branch")
    func ownBranch() throws {
        let survey = try PullSurveyTests.survey(
            "if x; then \(Self.login); docker pull a:1; else docker pull b:1; fi\ndocker pull c:1")
        #expect(survey.pulls.map(\.isAuthenticated) == [true, false, false])
    }
}
