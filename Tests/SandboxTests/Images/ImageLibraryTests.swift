import Core
import FoundationEssentials
import Registry
import TestSupport
import Testing

@testable import Sandbox

@Suite("The sandbox's images")
struct ImageLibraryTests {
    @Test("The same recipe gives the same bytes: a digest that changes would change every build's log")
    func bytesAreStable() throws {
        let recipe = ImageRecipe("library/busybox", tags: ["latest"])
        var (first, second) = (ImageLibrary(), ImageLibrary())
        first.add(recipe)
        second.add(recipe)
        let digest = try #require(first.repositories["library/busybox"]?.tags["latest"])
        #expect(digest == second.repositories["library/busybox"]?.tags["latest"])
        #expect(digest == ImageLibrary.standard.repositories["library/busybox"]?.tags["latest"])
        #expect(digest.hex == "609c4c919b4dd8f0c7d8b0b8cefdd33ddc5fef1e824b01ed8a19f2e1517ff545")
    }

    @Test(
        "Every image that builds name is there",
        arguments: [
            ("library/docker", "dind"), ("library/docker", "latest"), ("library/busybox", "latest"),
            ("library/alpine", "3.20"), ("library/alpine", "latest"), ("library/hello-world", "latest"),
            ("library/node", "20"),
        ])
    func isServed(repository: String, tag: String) throws {
        let stored = try #require(ImageLibrary.standard.repositories[repository])
        let (digest, manifest) = try #require(stored.manifest(tag))
        #expect(Digest.of(manifest.bytes) == digest)
        let index = try Manifest(bytes: manifest.bytes, mediaType: manifest.mediaType)
        for architecture in ["amd64", "arm64"] {
            let child = try #require(index.child(for: Platform(os: "linux", architecture: architecture)))
            let bytes = try #require(stored.manifests[child.digest]).bytes
            #expect(bytes.count == child.size)
            let image = try JSON(parsing: Data(bytes))
            for descriptor in [image["config"]] + (image["layers"]?.array ?? []) {
                let digest = try #require(descriptor?["digest"]?.string.flatMap { Digest($0) })
                let blob = try #require(stored.blobs[digest])
                #expect(Digest.of(blob) == digest)
                #expect(descriptor?["size"] == .integer(Int64(blob.count)))
            }
        }
    }

    @Test("Two platforms of an image share no manifest")
    func platformsDiffer() throws {
        let stored = try #require(ImageLibrary.standard.repositories["library/docker"]?.manifest("dind")).manifest
        let entries = try JSON(parsing: Data(stored.bytes))["manifests"]?.array ?? []
        #expect(Set(entries.compactMap { $0["digest"]?.string }).count == 2)
    }

    @Test("A tag that moves leaves the image that it named reachable by digest, and only in its repository")
    func movedTag() throws {
        var library = ImageLibrary()
        library.add(ImageRecipe("team/app", tags: ["1"], parts: ["old"]))
        let old = try #require(library.repositories["team/app"]?.tags["1"])
        library.add(ImageRecipe("team/app", tags: ["1"], parts: ["new"]))
        library.add(ImageRecipe("team/other", tags: ["1"]))
        #expect(library.repositories["team/app"]?.tags["1"] != old)
        #expect(library.repositories["team/app"]?.manifest(old.description)?.digest == old)
        #expect(library.repositories["team/other"]?.manifest(old.description) == nil)
    }
}

@Suite("Archives of the sandbox's images")
struct ArchiveTests {
    @Test(
        "CRC-32 of known texts",
        arguments: [("", 0), ("123456789", 0xcbf4_3926), ("The quick brown fox jumps over the lazy dog", 0x414f_a339)])
    func checksum(text: String, value: UInt32) {
        #expect(StoredGzip.crc32(Array(text.utf8)) == value)
    }

    @Test("Nothing, one block, a full block and one byte more", arguments: [0, 1, 0xffff, 0x10000, 200_000])
    func storedBlocks(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let blocks = max(1, (count + 0xfffe) / 0xffff)
        #expect(StoredGzip.encode(bytes).count == 10 + 5 * blocks + count + 8)
    }

    @Test(
        "GNU tar and gzip read what was written", .enabled(if: Tool("tar").isInstalled, "tar is not installed"))
    func tarReadsIt() async throws {
        let long = String(repeating: "d", count: 99) + "/"
        var archive = TarArchive()
        archive.addFolder("etc")
        archive.addFile("etc/empty", [])
        archive.addFile("bin/run", [UInt8](repeating: 7, count: 70_000), mode: 0o755)
        archive.addFile(String(long.dropLast()), Array("x".utf8))
        let packed = StoredGzip.encode(archive.bytes)
        try await withTemporaryFolder { folder in
            try Data(packed).write(to: URL(filePath: "\(folder)/layer.tgz"))
            let list = try await Tool("tar").run(["tvzf", "\(folder)/layer.tgz"], variables: ["TZ": "UTC"])
            #expect(list.status == 0)
            #expect(list.errors.isEmpty)
            let lines = list.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 4)
            #expect(lines.allSatisfy { $0.contains("1970-01-01 00:00") })
            #expect(lines[0].hasPrefix("drwxr-xr-x") && lines[0].hasSuffix(" etc/"))
            #expect(lines[2].hasPrefix("-rwxr-xr-x") && lines[2].contains(" 70000 "))
            let unpacked = try await Tool("tar").run(["xOzf", "\(folder)/layer.tgz", "bin/run"])
            #expect(unpacked.output.utf8.count == 70_000)
        }
    }
}
