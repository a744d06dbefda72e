internal import Core

extension ImageReference {
    /// A registry's host, with its port where one is written: `docker.io`, `localhost:5000`, `[::1]:5000`.
    public struct Host: Sendable, Hashable, CustomStringConvertible {
        /// The text, as written.
        public let description: String

        /// `docker.io`
        public static let dockerHub = Host(known: "docker.io")

        /// Reads a host; throws ``ReferenceError``.
        public init(_ text: String) throws(ReferenceError) {
            try self.init(text, whole: text)
        }

        init(_ text: String, whole: String) throws(ReferenceError) {
            guard Self.isValid(text) else { throw .format(whole) }
            description = text
        }

        private init(known text: String) { description = text }

        /// Whether pulls from it count against Docker Hub's limit: `docker.io`, the hub's other names, and hosts that
        /// are known to forward to it. Only the login for `docker.io` itself is one that docker uses for it: for the
        /// others it looks under their own name.
        public var isDockerHub: Bool { Self.isDockerHub(description) }

        static func isDockerHub(_ host: String) -> Bool { hubNames.contains(host.lowercased()) }

        private static let hubNames: Set<String> = [
            "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "docker.n8n.io",
        ]

        private static func isValid(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            if bytes.first == UInt8(ascii: "[") {
                guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 1 else { return false }
                return bytes[1..<close].allSatisfy { ASCII.isHex($0) || $0 == UInt8(ascii: ":") }
                    && isPort(bytes[(close + 1)...])
            }
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            let labels = bytes[..<colon].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return labels.allSatisfy(isLabel) && isPort(bytes[colon...])
        }

        private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
            guard let first = label.first, let last = label.last else { return false }
            return ASCII.isAlphanumeric(first) && ASCII.isAlphanumeric(last)
                && label.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }

        /// Nothing, or a colon and digits.
        private static func isPort(_ tail: ArraySlice<UInt8>) -> Bool {
            tail.isEmpty
                || (tail.count > 1 && tail.first == UInt8(ascii: ":") && tail.dropFirst().allSatisfy(ASCII.isDigit))
        }
    }

    /// A repository's path within its registry: `library/docker`.
    public struct Repository: Sendable, Hashable, CustomStringConvertible {
        /// The path, without slashes at its ends.
        public let description: String

        /// The most characters that docker takes.
        public static let most = 255

        /// Reads a path; throws ``ReferenceError``.
        public init(_ text: String) throws(ReferenceError) {
            try self.init(text, whole: text)
        }

        init(_ text: String, whole: String) throws(ReferenceError) {
            guard
                text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy(Self.isPart)
            else { throw .format(whole) }
            guard text.utf8.count <= Self.most else { throw .tooLong(text) }
            description = text
        }

        /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
        private static func isPart(_ part: Substring.UTF8View) -> Bool {
            var rest = part
            while true {
                let word = rest.prefix { ASCII.isDigit($0) || ASCII.isLower($0) }
                rest = rest[word.endIndex...]
                guard !word.isEmpty else { return false }
                guard let sign = rest.first else { return true }
                let separator = rest.prefix { $0 == sign }
                rest = rest[separator.endIndex...]
                switch sign {
                case UInt8(ascii: "."): if separator.count > 1 { return false }
                case UInt8(ascii: "_"): if separator.count > 2 { return false }
                case UInt8(ascii: "-"): break
                default: return false
                }
            }
        }
    }

    /// A tag: `dind`.
    public struct Tag: Sendable, Hashable, CustomStringConvertible {
        /// The text: 1 to 128 of `[A-Za-z0-9_.-]`, the first no dot and no dash.
        public let description: String

        /// `latest`
        public static let latest = Tag(known: "latest")

        /// Reads a tag; throws ``ReferenceError``.
        public init(_ text: String) throws(ReferenceError) {
            try self.init(text, whole: text)
        }

        init(_ text: String, whole: String) throws(ReferenceError) {
            let isWord: (UInt8) -> Bool = { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
            guard let first = text.utf8.first, isWord(first), text.utf8.count <= 128,
                text.utf8.allSatisfy({ isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
            else { throw .format(whole) }
            description = text
        }

        private init(known text: String) { description = text }
    }
}
