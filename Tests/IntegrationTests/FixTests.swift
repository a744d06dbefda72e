import AWS
import Core
import Subprocess
import Testing

@Suite("fix, verify and undo on the sandbox")
struct FixTests {
    @Test("fix proves both projects, changes nothing the second time, and undo restores them exactly")
    func wholeStory() async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            for project in ["web", "api"] {
                #expect(try await sandbox.build(project).build.buildStatus == .failed)
            }

            let fix = try await sandbox.fix(["web", "api"], verifying: true, ["--json"])
            #expect(fix.status == 0, "\(fix.all)")
            let answer = try JSON(parsing: fix.output)
            let run = try #require(answer["run"]?.string)
            let proofs = (answer["proofs"]?.array ?? []).flatMap { report in
                (report["proofs"]?.array ?? []).map {
                    "\(report["project"]?.string ?? "") \($0["part"]?.string ?? "") \($0["verdict"]?.string ?? "")"
                }
            }
            #expect(proofs == ["web PROVISIONING proved", "web build proved", "api build proved"])
            #expect(try await sandbox.secret() == sandbox.credential)
            for project in ["web", "api"] {
                let (build, log) = try await sandbox.build(project)
                #expect(build.buildStatus == .succeeded, "\(log.joined(separator: "\n"))")
            }

            let fixed = try await AccountView.read(sandbox)
            let again = try await sandbox.fix(["web", "api"], ["--json"])
            #expect(again.status == 0, "\(again.all)")
            #expect(try JSON(parsing: again.output)["plan"]?["steps"] == [])
            #expect(try JSON(parsing: again.output)["run"] == .null)
            let words = try await sandbox.run(["fix", "web", "api", "--yes", "--no-verify"])
            #expect(words.output.contains("Nothing needs to change."), "\(words.all)")
            #expect(try await AccountView.read(sandbox) == fixed)

            let runs = try await sandbox.run(["runs"])
            #expect(runs.output.contains(run) && runs.output.contains("applied"), "\(runs.all)")

            let undo = try await sandbox.run(["undo", run, "--yes"])
            #expect(undo.status == 0, "\(undo.all)")
            #expect(undo.output.contains("can be restored for 7 days"), "\(undo.all)")
            #expect(try await AccountView.read(sandbox) == before)
            #expect(try await sandbox.secret() == .scheduledForDeletion)
            #expect(try await sandbox.run(["runs"]).output.contains("taken back"))

            let restored = try await sandbox.fix(["web", "api"])
            #expect(restored.status == 0, "\(restored.all)")
            #expect(restored.output.contains("restore the secret dockerhub"), "\(restored.all)")
            #expect(try await sandbox.secret() == sandbox.credential)
            #expect(try await AccountView.read(sandbox) == fixed)
        }
    }

    @Test("verify reads the credential from the project's secret, and says where a project names none")
    func verify() async throws {
        try await SandboxFixture.with { sandbox in
            let none = try await sandbox.run(["verify", "api"])
            #expect(none.status == 1, "\(none.all)")
            #expect(none.errors.contains("no Docker Hub secret was found in the project api"))
            #expect(none.errors.contains("unthrottle fix api"))

            _ = try await sandbox.fix(["api"])
            let proof = try await sandbox.run(["verify", "api", "--json"])
            #expect(proof.status == 0, "\(proof.all)")
            let report = try #require(try JSON(parsing: proof.output).array?.first)
            #expect(report["proofs"]?.array?.first?["verdict"] == "proved", "\(proof.all)")
            #expect(report["passwordInLog"] == false)
        }
    }

    @Test("a secret that another project uses outlives the undo of the run that made it")
    func sharedSecret() async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let first = try #require(try SandboxFixture.run(in: try await sandbox.fix(["web"], ["--json"])))
            let second = try #require(try SandboxFixture.run(in: try await sandbox.fix(["api"], ["--json"])))

            let undo = try await sandbox.run(["undo", first, "--yes"])
            #expect(undo.status == 0, "\(undo.all)")
            #expect(undo.output.contains("secret dockerhub stays: api still uses the secret"), "\(undo.all)")
            #expect(try await sandbox.secret() == sandbox.credential)
            let half = try await AccountView.read(sandbox)
            #expect(half.projects["web"] == before.projects["web"])
            #expect(half.grant(of: "web") == nil)
            #expect(half.grant(of: "api") != nil)

            _ = try await sandbox.run(["undo", second, "--yes"])
            let rest = try await sandbox.run(["undo", "--yes"])
            #expect(rest.status == 0, "\(rest.all)")
            #expect(try await sandbox.secret() == .scheduledForDeletion)
            #expect(try await AccountView.read(sandbox) == before)
        }
    }

    @Test("a run that was killed before its project's step leaves the secret that a later run gave the project")
    func laterRunForTheSameProject() async throws {
        try await SandboxFixture.with { sandbox in
            _ = try await sandbox.stopped(by: .kill, atWrite: 2, isDone: false) { url, signals in
                try await sandbox.fix(["web"], variables: ["AWS_ENDPOINT_URL": url], signals: signals)
            }
            _ = try await sandbox.fix(["web"])
            let first = try JSON(parsing: try await sandbox.run(["runs", "--json"]).output).array?.first
            let undo = try await sandbox.run(["undo", first?["run"]?.string ?? "", "--yes"])
            #expect(undo.status == 0, "\(undo.all)")
            #expect(try await sandbox.secret() == sandbox.credential, "\(undo.all)")
            #expect(try await AccountView.read(sandbox).grant(of: "web") != nil, "\(undo.all)")
            let web = try await sandbox.build("web").build
            #expect(web.buildStatus == .succeeded)
        }
    }

    @Test(
        "a secret that a person's own project names by its ARN, or in its buildspec, outlives undo",
        arguments: [false, true])
    func usedByHand(inBuildspec: Bool) async throws {
        try await SandboxFixture.with { sandbox in
            _ = try await sandbox.fix(["web"])
            try await sandbox.account { aws in
                let arn = try await aws.call(SecretsManager.DescribeSecret(secretId: "dockerhub")).arn
                let api = try #require(try await aws.projects(named: ["api"]).found.first)
                var (environment, source) = (api.environment, api.source)
                if inBuildspec {
                    source.buildspec =
                        "version: 0.2\nenv:\n  secrets-manager:\n    TOKEN: dockerhub:password\n"
                        + "phases:\n  build:\n    commands: [docker version]\n"
                } else {
                    environment.environmentVariables = [
                        .init(name: "TOKEN", value: "\(arn):password", type: .secretsManager)
                    ]
                }
                _ = try await aws.call(
                    CodeBuild.UpdateProject(name: "api", source: source, environment: environment))
            }
            let undo = try await sandbox.run(["undo", "--yes"])
            #expect(undo.output.contains("secret dockerhub stays: api still uses the secret"), "\(undo.all)")
            #expect(undo.output.contains("Done. What stays can be taken back later"), "\(undo.all)")
            #expect(try await sandbox.secret() == sandbox.credential)
        }
    }

    @Test("undo of a run leaves the secret to a project that a later run added")
    func laterRunForAnotherProject() async throws {
        try await SandboxFixture.with { sandbox in
            let web = try #require(try SandboxFixture.run(in: try await sandbox.fix(["web"], ["--json"])))
            _ = try await sandbox.fix(["web", "api"])
            let undo = try await sandbox.run(["undo", web, "--yes"])
            #expect(undo.output.contains("secret dockerhub stays: api still uses the secret"), "\(undo.all)")
            #expect(try await sandbox.secret() == sandbox.credential)
        }
    }
}
