import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

@Suite struct InstanceCredentialTests {
    private func chain(_ transport: ScriptedTransport, _ variables: [String: String] = [:], asks: Bool = true) throws
        -> CredentialChain
    {
        let variables = EnvironmentVariables(variables.merging(["HOME": "/h"]) { $1 })
        return CredentialChain(
            variables, profile: try SharedConfiguration(variables) { _ in nil }, transport: transport,
            time: ManualTime().keeper, dice: .seeded(1), options: .init(asksInstance: asks)
        ) { _ in nil }
    }

    private func keys(_ end: String) -> ScriptedTransport.Line {
        .answer(
            200, [:],
            #"{"Code":"Success","AccessKeyId":"AKI","SecretAccessKey":"s","Token":"t","Expiration":"\#(end)"}"#)
    }

    @Test("version 2: a token first, then the role, then its keys, within a second each")
    func found() async throws {
        let transport = ScriptedTransport([
            .answer(200, [:], "tok"), .answer(200, [:], "my role\n"), keys("2023-11-15T04:00:00Z"),
        ])
        let found = try await chain(transport).credentials()
        #expect(found.accessKeyID == "AKI")
        #expect(found.expiration == ISO8601.date("2023-11-15T04:00:00Z"))
        let base = "http://169.254.169.254/latest"
        #expect(
            transport.requests.map { "\($0.method) \($0.url)" } == [
                "PUT \(base)/api/token", "GET \(base)/meta-data/iam/security-credentials/",
                "GET \(base)/meta-data/iam/security-credentials/my%20role",
            ])
        #expect(transport.requests.allSatisfy { $0.limits.overall == .seconds(1) })
        #expect(transport.requests[0].headers[.ec2TokenLifetime] == "21600")
        #expect(transport.requests[2].headers[.ec2Token] == "tok")
    }

    @Test("keys that the service could not renew serve a while longer")
    func extended() async throws {
        let transport = ScriptedTransport([
            .answer(200, [:], "tok"), .answer(200, [:], "r"), keys("2023-11-14T22:00:00Z"),
        ])
        let end = try #require(try await chain(transport).credentials().expiration)
        #expect((1_700_001_020...1_700_001_500).contains(end.timeIntervalSince1970))
    }

    @Test("off EC2 one request is lost, and none where it is turned off or not asked for")
    func absent() async throws {
        let silent = ScriptedTransport([.fail(TransportError(.timedOut, "no answer"))])
        #expect(try await chain(silent).find() == nil)
        #expect(silent.requests.count == 1)
        let off = ScriptedTransport([])
        #expect(try await chain(off, ["AWS_EC2_METADATA_DISABLED": "True"]).find() == nil)
        #expect(try await chain(off, asks: false).find() == nil)
        #expect(off.requests.isEmpty)
        let roleless = ScriptedTransport([.answer(200, [:], "tok"), .answer(404)])
        #expect(try await chain(roleless).find() == nil)
    }

    @Test("the endpoint may be set, or be IPv6's")
    func endpoint() async throws {
        for (name, value, expected) in [
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9/", "http://127.0.0.1:9/latest/api/token"),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6", "http://[fd00:ec2::254]/latest/api/token"),
        ] {
            let transport = ScriptedTransport([.answer(403)])
            _ = try await chain(transport, [name: value]).find()
            #expect(transport.requests.map(\.url) == [expected])
        }
    }
}
