public import Core

/// Which proxy and which certificates: what the usual environment variables say.
public struct NetworkSettings: Sendable {
    /// A proxy, spoken to in the clear (`http://host:port`), as curl's and the AWS SDKs' variables name it.
    public struct Proxy: Sendable, Hashable {
        /// Its host.
        public var host: String
        /// Its port; 8080 unless written.
        public var port: Int
        /// `user:password`, where the variable has them.
        public var login: Secret?

        /// Two proxies are the same when host and port are.
        public static func == (left: Proxy, right: Proxy) -> Bool { left.host == right.host && left.port == right.port }
        /// By host and port.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(host)
            hasher.combine(port)
        }
    }

    private var httpProxy: Proxy?
    private var httpsProxy: Proxy?
    private var direct: [String] = []
    /// A PEM file with the authorities to trust instead of the system's.
    public var trustedAuthorities: String?

    /// No proxy, and the system's authorities.
    public init() {}

    /// Reads HTTPS_PROXY, HTTP_PROXY (only in lower case, as curl does, since CGI sets it), ALL_PROXY, NO_PROXY, and AWS_CA_BUNDLE or
    /// SSL_CERT_FILE; throws `invalidInput` for a proxy that cannot be used.
    public init(_ variables: EnvironmentVariables) throws {
        let all = variables["ALL_PROXY"] ?? variables["all_proxy"]
        httpsProxy = try (variables["HTTPS_PROXY"] ?? variables["https_proxy"] ?? all).map(Self.proxy)
        httpProxy = try (variables["http_proxy"] ?? all).map(Self.proxy)
        direct = (variables["NO_PROXY"] ?? variables["no_proxy"] ?? "").split(separator: ",").map {
            $0.trimmed.lowercased()
        }
        trustedAuthorities = variables["AWS_CA_BUNDLE"] ?? variables["SSL_CERT_FILE"]
    }

    /// The proxy for a URL; nil to go straight. Loopback and the container credential addresses never go through one.
    public func proxy(for url: URLText.Parts) -> Proxy? {
        if url.isLoopback || url.host.hasPrefix("169.254.") { return nil }
        guard let proxy = url.scheme == "https" ? httpsProxy : httpProxy else { return nil }
        let skipped = direct.contains { pattern in
            if pattern == "*" { return true }
            let halves = pattern.split(separator: ":", maxSplits: 1)
            guard
                let name = halves.first.map({
                    $0.hasPrefix("*.") ? $0.dropFirst(2) : $0.hasPrefix(".") ? $0.dropFirst() : $0
                })
            else { return false }
            if halves.count == 2, Int(halves[1]) != url.effectivePort { return false }
            return url.host == name || url.host.hasSuffix("." + name)
        }
        return skipped ? nil : proxy
    }

    private static func proxy(_ text: String) throws -> Proxy {
        var (url, login): (String, Secret?) = (text.contains("://") ? text : "http://" + text, nil)
        if let at = url.lastIndex(of: "@"), let mark = url.firstRange(of: "://") {
            login = Secret(PercentEncoding.decode(url[mark.upperBound..<at]))
            url = String(url[..<mark.upperBound] + url[url.index(after: at)...])
        }
        guard let parts = URLText.parts(url), parts.scheme == "http" else {
            throw UnthrottleError(
                .invalidInput, "the proxy variable does not hold an http:// URL",
                hint: "Write it as http://host:port; a proxy that is itself spoken to over TLS is not supported.")
        }
        return Proxy(host: parts.host, port: parts.port ?? 8080, login: login)
    }
}
