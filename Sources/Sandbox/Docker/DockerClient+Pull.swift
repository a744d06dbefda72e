internal import Core
internal import Registry
internal import Synchronization

/// `docker pull` and `docker manifest inspect`.
extension DockerClient {
    func pull(_ arguments: DockerArguments) async throws {
        let text = arguments.words[0]
        let reference = try reference(text)
        let platform = try arguments.options["platform"].map { text in
            guard let platform = Platform(text) else { throw DockerExit(1, "\"\(text)\" is an invalid platform") }
            return platform
        }
        let isQuiet = arguments.options["quiet"] != nil
        let output = isQuiet ? { @Sendable _ in } : streams.output
        if reference.tag == .latest, reference.digest == nil, !text.hasSuffix(":latest") {
            output("Using default tag: latest\n")
        }
        try refuseOtherRegistries(reference)
        let client = try registry()
        let credential = await findLogin(for: reference.host)
        let store = try imageStore()
        let lines = PullLines(reference, output: output)
        do {
            let pulled = try await store.use { layout in
                try await client.pull(reference, for: platform ?? .here, into: layout, as: credential) {
                    lines.take($0)
                }
            }
            lines.end(pulled)
        } catch let error as RegistryError {
            throw DockerExit(1, "Error response from daemon: \(DockerWords.onPull(error, of: reference))")
        }
        streams.output(reference.canonical + "\n")
    }

    func inspectManifest(_ arguments: DockerArguments) async throws {
        let reference = try reference(arguments.words[0])
        try refuseOtherRegistries(reference)
        let credential = await findLogin(for: reference.host)
        do {
            let manifest = try await registry().manifest(reference, as: credential).manifest
            streams.output(try JSON(parsing: String(decoding: manifest.bytes, as: UTF8.self)).text(pretty: true) + "\n")
        } catch let error as RegistryError {
            throw DockerExit(1, DockerWords.onInspect(error, of: reference))
        }
    }

    func imageStore() throws -> DockerImageStore {
        guard
            let folder = variables["UNTHROTTLE_SANDBOX_IMAGES"]
                ?? variables["HOME"].map({ "\($0)/.unthrottle-sandbox/images" })
        else { throw DockerExit(125, "docker: there is no place for images; set UNTHROTTLE_SANDBOX_IMAGES") }
        return DockerImageStore(folder: folder, time: time, dice: dice)
    }

    private func reference(_ text: String) throws -> ImageReference {
        do { return try ImageReference(text) } catch { throw DockerExit(1, "\(error)") }
    }

    private func refuseOtherRegistries(_ reference: ImageReference) throws {
        guard reference.isDockerHub else {
            throw DockerExit(
                1, "Error response from daemon: Get \"https://\(reference.host)/v2/\": \(DockerWords.hubAlone)")
        }
    }
}

/// Docker's lines of a pull, in docker's order, however the downloads interleave.
final class PullLines: Sendable {
    private let reference: ImageReference
    private let output: @Sendable (String) -> Void
    private let state = Mutex<(hasBegun: Bool, started: Set<Digest>)>((false, []))

    init(_ reference: ImageReference, output: @escaping @Sendable (String) -> Void) {
        self.reference = reference
        self.output = output
    }

    func take(_ event: PullEvent) {
        switch event {
        case .resolved, .progressed: break
        case .gotManifest: begin()
        case .present(let blob):
            begin()
            if blob.isLayer { output("\(blob.shortID): Already exists\n") }
        case .started(let blob):
            begin()
            state.withLock { _ = $0.started.insert(blob.digest) }
            if blob.isLayer { output("\(blob.shortID): Pulling fs layer\n") }
        case .finished(let blob):
            if blob.isLayer { output("\(blob.shortID): Download complete\n") }
        }
    }

    func end(_ pulled: PulledImage) {
        begin()
        let started = state.withLock { $0.started }
        if case .image(_, let layers) = pulled.image.content {
            for layer in layers where started.contains(layer.digest) { output("\(layer.shortID): Pull complete\n") }
        }
        let name = reference.digest.map { "\(reference.familiarName)@\($0)" } ?? reference.familiar
        output("Digest: \(pulled.digest)\n")
        output("Status: \(pulled.wasUpToDate ? "Image is up to date" : "Downloaded newer image") for \(name)\n")
    }

    /// The first line comes when the engine has a manifest; a refusal before that shows none.
    private func begin() {
        let isFirst = state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        guard isFirst else { return }
        let what =
            reference.digest.map { "\(reference.host)/\(reference.repository)@\($0)" } ?? reference.tag?.description
            ?? ""
        output("\(what): Pulling from \(reference.repository)\n")
    }
}

extension Descriptor {
    /// The configuration is a blob too, of which docker prints nothing.
    fileprivate var isLayer: Bool {
        mediaType.contains(".layer.") || mediaType.contains(".rootfs.")
    }

    fileprivate var shortID: String { String(digest.hex.prefix(12)) }
}
