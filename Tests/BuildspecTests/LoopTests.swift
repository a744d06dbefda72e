import Testing

@testable import Buildspec

@Suite("What loops pull whose words are not all known")
struct LoopTests {
    static let files = ["Dockerfile": "FROM a:1\n", "api/Dockerfile": "FROM b:1\n", "web/Dockerfile": "FROM c:1\n"]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "a variable within a word leaves the rest of it, and the other words",
            commands: """
                for i in $ID.dkr.ecr.$R.amazonaws.com/x:1 redis:6; do docker pull $i || true; done
                L="$REPO/y:1 d:1"; for i in $L; do docker pull $i; done
                A=("$REPO/z:1" "e:1"); for i in "${A[@]}"; do docker pull "$i"; done
                """,
            pulls: [
                "1 $ID.dkr.ecr.$R.amazonaws.com/x:1 likely", "1 redis:6 certain", "2 $REPO/y:1 unknown",
                "2 d:1 certain",
                "3 $REPO/z:1 unknown", "3 e:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "a variable alone may hold more words",
            commands:
                "for s in api web $MORE; do docker build $s; done\nfor i in f:1 $(./list); do docker pull $i; done",
            pulls: ["1 b:1 certain", "1 c:1 certain", "1 ? unknown", "2 ? unknown", "2 f:1 certain", "2 $i unknown"]),
        PullSurveyTests.Case(
            name: "a quoted one is one word, unless it is all arguments",
            commands: "for i in \"$X\"; do docker pull $i; done\nfor i in \"$@\"; do docker pull $i; done\n"
                + "mapfile -t A < none\nfor i in \"${A[@]}\"; do docker pull $i; done",
            pulls: ["1 $X unknown", "2 $i unknown", "4 $i unknown"]),
        PullSurveyTests.Case(
            name: "what is built under such a name is there",
            commands: "docker build -t $R/x:$T .\nfor i in $R/x:$T; do docker run $i; done\n"
                + "for i in \"$R/p\" \"$R/q\"; do docker build -t $i .; done\ndocker run $R/q",
            pulls: ["1 a:1 certain", "3 a:1 certain"]),
        PullSurveyTests.Case(
            name: "a blank in a default parts words",
            commands: "for i in ${X:-g:1 h:1} ${Y:-$Z i}j; do docker pull $i; done",
            pulls: ["1 g:1 certain", "1 h:1 certain", "1 ij certain", "1 $i unknown"]),
    ]

    @Test("each turn is followed", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        let survey = try PullSurveyTests.survey(sample.commands, Self.files.merging(sample.files) { $1 })
        #expect(PullSurveyTests.words(survey) == sample.pulls)
    }
}
