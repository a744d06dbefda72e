/// A pull that a build makes, or may make.
public struct ImagePull: Sendable, Hashable {
    /// The image; nil for a program or file out of sight that may pull.
    public let image: ImageName?
    /// The phase; nil outside of a buildspec.
    public let phase: PhaseName?
    /// The line in the file that was surveyed: of the command, where the pull is written in a file that it leads to.
    public internal(set) var line: Int
    /// Whether a Docker Hub login of the same user and configuration folder comes before it; nil where no command is known.
    public let isAuthenticated: Bool?
    /// How sure it is that it happens, with this image.
    public internal(set) var certainty: Certainty
    /// What pulls it, and what makes it less than certain.
    public internal(set) var why: String
    /// How often it happens when the build comes to it: the words of a loop are pulls of their own, a retry counts once.
    public let isInRetryLoop: Bool
    /// The user who pulls.
    let user: String
    /// The path of the batch's other buildspec that makes it, at whose name in this file it stands; nil for this file's own.
    public internal(set) var buildspec: String?
    /// Whether a program may make it of which nothing says that it uses docker: `make`, `./deploy.sh`, `npm run build`.
    public var isDelegated = false

    /// Whether another buildspec of the batch makes it.
    public var isElsewhere: Bool { buildspec != nil }

    /// Whether it counts against Docker Hub's limit; nil where that is not known.
    public var isDockerHub: Bool? { image.flatMap(\.isDockerHub) }

    /// By what tells most of them apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(line)
        hasher.combine(image?.text)
    }
}
