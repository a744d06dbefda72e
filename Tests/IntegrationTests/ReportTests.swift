import AWS
import Core
import Testing

@Suite("quota, diagnose and runs")
struct ReportTests {
    @Test("quota shows both identities, and costs no pull")
    func quota() async throws {
        try await SandboxFixture.with(["--account-limit", "40"]) { sandbox in
            let login = ["--username", sandbox.username, "--password-stdin"]
            let words = try await sandbox.run(["quota"] + login, input: sandbox.password)
            #expect(words.status == 0, "\(words.all)")
            #expect(words.output.contains("0 of 0 pulls left in 6 h"))
            #expect(words.output.contains("40 of 40 pulls left in 6 h"))

            let answer = try await sandbox.run(["quota", "--json"] + login, input: sandbox.password)
            let both = try JSON(parsing: answer.output)
            #expect(both["anonymous"]?["remaining"] == 0)
            #expect(both["anonymous"]?["countedToAccount"] == false)
            #expect(both["account"]?["remaining"] == 40)
            #expect(both["account"]?["limit"] == 40)
            #expect(both["account"]?["windowSeconds"] == 21600)
            #expect(both["account"]?["countedToAccount"] == true)

            _ = try await sandbox.fix(["api"])
            let stored = try await sandbox.run(["quota", "--secret", "dockerhub", "--json"])
            #expect(try JSON(parsing: stored.output)["account"]?["identity"]?.string == sandbox.username)

            let alone = try await sandbox.run(["quota", "--json"])
            #expect(try JSON(parsing: alone.output)["account"] == .null)
        }
    }

    @Test("diagnose names phase and kind of both failures, and nothing where the newest builds pass")
    func diagnose() async throws {
        try await SandboxFixture.with { sandbox in
            let none = try await sandbox.run(["diagnose", "web", "api"])
            #expect(none.status == 0, "\(none.all)")
            for project in ["web", "api"] { try await sandbox.build(project) }
            let found = try await sandbox.run(["diagnose", "web", "api", "--json"])
            #expect(found.status == 1, "\(found.all)")
            let findings = try (JSON(parsing: found.output).array ?? []).flatMap { $0["findings"]?.array ?? [] }
            #expect(findings.map { $0["kind"]?.string } == ["anonymousPullLimit", "anonymousPullLimit"])
            #expect(findings.map { $0["phase"]?.string } == ["PROVISIONING", "BUILD"])
            #expect(findings.allSatisfy { $0["evidence"]?.string?.contains("toomanyrequests") == true })
            let words = try await sandbox.run(["diagnose", "web", "api"])
            #expect(words.output.contains("error pulling image configuration: toomanyrequests"), "\(words.all)")
            #expect(words.output.contains("unthrottle fix"))

            _ = try await sandbox.fix(["web", "api"])
            for project in ["web", "api"] { try await sandbox.build(project) }
            let healed = try await sandbox.run(["diagnose", "web", "api", "--builds", "1"])
            #expect(healed.status == 0, "the newest builds pass: \(healed.all)")
        }
    }

    @Test("runs lists them oldest first, and says so where there are none")
    func runs() async throws {
        try await SandboxFixture.with { sandbox in
            let none = try await sandbox.run(["runs"])
            #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("no runs yet"), "\(none.all)")
            #expect(try await sandbox.run(["runs", "--json"]).output.split(separator: "\n").joined() == "[]")
            _ = try await sandbox.fix(["web"])
            _ = try await sandbox.fix(["api"])
            _ = try await sandbox.run(["undo", "--yes"])
            let answer = try await sandbox.run(["runs", "--json"])
            let runs = try JSON(parsing: answer.output).array ?? []
            #expect(runs.map { $0["projects"] } == [["web"], ["api"]])
            #expect(runs.map { $0["status"]?.string } == ["applied", "taken back"])
        }
    }

    @Test("a probe build from before undo does not hide that the project is throttled again")
    func probeBeforeUndo() async throws {
        try await SandboxFixture.with { sandbox in
            #expect(try await sandbox.build("web").build.buildStatus == .failed)
            let fix = try await sandbox.fix(["web"], verifying: true)
            #expect(fix.status == 0, "\(fix.all)")
            #expect(try await sandbox.run(["diagnose", "web"]).status == 0)
            #expect(try await sandbox.run(["undo", "--yes"]).status == 0)
            let again = try await sandbox.run(["diagnose", "web"])
            #expect(again.status == 1, "\(again.all)")
            #expect(again.output.contains("PROVISIONING"), "\(again.all)")
        }
    }
}
