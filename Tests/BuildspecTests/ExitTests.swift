import Testing

@testable import Buildspec

@Suite("What a build pulls behind an early end")
struct ExitTests {
    static let login = "echo $P | docker login -u x --password-stdin"

    /// The commands, each an item of the list, and a pull behind them.
    private static func survey(_ commands: [String], _ files: [String: String] = [:]) throws -> PullSurvey {
        let items = (commands + ["docker pull a:1"]).map { command in
            let lines = command.replacing("LOGIN", with: login).split(separator: "\n")
            return "      - |\n" + lines.map { "        \($0)\n" }.joined()
        }
        let text = "version: 0.2\nphases:\n  build:\n    commands:\n" + items.joined()
        let checkout = CheckoutReader { files[$0]?.replacing("LOGIN", with: login) }
        return PullSurvey(of: try BuildspecDocument(parsing: text, path: "buildspec.yml"), in: checkout)
    }

    @Test(
        "a script, a function or a block that may end before its login is no sure login",
        arguments: [
            ("LOGIN", true), ("if [ -z \"$P\" ]; then exit 0; fi\nLOGIN", false),
            ("if [ -z \"$P\" ]; then echo no; exit; fi\nLOGIN", false), ("[ -n \"$P\" ] || exit 0\nLOGIN", false),
            ("[ -z \"$P\" ] && exit 0\nLOGIN", false), ("x && exit\nLOGIN", false), ("x && LOGIN && exit 0", true),
            ("x || { echo no; exit; }\nLOGIN", false), ("exit 0\nLOGIN", false), ("LOGIN\nexit 0", true),
            ("LOGIN; [ $X1 ] && exit 0\necho", true), ("cd x || exit\nLOGIN", true), ("[ $X1 ] || exit 1\nLOGIN", true),
            ("if [ $X1 ]; then exit 1; fi\nLOGIN", true), ("(exit 0)\nLOGIN", true), ("(x && exit 0; LOGIN)", false),
            ("case $P in '') exit 0;; *) LOGIN;; esac", false), ("case $P in '') exit 1;; *) LOGIN;; esac", true),
            ("if x; then if y; then exit 0; fi; LOGIN; else LOGIN; fi", false),
            ("f() { [ -z \"$P\" ] && return; LOGIN; }\nf", false),
            ("f() { if x; then return 0; fi; LOGIN; }\nf\n", false), ("f() { x && return; }\nf\nLOGIN", true),
            ("f() { x && exit 0; }\nf\nLOGIN", false), ("f() { x && exit 0; }\nf | tee l\nLOGIN", true),
            ("f() { LOGIN; return; }\nf", true), ("bash -c 'x && exit 0; LOGIN'", false),
            ("for i in 1 2; do [ -z \"$P\" ] && break; LOGIN; done", false),
            ("for i in 1 2; do [ -z \"$P\" ] && continue; LOGIN; done", false),
            ("for i in 1 2; do LOGIN && break; sleep 1; done", true),
            ("for i in 1 2; do docker info && break; done\nLOGIN", true),
            ("case $1 in -h|--help) echo; exit 0;; esac\nLOGIN", true),
            ("f() { exit 0; }\nwhile getopts x o; do case $o in h) f;; *) exit 1;; esac; done\nLOGIN", true),
            ("case $1 in -h|*) exit 0;; esac\nLOGIN", false), ("while x; do exit 0; done\nLOGIN", false),
            ("echo $(x && exit 0)\nLOGIN", true),
        ])
    func logins(commands: String, isLoggedIn: Bool) throws {
        let behind = { (survey: PullSurvey) in survey.pulls.filter { $0.image?.text == "a:1" }.map(\.isAuthenticated) }
        #expect(behind(try Self.survey([commands])) == [isLoggedIn])
        // The same in a script, and in a file that is sourced.
        #expect(behind(try Self.survey(["./l.sh"], ["l.sh": commands])) == [isLoggedIn])
        if commands.contains("exit 1") || commands.contains("f()") { return }
        let inSource = commands.replacing("exit", with: "return")
        #expect(behind(try Self.survey([". ./l.sh"], ["l.sh": inSource])) == [isLoggedIn])
    }

    @Test("recipes")
    func recipes() throws {
        let survey = try Self.survey(
            ["make login"], ["Makefile": "login:\n\t@if [ -z \"$(P)\" ]; then exit 0; fi; LOGIN\n"])
        #expect(survey.pulls.map(\.isAuthenticated) == [false])
    }

    static let pullCases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "behind a conditional end likely, behind a certain one none",
            commands: "docker pull a:1\n[ $X1 ] && exit 0\ndocker pull b:1\nexit 0\ndocker pull c:1",
            pulls: ["1 a:1 certain", "3 b:1 likely"]),
        PullSurveyTests.Case(
            name: "each branch ends", commands: "if x; then docker pull a:1; exit 0; else exit 1; fi\ndocker pull b:1",
            pulls: ["1 a:1 likely"]),
        PullSurveyTests.Case(
            name: "what is dead in one branch lives in the other",
            commands:
                "if x; then exit 0; if y; then docker pull a:1; else docker pull b:1; fi; else docker pull c:1; fi\n"
                + "docker pull d:1",
            pulls: ["1 c:1 likely", "2 d:1 likely"]),
        PullSurveyTests.Case(
            name: "a failure leaves what follows as it is",
            commands: "[ $X1 ] || exit 1\ndocker pull a:1\ncd y || exit\ncd ..\ndocker pull b:1",
            pulls: ["2 a:1 certain", "5 b:1 certain"]),
        PullSurveyTests.Case(
            name: "scripts and functions end alone",
            commands:
                "./x.sh\nf() { [ $X1 ] && return; docker pull b:1; return; docker pull c:1; }\nf\ndocker pull d:1",
            files: ["x.sh": "docker pull a:1\nexit 0\ndocker pull x:1"],
            pulls: ["1 a:1 certain", "2 b:1 likely", "4 d:1 certain"]),
        PullSurveyTests.Case(
            name: "turns of loops",
            commands:
                "for i in 1 2; do docker pull a:1 && break; sleep 1; done\ndocker pull b:1\n"
                + "for i in 3 4; do docker pull c:$i; [ $X1 ] && break; done\n"
                + "for i in 5 6; do docker pull d:$i; continue; docker pull x:1; done\n"
                + "for i in 7 8; do docker pull e:$i; break; done\nwhile x; do exit 0; done\ndocker pull f:1",
            pulls: [
                "1 a:1 certain", "2 b:1 certain", "3 c:3 certain", "3 c:4 likely", "4 d:5 certain", "4 d:6 certain",
                "5 e:7 certain", "7 f:1 likely",
            ]),
    ]

    @Test("pulls", arguments: pullCases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test("a variable that is set behind a conditional end has both values afterwards")
    func values() throws {
        let survey = try Self.survey(["T=1\n[ $X1 ] && exit 0\nT=2", "docker pull b:$T"])
        #expect(
            survey.pulls.map { "\($0.image?.text ?? "") \($0.certainty)" } == [
                "b:1 likely", "b:2 likely", "a:1 certain",
            ])
    }

    @Test("a login behind a conditional end is not taken for the one that is missing")
    func place() throws {
        let text =
            "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        [ -z \"$P\" ] && exit 0\n"
            + "        \(Self.login)\n      - docker pull a:1\n"
        let document = try BuildspecDocument(parsing: text, path: "buildspec.yml")
        guard case .before(let target) = LoginPlace(in: document, shell: .sh, checkout: CheckoutReader { _ in nil })
        else { Issue.record("no place"); return }
        #expect(target.command.position.line == 8)
    }
}
