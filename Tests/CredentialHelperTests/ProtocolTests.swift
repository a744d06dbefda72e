import Core
import Registry
import TestSupport
import Testing

@testable import CredentialHelper

/// A helper without a process: what it is configured for, and what its secrets hold.
struct HelperFixture {
    static let credential = Credential(username: "builder", password: Secret("canary-password"))

    var places = [HubEndpoint.loginKey: SecretPlace(secret: "dockerhub")]
    var failure: HelperFailure?

    func handle(_ arguments: [String], _ input: String = "") -> HelperCommand.Answer {
        handle(arguments, Array(input.utf8))
    }

    func handle(_ arguments: [String], _ input: [UInt8]) -> HelperCommand.Answer {
        let (places, failure) = (places, failure)
        return HelperCommand(
            configuration: { HelperConfiguration(places: places) },
            fetch: { _ in
                if let failure { throw failure }
                return SecretContent(logins: [SecretContent.anyRegistry: Self.credential])
            },
            forget: { _ in }
        ).handle(arguments, input: { input })
    }
}

@Suite("The protocol of docker-credential-helpers")
struct ProtocolTests {
    static let login =
        "{\"ServerURL\":\"https://index.docker.io/v1/\",\"Username\":\"builder\",\"Secret\":\"canary-password\"}\n"
    static let usage = "Usage: docker-credential-unthrottle <store|get|erase|list|version>\n"
    static let notFound = "credentials not found in native keychain\n"

