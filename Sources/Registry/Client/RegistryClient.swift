public import Core
public import HTTP
internal import HTTPTypes

/// Speaks to registries: tokens, manifests, blobs and quotas (OCI distribution-spec).
///
/// It keeps tokens and what it learnt of each registry; copies share both. Nothing above it asks a registry again.
public struct RegistryClient: Sendable {
    /// Where Docker Hub is.
    public let hub: HubEndpoint
    let sender: Sender
    let authorizer: Authorizer

    /// A client over a transport; `retry` says how often a registry is asked again.
    public init(
        transport: any Transport, time: Timekeeper, dice: Dice, hub: HubEndpoint = .dockerHub,
        retry: RegistryRetry = RegistryRetry()
    ) {
        self.hub = hub
        sender = Sender(transport: transport, time: time, dice: dice, retry: retry)
        authorizer = Authorizer(sender: sender)
    }

    /// Whether the registry answers and takes the login, as `docker login` asks it; counts as no pull and names no
    /// image.
    ///
    /// - Throws: ``RegistryError``, `unauthorized` for a wrong login
    public func ping(_ host: ImageReference.Host = .dockerHub, as credential: Credential? = nil) async throws {
        _ = try await perform(Call(host: host, path: "/v2/", scope: nil, credential: credential, what: "its API"))
    }

    /// What a tag or digest stands for, by HEAD, which counts as no pull.
    public struct ManifestHead: Sendable, Hashable {
        /// The manifest's digest; nil where the registry does not say it.
        public var digest: Digest?
        /// The manifest's media type.
        public var mediaType: String?
        /// The manifest's size in bytes.
        public var size: Int?
        /// What the headers say of the pulls that are left.
        public var reading: QuotaReading
    }

    /// Asks for a manifest's head; throws ``RegistryError``.
    public func headManifest(_ reference: ImageReference, as credential: Credential? = nil) async throws -> ManifestHead
    {
        let answer = try await perform(Call(.head, manifestOf: reference, credential))
        return ManifestHead(
            digest: answer.headers[.contentDigest].flatMap { Digest($0) }, mediaType: answer.headers[.contentType],
            size: answer.headers[.contentLength].flatMap { Int($0) },
            reading: Self.reading(answer, reference, credential))
    }

    /// Gets a manifest, which counts as a pull at Docker Hub; its bytes are those of the reference's digest, or of the
    /// digest that the registry names. Throws ``RegistryError``.
    public func manifest(_ reference: ImageReference, as credential: Credential? = nil) async throws -> (
        manifest: Manifest, reading: QuotaReading
    ) {
        let answer = try await perform(Call(.get, manifestOf: reference, credential))
        let promised = reference.digest ?? answer.headers[.contentDigest].flatMap { Digest($0) }
        let manifest = try Manifest(
            bytes: answer.bytes, mediaType: answer.headers[.contentType] ?? "",
            algorithm: promised?.algorithm ?? .sha256)
        guard promised == nil || promised == manifest.digest else {
            throw RegistryError(
                .digestMismatch,
                "\(reference): the manifest's bytes are \(manifest.digest), not \(promised?.description ?? "")")
        }
        return (manifest, Self.reading(answer, reference, credential))
    }

    static func reading(_ answer: Sender.Answer, _ reference: ImageReference, _ credential: Credential?) -> QuotaReading
    {
        QuotaReading(
            quota: Quota(answer.headers), image: reference, identity: Identity(credential),
            evidence: answer.headers.rateLimitEvidence)
    }
}

extension RegistryClient {
    /// One thing that is asked of a registry.
    struct Call: Sendable {
        var method: HTTPRequest.Method = .get
        var host: ImageReference.Host
        var path: String
        var accept: [String] = []
        var scope: String?
        var credential: Credential?
        /// What is asked for, for messages.
        var what: String
        var range: String?
        var streams = false

        init(
            host: ImageReference.Host, path: String, scope: String?, credential: Credential?, what: String
        ) {
            (self.host, self.path, self.scope, self.credential, self.what) = (host, path, scope, credential, what)
        }

        init(_ method: HTTPRequest.Method, manifestOf reference: ImageReference, _ credential: Credential?) {
            self.init(
                host: reference.host, path: "/v2/\(reference.repository)/manifests/\(reference.manifestReference)",
                scope: "repository:\(reference.repository):pull", credential: credential, what: reference.canonical)
            self.method = method
            accept = MediaType.manifests
        }
    }

    /// Sends a call, with a token where the registry wants one; any answer but a good one or a redirect is an error.
    func perform(_ call: Call) async throws -> Sender.Answer {
        let registry = hub.baseURL(of: call.host)
        let host = call.host.description
        var answer = try await attempt(call, registry: registry)
        if answer.status == 401 {
            // The registry's first word, or a token that it no longer takes: once more with a new one.
            await authorizer.forget(registry: registry, scope: call.scope, credential: call.credential)
            let challenges = answer.headers[values: .wwwAuthenticate].flatMap(Challenge.parse)
            guard await authorizer.learn(challenges, of: registry) else {
                throw RegistryError(
                    .malformed, "\(host) wants a login in a way that this program does not know",
                    words: ErrorBody.words(answer.text))
            }
            answer = try await attempt(call, registry: registry)
        }
        if answer.status == 401, let credential = call.credential,
            await authorizer.wantsPassword(registry) || call.scope == nil
        {
            throw RegistryError(
                .unauthorized, "\(host) refused the login of \(credential.username)",
                words: ErrorBody.words(answer.text))
        }
        guard answer.status < 400, answer.status >= 200 else {
            throw answer.failure(asking: host, for: call.what, identity: Identity(call.credential))
        }
        return answer
    }

    private func attempt(_ call: Call, registry: String) async throws -> Sender.Answer {
        let host = call.host.description
        var headers = HTTPFields()
        for type in call.accept { headers.append(HTTPField(name: .accept, value: type)) }
        headers[.range] = call.range
        let authorization = try await authorizer.authorization(
            registry: registry, host: host, scope: call.scope, credential: call.credential)
        headers[.authorization] = authorization?.reveal()
        let request = WebRequest(
            call.method, registry + call.path, headers: headers, limits: call.streams ? .download : .init(),
            carriesSecret: authorization != nil)
        return try await sender.send(
            request, host: host, identity: Identity(call.credential), streams: call.streams)
    }
}
