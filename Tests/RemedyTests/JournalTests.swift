import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Remedy

@Suite("The journal")
struct JournalTests {
    static let plan = Plan(
        strategy: "login", account: "1", region: "r", projects: ["web"], secret: "dockerhub",
        steps: [
            .secret(SecretStep(action: .create, secret: "dockerhub", username: "alice", version: "v1")),
            .project(ProjectStep(project: "web", variables: [], buildspecDiff: [])),
        ], alreadyTrue: [], notes: [], byHand: [])

    @Test("tells how each step stands, also after a kill in the middle of a line")
    func torn() async throws {
        try await withTemporaryFolder { path in
            let folder = StateFolder(path: path + "/state")
            let journal = try Journal(beginning: Self.plan, in: folder, time: ManualTime().keeper, dice: .seeded(1))
            try journal.record(.applying, step: 0)
            try journal.record(.applied, step: 0)
            try journal.record(.applying, step: 1)
            try PrivateFiles.append(#"{"event":"appl"#, to: "\(folder.runs)/\(journal.run).jsonl")
            let run = try #require(try RecordedRun.read(journal.run, in: folder))
            #expect(run.plan == Self.plan)
            #expect(run.steps.map(\.status) == [.applied, .begun])
            #expect(run.standing == [0, 1])
            #expect(!run.ended)
        }
    }

    @Test("names its run after its start, and lists runs in their order")
    func names() async throws {
        try await withTemporaryFolder { path in
            let folder = StateFolder(path: path)
            let time = ManualTime(1_795_468_500)
            let first = try Journal(beginning: Self.plan, in: folder, time: time.keeper, dice: .seeded(1))
            #expect(first.run.hasPrefix("20261123-211500-"))
            time.advance(by: 60)
            let second = try Journal(beginning: Self.plan, in: folder, time: time.keeper, dice: .seeded(1))
            try second.record(.applying, step: 0)
            try second.record(.applied, step: 0)
            try second.record(.reverting, step: 0)
            try second.record(.reverted, step: 0)
            let runs = try RecordedRun.all(in: folder)
            #expect(runs.map(\.run) == [first.run, second.run])
            #expect(runs[1].steps.map(\.status) == [.reverted, .pending])
            #expect(try RecordedRun.read("../../etc/passwd", in: folder) == nil)
        }
    }

    @Test("runs of one second are in the order in which they began, whatever their names")
    func order() async throws {
        try await withTemporaryFolder { path in
            let folder = StateFolder(path: path)
            let time = ManualTime(1_795_468_500)
            var names: [String] = []
            for seed in 1...8 {
                names.append(
                    try Journal(beginning: Self.plan, in: folder, time: time.keeper, dice: .seeded(UInt64(seed))).run)
                time.advance(by: 0.1)
            }
            #expect(names != names.sorted())
            #expect(try RecordedRun.all(in: folder).map(\.run) == names)
        }
    }

    @Test("one run at a time on a machine")
    func lock() async throws {
        try await withTemporaryFolder { path in
            let folder = StateFolder(path: path)
            let held = try MachineLock(folder)
            let error = #expect(throws: UnthrottleError.self) { try MachineLock(folder) }
            #expect(error?.code == .conflict)
            withExtendedLifetime(held) {}
        }
    }

    @Test("a folder that cannot be written is said before anything is changed")
    func unwritable() {
        let error = #expect(throws: UnthrottleError.self) { try StateFolder(path: "/proc/none").prepare() }
        #expect(error?.hint?.contains("Nothing was changed") == true)
    }

    @Test("a keyed hash is the same for the same folder, and another for another")
    func keyedHash() async throws {
        try await withTemporaryFolder { path in
            let one = StateFolder(path: path + "/1")
            let two = StateFolder(path: path + "/2")
            let hash = try one.keyedHash("hunter2", dice: .seeded(1))
            #expect(try one.keyedHash("hunter2", dice: .seeded(2)) == hash)
            #expect(try two.keyedHash("hunter2", dice: .seeded(3)) != hash)
            #expect(try one.keyedHash("hunter3", dice: .seeded(1)) != hash)
        }
    }
}
