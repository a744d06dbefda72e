/// What is to be done for one or more projects: data, printable and storable, without secrets. A resource that several
/// projects share stands in it once.
public struct Plan: Codable, Sendable, Hashable {
    /// Something that the person should know before saying yes.
    public struct Note: Codable, Sendable, Hashable {
        /// How much it matters.
        public enum Severity: String, Codable, Sendable {
            /// Good to know.
            case note
            /// A risk.
            case warning
        }
        /// How much it matters.
        public var severity: Severity
        /// One or more sentences.
        public var text: String
    }

    /// What the program cannot change itself, with the exact lines for the person.
    public struct HandWork: Codable, Sendable, Hashable {
        /// The project that needs it.
        public var project: String
        /// What kind of reason it is; programs go by it.
        public enum Reason: String, Codable, Sendable {
            /// A CloudFormation stack owns the project.
            case stack
            /// The buildspec comes with the source.
            case sourceBuildspec
            /// The place for the login is not certain.
            case uncertainPlace
        }
        /// What kind of reason it is.
        public var reason: Reason
        /// Why it is left to the person.
        public var why: String
        /// The lines to add, as a patch.
        public var patch: String
    }

    /// The way out that was chosen.
    public var strategy: String
    /// The AWS account, twelve digits.
    public var account: String
    /// The Region.
    public var region: String
    /// The projects, in the order asked for.
    public var projects: [String]
    /// The secret, by its name or ARN.
    public var secret: String
    /// The changes, in the order in which they are made.
    public var steps: [Step]
    /// What needs no change because it is so already.
    public var alreadyTrue: [String]
    /// What to know.
    public var notes: [Note]
    /// What is left to the person.
    public var byHand: [HandWork]

    /// Whether nothing needs to change.
    public var isEmpty: Bool { steps.isEmpty }
}
