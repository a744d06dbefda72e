import AWS
import Core
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import Sandbox

@Suite("Signatures: what AWS refuses")
struct SignatureCheckTests {
    private let time = ManualTime(1_700_000_000)
    private func calls() throws -> AccountCalls {
        AccountCalls(
            try SandboxAccount(
                place: AccountPlace(account: "123456789012", region: "eu-west-1"), time: time.keeper, dice: .seeded(7)))
    }

    private func refusal(_ body: () async throws -> Void) async -> AccountCalls.Refused? {
        do {
            try await body()
            return nil
        } catch {
            return error as? AccountCalls.Refused
        }
    }

    @Test(
        "the clock may be five minutes off, IAM's and STS's fifteen",
        arguments: [
            (
                -301.0,
                "Signature expired: 20231114T220819Z is now earlier than 20231114T220820Z (20231114T221320Z - 5 min.)"
            ),
            (-300, nil), (0, nil), (300, nil),
            (
                301,
                "Signature not yet current: 20231114T221821Z is still later than 20231114T221820Z (20231114T221320Z + 5 min.)"
            ),
        ])
    func clock(offset: Double, message: String?) async throws {
        var calls = try calls()
        calls.now = calls.now.addingTimeInterval(offset)
        let listed = await refusal { _ = try await calls(SecretsManager.ListSecrets()) }
        #expect(listed?.message == message)
        #expect(listed.map(\.code) == message.map { _ in "InvalidSignatureException" })
        #expect(await refusal { _ = try await calls(STS.GetCallerIdentity()) } == nil)
    }

    @Test("STS and IAM answer 403 beyond fifteen minutes", arguments: [-901.0, 901])
    func queryClock(offset: Double) async throws {
        var calls = try calls()
        calls.now = calls.now.addingTimeInterval(offset)
        let refused = await refusal { _ = try await calls(STS.GetCallerIdentity()) }
        #expect(refused?.code == "SignatureDoesNotMatch" && refused?.status == 403)
        #expect(refused?.message.contains("15 min.") == true)
    }

    @Test("a changed body, a changed Host and an unsigned Host are refused")
    func tampered() async throws {
        let calls = try calls()
        let good = try calls.request(SecretsManager.ListSecrets())
        var body = good
        body.body += [UInt8(ascii: " ")]
        var host = good
        host.authority = "evil.example"
        var unsigned = good
        let header = try #require(good.headers[.authorization])
        unsigned.headers[.authorization] = header.split(separator: "host;").joined()
        for (request, words) in [
            (body, "does not match the signature"), (host, "does not match the signature"),
            (unsigned, "'Host' or ':authority' must be a 'SignedHeader'"),
        ] {
            let answer = await calls.account.front.answer(request)
            #expect(answer.status == 400)
            #expect(String(decoding: answer.body, as: UTF8.self).contains(words))
        }
        #expect(await calls.account.front.answer(good).status == 200)
    }

    @Test("a build's session ends with the build, and its keys with their hour")
    func session() async throws {
        var calls = try calls()
        let caller = Caller(
            account: "123456789012",
            kind: .session(
                role: "r", roleARN: "arn:aws:iam::123456789012:role/r", roleID: "AROA", name: "AWSCodeBuild-1"))
        let keys = calls.account.keys
        let pass = keys.openSession(build: "web:1", role: caller, roleARN: caller.policyARN)
        #expect(keys.credentials(ofBuild: "web:1", token: "guess") == nil)
        let issued = try #require(keys.credentials(ofBuild: "web:1", token: pass.token.reveal()))
        #expect(
            keys.credentials(ofBuild: "web:1", token: pass.token.reveal())?.0 == issued.0, "the same while it lasts")
        calls.credentials = issued.0
        let identity = try await calls(STS.GetCallerIdentity())
        #expect(identity.arn == "arn:aws:sts::123456789012:assumed-role/r/AWSCodeBuild-1")
        time.advance(by: 2701)
        #expect(keys.credentials(ofBuild: "web:1", token: pass.token.reveal())?.0 != issued.0, "renewed near the end")
        time.advance(by: 900)
        calls.now = time.keeper.now()
        #expect(await refusal { _ = try await calls(STS.GetCallerIdentity()) }?.code == "ExpiredToken")
        #expect(
            await refusal { _ = try await calls(SecretsManager.ListSecrets()) }?.code == "ExpiredTokenException")
        keys.closeSession(build: "web:1")
        #expect(keys.credentials(ofBuild: "web:1", token: pass.token.reveal()) == nil)
        #expect(await refusal { _ = try await calls(STS.GetCallerIdentity()) }?.code == "InvalidClientTokenId")
    }

    @Test(
        "what is for no service gets an answer in the client's form",
        arguments: [
            ("application/x-amz-json-1.1", "UnknownOperationException"),
            ("application/x-www-form-urlencoded", "InvalidAction"),
        ])
    func noService(contentType: String, code: String) async throws {
        let answer = await (try calls()).account.front.answer(
            LoopbackRequest(
                method: .post, target: "/", authority: "127.0.0.1", headers: [.contentType: contentType],
                body: Array("Action=X".utf8)))
        #expect(answer.status == 400)
        #expect(String(decoding: answer.body, as: UTF8.self).contains(code))
    }
}
