import FoundationEssentials
import TestSupport
import Testing

/// AWS's own clients on all that the sandbox has.
@Suite("Every operation of the sandbox")
struct SandboxOperationsTests {
    private static let tools = "\(Checkout.root)/.venv/bin"

    @Test(
        "boto3 and the aws CLI call every operation, and no answer has what botocore's model has not",
        .enabled("needs .venv/bin/python with boto3 and awscli (Scripts/setup test)") {
            FileManager.default.isExecutableFile(atPath: "\(tools)/aws")
        })
    func operations() async throws {
        try await SandboxFixture.with(["--empty"]) { sandbox in
            let outcome = try await BuiltProgram.run(
                ["\(Checkout.root)/Tests/Judges/sandbox_operations.py"], program: "\(Self.tools)/python",
                variables: sandbox.toolVariables)
            #expect(outcome.status == 0, "\(outcome.all)")
        }
    }
}
