import FoundationEssentials
import Subprocess
import SystemPackage

/// A program run to its end.
struct Outcome: Sendable {
    /// The exit status; 128 and the signal's number where a signal ended it.
    var status: Int32
    var output: String
    var errors: String

    init(_ status: TerminationStatus, output: String, errors: String) {
        switch status {
        case .exited(let code): self.status = Int32(code)
        case .signaled(let signal): self.status = 128 + Int32(signal)
        }
        self.output = output
        self.errors = errors
    }

    /// Both streams, for the comment of a failed expectation.
    var all: String { "status \(status)\n\(output)\(errors)" }
}

/// The program as it was built: `UNTHROTTLE_BINARY`, else `unthrottle` beside the test bundle.
enum BuiltProgram {
    static let path: String = {
        if let named = ProcessInfo.processInfo.environment["UNTHROTTLE_BINARY"], !named.isEmpty { return named }
        let bundle =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return bundle.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/unthrottle"
    }()

    /// The credential helper, which is built beside it.
    static var helper: String {
        path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/docker-credential-unthrottle"
    }

    /// Runs it, or another program, with these variables and no others. What `signals` yields is sent to it.
    static func run(
        _ arguments: [String], program: String = path, input: String = "", variables: [String: String],
        signals: AsyncStream<Signal>? = nil
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .custom(environment(variables)), input: try filledPipe(input),
            output: .string(limit: 16 << 20),
            error: .string(limit: 16 << 20)
        ) { execution in
            guard let signals else { return }
            for await signal in signals { try? execution.send(signal: signal) }
        }
        return Outcome(
            result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// A pipe that holds the input already: a program that ends without reading it breaks no pipe of ours.
    private static func filledPipe(_ input: String) throws -> FileDescriptorInput {
        let (reading, writing) = try FileDescriptor.pipe()
        defer { try? writing.close() }
        try writing.writeAll(Array(input.utf8))
        return .fileDescriptor(reading, closeAfterSpawningProcess: true)
    }

    static func environment(_ variables: [String: String]) -> [Environment.Key: String] {
        variables.reduce(into: [:]) { all, pair in
            if let key = Environment.Key(rawValue: pair.key) { all[key] = pair.value }
        }
    }
}
