import AWS
import Core
import HTTP
import Testing

/// One body of calls, two servers: what the client reads from moto and from the sandbox is the same.
@Suite("The client against moto and against the sandbox")
struct MotoTests {
    /// Where the two differ, and why the sandbox is right: AWS's documentation, or botocore's model, says so.
    private static let differences: [String: String] = {
        var table = [
            "secret described.lastAccessedDate": "API_DescribeSecret: left out only if the secret was never retrieved",
            "secrets.secretList[0].lastAccessedDate": "API_SecretListEntry: the same",
            "deleted secret made.error":
                "API_CreateSecret: InvalidRequestException where the secret is scheduled for deletion",
            "role.role.roleLastUsed": "API_RoleLastUsed: a role that was never used; moto shows an empty one",
            "role read.role.roleLastUsed": "the same",
            "policy.policy.permissionsBoundaryUsageCount": "API_Policy has the count; moto leaves it out",
            "policy read.policy.permissionsBoundaryUsageCount": "the same",
            "policy read.policy.tags": "API_Policy: a policy without tags; moto shows an empty list",
            "key policy.policyName": "API_GetKeyPolicy answers the name; moto leaves it out",
            "caller.arn": "each has a user of its own",
        ]
        for call in ["key", "key described", "key described by ARN"] {
            table["\(call).keyMetadata.keyUsage"] =
                "API_CreateKey: ENCRYPT_DECRYPT unless told otherwise; moto has null"
            table["\(call).keyMetadata.multiRegion"] = "API_KeyMetadata: false for such a key; moto has null"
        }
        return table
    }()

    @Test("the same calls come to the same answers and errors", .enabled(if: MotoServer.isThere, MotoServer.missing))
    func sameAnswers() async throws {
        var told: [ServiceStory] = []
        try await MotoServer.with { url in
            try await NetworkTransport.using(NetworkSettings(), userAgent: "test") { transport in
                told.append(try await ServiceStory.tell(by: MotoServer.client(url, transport)))
            }
        }
        try await SandboxFixture.with(["--empty"]) { sandbox in
            told.append(try await sandbox.account { try await ServiceStory.tell(by: $0) })
        }
        let (moto, sandbox) = (told[0].answers, told[1].answers)
        #expect(moto.map(\.call) == sandbox.map(\.call))
        #expect(moto.count > 40)
        var found: Set<String> = []
        for (one, other) in zip(moto, sandbox) {
            for (place, words) in Self.compare(one.outcome, other.outcome, at: one.call) {
                found.insert(place)
                #expect(Self.differences[place] != nil, "\(place): \(words)")
            }
        }
        let stale = Set(Self.differences.keys).subtracting(found)
        #expect(stale.isEmpty, "these are listed, and are the same")
    }

    /// The places where two values differ, with both.
    private static func compare(_ moto: JSON?, _ sandbox: JSON?, at place: String) -> [(place: String, words: String)] {
        if moto == sandbox { return [] }
        if let left = moto?.object, let right = sandbox?.object {
            return Set(left.keys).union(right.keys).sorted().flatMap {
                compare(left[$0], right[$0], at: "\(place).\($0)")
            }
        }
        if let left = moto?.array, let right = sandbox?.array, left.count == right.count {
            return left.indices.flatMap { compare(left[$0], right[$0], at: "\(place)[\($0)]") }
        }
        func text(_ value: JSON?) -> String { value.map { $0.text() } ?? "nothing" }
        return [(place, "moto has \(text(moto)), the sandbox \(text(sandbox))")]
    }
}
