internal import Registry

/// What docker's engine says of a registry's refusals (moby, daemon/internal/distribution/errors.go), after
/// `Error response from daemon: `.
enum DockerWords {
    /// Why nothing but Docker Hub's images can be had.
    static let hubAlone = "the sandbox serves its own Docker Hub alone"

    /// Of a login.
    static func onLogin(_ error: RegistryError) -> String {
        "Get \"https://registry-1.docker.io/v2/\": \(cause(error))"
    }

    /// Of a pull.
    static func onPull(_ error: RegistryError, of reference: ImageReference) -> String {
        switch error.kind {
        case .throttled: cause(error)
        case .unauthorized, .loginLocked, .unavailable:
            "Head \"https://registry-1.docker.io/v2/\(reference.repository)/manifests/\(reference.manifestReference)\": "
                + cause(error)
        case .denied:
            "pull access denied for \(reference.familiarName), repository does not exist or may require 'docker login': "
                + "denied: requested access to the resource is denied"
        case .notFound: "manifest for \(reference.familiar) not found: manifest unknown: manifest unknown"
        case .noSuchPlatform: "no matching manifest for this platform in the manifest list entries: \(error.message)"
        case .digestMismatch, .malformed, .foreignRealm, .foreignRedirect: "\(error)"
        }
    }

    /// Of `docker manifest inspect`, which asks without the engine.
    static func onInspect(_ error: RegistryError, of reference: ImageReference) -> String {
        switch error.kind {
        case .notFound: "no such manifest: \(reference.canonical)"
        case .denied:
            "errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n"
        default: cause(error)
        }
    }

    private static func cause(_ error: RegistryError) -> String {
        switch error.kind {
        case .unauthorized: coded("unauthorized", error.words ?? "incorrect username or password")
        case .throttled, .loginLocked: coded("toomanyrequests", error.words ?? "Too Many Requests")
        default: "\(error)"
        }
    }

    /// The token endpoint's words come without the error's code.
    private static func coded(_ code: String, _ words: String) -> String {
        words.hasPrefix("\(code): ") ? words : "\(code): \(words)"
    }
}

extension ImageReference {
    /// The name as people write it, without tag and digest: `docker`.
    var familiarName: String {
        let whole = ImageReference(host: host, repository: repository, tag: .latest).familiar
        return whole.hasSuffix(":latest") ? String(whole.dropLast(":latest".count)) : whole
    }
}
