/// What happens during a pull, in its order; for progress lines.
public enum PullEvent: Sendable, Hashable {
    /// The tag stands for this digest.
    case resolved(Digest)
    /// A manifest was got: a counted pull.
    case gotManifest(Digest)
    /// This blob is there already.
    case present(Descriptor)
    /// This blob's download begins.
    case started(Descriptor)
    /// So many more bytes of it arrived.
    case progressed(Descriptor, bytes: Int)
    /// It is there, and right.
    case finished(Descriptor)
}

/// An image that is in a layout.
public struct PulledImage: Sendable, Hashable {
    /// What was asked for.
    public var reference: ImageReference
    /// What the tag stands for: an index's digest, or an image's.
    public var digest: Digest
    /// The platform's image.
    public var image: Manifest
    /// Whether all of it was there: nothing was pulled.
    public var wasUpToDate: Bool
    /// The manifests that were got: what Docker Hub counts.
    public var manifestGets: Int
    /// What the last answer said of the pulls that are left; nil where nothing was asked.
    public var reading: QuotaReading?
}

extension RegistryClient {
    /// Pulls an image into a layout as dockerd does: HEAD for the tag, GET by digest, the platform's manifest, its
    /// configuration and its layers, three at once. What is there is not asked for again: a second pull sends the HEAD
    /// alone.
    ///
    /// - Throws: ``RegistryError``, and `system` where the layout cannot be written
    public func pull(
        _ reference: ImageReference, for platform: Platform = .here, into layout: ImageLayout,
        as credential: Credential? = nil, onEvent: @escaping @Sendable (PullEvent) -> Void = { _ in }
    ) async throws -> PulledImage {
        var pull = ManifestPull(client: self, layout: layout, credential: credential, onEvent: onEvent)
        let (top, image) = try await pull.resolve(reference, for: platform)
        let isThere = layout.holds(top.digest, for: platform)
        if !isThere {
            try await fetchBlobs(of: image, reference, into: layout, as: credential, onEvent)
            // Contents first, then what points to them: a kill leaves no image with holes.
            if image.digest != top.digest { try layout.keep(image) }
            try layout.keep(top)
        }
        try layout.name(reference, top)
        return PulledImage(
            reference: reference, digest: top.digest, image: image, wasUpToDate: isThere, manifestGets: pull.gets,
            reading: pull.reading)
    }

    private static let mostAtOnce = 3

    private func fetchBlobs(
        of image: Manifest, _ reference: ImageReference, into layout: ImageLayout, as credential: Credential?,
        _ onEvent: @escaping @Sendable (PullEvent) -> Void
    ) async throws {
        guard case .image(let config, let layers) = image.content else {
            throw RegistryError(.malformed, "\(reference): an index within an index")
        }
        // An image may have the same layer more than once.
        var seen: Set<Digest> = []
        let wanted = ([config] + layers).filter { seen.insert($0.digest).inserted }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, blob) in wanted.enumerated() {
                if index >= Self.mostAtOnce { try await group.next() }
                group.addTask {
                    guard !layout.holds(blob) else { return onEvent(.present(blob)) }
                    onEvent(.started(blob))
                    try await layout.keep(self.blob(blob, of: reference, as: credential), as: blob.digest) {
                        onEvent(.progressed(blob, bytes: $0))
                    }
                    onEvent(.finished(blob))
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Finds the manifests of a pull, in the layout where they are there, else at the registry.
private struct ManifestPull {
    let client: RegistryClient
    let layout: ImageLayout
    let credential: Credential?
    let onEvent: @Sendable (PullEvent) -> Void
    var gets = 0
    var reading: QuotaReading?

    /// The manifest that the reference names, and the platform's image, which may be the same.
    mutating func resolve(_ reference: ImageReference, for platform: Platform) async throws -> (Manifest, Manifest) {
        var pinned = reference
        if reference.digest == nil {
            let head = try await client.headManifest(reference, as: credential)
            reading = head.reading
            if let digest = head.digest {
                onEvent(.resolved(digest))
                pinned = reference.pinned(to: digest)
            }
        }
        let top = try await manifest(pinned)
        guard case .index = top.content else { return (top, top) }
        guard let child = top.child(for: platform) else {
            throw RegistryError(.noSuchPlatform, "\(reference) has no image for \(platform)")
        }
        return (top, try await manifest(reference.pinned(to: child.digest)))
    }

    private mutating func manifest(_ reference: ImageReference) async throws -> Manifest {
        if let digest = reference.digest, let held = layout.manifest(digest) { return held }
        gets += 1
        let answer = try await client.manifest(reference, as: credential)
        reading = answer.reading
        onEvent(.gotManifest(answer.manifest.digest))
        return answer.manifest
    }
}
