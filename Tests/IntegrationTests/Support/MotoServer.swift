import AWS
import Core
import FoundationEssentials
import HTTP
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// moto's server of a test, on a free port: a stand-in for AWS that nobody of this project wrote.
enum MotoServer {
    private static let program = "\(Checkout.root)/.venv/bin/moto_server"
    static let missing: Comment = "SKIPPED: no \(program); Scripts/setup test makes it"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// Starts it, waits until it listens, runs `work` with its URL and ends it.
    static func with(_ work: (_ url: String) async throws -> Void) async throws {
        try await Turnstile.shared.pass {
            _ = try await Subprocess.run(
                .path(FilePath(program)), arguments: ["-H", "127.0.0.1", "-p", "0"],
                environment: .custom(
                    BuiltProgram.environment(["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"])),
                input: .none, output: .discarded, error: .sequence
            ) { execution in
                var words: [String] = []
                for try await line in execution.standardError.strings() {
                    words.append(line)
                    // "* Running on http://127.0.0.1:PORT"
                    guard let start = line.firstRange(of: "http://127.0.0.1:") else { continue }
                    let url = String(line[start.lowerBound...].prefix { !$0.isWhitespace && $0 != "\u{1b}" })
                    let outcome: (any Error)?
                    do {
                        try await work(url)
                        outcome = nil
                    } catch {
                        outcome = error
                    }
                    try execution.send(signal: .terminate)
                    if let outcome { throw outcome }
                    return
                }
                Issue.record("moto did not start: \(words.joined())")
            }
        }
    }

    /// A client of it.
    static func client(_ url: String, _ transport: NetworkTransport) -> AWSClient {
        AWSClient(
            AWSConfiguration(region: "us-east-1", endpoints: EndpointOverrides(all: url), maxAttempts: 1),
            credentials: StaticCredentials(
                AWSCredentials(
                    accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("secret"), sessionToken: nil)),
            transport: transport)
    }
}
