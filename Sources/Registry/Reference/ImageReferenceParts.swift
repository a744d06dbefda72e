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
            let bytes = text.utf8
            if bytes.first == UInt8(ascii: "[") {
                guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
                let address = bytes[..<close].dropFirst()
                return !address.isEmpty && address.allSatisfy { ASCII.isHex($0) || $0 == UInt8(ascii: ":") }
                    && isPort(bytes[close...].dropFirst())
            }
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            return areLabels(bytes[..<colon]) && isPort(bytes[colon...])
        }

        /// Letters, digits and dashes between dots; no dash is a label's first or last.
        private static func areLabels(_ labels: Substring.UTF8View) -> Bool {
            let (dot, dash) = (UInt8(ascii: "."), UInt8(ascii: "-"))
            var last = dot
            for byte in labels {
                switch byte {
                case dot: guard last != dot, last != dash else { return false }
                case dash: guard last != dot else { return false }
                default: guard ASCII.isAlphanumeric(byte) else { return false }
                }
                last = byte
            }
            return last != dot && last != dash
        }

        /// Nothing, or a colon and digits.
        private static func isPort(_ tail: Substring.UTF8View) -> Bool {
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
            guard Self.areParts(text) else { throw .format(whole) }
            guard text.utf8.count <= Self.most else { throw .tooLong(text) }
            description = text
        }

        /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, such parts between slashes
        private static func areParts(_ text: String) -> Bool {
            var (sign, length) = (UInt8(ascii: "/"), 1)
            for byte in text.utf8 {
                if ASCII.isDigit(byte) || ASCII.isLower(byte) {
                    length = 0
                } else if length > 0 {
                    let isLonger = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") && length == 1
                    guard byte == sign, isLonger else { return false }
                    length += 1
                } else {
                    guard "/._-".utf8.contains(byte) else { return false }
                    (sign, length) = (byte, 1)
                }
            }
            return length == 0
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
