import FoundationEssentials
import TestSupport

@testable import Sandbox

/// A Python that has boto3: `UNTHROTTLE_PYTHON`, else the repository's own environment, else the machine's.
enum JudgePython {
    /// The repository's folder.
    private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
    private static let surroundings = ProcessInfo.processInfo.environment
    private static let env = Tool("env")

    private static var interpreter: String {
        let own = "\(root)/.venv/bin/python"
        return surroundings["UNTHROTTLE_PYTHON"]
            ?? (FileManager.default.isExecutableFile(atPath: own) ? own : "python3")
    }

    /// Whether it is there and can import boto3.
    static func isThere() async -> Bool {
        let outcome = try? await env.run([interpreter, "-c", "import boto3"], variables: variables([:]))
        return outcome?.status == 0
    }

    /// Runs a scenario of `Tests/Judges/aws_judge.py`.
    static func judge(_ scenario: String, endpoint: String, _ credentials: [String: String]) async throws
        -> Tool.Outcome
    {
        try await env.run(
            [interpreter, "\(root)/Tests/Judges/aws_judge.py", endpoint, scenario], variables: variables(credentials))
    }

    private static func variables(_ more: [String: String]) -> [String: String] {
        let fixed = [
            "AWS_EC2_METADATA_DISABLED": "true", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore",
            "HOME": surroundings["HOME"] ?? "/",
        ]
        return fixed.merging(more, uniquingKeysWith: { $1 })
    }
}

/// Runs `body` with an account that answers on a free port of this machine.
func withEndpoint<Value: Sendable>(
    of account: SandboxAccount, _ body: @escaping @Sendable (_ endpoint: String) async throws -> Value
) async throws -> Value {
    let (ports, ready) = AsyncStream<Int>.makeStream()
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            try await account.front.serve(port: 0, portOption: "--port") { ready.yield($0) }
            return nil
        }
        group.addTask {
            for await port in ports { return try await body("http://127.0.0.1:\(port)") }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}
