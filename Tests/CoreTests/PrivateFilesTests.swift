import FoundationEssentials
import TestSupport
import Testing

@testable import Core

@Suite("Private files")
struct PrivateFilesTests {
    @Test("folders are 0700, files 0600, a write replaces the whole file and an append adds to it")
    func modes() async throws {
        try await withTemporaryFolder { folder in
            try PrivateFiles.makeFolder("\(folder)/a/b")
            let path = "\(folder)/a/b/file"
            try PrivateFiles.write("one\n", to: path)
            try PrivateFiles.append("two\n", to: path)
            #expect(try PrivateFiles.read(path) == "one\ntwo\n")
            try PrivateFiles.write("three\n", to: path)
            #expect(try PrivateFiles.read(path) == "three\n")
            let manager = FileManager.default
            #expect(try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            #expect(try manager.attributesOfItem(atPath: "\(folder)/a")[.posixPermissions] as? Int == 0o700)
            #expect(try manager.contentsOfDirectory(atPath: "\(folder)/a/b") == ["file"])
        }
    }

    @Test("a file that is not there reads as nil; a folder that cannot be made is an error that names it")
    func missing() throws {
        #expect(try PrivateFiles.read("/nowhere/at/all") == nil)
        let error = #expect(throws: UnthrottleError.self) { try PrivateFiles.makeFolder("/proc/none/x") }
        #expect(error?.message.contains("/proc/none/x") == true)
    }

    @Test("a full disk is an error and leaves the old file")
    func fullDisk() throws {
        let error = #expect(throws: UnthrottleError.self) { try PrivateFiles.append("x", to: "/dev/full") }
        #expect(error?.code == .system)
    }
}
