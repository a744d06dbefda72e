import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Sandbox

@Suite("Callers besides the operator")
struct CallerTests {
    private let time = ManualTime()
    private static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}"#

    private func account(_ folder: String? = nil) throws -> SandboxAccount {
        try SandboxAccount(
            place: AccountPlace(account: "123456789012", region: "us-east-1"), folder: folder, time: time.keeper,
            dice: .system)
    }

    @Test("a role's session ends with its time, and is no session a day later")
    func expiry() async throws {
        let account = try account()
        var calls = AccountCalls(account)
        _ = try await calls(IAM.CreateRole(roleName: "r", assumeRolePolicyDocument: Self.trust))
        let session = try await calls(
            STS.AssumeRole(
                roleArn: "arn:aws:iam::123456789012:role/r", roleSessionName: "me", durationSeconds: 900))
        let keys = try #require(session.credentials)
        calls.credentials = AWSCredentials(
            accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey.secret,
            sessionToken: keys.sessionToken.secret)
        time.advance(by: 899)
        calls.now = account.backend.now
        #expect(try await calls(STS.GetCallerIdentity()).arn == "arn:aws:sts::123456789012:assumed-role/r/me")
        // A session that has ended is known for a day; a session made after that sweeps it out.
        for (seconds, code) in [(2.0, "ExpiredToken"), (86_400, "InvalidClientTokenId")] {
            time.advance(by: seconds)
            calls.now = account.backend.now
            var person = AccountCalls(account)
            person.now = account.backend.now
            _ = try await person(
                STS.AssumeRole(roleArn: "arn:aws:iam::123456789012:role/r", roleSessionName: "other"))
            let refused = await #expect(throws: AccountCalls.Refused.self) { try await calls(STS.GetCallerIdentity()) }
            #expect(refused?.code == code)
        }
    }

    @Test("users, their keys and sessions outlive the sandbox; the operator is an administrator again")
    func restart() async throws {
        try await withTemporaryFolder { folder in
            var user: (id: String, keys: AWSCredentials)?
            var session: STS.Credentials?
            do {
                let calls = AccountCalls(try account("\(folder)/state"))
                let made = try await calls(IAM.CreateUser(userName: "ann")).user
                let key = try await calls(IAM.CreateAccessKey(userName: "ann")).accessKey
                user = (
                    made.userId,
                    AWSCredentials(accessKeyID: key.accessKeyId, secretAccessKey: key.secretAccessKey.secret)
                )
                _ = try await calls(IAM.CreateRole(roleName: "r", assumeRolePolicyDocument: Self.trust))
                session =
                    try await calls(
                        STS.AssumeRole(roleArn: "arn:aws:iam::123456789012:role/r", roleSessionName: "me")
                    ).credentials
                _ = try await calls(
                    IAM.DetachUserPolicy(
                        userName: "sandbox", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess"))
                await #expect(throws: AccountCalls.Refused.self) { try await calls(IAM.GetRole(roleName: "r")) }
            }
            var calls = AccountCalls(try account("\(folder)/state"))
            _ = try await calls(IAM.GetRole(roleName: "r"))
            calls.credentials = try #require(user?.keys)
            #expect(try await calls(STS.GetCallerIdentity()).userId == user?.id)
            let keys = try #require(session)
            calls.credentials = AWSCredentials(
                accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey.secret,
                sessionToken: keys.sessionToken.secret)
            #expect(try await calls(STS.GetCallerIdentity()).arn == "arn:aws:sts::123456789012:assumed-role/r/me")
        }
    }

    @Test("docs/sandbox.md has the operations that there are, and no others")
    func documented() throws {
        let names = try account().front.operations.names
        let table = names.sorted { $0.key < $1.key }.map { "| `\($0.key)` | \($0.value.joined(separator: ", ")) |" }
        let text = try Checkout.text(of: "docs/sandbox.md")
        let found = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        #expect(found == table, "the table should be:\n\(table.joined(separator: "\n"))")
    }
}
