public import Core
internal import HTTP

/// Where Docker Hub's registry is: the real one, or a stand-in that `UNTHROTTLE_HUB_URL` names.
public struct HubEndpoint: Sendable, Hashable {
    /// The registry's base URL, without a slash at its end.
    public let url: String

    /// The key under which docker keeps Docker Hub's login, whatever the registry's host (docker/cli, `IndexServer`).
    public static let loginKey = "https://index.docker.io/v1/"

    /// Docker Hub itself.
    public static let dockerHub = HubEndpoint(known: "https://registry-1.docker.io")

    /// A registry at `url`; throws `invalidInput` for plain http to anything but loopback, and for a URL with a path or
    /// query.
    public init(_ url: String) throws(UnthrottleError) {
        guard let parts = URLText.parts(url), parts.path == "/", parts.query == nil else {
            // A URL with a login in it is not shown.
            let shown = url.contains("@") ? "" : ": \(URLText.redacted(url))"
            throw UnthrottleError(.invalidInput, "the hub's address is not of the form https://host[:port]\(shown)")
        }
        guard parts.scheme == "https" || parts.isLoopback else {
            throw UnthrottleError(
                .invalidInput, "the hub's address \(url) is plain http and not on this machine",
                hint: "A login is not sent in the clear; use https.")
        }
        self.url = "\(parts.scheme)://\(parts.authority)"
    }

    private init(known url: String) { self.url = url }

    /// The hub that `UNTHROTTLE_HUB_URL` names, else Docker Hub.
    public init(_ variables: EnvironmentVariables) throws(UnthrottleError) {
        guard let url = variables["UNTHROTTLE_HUB_URL"] else {
            self = .dockerHub
            return
        }
        do {
            try self.init(url)
        } catch {
            throw UnthrottleError(error.code, "UNTHROTTLE_HUB_URL: \(error.message)", hint: error.hint)
        }
    }

    /// Whether this is a stand-in and not Docker Hub.
    public var isStandIn: Bool { self != .dockerHub }

    /// The base URL of a reference's registry: this hub for Docker Hub, else https, or http on this machine, as docker
    /// does.
    public func baseURL(of host: ImageReference.Host) -> String {
        guard !host.isDockerHub else { return url }
        let isLoopback = URLText.parts("http://\(host)")?.isLoopback ?? false
        return "\(isLoopback ? "http" : "https")://\(host)"
    }
}
