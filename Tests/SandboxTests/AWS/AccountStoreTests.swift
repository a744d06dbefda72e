import AWS
import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Sandbox

@Suite("The account's state on the disk")
struct AccountStoreTests {
    private static let place = AccountPlace(account: "123456789012", region: "us-east-1")

    /// An account in the folder, which is let go of afterwards.
    private func use<Value>(_ folder: String, _ body: (SandboxAccount) throws -> Value) throws -> Value {
        try body(
            SandboxAccount(
                place: Self.place, folder: "\(folder)/state", time: ManualTime().keeper, dice: .seeded(1)))
    }

    @Test("what one start left, the next one has, and only its owner may read it")
    func reload() async throws {
        try await withTemporaryFolder { folder in
            let line = LogStore.Event(timestamp: 1, message: "a\nb\n", ingested: 2)
            let aliases = try use(folder) { first in
                let now = first.backend.now
                let secret = SecretsState.StoredSecret(
                    name: "dockerhub", arn: "arn", tags: [], created: now, changed: now)
                try first.backend.store.change { $0.secrets.secrets["dockerhub"] = secret }
                first.backend.logs.put([line], group: "/aws/codebuild/web", stream: "s=1")
                return first.backend.store.read { $0.keys.aliases }
            }
            try use(folder) { second in
                #expect(second.backend.store.read { $0.secrets.secrets["dockerhub"]?.arn } == "arn")
                #expect(second.backend.logs.events(group: "/aws/codebuild/web", stream: "s=1") == [line])
                #expect(second.backend.store.read { $0.keys.aliases } == aliases, "the managed key is made once")
                let refused = #expect(throws: UnthrottleError.self) { try use(folder) { _ in } }
                #expect(refused?.code == .conflict, "a folder has one sandbox at a time")
            }
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
                // Its type differs between the two Foundations.
                let mode = try #require(attributes[.posixPermissions].flatMap { Int("\($0)") })
                #expect(mode & 0o077 == 0, "\(path)")
            }
        }
    }

    @Test("a start takes away what a killed sandbox was writing, and nothing else")
    func leftovers() async throws {
        try await withTemporaryFolder { folder in
            try use(folder) { _ in }
            let others = ["iam.json.new-", "iam.json.new-1a", "notes.json.new-12", "iam.json.old"]
            for name in ["iam.json.new-21265", "s3.json.new-7"] + others {
                try Data("half a".utf8).write(to: URL(filePath: "\(folder)/state/\(name)"))
            }
            try use(folder) { _ in }
            let there = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/state")
            #expect(!there.contains("iam.json.new-21265") && !there.contains("s3.json.new-7"), "\(there)")
            #expect(Set(others).isSubset(of: there), "\(there)")
        }
    }

    @Test("a change that throws leaves memory and disk as they were")
    func refusedChange() async throws {
        struct Refused: Error {}
        try await withTemporaryFolder { folder in
            let store = try AccountStore(files: StateFiles(folder: folder))
            #expect(throws: Refused.self) {
                try store.change { state in
                    state.keys.aliases["alias/x"] = "1"
                    throw Refused()
                }
            }
            #expect(store.read { $0.keys.aliases }.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["lock"])
        }
    }

    @Test(
        "a file of another form is refused and kept",
        arguments: [#"{"version":2,"state":{}}"#, "not JSON", #"{"version":1,"state":{"keys":3}}"#])
    func foreign(text: String) async throws {
        try await withTemporaryFolder { folder in
            try PrivateFiles.write(text, to: "\(folder)/kms.json")
            let error = #expect(throws: UnthrottleError.self) {
                try AccountStore(files: StateFiles(folder: folder))
            }
            #expect(error?.code == .invalidInput)
            #expect(try PrivateFiles.read("\(folder)/kms.json") == text)
        }
    }

    @Test("a line of a log that a kill cut short is dropped, the ones before it stay")
    func cutLog() async throws {
        try await withTemporaryFolder { folder in
            let logs = try LogStore(folder: folder)
            logs.put([.init(timestamp: 1, message: "whole", ingested: 1)], group: "g", stream: "s")
            try PrivateFiles.append(#"{"timestamp":2,"mess"#, to: "\(folder)/g=s.jsonl")
            #expect(try LogStore(folder: folder).events(group: "g", stream: "s")?.map(\.message) == ["whole"])
        }
    }

    @Test("a build that ran when the sandbox was stopped has ended as a fault")
    func orphans() {
        let now = Date(timeIntervalSince1970: 100)
        var state = ProjectsState()
        state.builds["web:1"] = CodeBuild.Build(
            id: "web:1", buildStatus: .inProgress, phases: [.init(phaseType: .build, startTime: now)],
            buildComplete: false)
        state.endOrphans(at: now)
        let build = state.builds["web:1"]
        #expect(build?.buildStatus == .fault && build?.buildComplete == true)
        #expect(build?.phases.map(\.phaseStatus) == [.fault, nil])
    }

    @Test("a secret past its recovery window is gone and its name free")
    func purge() {
        let now = Date(timeIntervalSince1970: 0)
        var state = SecretsState()
        var secret = SecretsState.StoredSecret(name: "s", arn: "a", tags: [], created: now, changed: now)
        secret.deletion = .init(asked: now, due: now.addingTimeInterval(7 * 86_400))
        state.secrets["s"] = secret
        state.purge(at: now.addingTimeInterval(7 * 86_400 - 1))
        #expect(state.secrets["s"] != nil)
        state.purge(at: now.addingTimeInterval(7 * 86_400))
        #expect(state.secrets.isEmpty)
    }
}
