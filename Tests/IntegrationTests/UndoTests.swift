import AWS
import Core
import FoundationEssentials
import Testing

@Suite("Undo of several runs")
struct UndoTests {
    private static func current(_ sandbox: SandboxFixture) async throws -> String? {
        try await sandbox.account { aws in
            try await aws.call(SecretsManager.DescribeSecret(secretId: "dockerhub")).versionIdsToStages?
                .first { $0.value.contains("AWSCURRENT") }?.key
        }
    }

    @Test("numbers that no type holds, and the order of members, survive a new value of the secret")
    func digits() async throws {
        try await SandboxFixture.with { sandbox in
            let former = #"{"z": 123456789012345678901234567890, "a": 1e400, "m": -0, "d": 0.10000000000000000000001}"#
            try await sandbox.account { aws in
                let value = former.dropLast() + #", "username": "old", "password": "old"}"#
                _ = try await aws.call(
                    SecretsManager.CreateSecret(name: "dockerhub", secretString: Sensitive(String(value))))
            }
            let fix = try await sandbox.fix(["api"])
            #expect(fix.status == 0, "\(fix.all)")
            let text = try await sandbox.account { aws in
                try await aws.call(SecretsManager.GetSecretValue(secretId: "dockerhub")).secretString?.reveal() ?? ""
            }
            #expect(text.hasPrefix(former.dropLast()), "\(fix.all)")
            #expect(try JSONObjectText(parsing: text).string("username") == sandbox.username)
        }
    }

    @Test("a chain of updates of one secret is taken back one by one, each to the version that was there")
    func chain() async throws {
        try await SandboxFixture.with { sandbox in
            let former: JSON = ["username": "old", "password": "first"]
            try await sandbox.account { aws in
                _ = try await aws.call(
                    SecretsManager.CreateSecret(name: "dockerhub", secretString: Sensitive(former.text())))
            }
            let first = try await Self.current(sandbox)
            #expect(try await sandbox.fix(["api"]).status == 0)
            let second = try await Self.current(sandbox)
            // The token of the secret is replaced by a second one: a run whose only step is the update.
            _ = try await sandbox.account { aws in
                try await aws.call(
                    SecretsManager.PutSecretValue(
                        secretId: "dockerhub", clientRequestToken: "11111111-2222-3333-4444-555555555555",
                        secretString: Sensitive(former.text())))
            }
            let third = try await Self.current(sandbox)
            #expect(try await sandbox.fix(["api"]).status == 0)
            let undo = try await sandbox.run(["undo", "--yes"])
            #expect(undo.status == 0, "\(undo.all)")
            #expect(try await Self.current(sandbox) == third, "under its own id")
            #expect(Set([first, second, third]).count == 3)
            try await sandbox.account { aws in
                _ = try await aws.call(
                    SecretsManager.UpdateSecretVersionStage(
                        secretId: "dockerhub", versionStage: "AWSCURRENT", removeFromVersionId: third,
                        moveToVersionId: second))
            }
            let older = try await sandbox.run(["undo", "--yes"])
            #expect(older.status == 0, "\(older.all)")
            #expect(try await Self.current(sandbox) == first)
            #expect(try await sandbox.secret() == .holds(former.object ?? [:]))
        }
    }

    @Test("a former version that is gone is said to be lost, and the rest is taken back")
    func cleared() async throws {
        try await SandboxFixture.with { sandbox in
            try await sandbox.account { aws in
                _ = try await aws.call(
                    SecretsManager.CreateSecret(
                        name: "dockerhub", secretString: Sensitive(#"{"username":"old","password":"old"}"#)))
            }
            #expect(try await sandbox.fix(["api"]).status == 0)
            let empty: JSON = [
                "ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-AbCdEf", "Versions": [],
            ]
            try await FaultProxy.with(sandbox.endpoint) { call in
                call.operation == "ListSecretVersionIds" ? .answer(empty) : .none
            } _: { url, _ in
                let undo = try await sandbox.run(["undo", "--yes"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(undo.status == 0, "\(undo.all)")
                #expect(undo.output.contains("secret dockerhub stays: its former value"), "\(undo.all)")
                #expect(undo.output.contains("cannot be restored"), "\(undo.all)")
                #expect(try await AccountView.read(sandbox).grant(of: "api") == nil)
                // What cannot be taken back is not offered for ever.
                let again = try await sandbox.run(["undo", "--yes"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(again.output.contains("Nothing is left to take back"), "\(again.all)")
            }
            #expect(try await sandbox.secret() == sandbox.credential)
        }
    }

    @Test("without a run's name, a run of which all that is left must stay is passed over, with the reason")
    func passedOver() async throws {
        try await SandboxFixture.with { sandbox in
            // The first run makes the secret; the second one, of another project, uses it.
            let first = try await sandbox.fix(["web"], ["--json"])
            let firstRun = try #require(try SandboxFixture.run(in: first), "\(first.all)")
            let second = try await sandbox.fix(["api"], ["--json"])
            let secondRun = try #require(try SandboxFixture.run(in: second), "\(second.all)")
            let undo = try await sandbox.run(["undo", firstRun, "--yes"])
            #expect(undo.output.contains("secret dockerhub stays: api still uses the secret"), "\(undo.all)")
            let named = try await sandbox.run(["undo", "--yes", "--json"])
            #expect(try JSON(parsing: named.output)["run"]?.string == secondRun, "\(named.all)")
            let last = try await sandbox.run(["undo", "--yes"])
            #expect(last.output.contains("the run \(firstRun)"), "\(last.all)")
            #expect(try await sandbox.secret() == .scheduledForDeletion)
        }
    }

    @Test("the newest run is passed over where all that is left of it must stay")
    func newestStays() async throws {
        try await SandboxFixture.with { sandbox in
            let older = try await sandbox.fix(["api"], ["--json", "--secret", "other"])
            let olderRun = try #require(try SandboxFixture.run(in: older), "\(older.all)")
            let newer = try await sandbox.fix(["web"], ["--json"])
            let newerRun = try #require(try SandboxFixture.run(in: newer), "\(newer.all)")
            // By hand, another project uses the secret that the newer run made.
            try await sandbox.account { aws in
                var environment = try #require(try await aws.projects(named: ["api"]).found.first).environment
                environment.environmentVariables =
                    (environment.environmentVariables ?? [])
                    + [.init(name: "MINE", value: "dockerhub:username", type: .secretsManager)]
                _ = try await aws.call(CodeBuild.UpdateProject(name: "api", environment: environment))
            }
            let part = try await sandbox.run(["undo", "--yes"])
            #expect(part.output.contains("secret dockerhub stays"), "\(part.all)")
            let bare = try await sandbox.run(["undo", "--yes"])
            #expect(bare.status == 0, "\(bare.all)")
            #expect(
                bare.output.contains("Passing over the run \(newerRun): secret dockerhub stays: api"), "\(bare.all)")
            #expect(bare.output.contains("the run \(olderRun)"), "\(bare.all)")
        }
    }
}
