import Buildspec
import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Commands

@Suite("What lint prints for programs")
struct LintFormatTests {
    private static func report(_ path: String, _ text: String) -> LintReport {
        Linter.report(on: text, path: path, place: path, in: .empty)
    }

    @Test("annotations are one line each; what would end a property or a message is escaped")
    func annotations() {
        #expect(LintAnnotations.data("50% of a:b,c\r\nd") == "50%25 of a:b,c%0D%0Ad")
        #expect(LintAnnotations.property("a:b,c%\nd\u{301}:\u{301}") == "a%3Ab%2Cc%25%0Ad\u{301}%3A\u{301}")
        let reports = [
            Self.report("a,b/buildspec.yml", "version: 0.2\nphases:\n  build:\n    commands: [docker pull a:1]\n"),
            Self.report("x/buildspec.yml", "phases: [\n"),
        ]
        let lines = LintAnnotations(reports: reports, repository: RepositoryPath(current: "/nonexistent")).lines
        #expect(lines.count == 2)
        #expect(
            lines[0].hasPrefix("::warning file=a%2Cb/buildspec.yml,line=4,col=16,title=unauthenticated-pull::a:1 is"))
        #expect(
            lines[1].hasPrefix(
                "::error file=x/buildspec.yml,line=2,col=1,title=unreadable-file::x/buildspec.yml, line 2"))
        #expect(lines[1].contains("%0A") == false && !lines[1].contains("\n"))
    }

    @Test("paths are those of the repository, whatever folder the program runs in")
    func repository() throws {
        try inTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/.git", withIntermediateDirectories: true)
            let table = [
                ("\(folder)/sub/deep", "buildspec.yml", "sub/deep/buildspec.yml"),
                ("\(folder)/sub", "./a/../b.yml", "sub/b.yml"), (folder, "\(folder)/c d.yml", "c d.yml"),
                ("\(folder)/sub", "../e.yml", "e.yml"),
            ]
            for (current, path, expected) in table {
                #expect(RepositoryPath(current: current).path(of: path) == expected)
            }
            let outside = RepositoryPath(current: "\(folder)/sub").path(of: "../../f.yml")
            #expect(outside.hasPrefix("/") && outside.hasSuffix("/f.yml"))
        }
        #expect(RepositoryPath(current: "/nonexistent/x").path(of: "a.yml") == "a.yml")
        #expect(RepositoryPath(current: "/nonexistent/x").path(of: "/other/a.yml") == "/other/a.yml")
    }

    @Test("a fingerprint stays when lines come before its line, and tells two equal lines apart")
    func fingerprints() throws {
        func fingerprints(_ lines: [String]) -> [String] {
            let text = "version: 0.2\nphases:\n  build:\n    commands:\n" + lines.map { "      - \($0)\n" }.joined()
            let results = LintSARIF(
                reports: [Self.report("buildspec.yml", text)], repository: RepositoryPath(current: "/n")
            )
            .document["runs"]?.array?.first?["results"]?.array
            return (results ?? []).compactMap { $0["partialFingerprints"]?["primaryLocationLineHash"]?.string }
        }
        let one = fingerprints(["docker pull a:1"])
        #expect(one.count == 1 && one[0].hasSuffix(":1"))
        #expect(fingerprints(["echo", "docker pull a:1"]) == one)
        #expect(fingerprints(["docker pull a:1", "docker pull b:1", "echo"]).first == one[0])
        #expect(Set(fingerprints(["docker login -p $P", "docker login -p $P"])).count == 2)
    }
}
