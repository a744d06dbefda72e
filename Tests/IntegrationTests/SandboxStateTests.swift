import AWS
import Core
import FoundationEssentials
import HTTP
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// What `sandbox --dir` keeps, and what a killed sandbox leaves.
@Suite("A sandbox that is killed")
struct SandboxStateTests {
    @Test(
        "every write that was answered is there after the next start, and every other one whole or not at all",
        arguments: [1, 7, 20, 45])
    func kill(after answers: Int) async throws {
        try await withTemporaryFolder { folder in
            let written = Written()
            try await Self.sandbox(in: folder, killed: true) { client, kill in
                await withTaskGroup(of: Void.self) { writers in
                    for writer in 0..<4 {
                        writers.addTask {
                            for number in 0... {
                                let name = "w\(writer)-\(number)"
                                written.begun(name)
                                guard (try? await Self.write(name, client)) != nil else { return }
                                if written.answered(name) == answers { kill() }
                            }
                        }
                    }
                }
            }
            let (begun, answered) = written.both
            #expect(answered.count >= answers && answered.count < begun.count)
            try await Self.sandbox(in: folder, killed: false) { client, _ in
                for name in begun {
                    let (role, secret) = try await Self.read(name, client)
                    #expect(role == nil || role == Self.text(name), "a policy is whole or not there: \(name)")
                    #expect(secret == nil || secret == Self.text(name), "a secret is whole or not there: \(name)")
                    if answered.contains(name) { #expect(role != nil && secret != nil, "\(name) was answered") }
                    // They were written one after the other.
                    if secret != nil { #expect(role != nil, "\(name)") }
                }
            }
            // The first one's temporary folder went with the second one.
            let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/tmp")
            #expect(left.isEmpty, "\(left)")
        }
    }

    @Test("the next start clears a killed sandbox's folder, and leaves one that is in use and what is not its own")
    func folders() async throws {
        try await withTemporaryFolder { folder in
            try await Self.sandbox(in: folder, killed: true) { _, kill in kill() }
            let temporary = "\(folder)/tmp"
            @Sendable func names() throws -> Set<String> {
                Set(try FileManager.default.contentsOfDirectory(atPath: temporary))
            }
            let abandoned = try names()
            #expect(abandoned.count == 1)
            for name in ["unthrottle-sandbox-unlocked", "another"] {
                try FileManager.default.createDirectory(
                    atPath: "\(temporary)/\(name)", withIntermediateDirectories: true)
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(temporary)/unthrottle-sandbox-link", withDestinationPath: "\(folder)/kept")
            try PrivateFiles.makeFolder("\(folder)/kept")
            try PrivateFiles.write("", to: "\(folder)/kept/lock")
            let own: Set = ["unthrottle-sandbox-unlocked", "another", "unthrottle-sandbox-link"]
            try await Self.sandbox(in: folder, killed: false) { _, _ in
                let first = try names().subtracting(own)
                #expect(first.count == 1 && first.isDisjoint(with: abandoned))
                try await Self.sandbox(in: folder, killed: false, keeping: "other") { _, _ in
                    let both = try names().subtracting(own)
                    #expect(both.count == 2 && both.isSuperset(of: first), "one in use stays")
                }
                #expect(try names().subtracting(own) == first)
            }
            #expect(try names() == own)
            #expect(try PrivateFiles.read("\(folder)/kept/lock") != nil)
        }
    }

    /// A role with a policy, then a secret, both long enough that a write of them takes time.
    private static func write(_ name: String, _ client: AWSClient) async throws {
        _ = try await client.call(
            IAM.CreateRole(
                roleName: name,
                assumeRolePolicyDocument:
                    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"a"},"Action":"sts:AssumeRole"}]}"#,
                description: text(name)))
        _ = try await client.call(SecretsManager.CreateSecret(name: name, secretString: Sensitive(text(name))))
    }

    private static func read(_ name: String, _ client: AWSClient) async throws -> (role: String?, secret: String?) {
        var role: String?
        do {
            role = try await client.call(IAM.GetRole(roleName: name)).role.description
        } catch let error as AWSError where error.code == "NoSuchEntity" {}
        do {
            let value = try await client.call(SecretsManager.GetSecretValue(secretId: name))
            return (role, value.secretString?.reveal())
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return (role, nil)
        }
    }

    private static func text(_ name: String) -> String { String(repeating: "\(name) ", count: 100) }

    /// Names of writes, in the order of their answers.
    private final class Written: Sendable {
        private let names = Mutex<(begun: [String], answered: [String])>(([], []))
        func begun(_ name: String) { names.withLock { $0.begun.append(name) } }
        func answered(_ name: String) -> Int {
            names.withLock {
                $0.answered.append(name)
                return $0.answered.count
            }
        }
        var both: (begun: [String], answered: Set<String>) { names.withLock { ($0.begun, Set($0.answered)) } }
    }

    /// Runs a sandbox that keeps its account below `folder`; `work` gets a client that tries once, and what kills it.
    private static func sandbox(
        in folder: String, killed: Bool, keeping name: String = "account",
        _ work: @escaping @Sendable (AWSClient, _ kill: @escaping @Sendable () -> Void) async throws -> Void
    ) async throws {
        try PrivateFiles.makeFolder("\(folder)/tmp")
        let surroundings = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
            "TMPDIR": "\(folder)/tmp",
        ]
        let arguments = ["sandbox", "--port", "0", "--hub-port", "0", "--empty", "--dir", "\(folder)/\(name)"]
        let result = try await Subprocess.run(
            .path(FilePath(BuiltProgram.path)), arguments: Arguments(arguments),
            environment: .custom(BuiltProgram.environment(surroundings)), input: .none, output: .sequence,
            error: .string(limit: 1 << 20)
        ) { execution in
            var exports = ["AWS_MAX_ATTEMPTS": "1"]
            for try await line in execution.standardOutput.strings() {
                if line.trimmed == "ready" { break }
                let pair = line.trimmed.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
                if pair.count == 2 { exports[String(pair[0])] = String(pair[1].dropFirst().dropLast()) }
            }
            let variables = EnvironmentVariables(exports)
            let process = execution.processIdentifier.value
            try await NetworkTransport.using(try NetworkSettings(variables), userAgent: "test") { transport in
                let profile = try SharedConfiguration(EnvironmentVariables(["HOME": folder]), profile: nil)
                let client = AWSClient(
                    try AWSConfiguration(variables, profile: profile, region: nil),
                    credentials: CredentialChain.standard(
                        variables, profile: profile, transport: transport, time: .system), transport: transport)
                try await work(client) { Signals.kill(process) }
            }
            if !killed { try execution.send(signal: .terminate) }
        }
        let end = Outcome(result.terminationStatus, output: "", errors: result.standardError)
        #expect(end.status == (killed ? 137 : 0), "\(end.all)")
    }
}
