import Core
import FoundationEssentials
import Registry
import TestSupport
import Testing

@testable import CredentialHelper

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Permissions of files.
enum Mode {
    static func of(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
    static func set(_ mode: mode_t, _ path: String) { #expect(chmod(path, mode) == 0) }
}

@Suite("The cache")
struct CacheTests {
    static let place = SecretPlace(secret: "dockerhub")
    static let content = SecretContent(logins: [
        "": Credential(username: "builder", password: Secret("canary-password"))
    ])
    static let caller = ["AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "key"]

    private func identity(_ variables: [String: String] = caller) -> CallerIdentity {
        CallerIdentity(EnvironmentVariables(variables)) { _ in "unchanged" }
    }

    private func cache(
        in folder: String, _ variables: [String: String] = caller, time: ManualTime = ManualTime(),
        wait: @escaping () -> Void = {}
    ) throws -> AnswerCache {
        AnswerCache(
            try CacheFolder(parent: folder, name: "cache", inMemory: false), identity: identity(variables),
            now: { time.keeper.now().timeIntervalSince1970 }, wait: wait)
    }

    private func ask(_ cache: borrowing AnswerCache, _ count: inout Int) throws -> SecretContent {
        try cache.content(of: Self.place, deadline: .infinity) {
            count += 1
            return Self.content
        }
    }

    @Test("An answer is used for five minutes, by whoever has the same identity, and then asked for anew")
    func life() throws {
        try inTemporaryFolder { (folder: String) throws in
            let time = ManualTime()
            var count = 0
            #expect(try ask(cache(in: folder, time: time), &count) == Self.content)
            time.advance(by: 299)
            #expect(try ask(cache(in: folder, time: time), &count) == Self.content)
            #expect(count == 1)
            time.advance(by: 2)
            _ = try ask(cache(in: folder, time: time), &count)
            #expect(count == 2)
        }
    }

    @Test("A clock that was set back does not make an answer live longer")
    func clockSetBack() throws {
        try inTemporaryFolder { (folder: String) throws in
            let time = ManualTime()
            var count = 0
            _ = try ask(cache(in: folder, time: time), &count)
            time.advance(by: -3600)
            _ = try ask(cache(in: folder, time: time), &count)
            #expect(count == 2)
        }
    }

    @Test("Another identity, secret, Region or role has an answer of its own")
    func keys() {
        let own = identity().fileName(for: Self.place)
        var others = Set(
            [
                SecretPlace(secret: "other"), SecretPlace(secret: "dockerhub", region: "eu-west-3"),
                SecretPlace(secret: "dockerhub", role: "r"),
            ].map { identity().fileName(for: $0) })
        for variables in [
            [:], ["AWS_ACCESS_KEY_ID": "AKIA2"], ["AWS_PROFILE": "AKIA1"],
            ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/1"],
            ["AWS_ACCESS_KEY_ID": "AKIA1", "AWS_REGION": "eu-west-3"],
            ["AWS_ACCESS_KEY_ID": "AKIA1", "AWS_ENDPOINT_URL": "http://localhost"],
            ["AWS_ACCESS_KEY_ID": "AKIA1", "HOME": "/root"],
        ] { others.insert(identity(variables).fileName(for: Self.place)) }
        let changed = CallerIdentity(EnvironmentVariables(Self.caller)) { _ in "changed" }
        others.insert(changed.fileName(for: Self.place))
        #expect(others.count == 11)
        #expect(!others.contains(own))
        #expect(identity().fileName(for: Self.place) == own)
        #expect(own.count == 32)
    }

    @Test("The key that seals is derived from credentials that are elsewhere; there is none for a profile")
    func sealingKey() {
        #expect(identity().sealingKey != nil)
        #expect(identity(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/1"]).sealingKey != nil)
        #expect(identity(["AWS_PROFILE": "p"]).sealingKey == nil)
        #expect(
            identity().sealingKey
                != identity(["AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "other"]).sealingKey)
    }

    @Test("A sealed file shows nothing, opens for its key and its name alone, and a changed one is none")
    func sealed() throws {
        let seal = CacheSeal(key: identity().sealingKey)
        let bytes = try #require(CacheRecord.content(Self.content, end: 5).bytes)
        var sealed = try #require(seal.seal(bytes, name: "a"))
        #expect(!String(decoding: sealed, as: UTF8.self).contains("canary"))
        #expect(seal.open(sealed, name: "a") == bytes)
        #expect(seal.open(sealed, name: "b") == nil)
        #expect(
            CacheSeal(key: identity(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/"]).sealingKey).open(sealed, name: "a")
                == nil)
        sealed[sealed.count / 2] ^= 1
        #expect(seal.open(sealed, name: "a") == nil)
        #expect(seal.open([], name: "a") == nil)
    }

    @Test(
        "A record cut off anywhere, as a kill leaves it, is none",
        arguments: [
            CacheRecord.content(content, end: 5), .failure(HelperFailure("m", hint: "h"), time: 7),
            .failure(HelperFailure("m"), time: 7),
        ])
    func cutOff(_ record: CacheRecord) throws {
        let bytes = try #require(record.bytes)
        #expect(CacheRecord(bytes) == record)
        for length in 0..<bytes.count { #expect(CacheRecord(bytes.prefix(length)) == nil) }
    }

    @Test("A login with the separating byte in it is not cached, and is answered")
    func separator() throws {
        let odd = SecretContent(logins: ["": Credential(username: "u", password: Secret("a\0b"))])
        #expect(CacheRecord.content(odd, end: 5).bytes == nil)
        try inTemporaryFolder { (folder: String) throws in
            #expect(try cache(in: folder).content(of: Self.place, deadline: .infinity) { odd } == odd)
        }
    }

    @Test("A failure is not kept for those who come later")
    func failure() throws {
        try inTemporaryFolder { (folder: String) throws in
            let time = ManualTime()
            #expect(throws: HelperFailure.self) {
                try cache(in: folder, time: time).content(of: Self.place, deadline: .infinity) {
                    throw HelperFailure("away")
                }
            }
            time.advance(by: 1)
            var count = 0
            #expect(try ask(cache(in: folder, time: time), &count) == Self.content)
            #expect(count == 1)
        }
    }

    @Test("Who waits for another's call shares its failure, and asks nothing")
    func sharedFailure() throws {
        try inTemporaryFolder { (folder: String) throws in
            let time = ManualTime()
            let first = try cache(in: folder, time: time)
            let second = try cache(in: folder, time: time)
            var waiters = 0
            #expect(throws: HelperFailure("away")) {
                try first.content(of: Self.place, deadline: .infinity) {
                    // The second comes while the first asks: it finds the lock held until its time is over.
                    let now = time.keeper.now().timeIntervalSince1970
                    let error = #expect(throws: HelperFailure.self) {
                        try second.content(of: Self.place, deadline: now) { Self.content }
                    }
                    #expect(error?.message.contains("another docker-credential-unthrottle is asking") == true)
                    waiters += 1
                    throw HelperFailure("away")
                }
            }
            #expect(waiters == 1)
            var count = 0
            #expect(throws: HelperFailure("away")) { try ask(second, &count) }
            #expect(count == 0)
        }
    }

    @Test("erase forgets the answer; the next get asks")
    func forget() throws {
        try inTemporaryFolder { (folder: String) throws in
            var count = 0
            _ = try ask(cache(in: folder), &count)
            try cache(in: folder).forget(Self.place)
            _ = try ask(cache(in: folder), &count)
            #expect(count == 2)
        }
    }

    @Test("The folder must be a folder of ours, closed to others; a link to one is refused")
    func folder() throws {
        try inTemporaryFolder { (parent: String) throws in
            let manager = FileManager.default
            _ = try CacheFolder(parent: parent, name: "cache", inMemory: false)
            #expect(Mode.of("\(parent)/cache") == 0o700)
            Mode.set(0o750, "\(parent)/cache")
            let open = #expect(throws: UnthrottleError.self) {
                _ = try CacheFolder(parent: parent, name: "cache", inMemory: false)
            }
            #expect(open?.message.contains("open to others") == true)
            Mode.set(0o700, "\(parent)/cache")
            try manager.createSymbolicLink(atPath: "\(parent)/link", withDestinationPath: "\(parent)/cache")
            #expect(throws: UnthrottleError.self) { _ = try CacheFolder(parent: parent, name: "link", inMemory: false) }
            try Data().write(to: URL(filePath: "\(parent)/file"))
            #expect(throws: UnthrottleError.self) { _ = try CacheFolder(parent: parent, name: "file", inMemory: false) }
            #expect(throws: UnthrottleError.self) {
                _ = try CacheFolder(parent: "\(parent)/none", name: "x", inMemory: false)
            }
        }
    }

    @Test("A file that others can read, a link or a pipe in its place is not read: AWS is asked")
    func untrustedFile() throws {
        try inTemporaryFolder { (folder: String) throws in
            let manager = FileManager.default
            var count = 0
            _ = try ask(cache(in: folder), &count)
            let path = "\(folder)/cache/\(identity().fileName(for: Self.place))"
            #expect(Mode.of(path) == 0o600)
            Mode.set(0o644, path)
            _ = try ask(cache(in: folder), &count)
            try manager.moveItem(atPath: path, toPath: "\(folder)/elsewhere")
            try manager.createSymbolicLink(atPath: path, withDestinationPath: "\(folder)/elsewhere")
            _ = try ask(cache(in: folder), &count)
            #expect(count == 3)
        }
    }

    @Test("Answers of others that have ended are removed when one is written")
    func sweep() throws {
        try inTemporaryFolder { (folder: String) throws in
            let cache = try cache(in: folder, time: ManualTime(4_000_000_000))
            let old = "\(folder)/cache/\(String(repeating: "0", count: 32))"
            try Data("x".utf8).write(to: URL(filePath: old))
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/cache/not-ours"))
            var count = 0
            _ = try ask(cache, &count)
            #expect(!FileManager.default.fileExists(atPath: old))
            #expect(FileManager.default.fileExists(atPath: "\(folder)/cache/not-ours"))
            _ = try ask(cache, &count)
            #expect(count == 1)
        }
    }

    @Test("Storage: what UNTHROTTLE_CACHE says; on disk only with a key; in memory only on a tmpfs")
    func storage() throws {
        try inTemporaryFolder { (home: String) throws in
            func folder(_ variables: [String: String]) throws -> String? {
                let all = EnvironmentVariables(variables)
                let folder = try CacheStorage(all).folder(all, identity: CallerIdentity(all))
                switch folder {
                case .some(let folder): return folder.path
                case .none: return nil
                }
            }
            #expect(try folder(["UNTHROTTLE_CACHE": "off"]) == nil)
            #expect(throws: UnthrottleError.self) { try folder(["UNTHROTTLE_CACHE": "dsik"]) }
            #expect(throws: UnthrottleError.self) { try folder(["UNTHROTTLE_CACHE": "disk", "HOME": home]) }
            #expect(
                try folder(Self.caller.merging(["UNTHROTTLE_CACHE": "disk", "HOME": home]) { $1 })
                    == "\(home)/.cache/unthrottle")
            let onDisk = #expect(throws: UnthrottleError.self) {
                _ = try CacheFolder(parent: "/usr", name: "unthrottle", inMemory: true)
            }
            #expect(onDisk?.message == "/usr is not in memory (tmpfs)")
        }
    }
}
