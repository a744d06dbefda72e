internal import Core
internal import HTTP

/// What a request's path asks of the hub (OCI distribution specification 1.1, and Docker Hub's token endpoint).
enum HubRoute: Equatable {
    /// Whether this is a registry, and how to log in.
    case base
    case token
    /// By tag or digest.
    case manifest(repository: String, reference: String)
    case blob(repository: String, digest: String)
    case tags(repository: String)
    /// A blob where a redirect points, as on Docker Hub's content delivery network.
    case content(digest: String)
    /// The sandbox's own page of counts.
    case counts
    case unknown

    /// Reads a path without its query.
    init(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { PercentEncoding.decode($0) }
        switch parts.first {
        case "v2" where parts.count == 1 || parts == ["v2", ""]: self = .base
        case "v2": self = Self.inRepository(parts.dropFirst())
        case "token" where parts.count == 1: self = .token
        case "cdn" where parts.count == 2: self = .content(digest: parts[1])
        case "_sandbox" where parts == ["_sandbox", "hub"]: self = .counts
        default: self = .unknown
        }
    }

    /// A repository's name may itself have parts called `manifests`, so the path is read from its end.
    private static func inRepository(_ parts: ArraySlice<String>) -> HubRoute {
        guard parts.count >= 3, let last = parts.last, !last.isEmpty else { return .unknown }
        let name = parts.dropLast(2).joined(separator: "/")
        return switch parts[parts.endIndex - 2] {
        case "manifests": .manifest(repository: name, reference: last)
        case "blobs": .blob(repository: name, digest: last)
        case "tags" where last == "list": .tags(repository: name)
        default: .unknown
        }
    }
}
