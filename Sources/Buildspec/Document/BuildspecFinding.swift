/// Something in a buildspec that parsed but is not right: an unknown key, a wrong shape.
public struct BuildspecFinding: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// CodeBuild refuses the file, or does not do what it says.
        case error
        /// CodeBuild ignores it, or it is probably not meant so.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// Where it stands.
    public let position: Position
    /// The member, from the top: `phases.build.commands[2]`.
    public let member: String
    /// What is wrong, and what to do.
    public let message: String
}
