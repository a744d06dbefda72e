import AWS
import Core
import Synchronization
import Testing

@Suite("AWS that says no")
struct RefusalTests {
    @Test("a permission that the operator lacks is named, with the statement that grants it")
    func missingPermission() async throws {
        try await SandboxFixture.with { sandbox in
            let role = "arn:aws:iam::123456789012:role/service-role/codebuild-web-service-role"
            let words =
                "User: arn:aws:iam::123456789012:user/dev is not authorized to perform: iam:PutRolePolicy on resource: "
                + "role codebuild-web-service-role because no identity-based policy allows the iam:PutRolePolicy action"
            try await FaultProxy.with(sandbox.endpoint) { call in
                call.operation == "PutRolePolicy" ? .refuse(403, code: "AccessDenied", message: words) : .none
            } _: { url, _ in
                let fix = try await sandbox.fix(["web"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.status == 3, "\(fix.all)")
                #expect(fix.errors.contains(#""Action" : "iam:PutRolePolicy""#), "\(fix.all)")
                #expect(fix.errors.contains("codebuild-web-service-role"), "\(role): \(fix.all)")
                #expect(fix.errors.contains("unthrottle undo"), "what was done is said: \(fix.all)")
            }
            // With the permission, the same command goes on from there.
            let again = try await sandbox.fix(["web"])
            #expect(again.status == 0, "\(again.all)")
            #expect(again.output.contains("the secret dockerhub holds this credential"), "\(again.all)")
        }
    }

    @Test("expired credentials are called expired", arguments: ["ExpiredToken", "ExpiredTokenException"])
    func expired(code: String) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            try await FaultProxy.with(sandbox.endpoint) { _ in
                .refuse(403, code: code, message: "The security token included in the request is expired")
            } _: { url, _ in
                let fix = try await sandbox.fix(["web"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.status == 3, "\(fix.all)")
                #expect(fix.errors.contains("The AWS credentials have expired. Sign in again"), "\(fix.all)")
            }
            try await BadInputTests.expectUnchanged(sandbox, before)
        }
    }

    @Test("a secret that rotates by itself is refused, also where it holds this very credential")
    func rotation() async throws {
        try await SandboxFixture.with { sandbox in
            _ = try await sandbox.fix(["api"])
            let before = try await AccountView.read(sandbox)
            let rotating: JSON = [
                "ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:dockerhub-AbCdEf", "Name": "dockerhub",
                "RotationEnabled": true, "VersionIdsToStages": ["11111111-2222-3333-4444-555555555555": ["AWSCURRENT"]],
            ]
            try await FaultProxy.with(sandbox.endpoint) { call in
                call.operation == "DescribeSecret" ? .answer(rotating) : .none
            } _: { url, _ in
                let fix = try await sandbox.fix(["web"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.status == 3, "\(fix.all)")
                #expect(fix.errors.contains("the secret dockerhub rotates by itself"), "\(fix.all)")
                #expect(fix.errors.contains("cancel-rotate-secret"), "\(fix.all)")
            }
            #expect(try await AccountView.read(sandbox) == before)
        }
    }

    @Test("a wrong password reaches Docker Hub only: not one call goes to AWS")
    func wrongPasswordStopsFirst() async throws {
        try await SandboxFixture.with { sandbox in
            let calls = Mutex(0)
            try await FaultProxy.with(sandbox.endpoint) { _ in
                calls.withLock { $0 += 1 }
                return .none
            } _: { url, _ in
                let fix = try await sandbox.run(
                    ["fix", "web", "--username", sandbox.username, "--password-stdin", "--yes"], input: "wrong",
                    variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.errors.contains("incorrect username or password"), "\(fix.all)")
            }
            #expect(calls.withLock { $0 } == 0)
        }
    }

    @Test("undo refuses where somebody changed the project meanwhile, and changes nothing")
    func changedMeanwhile() async throws {
        try await SandboxFixture.with { sandbox in
            _ = try await sandbox.fix(["web"])
            try await sandbox.account { aws in
                var environment = try #require(try await aws.projects(named: ["web"]).found.first).environment
                environment.environmentVariables = environment.environmentVariables?.map { variable in
                    var variable = variable
                    if variable.name == "DOCKERHUB_USERNAME" { variable.value = "other:username" }
                    return variable
                }
                _ = try await aws.call(CodeBuild.UpdateProject(name: "web", environment: environment))
            }
            let changed = try await AccountView.read(sandbox)
            let undo = try await sandbox.run(["undo", "--yes"])
            #expect(undo.status == 3, "\(undo.all)")
            #expect(undo.errors.contains("project web cannot be taken back: DOCKERHUB_USERNAME changed meanwhile"))
            #expect(undo.errors.contains("Nothing was taken back"), "\(undo.all)")
            #expect(try await AccountView.read(sandbox) == changed)
            #expect(try await sandbox.secret() == sandbox.credential)
        }
    }
}
