import Testing

@testable import Registry

@Suite("Digests, platforms and manifests")
struct ManifestTests {
    @Test("digests of known contents, in one piece and in many")
    func digests() {
        #expect(Digest.of([]).description == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.of(Array("abc".utf8), .sha512).hex.hasPrefix("ddaf35a193617abacc417349ae204131"))
        var hasher = Digest.Hasher(.sha256)
        for byte in "abc".utf8 { hasher.update([byte]) }
        #expect(hasher.finish() == Digest.of(Array("abc".utf8)))
    }

    @Test(
        "what is no digest",
        arguments: [
            "", "sha256:", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e",
            "SHA256:" + String(repeating: "a", count: 64), "sha256:" + String(repeating: "A", count: 64),
            "sha512:" + String(repeating: "a", count: 64),
        ])
    func noDigest(_ text: String) {
        #expect(Digest(text) == nil)
    }

    @Test(
        "the platform's image in an index",
        arguments: [
            ("linux/amd64", "a"), ("linux/arm64", "b"), ("linux/arm64/v8", "b"), ("linux/arm/v7", "d"),
            ("linux/arm/v6", "c"),
            ("linux/arm", "d"), ("linux/arm/v5", nil), ("windows/amd64", nil), ("linux/x86_64", "a"),
        ] as [(String, String?)])
    func child(_ platform: String, _ expected: String?) throws {
        let entries = [
            ("unknown", "unknown", "", "0"), ("linux", "amd64", "", "a"), ("linux", "arm64", "v8", "b"),
            ("linux", "arm", "v6", "c"), ("linux", "arm", "v7", "d"), ("linux", "amd64", "", "e"),
        ].map { os, architecture, variant, mark in
            let more = variant.isEmpty ? "" : #","variant":"\#(variant)""#
            return
                #"{"mediaType":"\#(MediaType.ociManifest)","size":1,"digest":"sha256:\#(String(repeating: mark, count: 64))","platform":{"os":"\#(os)","architecture":"\#(architecture)"\#(more)}}"#
        }.joined(separator: ",")
        let index = try Manifest(
            bytes: Array(#"{"schemaVersion":2,"manifests":[\#(entries)]}"#.utf8), mediaType: MediaType.dockerList)
        let found = index.child(for: try #require(Platform(platform)))
        #expect(found?.digest.hex.prefix(1) == expected.map { Substring($0) })
    }

    @Test(
        "the media type is the document's where the answer has none that is known",
        arguments: ["", "application/json", "application/vnd.docker.distribution.manifest.v2+json; charset=utf-8"])
    func mediaType(_ header: String) throws {
        let text =
            #"{"mediaType":"\#(MediaType.dockerManifest)","config":{"mediaType":"x","size":1,"digest":"\#(Digest.of([]))"},"layers":[]}"#
        #expect(try Manifest(bytes: Array(text.utf8), mediaType: header).mediaType == MediaType.dockerManifest)
    }

    @Test(
        "what is neither image nor index, or both, is refused",
        arguments: [
            "", "[]", "{}", #"{"schemaVersion":1,"fsLayers":[]}"#,
            #"{"config":{"mediaType":"x","size":1,"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"manifests":[]}"#,
            #"{"config":{"mediaType":"x","size":1,"digest":"sha256:00"},"layers":[]}"#,
        ])
    func refused(_ text: String) {
        #expect { try Manifest(bytes: Array(text.utf8), mediaType: "") } throws: {
            ($0 as? RegistryError)?.kind == .malformed
        }
    }
}
