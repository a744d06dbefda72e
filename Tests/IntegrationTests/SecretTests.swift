import AWS
import Core
import FoundationEssentials
import Testing

@Suite("What fix does with secrets that are there, and with keys")
struct SecretTests {
    @Test("a customer-managed key is granted with kms:Decrypt by way of Secrets Manager alone, and the build passes")
    func customerKey() async throws {
        try await SandboxFixture.with { sandbox in
            let key = try await sandbox.account { try await $0.call(KMS.CreateKey()).keyMetadata.arn ?? "" }
            let fix = try await sandbox.fix(["api"], ["--kms-key", key])
            #expect(fix.status == 0, "\(fix.all)")
            let grant = try JSON(parsing: try #require(try await AccountView.read(sandbox).grant(of: "api")))
            let decrypt = try #require(grant["Statement"]?.array?.last)
            #expect(decrypt["Action"] == ["kms:Decrypt"])
            #expect(decrypt["Resource"] == [.string(key)])
            #expect(
                decrypt["Condition"]
                    == ["StringEquals": ["kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"]])
            let (build, log) = try await sandbox.build("api")
            #expect(build.buildStatus == .succeeded, "\(log.joined(separator: "\n"))")
            let again = try await sandbox.fix(["api"], ["--json"])
            #expect(try JSON(parsing: again.output)["plan"]?["steps"] == [], "\(again.all)")
        }
    }

    @Test("a secret with another credential gets a new version that keeps its other keys; undo gives back the former")
    func update() async throws {
        try await SandboxFixture.with { sandbox in
            let former: JSON = ["username": "old", "password": "old-password", "note": "kept"]
            try await sandbox.account { aws in
                _ = try await aws.call(
                    SecretsManager.CreateSecret(name: "dockerhub", secretString: Sensitive(former.text())))
            }
            let fix = try await sandbox.fix(["api"])
            #expect(fix.status == 0, "\(fix.all)")
            #expect(fix.output.contains("give the secret dockerhub a new version"), "\(fix.all)")
            #expect(
                try await sandbox.secret()
                    == .holds([
                        "username": .string(sandbox.username), "password": .string(sandbox.password), "note": "kept",
                    ]))
            let undo = try await sandbox.run(["undo", "--yes"])
            #expect(undo.status == 0, "\(undo.all)")
            #expect(try await sandbox.secret() == .holds(former.object ?? [:]))
        }
    }

    @Test("a password in clear text in the project is replaced, kept nowhere, and undo says that it is not restored")
    func clearText() async throws {
        try await SandboxFixture.with { sandbox in
            let canary = "clear-text-canary-4711"
            try await sandbox.account { aws in
                var environment = try #require(try await aws.projects(named: ["api"]).found.first).environment
                environment.environmentVariables = [
                    .init(name: "DOCKERHUB_USERNAME", value: "someone", type: .plaintext),
                    .init(name: "DOCKERHUB_PASSWORD", value: canary, type: .plaintext),
                ]
                _ = try await aws.call(CodeBuild.UpdateProject(name: "api", environment: environment))
            }
            let fix = try await sandbox.fix(["api"])
            #expect(fix.status == 0, "\(fix.all)")
            #expect(fix.output.contains("api holds DOCKERHUB_PASSWORD in clear text"), "\(fix.all)")
            let undo = try await sandbox.run(["undo", "--yes"])
            #expect(undo.status == 0, "\(undo.all)")
            #expect(undo.output.contains("The plaintext value that DOCKERHUB_PASSWORD of the project api had"))
            let after = try await AccountView.read(sandbox).projects["api"]?["environment"]?["environmentVariables"]
            #expect(after == [["name": "DOCKERHUB_USERNAME", "value": "someone", "type": "PLAINTEXT"]])
            for text in [fix.all, undo.all] { #expect(!text.contains(canary)) }
            for file in try FileManager.default.subpathsOfDirectory(atPath: sandbox.state) {
                let bytes = FileManager.default.contents(atPath: "\(sandbox.state)/\(file)") ?? Data()
                #expect(!String(decoding: bytes, as: UTF8.self).contains(canary), "\(file)")
            }
        }
    }
}
