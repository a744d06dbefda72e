public import Core
internal import FoundationEssentials
internal import NIOCore
internal import Synchronization

/// Images in a folder (OCI image-spec, image layout): `oci-layout`, `index.json` and `blobs/sha256/...`.
///
/// A blob has its name only when it is whole and right. One process at a time may write a layout.
public final class ImageLayout: Sendable {
    /// The folder.
    public let folder: String
    private let dice: Dice
    /// Guards the reading and writing of `index.json`.
    private let index = Mutex(())

    /// Opens the layout in `folder`, or begins one; throws `system`.
    public init(folder: String, dice: Dice) throws {
        (self.folder, self.dice) = (folder, dice)
        for algorithm in [Digest.Algorithm.sha256, .sha512] {
            try PrivateFiles.makeFolder("\(folder)/blobs/\(algorithm.rawValue)")
        }
        if try PrivateFiles.read("\(folder)/oci-layout") == nil {
            try PrivateFiles.write(#"{"imageLayoutVersion":"1.0.0"}"#, to: "\(folder)/oci-layout")
        }
        if try PrivateFiles.read("\(folder)/index.json") == nil { try write([]) }
    }

    /// Where a content is, or would be.
    public func path(of digest: Digest) -> String { "\(folder)/blobs/\(digest.algorithm.rawValue)/\(digest.hex)" }

    /// Whether a content of this digest and size is there.
    public func holds(_ descriptor: Descriptor) -> Bool {
        BlobFile.size(of: path(of: descriptor.digest)) == descriptor.size
    }

    /// Whether a manifest and all that it needs on a platform is there.
    public func holds(_ digest: Digest, for platform: Platform) -> Bool {
        guard let manifest = manifest(digest) else { return false }
        switch manifest.content {
        case .image(let config, let layers): return ([config] + layers).allSatisfy(holds)
        case .index: return manifest.child(for: platform).map { holds($0.digest, for: platform) } ?? false
        }
    }

    /// A manifest that is there; nil where it is missing, or its bytes are no longer those of its digest.
    public func manifest(_ digest: Digest) -> Manifest? {
        guard let bytes = BlobFile.read(path(of: digest), most: 8 << 20),
            let manifest = try? Manifest(bytes: bytes, mediaType: "", algorithm: digest.algorithm),
            manifest.digest == digest
        else { return nil }
        return manifest
    }

    /// The images that `index.json` names, by their full reference.
    public func images() throws -> [String: Descriptor] {
        Dictionary(
            try entries().compactMap { entry in entry.annotations?[Self.nameKey].map { ($0, entry) } },
            uniquingKeysWith: { $1 })
    }

    /// Keeps a manifest's bytes.
    func keep(_ manifest: Manifest) throws {
        var file = try begin(manifest.digest)
        try manifest.bytes.withUnsafeBytes { try file.write($0) }
        try file.finish()
    }

    /// Keeps a blob as it arrives; `progress` gets the count of each piece's bytes.
    func keep(_ stream: BlobStream, as digest: Digest, progress: (Int) -> Void) async throws {
        var file = try begin(digest)
        for try await piece in stream {
            try piece.withUnsafeReadableBytes { try file.write($0) }
            progress(piece.readableBytes)
        }
        try file.finish()
    }

    /// Names an image: its reference now stands for this manifest.
    func name(_ reference: ImageReference, _ manifest: Manifest) throws {
        let entry = Descriptor(
            mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.count,
            annotations: [Self.nameKey: reference.canonical])
        try index.withLock { _ in
            let others = try entries().filter { $0.annotations?[Self.nameKey] != reference.canonical }
            try write(others + [entry])
        }
    }

    private static let nameKey = "org.opencontainers.image.ref.name"

    private struct Index: Codable {
        var schemaVersion = 2
        var mediaType: String? = MediaType.ociIndex
        var manifests: [Descriptor]
    }

    private func entries() throws -> [Descriptor] {
        guard let text = try PrivateFiles.read("\(folder)/index.json") else { return [] }
        do {
            return try JSONDecoder().decode(Index.self, from: Data(text.utf8)).manifests
        } catch {
            throw UnthrottleError(.invalidInput, "\(folder)/index.json is no OCI index", cause: error)
        }
    }

    private func write(_ entries: [Descriptor]) throws {
        try PrivateFiles.write(try JSON(encoding: Index(manifests: entries)).text(), to: "\(folder)/index.json")
    }

    private func begin(_ digest: Digest) throws -> BlobFile {
        try BlobFile(path(of: digest), part: "\(folder)/blobs/\(digest.algorithm.rawValue)/.part-\(dice.hex(8))")
    }
}
