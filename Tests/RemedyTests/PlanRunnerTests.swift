import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import Remedy

@Suite("A run of a plan")
struct PlanRunnerTests {
    private static let document =
        #"{"Statement":[{"Action":["a:B"],"Effect":"Allow","Resource":["*"]}],"Version":"2012-10-17"}"#

    private static func plan() throws -> Plan {
        let change = try #require(Change(from: nil, to: document))
        var plan = JournalTests.plan
        plan.steps = [.rolePolicy(RolePolicyStep(role: "web-role", policy: "p", document: change))]
        return plan
    }

    private static func bench(_ path: String, _ transport: ScriptedTransport) -> Workbench {
        let time = ManualTime()
        return Workbench(
            aws: AWSClient(
                AWSConfiguration(region: "r"),
                credentials: StaticCredentials(AWSCredentials(accessKeyID: "AKIA", secretAccessKey: Secret("s"))),
                transport: transport, time: time.keeper, dice: .seeded(1)),
            account: "1", credential: nil, folder: StateFolder(path: path), time: time.keeper, dice: .seeded(1),
            tell: { _ in })
    }

    @Test("a step that somebody else did since the plan was made is found, not applied, and undo leaves it")
    func found() async throws {
        try await withTemporaryFolder { path in
            // IAM answers with the document that the step would write.
            let transport = ScriptedTransport { _, _ in
                .answer(
                    200, [:],
                    "<GetRolePolicyResponse><GetRolePolicyResult><RoleName>web-role</RoleName><PolicyName>p</PolicyName>"
                        + "<PolicyDocument>\(PercentEncoding.encode(Self.document))</PolicyDocument>"
                        + "</GetRolePolicyResult></GetRolePolicyResponse>")
            }
            let bench = Self.bench(path, transport)
            let name = try await PlanRunner(bench).apply(try Self.plan())
            let run = try #require(try RecordedRun.read(name, in: bench.folder))
            #expect(run.steps.map(\.status) == [.found])
            #expect(run.standing == [])
            #expect(run.ended)
            #expect(transport.requests.count == 1, "it was read and not written")
            let error = await #expect(throws: UnthrottleError.self) { try await Undo(bench).intend(nil) }
            #expect(error?.code == .notFound)
        }
    }

    @Test("the proof that the journal finds room leaves no file behind")
    func proof() async throws {
        try await withTemporaryFolder { path in
            let folder = StateFolder(path: path + "/state")
            try folder.prepare()
            try folder.prepare()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["runs"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.runs).isEmpty)
        }
    }
}
