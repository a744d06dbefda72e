import AWS
import Core
import FoundationEssentials
import Synchronization
import Testing

@Suite("A network that drops, loses, cuts, refuses and throttles, and clocks that differ")
struct FaultTests {
    @Test("fix, verify and undo end right, and each write happens once", arguments: FaultMix.table)
    func seeded(mix: FaultMix) async throws {
        try await Self.story(mix.decider())
    }

    @Test("a clock of AWS that is ten minutes off is followed", arguments: [600.0, -600])
    func skewedClock(seconds: Double) async throws {
        try await Self.story { _ in .skew(seconds) }
    }

    /// The story behind a proxy with faults; what it must leave is the same whatever they are.
    private static func story(_ faults: @escaping @Sendable (FaultProxy.Call) -> FaultProxy.Fault) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            try await FaultProxy.with(sandbox.endpoint, credentials: sandbox.credentials, faults) { url, proxy in
                // A chain of unlucky rolls is not what is looked for.
                let behind = ["AWS_ENDPOINT_URL": url, "AWS_MAX_ATTEMPTS": "9"]
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
                #expect(proxy.faults > 0, "a run without a fault shows nothing")
                sandbox.expectNoPassword(in: [fix, verify, undo])
            }
            #expect(try await AccountView.read(sandbox) == before)
            #expect(try await sandbox.secret() == .scheduledForDeletion)
            // A StartBuild whose answer was lost is sent again with its token, and starts nothing twice.
            let builds = try await sandbox.account { try await $0.buildIDs(ofProject: "api") }
            #expect(builds.count == 2)
        }
    }

    @Test(
        "a write whose answer is lost, cut or never given takes effect once",
        arguments: [
            ("CreateSecret", FaultProxy.Fault.lose), ("PutRolePolicy", .lose), ("UpdateProject", .truncate),
            ("UpdateProject", .withhold), ("DeleteRolePolicy", .lose), ("DeleteRolePolicy", .truncate),
            ("DeleteSecret", .lose), ("DeleteSecret", .truncate),
        ])
    func lostAnswer(operation: String, fault: FaultProxy.Fault) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            let isLost = Mutex(false)
            try await FaultProxy.with(sandbox.endpoint) { call in
                guard call.operation == operation else { return .none }
                return isLost.withLock { isLost in
                    defer { isLost = true }
                    return isLost ? .none : fault
                }
            } _: { url, proxy in
                let behind = ["AWS_ENDPOINT_URL": url]
                let fix = try await sandbox.fix(["api"], variables: behind)
                #expect(fix.status == 0, "\(fix.all)")
                #expect(proxy.changesDone() == ["CreateSecret", "PutRolePolicy", "UpdateProject"])
                // CreateSecret goes out again with its token, which names the one version.
                let versions = try await sandbox.account {
                    try await $0.call(SecretsManager.DescribeSecret(secretId: "dockerhub")).versionIdsToStages
                }
                #expect(versions?.count == 1)
                let undo = try await sandbox.run(["undo", "--yes"], variables: behind)
                #expect(undo.status == 0, "\(undo.all)")
                #expect(proxy.writesDone.count { $0.hasPrefix("Delete") } == 2)
                #expect(proxy.faults == 1)
                sandbox.expectNoPassword(in: [fix, undo])
            }
            #expect(try await AccountView.read(sandbox) == before)
            #expect(try await sandbox.secret() == .scheduledForDeletion)
        }
    }

    @Test(
        "what is no answer of AWS is said to be none; then fix goes on from there, and undo takes all of it back",
        arguments: [
            ("GetCallerIdentity", "<html>log in to the guest network</html>"), ("CreateSecret", "<html>"),
            ("BatchGetProjects", "{}"), ("BatchGetProjects", ""),
        ])
    func wrongContent(operation: String, content: String) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            try await FaultProxy.with(sandbox.endpoint) { call in
                call.operation == operation ? .replace(content) : .none
            } _: { url, proxy in
                let fix = try await sandbox.fix(["api"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.status == 3, "\(fix.all)")
                #expect(
                    fix.errors.contains("\(operation): the answer cannot be read")
                        || fix.errors.contains("\(operation): the answer says nothing of api"), "\(fix.all)")
                #expect(fix.errors.contains("Is there a proxy in between"), "\(fix.all)")
                #expect(proxy.faults == 1, "it is not asked again")
                sandbox.expectNoPassword(in: [fix])
            }
            let fix = try await sandbox.fix(["api"])
            #expect(fix.status == 0, "\(fix.all)")
            #expect(try await sandbox.secret() == sandbox.credential)
            for _ in 0..<3 {
                let undo = try await sandbox.run(["undo", "--yes"])
                if undo.status == 2 { break }
                #expect(undo.status == 0, "\(undo.all)")
            }
            #expect(try await AccountView.read(sandbox) == before)
            #expect(try await sandbox.secret() == .scheduledForDeletion)
        }
    }

    @Test(
        "an answer that does not speak of what was asked for is no good news",
        arguments: [
            (["verify", "api"], "BatchGetProjects"), (["diagnose", "api"], "BatchGetProjects"),
            (["diagnose", "api"], "BatchGetBuilds"),
        ])
    func emptyAnswer(arguments: [String], operation: String) async throws {
        try await SandboxFixture.with { sandbox in
            _ = try await sandbox.build("api")
            try await FaultProxy.with(sandbox.endpoint) { call in
                call.operation == operation ? .replace("{}") : .none
            } _: { url, _ in
                let outcome = try await sandbox.run(arguments, variables: ["AWS_ENDPOINT_URL": url])
                #expect(outcome.status == 3, "\(outcome.all)")
                #expect(outcome.errors.contains("\(operation): the answer says nothing of api"), "\(outcome.all)")
            }
        }
    }

    @Test(
        "a write that was answered with nonsense is settled by reading, and done once",
        arguments: [
            ("PutRolePolicy", #"{"not":"XML"}"#), ("UpdateProject", "[]"), ("UpdateProject", ""),
            ("DeleteRolePolicy", "<html>"), ("DeleteSecret", "<html>"),
        ])
    func writeAnsweredWrong(operation: String, content: String) async throws {
        try await SandboxFixture.with { sandbox in
            let before = try await AccountView.read(sandbox)
            try await FaultProxy.with(sandbox.endpoint) { call in
                call.operation == operation ? .replace(content) : .none
            } _: { url, proxy in
                let fix = try await sandbox.fix(["api"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(fix.status == 0, "\(fix.all)")
                #expect(proxy.changesDone() == ["CreateSecret", "PutRolePolicy", "UpdateProject"])
                let undo = try await sandbox.run(["undo", "--yes"], variables: ["AWS_ENDPOINT_URL": url])
                #expect(undo.status == 0, "\(undo.all)")
                #expect(proxy.writesDone.count { $0.hasPrefix("Delete") } == 2)
            }
            #expect(try await AccountView.read(sandbox) == before)
        }
    }
}

extension SandboxFixture {
    /// The key with which the sandbox's person signs.
    var credentials: AWSCredentials {
        AWSCredentials(
            accessKeyID: exports["AWS_ACCESS_KEY_ID"] ?? "",
            secretAccessKey: Secret(exports["AWS_SECRET_ACCESS_KEY"] ?? ""), sessionToken: nil)
    }

    /// Neither what the program wrote nor what it keeps holds the password, in the clear or in base64.
    func expectNoPassword(in outcomes: [Outcome], at location: SourceLocation = #_sourceLocation) {
        let canaries = [
            password, Data(password.utf8).base64EncodedString(),
            Data("\(username):\(password)".utf8).base64EncodedString(),
        ]
        // A run that ended before its first step keeps nothing.
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: state)) ?? []
        #expect(
            files.contains { $0.hasSuffix(".jsonl") } || outcomes.allSatisfy { $0.status != 0 },
            sourceLocation: location)
        let kept = files.map {
            String(decoding: FileManager.default.contents(atPath: "\(state)/\($0)") ?? Data(), as: UTF8.self)
        }
        for text in outcomes.map(\.all) + kept {
            for canary in canaries { #expect(!text.contains(canary), sourceLocation: location) }
        }
    }
}
