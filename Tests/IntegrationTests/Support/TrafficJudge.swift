import Core
import FoundationEssentials
import TestSupport
import Testing

/// `Tests/Judges/aws_traffic.py`: recorded traffic as botocore's service models and signer see it.
enum TrafficJudge {
    /// The interpreter of the private environment that `Scripts/setup test` makes.
    static let python = "\(Checkout.root)/.venv/bin/python"
    static let missing: Comment = "SKIPPED: no \(python); Scripts/setup test makes it"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// Judges exchanges that were signed with the sandbox's key.
    static func judge(_ exchanges: [FaultProxy.Exchange], in sandbox: SandboxFixture) async throws -> Outcome {
        let file = "\(sandbox.folder)/exchanges.jsonl"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let text = exchanges.map { line($0).text() + "\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: file))
        return try await BuiltProgram.run(
            ["\(Checkout.root)/Tests/Judges/aws_traffic.py", file], program: python, variables: sandbox.toolVariables)
    }

    private static func line(_ exchange: FaultProxy.Exchange) -> JSON {
        func pairs(_ headers: [(name: String, value: String)]) -> JSON {
            .array(headers.map { [.string($0.name), .string($0.value)] })
        }
        return [
            "method": .string(exchange.method), "path": .string(exchange.path), "headers": pairs(exchange.headers),
            "body": .string(String(decoding: exchange.body, as: UTF8.self)), "status": .integer(Int64(exchange.status)),
            "answerHeaders": pairs(exchange.answerHeaders),
            "answer": .string(String(decoding: exchange.answer, as: UTF8.self)),
        ]
    }
}
