import Testing

@testable import Buildspec

@Suite("Names that a shell reads from the checkout")
struct ListingTests {
    static let services = [
        "services/a/Dockerfile": "FROM a:1", "services/b/Dockerfile": "FROM b:1", "services/.c/Dockerfile": "FROM c:1",
        "services/readme.md": "", "images.txt": "d:1\ne:1\n", "pairs.txt": "f:1 x\ng:1 y z\n",
    ]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "loops over patterns",
            commands:
                "for d in $CODEBUILD_SRC_DIR/services/*; do docker build $d; done\nfor d in services/*/; do (cd $d && docker build .); done\n"
                + "for f in ./*/?/Dockerfile; do docker build -f $f .; done\ncd services\n"
                + "for d in */; do docker build ${d%/}; done\nfor d in .?/ x; do docker build $d; done",
            files: services,
            pulls: [
                "1 a:1 certain", "1 b:1 certain", "1 ? unknown", "2 a:1 certain", "2 b:1 certain", "3 a:1 certain",
                "3 b:1 certain", "5 a:1 certain", "5 b:1 certain", "6 c:1 certain", "6 ? unknown",
            ]),
        PullSurveyTests.Case(
            name: "patterns that match nothing, or are not read",
            commands:
                "for d in apps/*; do docker build $d; done\nfor d in services/[ab]; do docker build $d; done\n"
                + "for d in $X/*; do docker build $d; done\nfor d in ../*; do docker build $d; done",
            files: services, pulls: ["1 ? unknown", "2 ? unknown", "3 ? unknown", "4 ? unknown"]),
        PullSurveyTests.Case(
            name: "what find and ls print",
            commands:
                "for f in $(find . -name Dockerfile -not -path './services/.c/*'); do docker build -f $f .; done\n"
                + "for d in $(ls -d services/?); do docker build $d; done\nfor d in $(ls services/a); do docker pull $d; done\n"
                + "for d in $(find services -mindepth 1 -maxdepth 1 -type d -name '[ab]'); do docker build $d; done\n"
                + "for d in $(find services -mindepth 1 -maxdepth 1 -type d ! -name '.*'); do docker build $d; done\n"
                + "for f in $(find . -type f \\( -iname DOCKERFILE -o -name x \\)); do docker build $(dirname \"$f\"); done",
            files: services,
            pulls: [
                "1 a:1 certain", "1 b:1 certain", "2 a:1 certain", "2 b:1 certain", "3 Dockerfile unknown",
                "4 ? unknown", "5 a:1 certain", "5 b:1 certain", "6 c:1 certain", "6 a:1 certain", "6 b:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "lists of images",
            commands:
                "for i in $(cat images.txt); do docker pull $i; done\ncat pairs.txt | while read -r i rest; do docker pull $i; done\n"
                + "while read i; do docker pull x/$i; done < images.txt\ngrep x images.txt | while read i; do docker pull $i; done\n"
                + "while IFS= read -r i || [ -n \"$i\" ]; do\n  docker pull y/$i\ndone < images.txt\n"
                + "while IFS=, read i j; do docker pull $i; done < pairs.txt\ndocker pull $i",
            files: services,
            pulls: [
                "1 d:1 certain", "1 e:1 certain", "2 f:1 certain", "2 g:1 certain", "3 x/d:1 certain",
                "3 x/e:1 certain",
                "4 $i unknown", "6 y/d:1 certain", "6 y/e:1 certain", "8 $i unknown", "9 $i unknown",
            ]),
        PullSurveyTests.Case(
            name: "xargs",
            commands:
                "cat images.txt | xargs -n1 docker pull\nxargs -I{} docker pull x/{} < images.txt\n"
                + "echo a:1 b:1 | xargs -n 1 sudo docker pull -q\nprintf '%s\\n' c:1 \"h:1\" | xargs -L1 docker pull\n"
                + "find services -name Dockerfile | xargs -P2 -I % sh -c 'docker pull x% .'\n"
                + "aws x | xargs -n1 docker pull\necho a:2 -v | xargs docker run --rm\necho x | xargs -I{} ./{}.sh\nA=$(docker logs x | xargs)",
            files: services,
            pulls: [
                "1 d:1 certain", "1 e:1 certain", "2 x/d:1 certain", "2 x/e:1 certain", "3 a:1 certain",
                "3 b:1 certain", "4 c:1 certain", "4 h:1 certain", "5 xservices/.c/Dockerfile unknown",
                "5 xservices/a/Dockerfile unknown",
                "5 xservices/b/Dockerfile unknown", "6 $(...) unknown", "7 a:2 certain", "8 ? unknown",
            ]),
        PullSurveyTests.Case(
            name: "find runs docker",
            commands:
                "find services -name Dockerfile -exec docker build -f {} . \\;\nfind . -name D -exec docker build -f {} . \\;\n"
                + "find services -name Dockerfile -exec sh -c 'docker build -f {} .' \\;",
            files: services,
            pulls: [
                "1 c:1 certain", "1 a:1 certain", "1 b:1 certain", "2 ? unknown", "3 c:1 certain", "3 a:1 certain",
                "3 b:1 certain",
            ]),
        PullSurveyTests.Case(
            name: "parts of a path",
            commands:
                "for f in services/a/Dockerfile; do docker build -t x/$(basename $(pwd)) `dirname $f`; done\n"
                + "for d in services/*/; do docker pull r/$(basename $d):1; done\ndocker pull \"r/$(basename \"$X\")\"\n"
                + "D=/x; docker pull r$(dirname $D)y",
            files: services,
            pulls: [
                "1 a:1 certain", "2 r/a:1 certain", "2 r/b:1 certain", "3 r/$(...) likely", "4 r/y certain",
            ]),
        PullSurveyTests.Case(
            name: "lists and folders that commands change",
            commands:
                "if [ $A ]; then echo h:1 > images.txt; fi\nfor i in $(cat images.txt); do docker pull $i; done\n"
                + "rev pairs.txt > x && mv x pairs.txt\ncat pairs.txt | xargs -n1 docker pull\n"
                + "rm -rf services/a services/.c\necho FROM i:1 > services/Dockerfile\n"
                + "for f in $(find services -name Dockerfile); do docker build -f $f .; done\ncat > l.txt <<E\nj:1\nE\n"
                + "sed -i '/x/d' l.txt\nxargs -n1 docker pull < l.txt\nV=$(cat v) && docker pull m:$V",
            files: services.merging(["v": "7\n"]) { $1 },
            pulls: [
                "2 $i unknown", "4 $(...) unknown", "7 i:1 certain", "7 b:1 certain", "12 $(...) unknown",
                "13 m:7 certain",
            ]),
        PullSurveyTests.Case(
            name: "make's wildcards, numbers, files of a pattern, lists from Windows, logins that may not happen",
            commands:
                "make\nfor k in $(seq 2 3); do docker pull h:$k; done\ncat services/*/run.sh | sh\n"
                + "for i in $(cat crlf.txt); do docker pull $i; done\nxargs -n1 docker pull < crlf.txt\n"
                + "find . -newer x -exec docker login -u u -p p \\;\ngit diff | xargs -I{} docker login -u u -p {}\n"
                + "docker pull l:1\nfor f in **/Dockerfile; do docker build -f $f .; done",
            files: services.merging([
                "Makefile": "D := $(wildcard services/*/)\nall: $(D)\n$(D):\n\tdocker build $@\n",
                "services/a/run.sh": "docker pull m:1\n", "services/b/run.sh": "docker pull n:1\n",
                "crlf.txt": "o:1\r\np:1\r\n",
            ]) { $1 },
            pulls: [
                "1 a:1 certain", "1 b:1 certain", "2 h:2 certain", "2 h:3 certain", "3 m:1 certain", "3 n:1 certain",
                "4 $i unknown", "5 $(...) unknown", "8 l:1 certain", "9 ? unknown",
            ]),
        PullSurveyTests.Case(
            name: "what xargs and find may not run, scripts and make",
            commands:
                "git diff --name-only | xargs -r docker run --rm t:1\ngit diff --name-only | xargs docker build\n"
                + "find . -newer x -exec docker build -f {} . \\;\nfind services -name 'p*.sh' -execdir ./{} \\;\n"
                + "find services -maxdepth 1 -name '[a]' -exec make -C {} \\;\ncat images.txt | xargs -n1 ./pull.sh\n"
                + "for i in $(git diff --name-only); do docker pull n:1; done\nfor i in \"services/*\"; do docker build $i; done\n"
                + "for i in {1..2}{01..2}; do docker pull o:$i; done\nfind . -name images.txt -exec echo \\; -exec docker pull p:1 \\;",
            files: services.merging(["services/a/pull.sh": "docker pull q:1", "pull.sh": "docker pull r/$1"]) { $1 },
            pulls: [
                "1 t:1 likely", "2 ? unknown", "3 ? unknown", "4 q:1 certain", "5 ? unknown", "6 r/d:1 certain",
                "6 r/e:1 certain", "7 n:1 likely", "8 ? unknown", "9 o:101 certain", "9 o:102 certain",
                "9 o:201 certain", "9 o:202 certain", "10 p:1 certain",
            ]),
    ]

    @Test("names", arguments: cases)
    func names(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }

    @Test("links lead no search in circles, and a folder of thousands is not gone through")
    func bounds() throws {
        let many = CheckoutReader(listing: { _ in
            [FolderEntry(name: "a", isFolder: true), FolderEntry(name: "b", isFolder: true, isLink: true)]
        }) { _ in nil }
        let text =
            "version: 0.2\nphases:\n  build:\n    commands:\n      - for f in $(find . -name c); do docker build $f; done\n"
            + "      - for f in */*/*/*/*/*/*/*/*/*/*/*/*; do docker build $f; done\n      - docker pull a:1\n"
        let survey = PullSurvey(of: try BuildspecDocument(parsing: text, path: "b.yml"), in: many)
        #expect(survey.pulls.map { $0.image?.text ?? "?" } == ["?", "?", "a:1"])
    }
}
