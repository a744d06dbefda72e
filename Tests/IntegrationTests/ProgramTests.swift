import AWS
import Core
import FoundationEssentials
import Subprocess
import Synchronization
import TestSupport
import Testing

@Suite("The program as a whole")
struct ProgramTests {
    @Test(
        "help and version are answers; wrong usage is an error with status 2",
        arguments: [
            (["--help"], 0, "diagnose"), (["--version"], 0, "."), (["fix", "--help"], 0, "--password-stdin"),
            ([], 0, "sandbox"), (["nosuch"], 2, "nosuch"), (["fix"], 2, "project"),
            (["quota", "--secret", "a", "--username", "b"], 2, "not both"),
            (["fix", "web", "--password-stdin"], 2, "--password-stdin goes with --username"),
            (["diagnose", "web", "--builds", "0"], 2, "--builds takes 1 to 100"),
        ])
    func usage(arguments: [String], status: Int32, says: String) async throws {
        let outcome = try await BuiltProgram.run(arguments, variables: ["HOME": "/nonexistent"])
        #expect(outcome.status == status, "\(outcome.all)")
        #expect((status == 0 ? outcome.output : outcome.errors).contains(says), "\(outcome.all)")
        #expect((status == 0 ? outcome.errors : outcome.output).isEmpty, "\(outcome.all)")
    }

    @Test("the demo comes out as it must, shows both failures and the proofs, and leaves nothing behind")
    func demo() async throws {
        try await withTemporaryFolder { folder in
            let outcome = try await BuiltProgram.run(["demo"], variables: Self.variables(folder))
            #expect(outcome.status == 0, "\(outcome.all)")
            #expect(outcome.output.contains("error pulling image configuration: toomanyrequests"))
            #expect(outcome.output.contains("PROVISIONING  proved"))
            #expect(outcome.output.contains("build         proved"))
            #expect(!outcome.output.contains("\u{1b}["), "plain where no terminal reads it")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            #expect(Processes.mentioning(folder).isEmpty)
        }
    }

    @Test("a demo that is stopped leaves nothing behind", arguments: ["INT", "TERM", "HUP"])
    func stoppedDemo(signal: String) async throws {
        // Its own folder is there as soon as it has something to clean up. A shell watches for it: on a busy machine a task of this
        // process may get no turn before the demo is over. Job control, since without it a shell has its jobs ignore SIGINT.
        let script = """
            set -m
            "$0" demo &
            while [ -z "$(ls -A "$TMPDIR")" ] && kill -0 $!; do sleep 0.02; done
            kill -s "$1" $!
            wait $!
            """
        try await withTemporaryFolder { folder in
            let outcome = try await BuiltProgram.run(
                ["-c", script, BuiltProgram.path, signal], program: "/bin/bash", variables: Self.variables(folder))
            #expect(outcome.status == 130, "\(outcome.all)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            #expect(Processes.mentioning(folder).isEmpty)
        }
    }

    @Test("Ctrl-C during the proof stops the probe build, and says that the change is done and not proved")
    func interruptedProof() async throws {
        try await SandboxFixture.with { sandbox in
            let (signals, sender) = AsyncStream<Signal>.makeStream()
            try await FaultProxy.with(sandbox.endpoint) { call in
                if call.operation == "BatchGetBuilds" {
                    sender.yield(.interrupt)
                    sender.finish()
                }
                return .none
            } _: { url, _ in
                // The probe of web pauses between its pulls for long enough.
                let fix = try await sandbox.fix(
                    ["web"], verifying: true, variables: ["AWS_ENDPOINT_URL": url], signals: signals)
                #expect(fix.status == 130, "\(fix.all)")
                #expect(fix.errors.contains("The change itself is done, as run "), "\(fix.all)")
                #expect(fix.errors.contains("unthrottle verify web"), "\(fix.all)")
            }
            // A stop takes effect a moment after StopBuild has answered.
            let builds = try await sandbox.account { aws in
                var builds: [CodeBuild.Build] = []
                repeat {
                    builds = try await aws.builds(try await aws.buildIDs(ofProject: "web"))
                } while builds.contains { $0.buildComplete != true }
                return builds
            }
            #expect(builds.map(\.buildStatus) == [.stopped])
        }
    }

    private static func variables(_ folder: String) -> [String: String] {
        ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder, "TMPDIR": folder]
    }
}
