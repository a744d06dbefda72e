import Core
import Testing

@testable import Buildspec

@Suite("Compose files")
struct ComposeTests {
    static func pulls(
        _ files: [String: String], _ paths: [String] = ["compose.yml"], _ selection: ComposeProject.Selection = .init(),
        _ variables: [String: String] = [:]
    ) -> [String] {
        let project = ComposeProject(paths, in: CheckoutReader(files)) {
            variables[$0].map { .known($0) } ?? .unknown
        }
        return project.pulls(selection).map { "\($0.line) \($0.image?.text ?? "?") \($0.certainty.rawValue)" }
    }

    @Test("images, builds, profiles and pull_policy")
    func services() {
        let file = """
            x-base: &base
              image: a:1
            services:
              one: *base
              two: {<<: *base, image: b:1}
              three: {image: c:1, profiles: [debug]}
              four: {image: d:1, pull_policy: never}
              five: {image: mine, build: {dockerfile_inline: "FROM e:1"}}
            """
        let files = ["compose.yml": file]
        #expect(
            Self.pulls(files) == ["2 a:1 certain", "5 b:1 certain", "6 c:1 unknown", "8 e:1 certain"])
        #expect(Self.pulls(files, ["compose.yml"], .init(verb: .pull, services: ["three"])) == ["6 c:1 certain"])
        #expect(Self.pulls(files, ["compose.yml"], .init(verb: .build)) == ["8 e:1 certain"])
        #expect(Self.pulls(files, ["compose.yml"], .init(verb: .pull, profiles: ["debug"])).count == 4)
        #expect(
            Self.pulls(files, ["compose.yml"], .init(verb: .pull, services: ["five"])) == ["8 mine likely"])
    }

    @Test("interpolation: the environment before .env, defaults, a doubled dollar sign")
    func interpolation() {
        let files = [
            "d/compose.yml":
                "services:\n  a: {image: 'a:${A}'}\n  b: {image: 'b:${B:-2}'}\n  c: {image: 'c:$C'}\n  d: {image: 'd:${D?no}'}\n  e: {image: '$$E'}\n",
            "d/.env": "A=1 # one\n#C=0\nexport C='3'\n",
        ]
        #expect(
            Self.pulls(files, ["d/compose.yml"], .init(), ["D": "4"])
                == ["2 a:1 likely", "3 b:2 likely", "4 c:3 likely", "5 d:4 certain", "6 $E certain"])
    }

    @Test("several files, extends of another file, include")
    func severalFiles() {
        let files = [
            "compose.yml":
                "include:\n  - more/compose.yml\nservices:\n  web:\n    extends: {file: base/b.yml, service: base}\n  db: {image: 'pg:1'}\n",
            "base/b.yml": "services:\n  base:\n    build: .\n", "base/Dockerfile": "FROM n:1",
            "more/compose.yml": "services:\n  m: {image: 'm:1'}\n", "o.yml": "services:\n  db: {image: 'pg:2'}\n",
        ]
        #expect(
            Self.pulls(files, ["compose.yml", "o.yml"]) == ["2 m:1 certain", "5 n:1 certain", "2 pg:2 certain"])
        #expect(Self.pulls([:], ["gone.yml"]) == ["1 ? unknown"])
    }

    @Test("the first version of the format has its services at the top; a file without any is refused, with its place")
    func firstVersion() throws {
        #expect(Self.pulls(["compose.yml": "web:\n  image: a:1\n"]) == ["2 a:1 certain"])
        for text in ["a: 1\n", "- a\n", "", "services: [a]\n", "services:\n  a: {image: [}\n"] {
            let error = #expect(throws: UnthrottleError.self) { try ComposeFile(parsing: text, path: "c.yml") }
            #expect(error?.message.contains("line") == true, "\(text)")
        }
    }
}
