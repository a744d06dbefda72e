import AWS
import Core
import FoundationEssentials
import Synchronization
import Testing

@Suite("The password stands nowhere but in the secret")
struct CanaryTests {
    @Test("no output, journal, state file, project, build log or process list holds it, clear or in base64")
    func nowhere() async throws {
        try await SandboxFixture.with { sandbox in
            let login = Data("\(sandbox.username):\(sandbox.password)".utf8).base64EncodedString()
            let canaries = [sandbox.password, Data(sandbox.password.utf8).base64EncodedString(), login]
            func expectNone(in texts: [String], _ place: String) {
                for canary in canaries { #expect(!texts.contains { $0.contains(canary) }, "\(place)") }
            }

            let arguments = Mutex<Set<String>>([])
            let watch = Task {
                while !Task.isCancelled {
                    let seen = Processes.commandLines
                    arguments.withLock { $0.formUnion(seen) }
                    try? await Task.sleep(for: .milliseconds(5))
                }
            }
            defer { watch.cancel() }

            var outcomes: [Outcome] = []
            outcomes.append(try await sandbox.fix(["web", "api"], verifying: false))
            for project in ["web", "api"] { try await sandbox.build(project) }
            outcomes.append(try await sandbox.fix(["api"], verifying: true, ["--json"]))
            outcomes.append(try await sandbox.run(["verify", "api"]))
            outcomes.append(try await sandbox.run(["diagnose", "web", "api"]))
            outcomes.append(try await sandbox.run(["quota", "--secret", "dockerhub"]))
            outcomes.append(try await sandbox.run(["runs", "--json"]))
            let fixed = try await AccountView.read(sandbox)
            let again = try await sandbox.run(
                ["fix", "api", "--username", sandbox.username, "--password-stdin", "--yes", "--no-verify"],
                input: "not \(sandbox.password)")
            #expect(again.status == 3)
            outcomes.append(again)
            outcomes.append(try await sandbox.run(["undo", "--yes"]))
            #expect(outcomes.filter { $0.status == 0 }.count == outcomes.count - 1)
            watch.cancel()

            expectNone(in: outcomes.map(\.all), "the output of a verb")
            let seen = arguments.withLock { $0 }
            #expect(seen.contains { $0.contains("--password-stdin") }, "the process list was read")
            expectNone(in: Array(seen), "a process's arguments")
            expectNone(in: fixed.projects.values.map { $0.text() } + fixed.policies.values.flatMap(\.values), "AWS")
            let files = try FileManager.default.subpathsOfDirectory(atPath: "\(sandbox.folder)/state")
            #expect(files.contains { $0.hasSuffix(".jsonl") })
            expectNone(in: files.map { Self.text("\(sandbox.folder)/state/\($0)") } + files, "a state file")
            let homes = try FileManager.default.subpathsOfDirectory(atPath: "\(sandbox.folder)/home")
            expectNone(in: homes.map { Self.text("\(sandbox.folder)/home/\($0)") }, "the home folder")
            let logs = try await Self.logs(of: sandbox)
            #expect(logs.contains { $0.contains("Login Succeeded") })
            expectNone(in: logs, "a build's log")
        }
    }

    @Test("only the owner can read the state folder")
    func modes() async throws {
        try await SandboxFixture.with { sandbox in
            _ = try await sandbox.fix(["api"])
            let files = try FileManager.default.subpathsOfDirectory(atPath: sandbox.state)
            for path in [sandbox.state] + files.map({ "\(sandbox.state)/\($0)" }) {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                let mode = (attributes[.posixPermissions] as? Int ?? 0) & 0o077
                #expect(mode == 0, "\(path)")
            }
        }
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func logs(of sandbox: SandboxFixture) async throws -> [String] {
        try await sandbox.account { aws in
            var lines: [String] = []
            for project in ["web", "api"] {
                for build in try await aws.builds(try await aws.buildIDs(ofProject: project)) {
                    guard let group = build.logs?.groupName, let stream = build.logs?.streamName else { continue }
                    lines += try await aws.logEvents(group: group, stream: stream).events.map { $0.message ?? "" }
                }
            }
            return lines
        }
    }
}
