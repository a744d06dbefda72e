import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import CredentialHelper

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("The helper as a process")
struct ProcessTests {
    static let hasMemory = MemoryFolder.isThere
    static let why: Comment = "there is no tmpfs at /dev/shm"

    private func variables(_ base: [String: String], _ url: String, _ more: [String: String] = [:]) -> [String: String]
    {
        base.merging([
            "AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "canary-key", "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": url,
            "UNTHROTTLE_TIMEOUT": "100",
        ]) { $1 }.merging(more) { $1 }
    }

    private func files(_ base: [String: String]) throws -> [String] {
        let folder = "\(base["XDG_RUNTIME_DIR"] ?? "")/unthrottle"
        return try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
    }

    @Test("200 processes at once make one call, and all have its answer", .enabled(if: hasMemory, why))
    func herd() async throws {
        let aws = SecretsStandIn { _ in .login("canary-password") }
        try await MemoryFolder.with { base in
            try await aws.serve { url in
                let variables = variables(base, url)
                let outcomes = try await withThrowingTaskGroup(of: HelperProcess.Outcome.self) { group in
                    for _ in 0..<200 { group.addTask { try await HelperProcess.run("get", variables) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count == 200)
                let right = HelperProcess.Outcome(status: 0, output: ProtocolTests.login, errors: "")
                #expect(outcomes.filter { $0 != right } == [])
                #expect(aws.calls == 1)
                #expect(try files(base).count == 1)
            }
        }
    }

    @Test(
        "When the holder of the lock is killed, one of those who wait asks in its place", .enabled(if: hasMemory, why))
    func killed() async throws {
        let aws = SecretsStandIn { $0 == 1 ? .silence : .login("canary-password") }
        try await MemoryFolder.with { base in
            try await aws.serve { url in
                let variables = variables(base, url)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let outcome = try await HelperProcess.run("get", variables) { kill in
                        for await _ in aws.arrivals { break }
                        // The first asks and holds the lock now; the others come, then it dies.
                        for _ in 0..<5 {
                            group.addTask {
                                let outcome = try await HelperProcess.run("get", variables)
                                #expect(outcome.output == ProtocolTests.login)
                            }
                        }
                        try kill()
                    }
                    #expect(outcome.status == 128 + 9)
                    try await group.waitForAll()
                }
                #expect(aws.calls == 2)
                #expect(try await HelperProcess.run("get", variables).status == 0)
                #expect(aws.calls == 2)
            }
        }
    }

    @Test("50 processes share one refusal; later ones ask anew", .enabled(if: hasMemory, why))
    func sharedRefusal() async throws {
        let aws = SecretsStandIn { _ in .refusal("AccessDeniedException", "no") }
        try await MemoryFolder.with { base in
            try await aws.serve { url in
                let variables = variables(base, url)
                let before = aws.calls
                let outcomes = try await withThrowingTaskGroup(of: HelperProcess.Outcome.self) { group in
                    for _ in 0..<50 { group.addTask { try await HelperProcess.run("get", variables) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let loud = outcomes.filter {
                    $0.status == 1 && $0.output.contains("AccessDenied") && $0.errors.contains("anonymous")
                }
                #expect(loud.count == 50, "\(outcomes.first { !loud.contains($0) }.map { "\($0)" } ?? "")")
                // Processes that start after a refusal ask again; those that were there do not.
                #expect(aws.calls - before < 50)
                let calls = aws.calls
                _ = try await HelperProcess.run("get", variables)
                #expect(aws.calls == calls + 1)
            }
        }
    }

    @Test("Its time is over in all: it says what it was waiting for")
    func deadline() async throws {
        let silent = SecretsStandIn { _ in .silence }
        try await silent.serve { url in
            let outcome = try await HelperProcess.run(
                "get", variables([:], url, ["UNTHROTTLE_TIMEOUT": "0.3", "UNTHROTTLE_CACHE": "off"]))
            #expect(outcome.status == 1)
            #expect(outcome.output.hasPrefix("no answer from AWS in time for the secret dockerhub"))
            #expect(outcome.errors.contains("UNTHROTTLE_TIMEOUT"))
        }
        let throttled = SecretsStandIn { _ in .refusal("ThrottlingException", "Rate exceeded") }
        try await throttled.serve { url in
            let outcome = try await HelperProcess.run(
                "get",
                variables([:], url, ["UNTHROTTLE_TIMEOUT": "2", "UNTHROTTLE_CACHE": "off", "AWS_MAX_ATTEMPTS": "50"]))
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("ThrottlingException"))
        }
    }

    @Test(
        "A wrong timeout, cache or configuration is said, and is no crash",
        arguments: [
            ["UNTHROTTLE_TIMEOUT": "soon"], ["UNTHROTTLE_TIMEOUT": "0"], ["UNTHROTTLE_CACHE": "dsik"],
        ])
    func wrongSettings(_ more: [String: String]) async throws {
        let outcome = try await HelperProcess.run("get", variables([:], "http://127.0.0.1:1", more))
        #expect(outcome.status == 1)
        #expect(outcome.output.contains(more.keys.first ?? ""))
    }

    @Test("The password is in no file in the clear and on no stream but the answer's", .enabled(if: hasMemory, why))
    func canaries() async throws {
        let aws = SecretsStandIn { _ in .login("canary-password") }
        let redactor = Redactor([Secret("canary-password"), Secret("canary-key"), Secret("canary-new")])
        try await MemoryFolder.with { base in
            try await aws.serve { url in
                for cache in ["memory", "disk"] {
                    let variables = variables(base, url, ["UNTHROTTLE_CACHE": cache])
                    for (action, input) in [
                        ("get", "docker.io"), ("get", "ghcr.io"), ("list", ""), ("erase", "docker.io"),
                        ("get", "docker.io"),
                        ("store", "{\"ServerURL\":\"ghcr.io\",\"Username\":\"u\",\"Secret\":\"canary-new\"}"),
                        ("store", "{\"ServerURL\":\"docker.io\",\"Username\":\"u\",\"Secret\":\"canary-new\"}"),
                    ] {
                        let outcome = try await HelperProcess.run(action, variables, input: input)
                        #expect(!redactor.finds(in: outcome.errors))
                        #expect(!redactor.finds(in: outcome.output) || (action == "get" && outcome.status == 0))
                    }
                }
                let written = try FileManager.default.subpathsOfDirectory(atPath: base["HOME"] ?? "").filter {
                    $0.hasSuffix("/") == false
                }
                var seen = 0
                for path in written {
                    guard let data = try? Data(contentsOf: URL(filePath: "\(base["HOME"] ?? "")/\(path)")) else {
                        continue
                    }
                    seen += 1
                    #expect(!redactor.finds(in: String(decoding: data, as: UTF8.self)), "\(path)")
                }
                #expect(seen == 2)
            }
        }
    }

    @Test("With a profile's keys the answer is cached too, in memory alone, mode 0600", .enabled(if: hasMemory, why))
    func profile() async throws {
        let aws = SecretsStandIn { _ in .login("canary-password") }
        try await MemoryFolder.with { base in
            let home = base["HOME"] ?? ""
            try PrivateFiles.makeFolder("\(home)/.aws")
            try PrivateFiles.write(
                "[default]\naws_access_key_id = AKIA2\naws_secret_access_key = k\nregion = eu-west-3\n",
                to: "\(home)/.aws/credentials")
            try await aws.serve { url in
                let variables = base.merging(["AWS_ENDPOINT_URL": url, "UNTHROTTLE_TIMEOUT": "100"]) { $1 }
                for _ in 0..<2 { #expect(try await HelperProcess.run("get", variables).output == ProtocolTests.login) }
                #expect(aws.calls == 1)
                for file in try files(base) { #expect(Mode.of(file) == 0o600) }
                let disk = try await HelperProcess.run("get", variables.merging(["UNTHROTTLE_CACHE": "disk"]) { $1 })
                #expect(disk.output == ProtocolTests.login)
                #expect(disk.errors.contains("nothing is cached on disk"))
                #expect(aws.calls == 2)
            }
        }
    }

    @Test("It links no server, no YAML, and no full Foundation")
    func linked() throws {
        let bytes = try Data(contentsOf: URL(filePath: HelperProcess.path))
        // Mangled names begin with a module's length and name; a needed library stands as a whole word.
        for word in [
            "11Hummingbird", "4Yams", "4GRDB", "14ArgumentParser", "\0libFoundation.so\0", "lib_FoundationICU",
        ] {
            #expect(!holds(bytes, word), "\(word)")
        }
        #expect(holds(bytes, "16CredentialHelper"))
    }

    private static let release = "\(Checkout.root)/dist/docker-credential-unthrottle"

    @Test(
        "The release runs where there is nothing but it, and finds names and trust as on Debian, Alpine and Amazon Linux",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: release) && geteuid() == 0 && Tool("openssl").isInstalled,
            "it needs root, openssl, and dist/docker-credential-unthrottle (make release)"))
    func bareChroot() async throws {
        let outcome = try await Tool("python3").run(["\(Checkout.root)/Tests/Judges/bare_chroot.py", Self.release])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.split(separator: "\n").count == 5)
    }

    /// A plain search: that of the standard library takes half a minute for a hundred megabytes in a debug build.
    private func holds(_ bytes: Data, _ word: String) -> Bool {
        let word = Array(word.utf8)
        return bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return false }
            var index = 0
            while index + word.count <= all.count,
                let found = memchr(base + index, Int32(word[0]), all.count - word.count + 1 - index)
            {
                if memcmp(found, word, word.count) == 0 { return true }
                index = UnsafeRawPointer(found) - base + 1
            }
            return false
        }
    }
}
