import Testing

@testable import Buildspec

@Suite("What programs print of lines")
struct FilterTests {
    private static let text = "# list\nb:2 x\na:1 y\n\nb:2 x\n"

    @Test(
        "filters, as the programs of this machine print it",
        arguments: [
            ("head -n 2", "# list\nb:2 x\n"), ("head -1", "# list\n"), ("head -n1", "# list\n"),
            ("tail -n 1", "b:2 x\n"), ("tail -2", "\nb:2 x\n"),
            ("sort", "\n# list\na:1 y\nb:2 x\nb:2 x\n"), ("sort -u", "\n# list\na:1 y\nb:2 x\n"), ("uniq", text),
            ("tr -d b", "# list\n:2 x\na:1 y\n\n:2 x\n"), ("tr : -", nil),
            ("tr x :", "# list\nb:2 :\na:1 y\n\nb:2 :\n"),
            ("tr [:upper:] [:lower:]", nil), ("tr -d \\n", "# listb:2 xa:1 yb:2 x"),
            ("grep -v ^#", "b:2 x\na:1 y\n\nb:2 x\n"), ("grep -v ^$", "# list\nb:2 x\na:1 y\nb:2 x\n"),
            ("grep a:1", "a:1 y\n"), ("grep x$", "b:2 x\nb:2 x\n"), ("grep b.2", nil), ("grep -F b.2", ""),
            ("grep -c b", nil), ("grep -e a:1", "a:1 y\n"), ("egrep -v ^\\s*$", "# list\nb:2 x\na:1 y\nb:2 x\n"),
            ("cut -d: -f1", "# list\nb\na\n\nb\n"), ("cut -d : -f 2", "# list\n2 x\n1 y\n\n2 x\n"), ("cut -c1", nil),
            ("awk {print$1}", "#\nb:2\na:1\n\nb:2\n"), ("awk /b/{print$1}", nil), ("head -c 3", nil),
            ("tail -n +2", nil),
        ])
    func filters(_ command: String, _ expected: String?) {
        let words = command.split(separator: " ").map(String.init)
        #expect(LineFilter(words[0], Array(words.dropFirst()))?.apply(to: Self.text) == expected)
    }

    private static let files = [
        "images.txt": "# ours\nb:2\na:1\nb:2\n", ".nvmrc": "18\n", "Dockerfile": "ARG V\nFROM node:$V\n",
        "D": "FROM x:1 AS y\nRUN z\nFROM w:2\n",
    ]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "a word with what commands print in it",
            commands: """
                docker pull node:$(cat .nvmrc)
                docker build --build-arg V=$(cat .nvmrc) .
                docker build -t app:$(< .nvmrc) -f D . && docker run app:18
                docker pull $(head -n1 none)
                docker pull $(grep -v '^#' images.txt)
                """,
            pulls: ["1 node:18 certain", "3 x:1 unknown", "3 w:2 certain", "4 $(...) unknown", "5 $(...) unknown"]),
        PullSurveyTests.Case(
            name: "lists behind filters",
            commands: """
                for i in $(grep -v '^#' images.txt | sort -u); do docker pull $i; done
                grep ^FROM D | awk '{ print $2 }' | xargs -n1 docker pull
                cat images.txt | grep -v ours | tail -n 1 | while read i; do docker pull $i; done
                X=$(grep a: images.txt | cut -d: -f1)
                docker run $X:1
                grep -v '^#' images.txt | shuf | xargs -n1 docker pull
                """,
            pulls: [
                "1 a:1 certain", "1 b:2 certain", "2 x:1 certain", "2 w:2 certain", "3 b:2 certain",
                "6 $(...) unknown",
            ]),
        PullSurveyTests.Case(
            name: "what a loop reads behind its done, and arrays of lines",
            commands: """
                while read -r i; do docker pull $i; done <<E
                c:1
                E
                while read -r i; do docker pull $i; done <<< "d:1"
                while read -r i; do docker pull $i; done < <(grep -v '^#' images.txt | sort -u)
                while read -r i; do docker pull $i; done < <(docker run e:1 list)
                mapfile -t A < .nvmrc
                for v in "${A[@]}"; do docker pull node:$v; done
                set -- f:1 .nv*
                docker pull $1 && docker pull g:$(cat $2)
                docker pull h:1
                """,
            pulls: [
                "1 c:1 certain", "4 d:1 certain", "5 a:1 certain", "5 b:2 certain", "6 e:1 certain", "6 $i unknown",
                "8 node:18 certain", "10 f:1 certain", "10 g:18 certain", "11 h:1 certain",
            ]),
    ]

    @Test("pulls", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, Self.files)) == sample.pulls)
    }
}
