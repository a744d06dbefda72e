internal import HTTP
internal import HTTPTypes

extension RegistryClient {
    /// The image that Docker Hub keeps for reading quotas.
    public static var quotaImage: ImageReference? { try? ImageReference("ratelimitpreview/test:latest") }

    /// Reads the quota of an identity, by HEAD: no pull is counted.
    ///
    /// - Parameters:
    ///   - credential: whose quota; nil for that of the caller's address
    ///   - fallback: the image to ask for where the hub does not have `ratelimitpreview/test`
    /// - Throws: ``RegistryError``
    public func readQuota(as credential: Credential? = nil, fallback: ImageReference? = nil) async throws
        -> QuotaReading
    {
        guard let image = Self.quotaImage ?? fallback else { throw RegistryError(.notFound, "no image to ask for") }
        do {
            return try await headManifest(image, as: credential).reading
        } catch let error as RegistryError {
            guard let fallback, error.kind == .notFound || error.kind == .denied else { throw error }
            return try await headManifest(fallback, as: credential).reading
        }
    }

    /// The address that Docker Hub counts this machine's anonymous pulls to, from its answer to a caller that it does not
    /// know: no token is got and no pull is counted. Nil where the hub does not say it. Throws ``RegistryError``.
    public func anonymousSource() async throws -> Quota.Source? {
        let request = WebRequest(.get, hub.url + "/v2/")
        let answer = try await sender.send(request, host: "docker.io", identity: .anonymous)
        return Quota(answer.headers).source
    }
}
