internal import Core

/// The few things that this program does with a URL as text. Foundation's URL normalises; a signature needs the bytes.
public enum URLText {
    /// A URL's parts, each as it stands in the text.
    public struct Parts: Sendable, Hashable {
        /// `http` or `https`, lower case.
        public var scheme: String
        /// The host, lower case, an IPv6 address without its brackets.
        public var host: String
        /// The port, if one is written.
        public var port: Int?
        /// From the first `/` to the `?`; `/` where there is none.
        public var path: String
        /// What follows the `?`; nil where there is none.
        public var query: String?

        /// `host` or `host:port` as the Host header has it: the scheme's own port is left out.
        public var authority: String {
            let name = host.contains(":") ? "[\(host)]" : host
            guard let port, port != (scheme == "https" ? 443 : 80) else { return name }
            return "\(name):\(port)"
        }

        /// The port that is meant.
        public var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }

        /// Whether the host is this machine.
        public var isLoopback: Bool {
            host == "localhost" || host == "::1"
                || (host.hasPrefix("127.") && host.split(separator: ".").count == 4
                    && host.allSatisfy { $0.isNumber || $0 == "." })
        }
    }

    /// Takes an absolute http or https URL apart; nil for anything else, user information included.
    public static func parts(_ url: String) -> Parts? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        var (host, port): (Substring, Int?) = (authority, nil)
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let tail = authority[authority.index(after: close)...]
            if tail.hasPrefix(":") { port = Int(tail.dropFirst()) } else if !tail.isEmpty { return nil }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            guard let number = Int(authority[authority.index(after: colon)...]), (0...65535).contains(number) else {
                return nil
            }
            port = number
        }
        guard !host.isEmpty else { return nil }
        let target = rest[end...].prefix { $0 != "#" }
        let question = target.firstIndex(of: "?") ?? target.endIndex
        let path = target[..<question]
        return Parts(
            scheme: scheme, host: host.lowercased(), port: port, path: path.isEmpty ? "/" : String(path),
            query: question == target.endIndex ? nil : String(target[target.index(after: question)...]))
    }

    /// The pairs of a query string, decoded, in their order.
    public static func queryPairs(_ query: String) -> [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                PercentEncoding.decode(halves[0], plusIsSpace: true),
                halves.count > 1 ? PercentEncoding.decode(halves[1], plusIsSpace: true) : ""
            )
        }
    }

    private static let harmless: Set<String> = [
        "scope", "service", "digest", "n", "last", "ns", "client_id", "offline_token",
    ]

    /// The URL for a message: values of the query are shown only where they are known to be harmless.
    public static func redacted(_ url: String) -> String {
        guard let question = url.firstIndex(of: "?") else { return url }
        let pairs = url[url.index(after: question)...].split(separator: "&").map { pair -> String in
            let name = String(pair.prefix { $0 != "=" })
            return harmless.contains(name) ? String(pair) : "\(name)=REDACTED"
        }
        return url[..<question] + "?" + pairs.joined(separator: "&")
    }
}
