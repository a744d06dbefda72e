import Foundation
import Testing

/// What these tests need from the machine, and where.
enum Tools {
    /// The package's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path(percentEncoded: false)

    /// `UNTHROTTLE_PYTHON`, the package's virtual environment, or the python3 of the PATH.
    static let python: String = {
        let own = root + ".venv/bin/python"
        let named = ProcessInfo.processInfo.environment["UNTHROTTLE_PYTHON"]
        return named ?? (FileManager.default.isExecutableFile(atPath: own) ? own : "python3")
    }()

    /// For generated cases; `UNTHROTTLE_SEED` gives others.
    static let seed = ProcessInfo.processInfo.environment["UNTHROTTLE_SEED"].flatMap { UInt64($0) } ?? 3

    static let hasBotocore = (try? runHere([python, "-c", "import botocore"]).status) == 0
    static let missingBotocore: Comment = "SKIPPED: no Python with botocore (\(python)); set UNTHROTTLE_PYTHON"

    static let hasCRT = hasBotocore && (try? runHere([python, "-c", "import awscrt.crypto"]).status) == 0
    static let missingCRT: Comment = "SKIPPED: no Python with botocore[crt] (\(python)); install awscrt into it"

    /// A folder of AWS's vectors: in `UNTHROTTLE_VECTORS`, or where `Scripts/fetch-aws-vectors.sh` puts them.
    static func vectors(_ folder: String) -> String {
        (ProcessInfo.processInfo.environment["UNTHROTTLE_VECTORS"] ?? root + ".cache/vectors") + "/" + folder
    }
    static func hasVectors(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: vectors(folder)) }
    static func missingVectors(_ folder: String) -> Comment {
        "SKIPPED: AWS's vectors are not in \(vectors(folder)); run Scripts/fetch-aws-vectors.sh"
    }

    /// Runs a command to its end, on a thread of its own: the tests' few threads are for tests that go on meanwhile.
    static func run(_ command: [String]) async throws -> (status: Int32, output: String) {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result { try runHere(command) }) }
        }
    }

    private static func runHere(_ command: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Hands lines to a judge of `Tests/Judges`; the lines that it prints. A judge that fails is an error with its own words.
    static func judge(_ name: String, _ lines: [String]) async throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "lines").path(percentEncoded: false)
        try lines.map { $0 + "\n" }.joined().write(toFile: file, atomically: true, encoding: .utf8)
        let judged = try await run([python, root + "Tests/Judges/" + name, file])
        guard judged.status == 0 else { throw JudgeFailure(description: "\(name): \(judged.output)") }
        return judged.output.split(separator: "\n").map(String.init)
    }
}

struct JudgeFailure: Error, CustomStringConvertible {
    let description: String
}
