import AWS
import Core
import FoundationEssentials

/// What stands in the sandbox's account, as far as `fix` and `undo` touch it.
struct AccountView: Sendable, Equatable {
    /// The projects as JSON, without the time of their last change.
    var projects: [String: JSON]
    /// The documents of the service roles' inline policies, by role and policy.
    var policies: [String: [String: String]]

    /// Reads web and api.
    static func read(_ sandbox: SandboxFixture) async throws -> AccountView {
        try await sandbox.account { aws in
            var view = AccountView(projects: [:], policies: [:])
            for project in try await aws.projects(named: ["web", "api"]).found {
                var members = try JSON(encoding: project).object ?? [:]
                members["lastModified"] = nil
                view.projects[project.name] = .object(members)
                let role = String(project.serviceRole?.split(separator: "/").last ?? "")
                for policy in try await aws.inlinePolicyNames(ofRole: role) {
                    view.policies[role, default: [:]][policy] =
                        try await aws.call(IAM.GetRolePolicy(roleName: role, policyName: policy)).policyDocument.text
                }
            }
            return view
        }
    }

    /// The inline policy that `fix` writes, of a project's role.
    func grant(of project: String) -> String? {
        policies["codebuild-\(project)-service-role"]?["dockerhub_secret_access"]
    }
}

extension SandboxFixture {
    /// Where the secret stands.
    enum SecretState: Sendable, Equatable {
        case absent, scheduledForDeletion
        case holds([String: JSON])
    }

    /// Reads a secret.
    func secret(_ name: String = "dockerhub") async throws -> SecretState {
        try await account { aws in
            do {
                let found = try await aws.call(SecretsManager.DescribeSecret(secretId: name))
                if found.deletedDate != nil { return .scheduledForDeletion }
                let value = try await aws.call(SecretsManager.GetSecretValue(secretId: name))
                return .holds(try JSON(parsing: value.secretString?.reveal() ?? "").object ?? [:])
            } catch let error as AWSError where error.code == "ResourceNotFoundException" {
                return .absent
            }
        }
    }

    /// The value that `fix` gives the secret.
    var credential: SecretState { .holds(["username": .string(username), "password": .string(password)]) }

    /// Starts a build and waits for its end; its log goes with it.
    @discardableResult
    func build(_ project: String) async throws -> (build: CodeBuild.Build, log: [String]) {
        try await account { aws in
            var build = try await aws.call(CodeBuild.StartBuild(projectName: project)).build
            while build.buildComplete != true {
                try await Task.sleep(for: .milliseconds(50))
                guard let next = try await aws.builds([build.id]).first else { throw CancellationError() }
                build = next
            }
            guard let group = build.logs?.groupName, let stream = build.logs?.streamName else { return (build, []) }
            return (build, try await aws.logEvents(group: group, stream: stream).events.map { $0.message ?? "" })
        }
    }

    /// The run's name in the answer of `fix --json`.
    static func run(in outcome: Outcome) throws -> String? { try JSON(parsing: outcome.output)["run"]?.string }
}
