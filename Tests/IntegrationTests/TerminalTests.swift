import Core
import TestSupport
import Testing

@Suite("A person at a terminal")
struct TerminalTests {
    private static let python = Tool("python3")

    /// Runs `fix api` on a terminal, where each line of the script is typed once its question is there.
    private static func fix(_ script: [String], in sandbox: SandboxFixture) async throws -> Outcome {
        try await BuiltProgram.run(
            ["python3", "\(Checkout.root)/Tests/Judges/terminal.py"] + script
                + ["--", BuiltProgram.path, "fix", "api", "--username", sandbox.username, "--no-verify"],
            program: "/usr/bin/env", variables: sandbox.variables.merging(["TERM": "xterm"]) { $1 })
    }

    @Test(
        "the password is asked for without an echo, and the plan is applied after a yes",
        .enabled("needs python3, which plays the terminal") { python.isInstalled })
    func yes() async throws {
        try await SandboxFixture.with { sandbox in
            let fix = try await Self.fix(["password of=\(sandbox.password)\\n", "[y/N]=y\\n"], in: sandbox)
            #expect(fix.status == 0, "\(fix.all)")
            #expect(!fix.output.contains(sandbox.password))
            #expect(fix.output.contains("\u{1b}[32m+"), "a diff has colours on a terminal")
            #expect(fix.output.contains("echo on"))
            #expect(try await sandbox.secret() == sandbox.credential)
        }
    }

    @Test(
        "anything but yes, the end of input or Ctrl-C ends it at once, changes nothing and leaves the terminal as it was",
        .enabled("needs python3, which plays the terminal") { python.isInstalled },
        arguments: [
            ("PASSWORD\\n", "n\\n"), ("PASSWORD\\n", "\\n"), ("PASSWORD\\n", "\\x03"), ("PASSWORD\\n", "\\x04"),
            ("\\x03", ""), ("\\x04", ""),
        ])
    func no(password: String, answer: String) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let typed = password == "PASSWORD\\n" ? "\(sandbox.password)\\n" : password
            let fix = try await Self.fix(["password of=\(typed)", "[y/N]=\(answer)"], in: sandbox)
            #expect(fix.status == 130, "\(fix.all)")
            #expect(fix.output.contains("echo on"), "\(fix.all)")
            try await BadInputTests.expectUnchanged(sandbox, before)
        }
    }
}
