import Core
import Testing

@testable import Buildspec

@Suite("Scripts that are reached by what a command prints")
struct FollowedScriptTests {
    private static let files = ["ci/x.sh": "docker pull a:1\n"]

    @Test(
        "a script beside the one that runs it",
        arguments: [
            "bash \"$(dirname \"$0\")/x.sh\"", "sh $(dirname $0)/x.sh", "source \"$(dirname \"$0\")/x.sh\"",
            ". \"$(dirname \"${BASH_SOURCE[0]}\")/x.sh\"", "source \"$(cd \"$(dirname \"$0\")\" && pwd)/x.sh\"",
            ". `dirname $0`/x.sh", "\"$(dirname \"$0\")/x.sh\"", "\"$(dirname \"$0\")\"/x.sh",
            "exec \"$(dirname \"$0\")/x.sh\"", "`dirname $0`/x.sh", "\"$(dirname \"$(readlink -f \"$0\")\")/x.sh\"",
        ])
    func besides(_ command: String) throws {
        let files = Self.files.merging(["ci/a.sh": "#!/bin/bash\n\(command)\n"]) { $1 }
        #expect(PullSurveyTests.words(try PullSurveyTests.survey("./ci/a.sh", files)) == ["1 a:1 certain"])
    }

    @Test(
        "a script by its place in the checkout, and one that is not there",
        arguments: ["$(pwd)", "bash $(pwd)", ". $(pwd)", "`pwd`", "$(git rev-parse --show-toplevel)"])
    func places(_ start: String) throws {
        func words(_ name: String) throws -> [String] {
            PullSurveyTests.words(try PullSurveyTests.survey("\(start)/ci/\(name)", Self.files))
        }
        #expect(try words("x.sh") == ["1 a:1 certain"])
        #expect(try words("gone.sh") == ["1 ? unknown"])
    }

    @Test(
        "what a command prints or hands over out of sight is no script of the checkout",
        arguments: [
            "bash <(curl -s https://x/y.sh)", "source <(curl -s https://x/y.sh)", ". $(which activate)",
            "$(which jq) .",
            "$(go env GOPATH)/bin/x", "$(pwd)",
        ])
    func outOfSight(_ command: String) throws {
        #expect(try PullSurveyTests.survey(command, Self.files).pulls.isEmpty)
        #expect(!CommandReading(command).delegations.contains { $0.hasPrefix("$") })
    }
}