    struct Case: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var input = ""
        var output: String
        var status: Int32 = 0
        var testDescription: String { "\(arguments) \(input.debugDescription)" }
    }

    /// What credentials/credentials.go does with the same.
    static let cases = [
        Case(arguments: [], output: usage, status: 1),
        Case(arguments: ["get", "more"], output: usage, status: 1),
        Case(arguments: ["--help"], output: usage),
        Case(arguments: ["-h"], output: usage),
        Case(arguments: ["version"], output: "docker-credential-unthrottle (unthrottle) 0.1.0\n"),
        Case(arguments: ["--version"], output: "docker-credential-unthrottle (unthrottle) 0.1.0\n"),
        Case(arguments: ["-v"], output: "docker-credential-unthrottle (unthrottle) 0.1.0\n"),
        Case(arguments: ["x"], output: "docker-credential-unthrottle: unknown action: x\n", status: 1),
        Case(arguments: ["get"], output: "no credentials server URL\n", status: 1),
        Case(arguments: ["get"], input: " \n\t\r\n", output: "no credentials server URL\n", status: 1),
        Case(arguments: ["erase"], output: "no credentials server URL\n", status: 1),
        Case(arguments: ["get"], input: "https://index.docker.io/v1/", output: login),
        Case(arguments: ["get"], input: "  https://index.docker.io/v1/\r\n", output: login),
        Case(arguments: ["get"], input: "https://index\n.docker.io/v1/\n", output: login),
        Case(
            arguments: ["get"], input: "docker.io\n",
            output: "{\"ServerURL\":\"docker.io\",\"Username\":\"builder\",\"Secret\":\"canary-password\"}\n"),
        Case(arguments: ["get"], input: "ghcr.io", output: notFound, status: 1),
        Case(arguments: ["get"], input: "https://index.docker.io/v1/access-token", output: notFound, status: 1),
        Case(arguments: ["get"], input: "https://index.docker.io/v1/refresh-token", output: notFound, status: 1),
        Case(arguments: ["get"], input: "https://index.docker.io/v1", output: notFound, status: 1),
        Case(arguments: ["get"], input: "http://index.docker.io/v1/", output: notFound, status: 1),
        Case(arguments: ["get"], input: "https://index.docker.io.evil.example/v1/", output: notFound, status: 1),
        Case(arguments: ["get"], input: "index.docker.io", output: notFound, status: 1),
        Case(arguments: ["get"], input: "DOCKER.IO", output: notFound, status: 1),
        Case(arguments: ["list"], input: "unused", output: "{\"https://index.docker.io/v1/\":\"builder\"}\n"),
        Case(
            arguments: ["store"], input: "{\"ServerURL\":\"\",\"Username\":\"u\",\"Secret\":\"s\"}",
            output: "no credentials server URL\n", status: 1),
        Case(
            arguments: ["store"], input: "{\"ServerURL\":\"docker.io\",\"Username\":\"\",\"Secret\":\"s\"}",
            output: "no credentials username\n", status: 1),
        Case(
            arguments: ["store"], input: "{\"ServerURL\":\"docker.io\",\"Username\":\"u\",\"Secret\":\"s\"}", output: ""
        ),
        Case(arguments: ["store"], input: "{\"serverurl\":\"docker.io\",\n\"USERNAME\":\"u\"}\n", output: ""),
        Case(arguments: ["erase"], input: "https://index.docker.io/v1/\n", output: ""),
        Case(arguments: ["erase"], input: "https://index.docker.io/v1/refresh-token", output: ""),
        Case(arguments: ["erase"], input: "ghcr.io", output: ""),
    ]

    @Test("Answers and exit statuses are those of docker-credential-helpers, to the letter", arguments: cases)
    func table(_ one: Case) {
        let answer = HelperFixture().handle(one.arguments, one.input)
        #expect(answer.output == one.output)
        #expect(answer.status == one.status)
    }

    @Test("store and erase of a served registry say on standard error that nothing was kept")
    func storeSaysSo() {
        let stored = HelperFixture().handle(
            ["store"], "{\"ServerURL\":\"docker.io\",\"Username\":\"u\",\"Secret\":\"canary-new\"}")
        #expect(stored.notes.contains("nothing was stored") && stored.notes.contains("the secret dockerhub"))
        #expect(!stored.notes.contains("canary-new"))
        #expect(HelperFixture().handle(["erase"], "docker.io").notes.contains("nothing was erased"))
    }

    @Test("store for a registry that is not served fails with advice, and without the password")
    func storeElsewhere() {
        let answer = HelperFixture().handle(
            ["store"], "{\"ServerURL\":\"ghcr.io\",\"Username\":\"u\",\"Secret\":\"canary-new\"}")
        #expect(answer.status == 1)
        #expect(answer.output.contains("ghcr.io"))
        #expect(answer.notes.contains("helper.json") && answer.notes.contains("credHelpers"))
        #expect(!(answer.output + answer.notes).contains("canary-new"))
    }

    @Test(
        "What store cannot read is refused in words of its own, which quote nothing",
        arguments: ["", "[]", "canary", "{\"ServerURL\":1}", "{\"Secret\":\"canary"])
    func badStore(_ input: String) {
        let answer = HelperFixture().handle(["store"], input)
        #expect(answer.status == 1)
        #expect(!answer.output.isEmpty)
        #expect(!(answer.output + answer.notes).contains("canary"))
    }

    @Test("A failure of get is the error on standard output and, with what to do, on standard error")
    func loudFailure() {
        var fixture = HelperFixture()
        fixture.failure = HelperFailure("Secrets Manager is away", hint: "Wait.\nThen call.")
        let answer = fixture.handle(["get"], "docker.io")
        #expect(answer.output == "Secrets Manager is away\n")
        #expect(
            answer.notes == """
                docker-credential-unthrottle: Secrets Manager is away
                  Wait.
                  Then call.
                  Docker goes on without a login: this pull is anonymous.

                """)
        #expect(answer.status == 1)
    }

    @Test(
        "Texts are quoted as Go quotes them",
        arguments: [
            ("a\"b\\c", "\"a\\\"b\\\\c\""), ("<token>&", "\"\\u003ctoken\\u003e\\u0026\""),
            ("\n\r\t\u{1}", "\"\\n\\r\\t\\u0001\""),
            ("é😀", "\"é😀\""), ("\u{2028}", "\"\\u2028\""),
        ])
    func quoting(_ text: String, _ quoted: String) throws {
        #expect(ProtocolText.quoted(text) == quoted)
        #expect(try JSON(parsing: "[\(quoted)]") == [.string(text)])
    }

    @Test(
        "Whatever comes in, the helper ends with 0 or 1, and shows its secret for its own URLs alone", arguments: 0..<8)
    func fuzz(_ seed: UInt64) {
        let dice = Dice.seeded(seed)
        let pieces = [
            "https://index.docker.io/v1/", "docker.io", "access-token", "\n", "\r\n", " ", "\0", "{", "}",
            "\"ServerURL\":", "\"Username\":",
            "\"u\"", ",", "null", "[", "1e999", "\u{feff}", "é",
        ]
        func pick<T>(_ items: [T]) -> T { items[Int(dice.uniform() * Double(items.count))] }
        for _ in 0..<500 {
            var input: [UInt8] = []
            for _ in 0..<Int(dice.uniform() * 8) {
                input += dice.uniform() < 0.3 ? dice.bytes(Int(dice.uniform() * 20)) : Array(pick(pieces).utf8)
            }
            let action = pick(["get", "store", "erase", "list", "version", "", "gét"])
            let answer = HelperFixture().handle([action], input)
            #expect(answer.status == 0 || answer.status == 1)
            if (answer.output + answer.notes).contains("canary-password") {
                let lines = String(decoding: input, as: UTF8.self).split { $0.isNewline }.joined().trimmed
                #expect(action == "get" && ["https://index.docker.io/v1/", "docker.io"].contains(lines))
            }
        }
    }

    @Test("Deep nesting is refused, not followed")
    func deepNesting() {
        let deep = String(repeating: "[", count: 60_000)
        #expect(HelperFixture().handle(["store"], deep).status == 1)
    }
}
