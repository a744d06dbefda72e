import Core
import Testing

@testable import Buildspec

@Suite("Loops that try again")
struct RetryLoopTests {
    private static let files = [
        "Dockerfile": "FROM a:1\n", "x.sh": "docker pull a:$1\n", "Makefile": "img:\n\tdocker pull a:$(V)\n",
    ]

    private static func isRetried(_ commands: String) throws -> [Bool] {
        let pulls = try PullSurveyTests.survey(commands, files).pulls
        return Set(pulls.map(\.isInRetryLoop)).sorted { !$0 && $1 }
    }

    @Test(
        "a number that is shown, tested or slept on is that of a try",
        arguments: [
            "docker build . && break\n  [ \"$i\" -eq 3 ] && { echo failed >&2; exit 1; }\n  sleep 10",
            "docker pull a:1 && break\n  if [ $i -eq 3 ]; then exit 1; fi\n  sleep $i",
            "docker pull a:1 && break\n  W=$((i * 5))\n  sleep $W", "docker pull a:1 && break\n  echo $i | tee -a out",
            "docker pull a:1 && break\n  echo $i >> tries.log", "docker pull $image && break",
            "docker pull a:1 && break\n  say_so \"try $i\"",
        ])
    func tries(_ body: String) throws {
        let commands = "say_so() { echo \"$@\"; }\nfor i in 1 2 3; do\n  \(body)\ndone"
        #expect(try Self.isRetried(commands) == [true])
    }

    @Test("a loop over arguments that are shifted is none")
    func shifted() throws {
        #expect(try Self.isRetried("while [ $# -gt 0 ]; do\n  docker pull a:1\n  shift\ndone") == [false])
    }

    @Test(
        "a number that a pull takes is none",
        arguments: [
            "docker pull a:$i", "docker pull a:${i}", "T=a:$i\n  docker pull $T", "cd app$i\n  docker build .",
            "./x.sh $i", "echo \"FROM a:$i\" | docker build -", "echo \"FROM a:$i\" > D\n  docker build -f D .",
            "docker build --build-arg V=$i .", "V=$i make img", "get $i", "docker pull $(name $i)",
        ])
    func numbers(_ body: String) throws {
        let commands = "get() { docker pull a:$1; }\nfor i in 1 2 3; do\n  \(body)\ndone"
        #expect(try Self.isRetried(commands) == [false])
    }

    @Test("a program that tries again", arguments: ["retry 5 docker pull a:1", "retry -t 5 docker build ."])
    func programs(_ command: String) throws {
        #expect(try Self.isRetried(command) == [true])
    }
}
