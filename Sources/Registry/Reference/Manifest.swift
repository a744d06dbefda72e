internal import Core
internal import FoundationEssentials

/// The media types of manifests (OCI image-spec; Docker's image manifest version 2, schema 2).
public enum MediaType {
    /// An OCI image.
    public static let ociManifest = "application/vnd.oci.image.manifest.v1+json"
    /// An OCI index of images.
    public static let ociIndex = "application/vnd.oci.image.index.v1+json"
    /// A Docker image.
    public static let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
    /// A Docker list of images.
    public static let dockerList = "application/vnd.docker.distribution.manifest.list.v2+json"

    /// All that this program reads, in the order of an Accept list.
    public static let manifests = [dockerManifest, dockerList, ociManifest, ociIndex]
}

/// Points to a content: what it is, its digest and its size in bytes (OCI image-spec, descriptor).
public struct Descriptor: Sendable, Hashable, Codable {
    /// What the content is.
    public var mediaType: String
    /// Its digest.
    public var digest: Digest
    /// Its size in bytes.
    public var size: Int
    /// What the image runs on, in an index.
    public var platform: Platform?
    /// Free notes, such as `org.opencontainers.image.ref.name`.
    public var annotations: [String: String]?

    /// A descriptor of its parts.
    public init(
        mediaType: String, digest: Digest, size: Int, platform: Platform? = nil, annotations: [String: String]? = nil
    ) {
        (self.mediaType, self.digest, self.size) = (mediaType, digest, size)
        (self.platform, self.annotations) = (platform, annotations)
    }
}

/// A manifest exactly as the registry sent it: its digest holds for these bytes alone.
public struct Manifest: Sendable, Hashable {
    /// What it says.
    public enum Content: Sendable, Hashable {
        /// One image: its configuration and its layers, the lowest first.
        case image(config: Descriptor, layers: [Descriptor])
        /// Images for several platforms.
        case index([Descriptor])

        fileprivate var ociMediaType: String {
            switch self {
            case .image: MediaType.ociManifest
            case .index: MediaType.ociIndex
            }
        }
    }

    /// The bytes.
    public let bytes: [UInt8]
    /// What they are.
    public let mediaType: String
    /// Their digest.
    public let digest: Digest
    /// What they say.
    public let content: Content

    /// Reads a manifest; throws ``RegistryError`` `malformed` where it is none that this program knows.
    public init(bytes: [UInt8], mediaType: String, algorithm: Digest.Algorithm = .sha256) throws(RegistryError) {
        struct Document: Decodable {
            var schemaVersion: Int?
            var mediaType: String?
            var config: Descriptor?
            var layers: [Descriptor]?
            var manifests: [Descriptor]?
        }
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw RegistryError(.malformed, "the manifest cannot be read")
        }
        // The media type stands without parameters, and some registries answer with application/json.
        let named = mediaType.prefix { $0 != ";" }.trimmed.lowercased()
        let mediaType = MediaType.manifests.contains(named) ? named : document.mediaType ?? named
        switch (document.config, document.layers, document.manifests) {
        case (let config?, let layers, nil): content = .image(config: config, layers: layers ?? [])
        case (nil, nil, let manifests?): content = .index(manifests)
        // An image that is an index as well is one to some clients and the other to others: refused (CVE-2021-41190).
        default:
            throw RegistryError(
                .malformed,
                document.schemaVersion == 1
                    ? "the image has the manifest format of 2015 (schema 1), which docker no longer pulls"
                    : "the manifest is neither an image nor an index")
        }
        self.bytes = bytes
        self.mediaType = MediaType.manifests.contains(mediaType) ? mediaType : content.ociMediaType
        digest = .of(bytes, algorithm)
    }

    /// The image for `platform` in an index: of those that run there, the first of the nearest; nil where there is
    /// none.
    public func child(for platform: Platform) -> Descriptor? {
        guard case .index(let children) = content else { return nil }
        return children.enumerated()
            .compactMap { index, child in
                child.platform.flatMap { platform.distance(to: $0) }.map { (($0, index), child) }
            }
            .min { $0.0 < $1.0 }?.1
    }
}
