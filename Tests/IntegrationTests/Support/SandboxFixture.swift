import AWS
import Core
import FoundationEssentials
import HTTP
import Subprocess
import SystemPackage
import Testing

/// A sandbox of one test: the built program's `sandbox`, with folders of its own.
///
/// Whatever runs in it sees nothing of the caller's environment. When the test is over the sandbox is stopped by SIGTERM, and
/// has to leave neither a process nor a file in its temporary folder.
struct SandboxFixture: Sendable {
    /// The test's own folder: `home`, `state` and `tmp` lie in it.
    let folder: String
    /// What the sandbox tells a shell to export.
    let exports: [String: String]

    /// The Docker Hub account of the sandbox's hub.
    var username: String { exports["UNTHROTTLE_SANDBOX_HUB_USERNAME"] ?? "" }
    /// Its access token.
    var password: String { exports["UNTHROTTLE_SANDBOX_HUB_PASSWORD"] ?? "" }
    /// The AWS endpoint.
    var endpoint: String { exports["AWS_ENDPOINT_URL"] ?? "" }
    /// Where the program keeps its runs.
    var state: String { "\(folder)/state/unthrottle" }

    /// The variables of a person who has taken the sandbox's exports into a shell.
    var variables: [String: String] {
        Self.plain(folder).merging(exports.filter { !$0.key.hasPrefix("UNTHROTTLE_SANDBOX") }) { $1 }
    }

    /// Starts a sandbox, waits for `ready`, runs `work` and stops it again.
    static func with(
        _ options: [String] = [], at location: SourceLocation = #_sourceLocation,
        _ work: (SandboxFixture) async throws -> Void
    ) async throws {
        try await Turnstile.shared.pass { try await start(options, at: location, work) }
    }

    private static func start(
        _ options: [String], at location: SourceLocation, _ work: (SandboxFixture) async throws -> Void
    ) async throws {
        // A space and an apostrophe: a path is never pasted into a shell's line.
        let folder = "\(FileManager.default.temporaryDirectory.path)/unthrottle's test \(UUID().uuidString.prefix(8))"
        for name in ["home", "state", "tmp"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try await Subprocess.run(
            .path(FilePath(BuiltProgram.path)),
            arguments: Arguments(["sandbox", "--port", "0", "--hub-port", "0"] + options),
            environment: .custom(BuiltProgram.environment(plain(folder))), input: .none, output: .sequence,
            error: .string(limit: 1 << 20)
        ) { execution in
            var exports: [String: String] = [:]
            for try await line in execution.standardOutput.strings() {
                if line.trimmed == "ready" { break }
                if let (name, value) = export(line.trimmed) { exports[name] = value }
            }
            let outcome: (any Error)?
            do {
                try await work(SandboxFixture(folder: folder, exports: exports))
                outcome = nil
            } catch {
                outcome = error
            }
            try execution.send(signal: .terminate)
            if let outcome { throw outcome }
        }
        let end = Outcome(result.terminationStatus, output: "", errors: result.standardError)
        #expect(end.status == 0, "a sandbox that is told to stop ends well: \(end.all)", sourceLocation: location)
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/tmp")
        #expect(left.isEmpty, "the sandbox left files behind", sourceLocation: location)
        #expect(Processes.mentioning(folder).isEmpty, "the sandbox left processes behind", sourceLocation: location)
    }

    /// Runs `unthrottle` with arguments.
    func run(
        _ arguments: [String], input: String = "", variables more: [String: String] = [:],
        signals: AsyncStream<Signal>? = nil
    ) async throws -> Outcome {
        try await BuiltProgram.run(
            arguments, input: input, variables: variables.merging(more) { $1 }.filter { !$0.value.isEmpty },
            signals: signals)
    }

    /// Runs `unthrottle fix` with the hub's account, without asking; without a probe build unless told otherwise.
    func fix(
        _ projects: [String], verifying: Bool = false, _ more: [String] = [], variables: [String: String] = [:],
        signals: AsyncStream<Signal>? = nil
    ) async throws -> Outcome {
        try await run(
            ["fix"] + projects + ["--username", username, "--password-stdin", "--yes"]
                + (verifying ? [] : ["--no-verify"]) + more,
            input: password, variables: variables, signals: signals)
    }

    /// Looks into the sandbox's account past the program.
    func account<Value: Sendable>(_ look: (AWSClient) async throws -> Value) async throws -> Value {
        let variables = EnvironmentVariables(exports)
        return try await NetworkTransport.using(try NetworkSettings(variables), userAgent: "test") { transport in
            let profile = try SharedConfiguration(EnvironmentVariables(["HOME": folder]), profile: nil)
            return try await look(
                AWSClient(
                    try AWSConfiguration(variables, profile: profile, region: nil),
                    credentials: CredentialChain.standard(
                        variables, profile: profile, transport: transport, time: .system),
                    transport: transport))
        }
    }

    private static func plain(_ folder: String) -> [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
            "HOME": "\(folder)/home", "XDG_STATE_HOME": "\(folder)/state", "TMPDIR": "\(folder)/tmp",
            "LC_ALL": "C.UTF-8",
            "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    /// The name and value of `export NAME='VALUE'`.
    private static func export(_ line: String) -> (String, String)? {
        guard line.hasPrefix("export ") else { return nil }
        let pair = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
        guard pair.count == 2, pair[1].first == "'", pair[1].last == "'", pair[1].count > 1 else { return nil }
        return (String(pair[0]), String(pair[1].dropFirst().dropLast()))
    }
}
