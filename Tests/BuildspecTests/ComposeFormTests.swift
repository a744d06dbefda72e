import Core
import Testing

@testable import Buildspec

@Suite("Compose files: merges, extensions, includes, environment files")
struct ComposeFormTests {
    /// Files, and what a project of the first of them pulls: line, image, certainty.
    struct Case: CustomTestStringConvertible {
        let name: String
        let text: String
        var files: [String: String] = [:]
        var selection = ComposeProject.Selection()
        let pulls: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "an image that another service builds is not pulled",
            text: "services:\n  one: {image: own, build: d}\n  two: {image: 'own:latest', depends_on: [one]}\n",
            files: ["d/Dockerfile": "FROM a:1"], pulls: ["2 a:1 certain"]),
        Case(
            name: "a base image that another service builds",
            text: "services:\n  base: {image: my/base, build: base}\n  app: {build: app}\n",
            files: ["base/Dockerfile": "FROM a:1", "app/Dockerfile": "FROM my/base\nCOPY --from=b:1 / /"],
            pulls: ["2 a:1 certain", "3 b:1 certain"]),
        Case(
            name: "a service under the name of its base, twice",
            text: "x-b: &b {build: d, image: 'a:1'}\nservices:\n  one: *b\n  two: *b\n",
            files: ["d/Dockerfile": "FROM a:1"], pulls: ["1 a:1 certain", "1 a:1 certain"]),
        Case(
            name: "an image that only an inactive service builds",
            text: "services:\n  one: {image: own, build: d, profiles: [x]}\n  two: {image: own}\n",
            files: ["d/Dockerfile": "FROM a:1"], pulls: ["2 a:1 unknown", "3 own certain"]),
        Case(
            name: "one image of several services is one pull",
            text: "services:\n  one: {image: 'a:1'}\n  two: {image: 'docker.io/library/a:1'}\n",
            pulls: ["2 a:1 certain"]),
        Case(
            name: "merge keys within build and its members",
            text:
                "x-args: &args {V: 2}\nx-build: &build\n  context: d\n  target: no\nx-c: &c {ctx: 'docker-image://c:3'}\n"
                + "services:\n  one:\n    build:\n      <<: *build\n      target: one\n      args: {<<: *args, W: x}\n"
                + "      additional_contexts: {<<: *c}\n",
            files: ["d/Dockerfile": "ARG V=1\nFROM a:$V AS one\nCOPY --from=ctx / /\nFROM b:1"],
            pulls: ["8 a:2 certain", "8 c:3 certain"]),
        Case(
            name: "a merged extension, and what it needs",
            text:
                "x-e: &e {service: base}\nservices:\n  base: {image: 'a:1'}\n  app:\n    extends: {<<: *e}\n    depends_on: {<<: {db: {}}}\n"
                + "  db: {image: 'b:1'}\n  other: {image: 'c:1'}\n",
            selection: .init(services: ["app"]), pulls: ["3 a:1 certain", "7 b:1 certain"]),
        Case(
            name: "what comes from another file stands where this one names it",
            text: "include:\n  - deep/c.yml\nservices:\n  web:\n\n    extends: {file: base/b.yml, service: top}\n",
            files: [
                "deep/c.yml":
                    "include: [more.yml]\nservices:\n\n\n  d: {image: 'd:1'}\n  e: {extends: {file: x.yml, service: x}}\n",
                "deep/more.yml": "\n\n\n\nservices: {m: {image: 'm:1'}}", "deep/x.yml": "services: {x: {image: 'x:1'}}",
                "base/b.yml": "\n\n\n\n\n\n\nservices:\n  top: {extends: {service: low}}\n  low: {build: .}\n",
                "base/Dockerfile": "FROM b:1",
            ], pulls: ["2 m:1 certain", "2 d:1 certain", "2 x:1 certain", "6 b:1 certain"]),
        Case(
            name: "extensions that are not there, and one by a variable",
            text:
                "services:\n  a:\n    extends: {file: no.yml, service: x}\n  b:\n    extends: {file: b.yml, service: no}\n"
                + "  c:\n    extends: {file: '${D:-.}/b.yml', service: x}\n  d:\n    extends: {file: '$E/b.yml', service: x}\n",
            files: ["b.yml": "services: {x: {image: 'x:1'}}"],
            pulls: ["3 ? unknown", "5 ? unknown", "9 ? unknown", "7 x:1 certain"]),
        Case(
            name: "an include that is not there", text: "include:\n  - oci://x/y\nservices: {a: {image: 'a:1'}}\n",
            pulls: ["2 ? unknown", "3 a:1 certain"]),
        Case(
            name: "an include of several files, with a folder and variables of its own",
            text: "include:\n  - path: [sub/a.yml, sub/b.yml]\n    project_directory: .\n    env_file: sub/vars\n"
                + "  - other/c.yml\nservices: {z: {image: 'z:${T}'}}\n",
            files: [
                ".env": "Z=0", "sub/a.yml": "services: {x: {image: 'x:1'}, y: {build: app}}",
                "sub/b.yml": "services: {x: {image: 'x:${T}'}}", "sub/vars": "T=9\nZ=1", "app/Dockerfile": "FROM y:1",
                "other/c.yml": "services: {c: {image: 'c:$T$Z'}}", "other/.env": "T=7\nZ=2",
            ], pulls: ["2 x:9 likely", "2 y:1 certain", "5 c:70 likely", "6 z:${T} likely"]),
        Case(
            name: "pull_policy never, with and without build",
            text: "services:\n  a: {build: ., image: own, pull_policy: never}\n  b: {image: b, pull_policy: never}\n",
            files: ["Dockerfile": "FROM a:1"], pulls: ["2 a:1 certain"]),
        Case(
            name: "pull_policy never, pulled", text: "services:\n  a: {build: ., image: own, pull_policy: never}\n",
            files: ["Dockerfile": "FROM a:1"], selection: .init(verb: .pull), pulls: []),
        Case(
            name: "text for a value, a registry that is not set",
            text: "services:\n  a: {image: 'a:1${SUF:+-$SUF}'}\n  b: {image: '${R:-}${N:+$N/}b:1'}\n",
            pulls: ["2 a:1 likely", "3 b:1 likely"]),
        Case(
            name: "an argument that is known in part",
            text: "services:\n  a: {build: {context: ., args: {BASE: 'a:${V}'}}}\n",
            files: ["Dockerfile": "ARG BASE=x\nFROM ${BASE}"], pulls: ["2 a:${V} likely"]),
        Case(
            name: "the platform of a service",
            text:
                "services:\n  a: {platform: linux/arm64, build: .}\n  b: {build: {context: ., platforms: [linux/arm64]}}\n",
            files: ["Dockerfile": "FROM base:$TARGETARCH"],
            pulls: ["2 base:arm64 certain", "3 base:arm64 certain"]),
        Case(
            name: "the Dockerfile in lower case",
            text: "services:\n  a: {build: .}\n  b: {build: {context: ., dockerfile: Dockerfile}}\n",
            files: ["dockerfile": "FROM a:1"], pulls: ["2 a:1 certain", "3 a:1 certain"]),
    ]

    @Test("each pull is found with its line and certainty", arguments: cases)
    func pulls(_ sample: Case) {
        var files = sample.files
        files["compose.yml"] = sample.text
        #expect(ComposeTests.pulls(files, ["compose.yml"], sample.selection) == sample.pulls)
    }

    @Test("paths count from the project's folder")
    func projectDirectory() {
        let files = [
            "ops/c.yml": "services: {a: {build: app, image: 'x:$T'}}", "app/Dockerfile": "FROM a:1", ".env": "T=1",
        ]
        let project = ComposeProject(["ops/c.yml"], projectDirectory: "", in: CheckoutReader(files)) { _ in
            .unknown
        }
        #expect(project.pulls(.init()).map(\.image?.text) == ["a:1"])
        #expect(project.pulls(.init(verb: .pull)).map(\.image?.text) == ["x:1"])
    }

    @Test("one finding for an image of several services")
    func repeatedFindings() {
        let text = "x-a: &a\n  image: them/app\n  build: .\nservices:\n  one: *a\n  two: *a\n  three: {image: other}\n"
        let found = LintTests.findings(text, ["Dockerfile": "FROM base"], path: "compose.yml")
        #expect(found == ["mutable-tag 3:3", "mutable-tag 7:3"])
    }

    @Test(
        "environment files",
        arguments: [
            ("T=5", "5"), ("T=\"5\" # five", "5"), ("T='5'#", "5"), ("\u{FEFF}T=5", "5"), ("T: 5", "5"),
            ("A=b\r\nT=5\r\n", "5"), ("V=1.2\nT=v${V}", "v1.2"), ("V=1\nT='$V'", "$V"), ("V=1\nT=\"v$V\"", "v1"),
            ("T=\"a\nb\"\nU=1", "a\nb"), ("T=\"a\\\"b\\$V\"", "a\"b$V"), ("  export T =5 ", "5"), ("T= # none", ""),
            ("T=a#b", "a#b"), ("T='5", "'5"), ("!x\nT=5", "5"), ("U\nT=5", "5"), ("T=${E}x", "ex"), ("T=5\nT=6", "6"),
            ("T=$X", nil), ("U=5", nil), ("", nil),
        ] as [(String, String?)])
    func environmentFiles(_ text: String, _ expected: String?) {
        let values = EnvironmentFile.values(of: text) { $0 == "E" ? .known("e") : .unknown }
        if let expected {
            #expect(values["T"] == .likely(expected))
        } else {
            #expect(values["T"] == nil || values["T"] == .partial("$X"))
        }
    }

    @Test("values that double each other end")
    func doubledValues() throws {
        let lines = (1...60).map { "V\($0)=$V\($0 - 1)$V\($0 - 1)" }
        let values = EnvironmentFile.values(of: (["V0=x"] + lines).joined(separator: "\n")) { _ in .unknown }
        #expect(values["V2"] == .likely("xxxx"))
        guard case .partial = values["V60"] else {
            Issue.record("the last value is taken for known")
            return
        }
        let text = "ARG V0=x\n" + lines.map { "ARG \($0)\n" }.joined() + "FROM a:$V60"
        #expect(try Dockerfile(parsing: text, path: "D").pulls().map(\.certainty) == [.unknown])
    }
}
