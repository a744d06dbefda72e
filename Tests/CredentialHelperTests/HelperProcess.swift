import Core
import FoundationEssentials
import HTTPTypes
import Subprocess
import Synchronization
import SystemPackage

@testable import CredentialHelper
@testable import Sandbox

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The built helper as a process.
enum HelperProcess {
    struct Outcome: Sendable, Equatable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The folder of this test's own program, where the build puts the helper too.
    static let folder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
    }()

    static var path: String { "\(folder)/docker-credential-unthrottle" }

    /// Runs it to its end with nothing of the caller's environment. `started` gets hold of the process meanwhile.
    static func run(
        _ action: String, _ variables: [String: String], input: String = "https://index.docker.io/v1/",
        started: (_ kill: @escaping @Sendable () throws -> Void) async throws -> Void = { _ in }
    ) async throws -> Outcome {
        let environment = Dictionary(
            uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
        let (reading, writing) = try FileDescriptor.pipe()
        try writing.writeAll(Array(input.utf8))
        try writing.close()
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: [action], environment: .custom(environment),
            input: .fileDescriptor(reading, closeAfterSpawningProcess: true), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        ) { execution in
            let id = execution.processIdentifier.value
            try await started { _ = kill(id, SIGKILL) }
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }
}

/// Secrets Manager as far as the helper sees it, with its counts.
final class SecretsStandIn: Sendable {
    /// What a call gets.
    enum Behaviour: Sendable {
        case login(String)
        case refusal(String, String)
        /// No answer for as long as the server stands.
        case silence
    }

    private let behaviour: @Sendable (_ call: Int) -> Behaviour
    private let count = Mutex(0)
    /// Each call's number as it comes.
    let arrivals: AsyncStream<Int>
    private let arrived: AsyncStream<Int>.Continuation

    init(_ behaviour: @escaping @Sendable (_ call: Int) -> Behaviour) {
        self.behaviour = behaviour
        (arrivals, arrived) = AsyncStream.makeStream()
    }

    /// Calls so far.
    var calls: Int { count.withLock { $0 } }

    /// Runs `work` while it stands, with its URL.
    func serve<Value: Sendable>(_ work: @escaping @Sendable (_ url: String) async throws -> Value) async throws -> Value
    {
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { ready.finish() }
                try await LoopbackServer(port: 0, portOption: "").run(
                    ready: { ready.yield($0) }, answer: { try await self.answer($0) })
                return nil
            }
            group.addTask {
                for await port in ports { return try await work("http://127.0.0.1:\(port)") }
                return nil
            }
            defer { group.cancelAll() }
            for try await value in group { if let value { return value } }
            throw UnthrottleError(.system, "the stand-in stopped before the work was done")
        }
    }

    private func answer(_ request: LoopbackRequest) async throws -> LoopbackAnswer {
        let call = count.withLock { count in
            count += 1
            return count
        }
        arrived.yield(call)
        let isSigned = request.headers[.authorization]?.hasPrefix("AWS4-HMAC-SHA256 Credential=") == true
        let target = request.headers.first { $0.name.canonicalName == "x-amz-target" }?.value
        guard isSigned, target == "secretsmanager.GetSecretValue" else { return LoopbackAnswer(status: 500) }
        switch behaviour(call) {
        case .login(let password):
            let secret: JSON = ["username": "builder", "password": .string(password)]
            let answer: JSON = ["ARN": "arn", "SecretString": .string(secret.text())]
            return LoopbackAnswer(status: 200, body: Array(answer.text().utf8))
        case .refusal(let code, let message):
            let answer: JSON = ["__type": .string(code), "message": .string(message)]
            return LoopbackAnswer(status: 400, body: Array(answer.text().utf8))
        case .silence:
            try await Task.sleep(for: .seconds(600))
            return LoopbackAnswer(status: 500)
        }
    }
}

/// A place in memory for the cache of one test; nil where this machine has none.
enum MemoryFolder {
    static let isThere: Bool = {
        // The helper's own check; the folder it makes is empty, and in memory.
        guard let folder = try? CacheFolder(parent: "/dev/shm", name: "unthrottle-test", inMemory: true) else {
            return false
        }
        return folder.path.hasPrefix("/dev/shm")
    }()

    static func with<Value>(_ work: (_ variables: [String: String]) async throws -> Value) async throws -> Value {
        let path = "/dev/shm/unthrottle-test-\(UUID().uuidString)"
        try PrivateFiles.makeFolder(path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await work(["XDG_RUNTIME_DIR": path, "HOME": path])
    }
}
