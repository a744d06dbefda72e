internal import FoundationEssentials
internal import Subprocess

/// A program of the machine that some tests use as judge. A test that needs one is enabled by ``isInstalled``, with a comment
/// that names the package, so that a skipped test says aloud why.
public struct Tool: Sendable {
    /// What a run of the program left.
    public struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number where a signal ended it.
        public var status: Int32
        /// Its standard output.
        public var output: String
        /// Its standard error.
        public var errors: String
    }

    /// The name under which the shell finds it.
    public let name: String

    /// A program by its name.
    public init(_ name: String) {
        self.name = name
    }

    /// Whether the search path has it.
    public var isInstalled: Bool {
        Self.searchPath.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }

    /// Runs it to its end, without input and with nothing of the caller's environment but the search path, and with `variables`.
    public func run(_ arguments: [String], variables: [String: String] = [:]) async throws
        -> Outcome
    {
        var environment: [Environment.Key: String] = ["PATH": Self.searchPath]
        for (name, value) in variables {
            if let key = Environment.Key(rawValue: name) { environment[key] = value }
        }
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), environment: .custom(environment), input: .none,
            output: .string(limit: 16 << 20), error: .string(limit: 16 << 20))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }

    private static var searchPath: String {
        ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    }
}
