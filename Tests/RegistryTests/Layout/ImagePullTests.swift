import Core
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Registry

@Suite("Pulls into an OCI layout")
struct ImagePullTests {
    let platform = Platform(os: "linux", architecture: "arm64")

    @Test("a pull sends what dockerd sends, and a second one the HEAD alone")
    func pull() async throws {
        try await withFolder { folder in
            let hub = ScriptedHub()
            let images = hub.putImage("library/docker", "dind", layers: ["one", "two", "three", "four", "one"])
            let transport = hub.transport
            let client = RegistryClient(transport)
            let layout = try ImageLayout(folder: folder, dice: .system)
            let events = Mutex<[PullEvent]>([])
            let reference = try ImageReference("docker:dind")
            let first = try await client.pull(reference, for: platform, into: layout) { event in
                events.withLock { $0.append(event) }
            }
            #expect(first.digest == images.index)
            #expect(first.image.digest == images.image)
            #expect(first.manifestGets == 2)
            #expect(!first.wasUpToDate)
            let manifests = transport.log.filter { $0.contains("/manifests/") }
            #expect(
                manifests == [
                    "HEAD /v2/library/docker/manifests/dind", "HEAD /v2/library/docker/manifests/dind",
                    "GET /v2/library/docker/manifests/\(images.index)",
                    "GET /v2/library/docker/manifests/\(images.image)",
                ])
            #expect(transport.log.count { $0.contains("/blobs/") } == 5)
            #expect(
                events.withLock { $0 }.prefix(3) == [
                    .resolved(images.index), .gotManifest(images.index), .gotManifest(images.image),
                ])
            #expect(try PrivateFiles.read(layout.path(of: Digest.of(Array("two".utf8)))) == "two")
            #expect(try layout.images().mapValues(\.digest) == ["docker.io/library/docker:dind": images.index])
            #expect(try PrivateFiles.read("\(folder)/oci-layout") == #"{"imageLayoutVersion":"1.0.0"}"#)

            let count = transport.requests.count
            let second = try await client.pull(
                reference, for: platform, into: ImageLayout(folder: folder, dice: .system))
            #expect(second.wasUpToDate)
            #expect(second.manifestGets == 0)
            #expect(transport.log.dropFirst(count) == ["HEAD /v2/library/docker/manifests/dind"])
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/blobs/sha256")
            #expect(names.allSatisfy { !$0.hasPrefix(".part") })
            #expect(names.count == 7)
        }
    }

    @Test("a layer that is damaged on the way leaves neither blob nor image, and the next pull mends it")
    func damaged() async throws {
        try await withFolder { folder in
            let hub = ScriptedHub()
            hub.putImage("library/docker", "dind", layers: ["one", "two"])
            let two = Digest.of(Array("two".utf8))
            hub.put(.init(body: "tw0"), at: "library/docker/blobs/\(two)")
            let layout = try ImageLayout(folder: folder, dice: .system)
            let reference = try ImageReference("docker:dind")
            #expect(
                await kind { try await RegistryClient(hub.transport).pull(reference, for: platform, into: layout) }
                    == .digestMismatch)
            #expect(try layout.images().isEmpty)
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/blobs/sha256")
            #expect(!names.contains(two.hex) && names.allSatisfy { !$0.hasPrefix(".part") })

            hub.put(.init(body: "two"), at: "library/docker/blobs/\(two)")
            let transport = hub.transport
            _ = try await RegistryClient(transport).pull(reference, for: platform, into: layout)
            #expect(transport.log.contains("GET /v2/library/docker/blobs/\(two)"))
        }
    }

    @Test("a manifest that was damaged on the disk is pulled again")
    func damagedOnDisk() async throws {
        try await withFolder { folder in
            let hub = ScriptedHub()
            let images = hub.putImage("library/docker", "dind", layers: ["one"])
            let layout = try ImageLayout(folder: folder, dice: .system)
            let client = RegistryClient(hub.transport)
            let reference = try ImageReference("docker:dind")
            _ = try await client.pull(reference, for: platform, into: layout)
            try PrivateFiles.write("{}", to: layout.path(of: images.index))
            #expect(try await client.pull(reference, for: platform, into: layout).manifestGets == 1)
            #expect(layout.manifest(images.index) != nil)
        }
    }

    @Test("a tag that moved names its new image; the old one's blobs stay")
    func moved() async throws {
        try await withFolder { folder in
            let hub = ScriptedHub()
            let old = hub.putImage("library/docker", "dind", layers: ["one"])
            let layout = try ImageLayout(folder: folder, dice: .system)
            let client = RegistryClient(hub.transport)
            let reference = try ImageReference("docker:dind")
            _ = try await client.pull(reference, for: platform, into: layout)
            let new = hub.putImage("library/docker", "dind", layers: ["one", "two"])
            _ = try await client.pull(reference, for: platform, into: layout)
            #expect(try layout.images().mapValues(\.digest) == [reference.canonical: new.index])
            #expect(layout.holds(old.index, for: platform))
        }
    }

    @Test("an image that is there needs no registry when it is named by digest")
    func byDigest() async throws {
        try await withFolder { folder in
            let hub = ScriptedHub()
            let images = hub.putImage("library/docker", "dind", layers: ["one"])
            let layout = try ImageLayout(folder: folder, dice: .system)
            let reference = try ImageReference("docker:dind")
            _ = try await RegistryClient(hub.transport).pull(reference, for: platform, into: layout)
            let none = ScriptedTransport([])
            #expect(
                try await RegistryClient(none).pull(reference.pinned(to: images.index), for: platform, into: layout)
                    .wasUpToDate)
            #expect(none.requests.isEmpty)
        }
    }

    @Test("a platform that the index lacks is named")
    func noPlatform() async throws {
        try await withFolder { folder in
            let hub = ScriptedHub()
            hub.putImage("library/docker", "dind", layers: ["one"])
            let layout = try ImageLayout(folder: folder, dice: .system)
            #expect(
                await kind {
                    try await RegistryClient(hub.transport).pull(
                        ImageReference("docker:dind"), for: Platform(os: "windows", architecture: "amd64"), into: layout
                    )
                } == .noSuchPlatform)
        }
    }
}
