import AWS
import Core
import Testing

@testable import Diagnosis

@Suite("A probe build is no build of the project's own")
struct ProbeBuildTests {
    @Test(
        "by the words of its buildspec",
        arguments: [
            ("version: 0.2\n# A probe build of unthrottle: it logs in\n", true), ("version: 0.2\nphases: {}\n", false),
            (nil, false),
        ] as [(String?, Bool)])
    func told(_ buildspec: String?, _ isProbe: Bool) throws {
        var build = CodeBuild.Build(id: "web:1")
        build.source = Open(CodeBuild.ProjectSource(type: .noSource, buildspec: buildspec))
        #expect(ProbeBuild.isOne(build) == isProbe)
    }
}
