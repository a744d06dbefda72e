import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Sandbox

@Suite("AWS as boto3 sees it, each answer held to botocore's model")
struct AWSJudgeTests {
    @Test(
        "the scenario holds",
        .enabled("needs a Python with boto3; UNTHROTTLE_PYTHON names one") { await JudgePython.isThere() },
        arguments: [
            "secrets_life", "secrets_deletion", "secrets_rules", "iam_roles", "kms_keys", "codebuild_projects",
            "codebuild_rules", "signatures", "callers_users", "callers_roles", "callers_operators", "unknown_services",
            "objects", "object_copies", "object_members", "object_sizes", "bucket_lists", "unsigned_objects",
            "key_members", "secret_members", "source_identities", "statement_ids", "unread_members",
        ])
    func scenario(name: String) async throws {
        let account = try SandboxAccount(
            place: AccountPlace(account: "123456789012", region: "us-east-1"), time: .system, dice: .system)
        let key = account.operatorKey
        let outcome = try await withEndpoint(of: account) { endpoint in
            try await JudgePython.judge(
                name, endpoint: endpoint,
                [
                    "AWS_ACCESS_KEY_ID": key.accessKeyID, "AWS_SECRET_ACCESS_KEY": key.secretAccessKey.reveal(),
                ])
        }
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test(
        "a build's session is judged by its role's policies, and gets its keys from the container endpoint",
        .enabled("needs a Python with boto3; UNTHROTTLE_PYTHON names one") { await JudgePython.isThere() })
    func session() async throws {
        let account = try SandboxAccount(
            place: AccountPlace(account: "123456789012", region: "us-east-1"), time: .system, dice: .system)
        let role = IAMState.Role(
            name: "builds", path: "/", id: "AROAEXAMPLE", arn: "arn:aws:iam::123456789012:role/builds",
            created: account.backend.now, maxSessionDuration: 3600, trustPolicy: "{}", tags: [])
        try account.backend.store.change { $0.iam.roles["builds"] = role }
        let pass = account.keys.openSession(
            build: "web:1",
            role: Caller(
                account: "123456789012",
                kind: .session(role: role.name, roleARN: role.arn, roleID: role.id, name: "AWSCodeBuild-1")),
            roleARN: role.arn)
        let key = account.operatorKey
        let outcome = try await withEndpoint(of: account) { endpoint in
            try await JudgePython.judge(
                "build_session", endpoint: endpoint,
                [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": endpoint + pass.path,
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN": pass.token.reveal(), "ADMIN_KEY": key.accessKeyID,
                    "ADMIN_SECRET": key.secretAccessKey.reveal(),
                ])
        }
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
}
