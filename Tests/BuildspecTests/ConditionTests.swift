import Testing

@testable import Buildspec

@Suite("Branches that known words decide")
struct ConditionTests {
    @Test(
        "what a test says of texts, as a shell of this machine says it",
        arguments: [
            ("[ a = a ]", true), ("[ a = b ]", false), ("[ a != b ]", true), ("[ ! a = b ]", true), ("[ a ]", true),
            ("[ '' ]", false), ("[ -z '' ]", true), ("[ -n a ]", true), ("test a == a", true),
            ("[[ main-1 == main* ]]", true),
            ("[[ main-1 == 'main*' ]]", false), ("[ 2 -gt 1 ]", true), ("[ 1 -ge 2 ]", false), ("true", true),
            ("false", false),
            (":", true), ("[ $X = a ]", nil), ("[ -f x ]", nil), ("[[ a =~ b ]]", nil), ("[ a = a -a b = b ]", nil),
            ("[[ a == [a] ]]", nil), ("[ x -eq 1 ]", nil), ("grep a b", nil), ("[ a = a", nil),
        ])
    func tests(_ command: String, _ expected: Bool?) throws {
        let words = try #require(ShellScript(command).commands.first).words
        let known: (ShellWord) -> String? = { $0.hasExpansion ? nil : $0.text }
        #expect(ShellTest.command(words, isNegated: false).holds(known) == expected)
        #expect(ShellTest.command(words, isNegated: true).holds(known) == expected.map(!))
    }

    private static let files = [
        "ci.sh": """
        case "$1" in
        login) echo "$P" | docker login -u "$U" --password-stdin ;;
        build|image) docker build -t app . ;;
        deploy) docker run d:1 ;;
        *) docker pull other:1 ;;
        esac
        """,
        "if.sh": """
        if [[ $1 == login ]]; then
          docker login -u u --password-stdin
        elif ! [ "$1" = build ]; then
          docker pull other:1
        elif [ "$1" = build ]; then
          docker build .
        else
          docker pull never:1
        fi
        """,
        "options.sh":
            "while [ $# -gt 0 ]; do case $1 in --a) docker pull a:1;; --b) docker pull b:1;; esac; shift; done\n",
        "Dockerfile": "FROM node:20", "Makefile": "run:\n\t./ci.sh $(CMD)\n",
    ]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "a script that dispatches by its argument", commands: "./ci.sh login\n./ci.sh image\n./ci.sh x",
            pulls: ["2 node:20 certain +", "3 other:1 certain +"]),
        PullSurveyTests.Case(
            name: "the same with if, and by way of make",
            commands: "make CMD=deploy run\n./if.sh x\n./if.sh login\n./if.sh build",
            pulls: ["1 d:1 certain", "2 other:1 certain", "4 node:20 certain +"]),
        PullSurveyTests.Case(
            name: "an argument that is not known", commands: "./ci.sh $X",
            pulls: ["1 node:20 likely", "1 d:1 likely", "1 other:1 likely"]),
        PullSurveyTests.Case(
            name: "arguments that a loop goes through", commands: "./options.sh --b --a",
            pulls: ["1 a:1 likely", "1 b:1 likely"]),
        PullSurveyTests.Case(
            name: "lists",
            commands: """
                M=on
                [ $M = off ] && docker pull a:1
                [ $M = on ] && docker pull b:1
                [ $M = off ] && docker pull c:1 || docker pull d:1
                [ $M = on ] && docker pull e:1 || docker pull f:1
                if false; then docker pull g:1; fi
                """,
            pulls: ["3 b:1 certain", "4 d:1 certain", "5 e:1 certain", "5 f:1 likely"]),
        PullSurveyTests.Case(
            name: "each turn of a loop, and what a later turn may set",
            commands: """
                for s in a b; do case $s in a) docker pull a:1;; b) docker pull b:1;; *) docker pull c:1;; esac; done
                F=1
                for i in $X; do if [ $F = 1 ]; then docker pull d:1; else docker pull e:1; fi; F=0; done
                """,
            pulls: ["1 a:1 certain", "1 b:1 certain", "3 d:1 likely", "3 e:1 likely"]),
        PullSurveyTests.Case(
            name: "an arm before it that may match, and settings that are not known",
            commands: """
                B=x
                case $B in [a-z]) docker pull a:1;; x) docker pull b:1;; y) docker pull c:1;; *) docker pull d:1;; esac
                . ./settings
                if [ $B = y ]; then docker pull e:1; fi
                """,
            pulls: ["2 a:1 likely", "2 b:1 likely", "2 d:1 likely", "3 ? unknown", "4 e:1 likely"]),
        PullSurveyTests.Case(
            name: "where the checkout lies on the machine",
            commands:
                "[ $PWD = /codebuild/output ] && docker pull a:1\nif [ $CODEBUILD_SRC_DIR = /x ]; then docker pull b:1; fi",
            pulls: ["1 a:1 likely", "2 b:1 likely"]),
        PullSurveyTests.Case(
            name: "what a branch that is taken leaves behind",
            commands: """
                T=a
                if [ $T = a ]; then docker login -u u --password-stdin; V=1; else V=2; fi
                docker pull a:$V
                if [ $T = b ]; then exit 0; fi
                docker pull b:1
                if [ $T = a ]; then exit 0; fi
                docker pull c:1
                """,
            pulls: ["3 a:1 certain +", "5 b:1 certain +"]),
    ]

    @Test("are followed where they are taken", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, Self.files)) == sample.pulls)
    }
}
