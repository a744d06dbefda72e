internal import Core
internal import FoundationEssentials
internal import Registry

/// The images that a hub serves: repositories with their tags, manifests and blobs, all in memory.
public struct ImageLibrary: Sendable {
    /// A manifest or an index: the bytes that its digest is of.
    struct StoredManifest: Sendable {
        var mediaType: String
        var bytes: [UInt8]
    }

    /// One repository; what it does not hold cannot be reached through its name.
    struct Repository: Sendable {
        var tags: [String: Digest] = [:]
        var manifests: [Digest: StoredManifest] = [:]
        /// Configurations and layers.
        var blobs: [Digest: [UInt8]] = [:]

        /// The manifest that a tag or a digest names.
        func manifest(_ reference: String) -> (digest: Digest, manifest: StoredManifest)? {
            guard let digest = tags[reference] ?? Digest(reference) else { return nil }
            return manifests[digest].map { (digest, $0) }
        }
    }

    /// By full name, such as `library/docker`.
    private(set) var repositories: [String: Repository] = [:]

    /// A hub with nothing on it.
    public init() {}

    /// Makes an image and puts it under its tags; what a tag named before stays reachable by digest.
    public mutating func add(_ recipe: ImageRecipe) {
        var repository = repositories[recipe.repository] ?? Repository()
        let images = recipe.platforms.map { Self.store(recipe.image(for: $0), in: &repository) }
        let top =
            images.count == 1
            ? images[0] : Self.store(Index(manifests: images), MediaType.ociIndex, in: &repository)
        for tag in recipe.tags { repository.tags[tag] = top.digest }
        repositories[recipe.repository] = repository
    }

    private static func store(_ image: ImageRecipe.Image, in repository: inout Repository) -> Descriptor {
        func blob(_ bytes: [UInt8], _ mediaType: String) -> Descriptor {
            let digest = Digest.of(bytes)
            repository.blobs[digest] = bytes
            return Descriptor(mediaType: mediaType, digest: digest, size: bytes.count)
        }
        let layers = image.layers.map { blob(StoredGzip.encode($0), layerType) }
        let config = blob(Array(image.config.text().utf8), configType)
        var manifest = store(Image(config: config, layers: layers), MediaType.ociManifest, in: &repository)
        manifest.platform = image.platform
        return manifest
    }

    private static func store(
        _ document: some Encodable, _ mediaType: String, in repository: inout Repository
    ) -> Descriptor {
        let text = (try? JSON(encoding: document))?.text() ?? "{}"  // these documents hold nothing that JSON cannot
        let bytes = Array(text.utf8)
        let digest = Digest.of(bytes)
        repository.manifests[digest] = StoredManifest(mediaType: mediaType, bytes: bytes)
        return Descriptor(mediaType: mediaType, digest: digest, size: bytes.count)
    }

    // The documents and media types of the OCI image specification 1.1, as Docker's official images have them.
    private static let layerType = "application/vnd.oci.image.layer.v1.tar+gzip"
    private static let configType = "application/vnd.oci.image.config.v1+json"

    private struct Index: Encodable {
        var schemaVersion = 2
        var mediaType = MediaType.ociIndex
        var manifests: [Descriptor]
    }

    private struct Image: Encodable {
        var schemaVersion = 2
        var mediaType = MediaType.ociManifest
        var config: Descriptor
        var layers: [Descriptor]
    }
}
