import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

/// The article's procedure, done by hand with the tools that people have.
@Suite("The article by hand, with AWS's own clients")
struct ArticleTests {
    /// The private environment that `Scripts/setup test` makes.
    private static let tools = "\(Checkout.root)/.venv/bin"

    private static func hasTool(_ name: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "\(tools)/\(name)")
    }

    @Test(
        "every step makes the builds pass; each one left out makes them fail, with the right words",
        .enabled("needs .venv/bin/python with boto3 (Scripts/setup test)") { hasTool("aws") },
        arguments: ["steps_left_out", "customer_key", "demo_projects", "empty_account"])
    func variations(scenario: String) async throws {
        try await SandboxFixture.with(scenario == "demo_projects" ? [] : ["--empty"]) { sandbox in
            let outcome = try await BuiltProgram.run(
                ["\(Checkout.root)/Tests/Judges/article_by_hand.py", scenario], program: "\(Self.tools)/python",
                variables: sandbox.toolVariables)
            #expect(outcome.status == 0, "\(outcome.all)")
        }
    }

    @Test(
        "the aws CLI does the article's steps, and the throttled project passes",
        .enabled("needs .venv/bin/aws (Scripts/setup test)") { hasTool("aws") })
    func commandLine() async throws {
        try await SandboxFixture.with { sandbox in
            func aws(_ arguments: String...) async throws -> String {
                let outcome = try await BuiltProgram.run(
                    arguments + ["--output", "text"], program: "\(Self.tools)/aws", variables: sandbox.toolVariables)
                #expect(outcome.status == 0, "aws \(arguments): \(outcome.all)")
                return outcome.output.trimmed
            }
            let value: JSON = ["username": .string(sandbox.username), "password": .string(sandbox.password)]
            let arn = try await aws(
                "secretsmanager", "create-secret", "--name", "dockerhub", "--secret-string", value.text(), "--query",
                "ARN")
            let policy =
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"#
                + #""Resource":["\#(arn)*"]}]}"#
            _ = try await aws(
                "iam", "put-role-policy", "--role-name", "codebuild-web-service-role", "--policy-name",
                "dockerhub_secret_access", "--policy-document", policy)
            let environment: JSON = [
                "type": "LINUX_CONTAINER", "image": "docker:dind", "computeType": "BUILD_GENERAL1_SMALL",
                "privilegedMode": true, "imagePullCredentialsType": "SERVICE_ROLE",
                "registryCredential": ["credential": .string(arn), "credentialProvider": "SECRETS_MANAGER"],
                "environmentVariables": [
                    ["name": "DOCKERHUB_USERNAME", "value": "dockerhub:username", "type": "SECRETS_MANAGER"],
                    ["name": "DOCKERHUB_PASSWORD", "value": "dockerhub:password", "type": "SECRETS_MANAGER"],
                ],
            ]
            let buildspec = """
                version: 0.2

                phases:
                  install:
                    commands:
                      - echo "${DOCKERHUB_PASSWORD}" | docker login -u "${DOCKERHUB_USERNAME}" --password-stdin
                  build:
                    commands:
                      - docker pull docker:dind
                """
            let source: JSON = ["type": "NO_SOURCE", "buildspec": .string(buildspec)]
            #expect(try await sandbox.build("web").build.buildStatus == .failed)
            _ = try await aws(
                "codebuild", "update-project", "--name", "web", "--environment", environment.text(), "--source",
                source.text())
            _ = try await aws("codebuild", "start-build", "--project-name", "web", "--query", "build.id")
            let (build, log) = try await sandbox.build("web")
            #expect(build.buildStatus == .succeeded, "\(log.joined(separator: "\n"))")
            #expect(log.contains { $0.contains("Login Succeeded") })

            // What is so already is left as it is, whoever did it.
            let before = try await AccountView.read(sandbox)
            let fix = try await sandbox.fix(["web"], ["--json"])
            #expect(fix.status == 0, "\(fix.all)")
            #expect(try JSON(parsing: fix.output)["plan"]?["steps"] == [], "\(fix.all)")
            #expect(try await AccountView.read(sandbox) == before)
        }
    }
}

extension SandboxFixture {
    /// The variables with which AWS's clients find the sandbox, and a scenario its account.
    var toolVariables: [String: String] {
        variables.merging(exports) { $1 }.merging([
            "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore", "AWS_PAGER": "",
        ]) { $1 }
    }
}
