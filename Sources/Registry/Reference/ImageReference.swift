internal import Core

/// The name of an image, read as docker reads it (distribution/reference, `ParseDockerRef`).
///
/// `docker:dind` is `docker.io/library/docker:dind`; a name without tag and digest means `latest`.
public struct ImageReference: Sendable, Hashable {
    /// The registry: `docker.io` where the text names none.
    public var host: Host
    /// The path within the registry, `library/` included.
    public var repository: Repository
    /// The tag; nil only where there is a digest.
    public var tag: Tag?
    /// The digest, which counts before the tag.
    public var digest: Digest?

    /// A reference of its parts; without tag and digest it means `latest`.
    public init(host: Host, repository: Repository, tag: Tag? = nil, digest: Digest? = nil) {
        self.host = host
        self.repository = repository
        self.tag = tag == nil && digest == nil ? .latest : tag
        self.digest = digest
    }

    /// Reads a reference; throws ``ReferenceError`` with docker's own words.
    public init(_ text: String) throws(ReferenceError) {
        guard !text.isEmpty else { throw .noName }
        guard !Self.isImageIdentifier(text) else { throw .imageIdentifier(text) }
        let (host, rest) = Self.splitHost(text)
        let (colon, at) = (UInt8(ascii: ":"), UInt8(ascii: "@"))
        let name = rest.utf8.prefix { $0 != colon && $0 != at }
        guard !name.contains(where: ASCII.isUpper) else { throw .upperCase(String(Substring(name))) }

        let beforeDigest = rest.utf8.prefix { $0 != at }
        let digest =
            try beforeDigest.endIndex == rest.endIndex
            ? nil : Digest(referenceText: String(rest[beforeDigest.endIndex...].dropFirst()), whole: text)
        let beforeTag = beforeDigest.prefix { $0 != colon }
        let tag =
            try beforeTag.endIndex == beforeDigest.endIndex
            ? nil : Tag(String(Substring(beforeDigest[beforeTag.endIndex...].dropFirst())), whole: text)
        self.init(
            host: try host == Host.dockerHub.description ? .dockerHub : Host(host, whole: text),
            repository: try Repository(String(Substring(beforeTag)), whole: text),
            tag: tag, digest: digest)
    }

    /// Whether pulls of it count against Docker Hub's limit; see ``Host/isDockerHub``.
    public var isDockerHub: Bool { host.isDockerHub }

    /// The tag or digest as it stands in a manifest's URL: the digest where there is one.
    public var manifestReference: String { digest?.description ?? tag?.description ?? Tag.latest.description }

    /// The name in full: `docker.io/library/docker:dind`.
    public var canonical: String { "\(host)/\(repository)\(suffix)" }

    /// The name as people write it: `docker:dind`.
    public var familiar: String {
        guard host == .dockerHub else { return canonical }
        let path = repository.description
        let official = path.hasPrefix("library/") ? path.dropFirst("library/".count) : path[...]
        return (official.contains("/") ? path : String(official)) + suffix
    }

    /// The same image by digest, its tag kept for people.
    public func pinned(to digest: Digest) -> ImageReference {
        ImageReference(host: host, repository: repository, tag: tag, digest: digest)
    }

    private var suffix: String {
        (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
    }

    /// Docker refuses 64 hexadecimal digits as a name, since they are an image's identifier.
    private static func isImageIdentifier(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy(ASCII.isLowerHex)
    }

    /// The first part is a host if it is `localhost`, has a dot, a colon or an upper-case letter, and another part
    /// follows.
    private static func splitHost(_ text: String) -> (host: String, rest: String) {
        var (host, rest) = (Host.dockerHub.description, text)
        let slash = UInt8(ascii: "/")
        if let end = text.utf8.firstIndex(of: slash) {
            let first = text[..<end]
            if first == "localhost"
                || first.utf8.contains(where: {
                    $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || ASCII.isUpper($0)
                })
            {
                host = first == "index.docker.io" ? host : String(first)
                rest = String(text[text.utf8.index(after: end)...])
            }
        }
        if host == Host.dockerHub.description, !rest.utf8.contains(slash) { rest = "library/" + rest }
        return (host, rest)
    }
}

extension ImageReference: CustomStringConvertible {
    /// The name in full.
    public var description: String { canonical }
}

/// A text that is no image reference, in the words that docker has for it.
public enum ReferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is empty.
    case noName
    /// The text does not follow the grammar.
    case format(String)
    /// The repository's name has upper-case letters.
    case upperCase(String)
    /// The repository's name has more than 255 characters.
    case tooLong(String)
    /// The text is an image's identifier, not its name.
    case imageIdentifier(String)

    /// What is wrong.
    public var description: String {
        switch self {
        case .noName: "invalid reference format: the image's name is empty"
        case .format(let text): "invalid reference format: \(text)"
        case .upperCase(let name): "invalid reference format: repository name (\(name)) must be lowercase"
        case .tooLong(let name):
            "repository name must not be more than \(ImageReference.Repository.most) characters: \(name.prefix(40))..."
        case .imageIdentifier(let text):
            "invalid repository name (\(text)), cannot specify 64-byte hexadecimal strings"
        }
    }
}
