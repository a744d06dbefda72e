import Testing

@testable import Buildspec

@Suite("What bake pulls")
struct BakeTests {
    private static let argument = ["Dockerfile": "ARG V\nFROM a:${V}\n"]

    static let cases: [PullSurveyTests.Case] = [
        PullSurveyTests.Case(
            name: "what it builds of a compose file is there",
            commands: "docker buildx bake -f docker-compose.yml --load\ndocker run o/web:1\ndocker compose up",
            files: [
                "docker-compose.yml": "services:\n  web: {build: ., image: 'o/web:1'}\n", "Dockerfile": "FROM a:1\n",
            ], pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "--set reaches services, and gives names",
            commands: "docker buildx bake --set web.args.V=3 --set *.tags=o/x:2\ndocker run o/x:2",
            files: ["compose.yml": "services:\n  web: {build: {context: ., args: {V: '1'}}}\n"].merging(argument) {
                $1
            },
            pulls: ["1 a:3 certain"]),
        PullSurveyTests.Case(
            name: "a target over a service, and services without one",
            commands: "docker buildx bake web\ndocker buildx bake -f compose.yml -f docker-bake.hcl",
            files: [
                "compose.yml":
                    "services:\n  web: {build: ./web}\n  db: {image: 'd:1'}\n  x: {build: x, profiles: [p]}\n",
                "web/Dockerfile": "ARG A\nFROM b:$A\n", "x/Dockerfile": "FROM c:1", "Dockerfile": "FROM wrong:1",
                "docker-bake.hcl": "target \"web\" { args = { A = \"1\" } }\n",
            ], pulls: ["1 b:1 certain", "2 b:1 certain", "2 c:1 certain"]),
        PullSurveyTests.Case(
            name: "a service on another one's image",
            commands: "docker buildx bake t",
            files: [
                "compose.yml":
                    "services:\n  base: {build: b}\n  t: {build: {context: ., additional_contexts: {p: 'service:base'}}}\n",
                "b/Dockerfile": "FROM a:1", "Dockerfile": "FROM p",
            ], pulls: ["1 a:1 certain"]),
        PullSurveyTests.Case(
            name: "targets that build on each other, in a circle and again and again",
            commands: "docker buildx bake\ndocker buildx bake -f t.hcl t0",
            files: [
                "docker-bake.hcl":
                    "target \"default\" { contexts = { x = \"target:b\" } }\ntarget \"b\" { contexts = { y = \"target:default\" } }\n",
                "Dockerfile": "FROM a:1",
                "t.hcl": (0..<60).map {
                    "target \"t\($0)\" { contexts = { a = \"target:t\($0 + 1)\", b = \"target:t\($0 + 1)\" } }\n"
                }.joined(),
            ], pulls: ["1 a:1 certain", "2 a:1 certain"]),
        PullSurveyTests.Case(
            name: "contexts that are computed",
            commands: "docker buildx bake m",
            files: [
                "docker-bake.hcl": "target \"m\" { contexts = f(\"base\") }\n", "Dockerfile": "FROM p:1",
            ], pulls: ["1 ? unknown"]),
        PullSurveyTests.Case(
            name: "a matrix of texts, by its group and by one name",
            commands: "docker buildx bake t\ndocker buildx bake t-4",
            files: [
                "docker-bake.hcl":
                    "target \"t\" {\n  matrix = { v = [\"3\", \"4\"] }\n  name = \"t-${v}\"\n  args = { V = v }\n}\n"
            ].merging(argument) { $1 }, pulls: ["1 a:3 certain", "1 a:4 certain", "2 a:4 certain"]),
        PullSurveyTests.Case(
            name: "a matrix of objects, in JSON, and one that is computed",
            commands: "docker buildx bake -f b.json\ndocker buildx bake -f c.hcl",
            files: [
                "b.json":
                    #"{"target":{"default":{"matrix":{"i":[{"v":"3","n":"x"},{"v":"4","n":"y"}]},"name":"t-${i.n}","args":{"V":"${i.v}"}}}}"#,
                "c.hcl": "target \"default\" { matrix = { v = f() }\n args = { V = v } }\n",
            ].merging(argument) { $1 }, pulls: ["1 a:3 certain", "1 a:4 certain", "2 a:${v} likely"]),
        PullSurveyTests.Case(
            name: "the scanner of an SBOM",
            commands: "docker buildx bake\ndocker buildx bake --sbom=true -f c.hcl",
            files: [
                "docker-bake.hcl": "target \"default\" { attest = [\"type=sbom,generator=g:1\"] }\n",
                "c.hcl": "target \"default\" {}\n", "Dockerfile": "FROM scratch",
            ], pulls: ["1 g:1 certain", "2 docker/buildkit-syft-scanner:stable-1 certain"]),
    ]

    @Test("each target is built", arguments: cases)
    func pulls(_ sample: PullSurveyTests.Case) throws {
        #expect(PullSurveyTests.words(try PullSurveyTests.survey(sample.commands, sample.files)) == sample.pulls)
    }
}
