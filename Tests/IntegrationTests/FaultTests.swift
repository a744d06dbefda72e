import AWS
import Core
import Synchronization
import Testing

@Suite("A network that drops, loses, refuses and throttles")
struct FaultTests {
    @Test("fix, verify and undo end right, and each write happens once", arguments: 1...4)
    func seeded(seed: Int) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let faults = SeededFaults(UInt64(seed))
            try await FaultProxy.with(sandbox.endpoint, { _ in faults.next() }) { url, proxy in
                let behind = ["AWS_ENDPOINT_URL": url]
                let fix = try await sandbox.fix(["api"], verifying: true, ["--json"], variables: behind)
                #expect(fix.status == 0, "\(fix.all)")
                #expect(proxy.changesDone() == ["CreateSecret", "PutRolePolicy", "UpdateProject"])
                let verify = try await sandbox.run(["verify", "api"], variables: behind)
                #expect(verify.status == 0, "\(verify.all)")
                let fixed = proxy.writesDone.count
                let undo = try await sandbox.run(["undo", "--yes"], variables: behind)
                #expect(undo.status == 0, "\(undo.all)")
                #expect(proxy.changesDone(from: fixed) == ["UpdateProject", "DeleteRolePolicy", "DeleteSecret"])
                // What a repeat would not leave as it is was not repeated.
                #expect(proxy.writesDone.count { $0.hasPrefix("Delete") } == 2)
            }
            #expect(try await AccountView.read(sandbox) == before)
            #expect(try await sandbox.secret() == .scheduledForDeletion)
            // A StartBuild whose answer was lost is sent again with its token, and starts nothing twice.
            let builds = try await sandbox.account { try await $0.buildIDs(ofProject: "api") }
            #expect(builds.count == 2)
        }
    }

    @Test(
        "a write whose answer is lost takes effect once", arguments: ["CreateSecret", "PutRolePolicy", "UpdateProject"])
    func lostAnswer(operation: String) async throws {
        try await SandboxFixture.with { sandbox in
            let isLost = Mutex(false)
            try await FaultProxy.with(sandbox.endpoint) { call in
                guard call.operation == operation else { return .none }
                return isLost.withLock { isLost in
                    defer { isLost = true }
                    return isLost ? .none : .lose
                }
            } _: { url, proxy in
                let fix = try await sandbox.fix(["api"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.status == 0, "\(fix.all)")
                #expect(proxy.changesDone() == ["CreateSecret", "PutRolePolicy", "UpdateProject"])
            }
            // CreateSecret goes out again with its token, which names the one version.
            let versions = try await sandbox.account {
                try await $0.call(SecretsManager.DescribeSecret(secretId: "dockerhub")).versionIdsToStages
            }
            #expect(versions?.count == 1)
        }
    }
}

/// Faults for a fifth of the calls, the same ones for the same seed (SplitMix64).
private final class SeededFaults: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) {
        state = Mutex(seed)
    }

    func next() -> FaultProxy.Fault {
        let roll = state.withLock { state in
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return Int((z ^ (z >> 31)) % 100)
        }
        switch roll {
        case 0..<5: return .drop
        case 5..<10: return .lose
        case 10..<15: return .refuse(500, code: "InternalFailure", message: "try again")
        case 15..<20: return .refuse(400, code: "ThrottlingException", message: "Rate exceeded")
        default: return .none
        }
    }
}
