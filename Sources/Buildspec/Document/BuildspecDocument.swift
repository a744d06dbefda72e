internal import Core

/// A buildspec (build-spec-ref, versions 0.1 and 0.2) as CodeBuild reads it, each value with its place in the file.
public struct BuildspecDocument: Sendable, Hashable {
    /// The version of the format, which decides how commands share a shell.
    public enum Version: String, Sendable, Hashable {
        /// Each command has a shell of its own.
        case perCommandShell = "0.1"
        /// Folder, variables and exports last from command to command, and from phase to phase.
        case sharedShell = "0.2"
    }

    /// The `env` member.
    public struct Environment: Sendable, Hashable {
        /// Plain variables.
        public internal(set) var variables: [String: Located<String>] = [:]
        /// Variables from the Parameter Store: the parameter's name.
        public internal(set) var parameters: [String: Located<String>] = [:]
        /// Variables from Secrets Manager: the reference, see ``SecretReference``.
        public internal(set) var secrets: [String: Located<String>] = [:]
        /// Variables that are shown in the build and handed to CodePipeline.
        public internal(set) var exported: [Located<String>] = []
        /// The shell, if the file names one that CodeBuild knows.
        public internal(set) var shell: Located<BuildShell>?
        /// Whether git's credential helper is on.
        public internal(set) var gitCredentialHelper = false
    }

    /// One command. Who follows it shares it.
    public final class Command: Sendable {
        /// The command as the shell gets it; several lines are one command.
        public let text: String
        /// Where it starts.
        public let position: Position
        /// Which item of its list it is, from 0; items that are no commands count.
        public let index: Int
        /// Where its lines stand in the file.
        private let layout: ScalarLayout

        init(text: String, position: Position, index: Int, layout: ScalarLayout) {
            (self.text, self.position, self.index, self.layout) = (text, position, index, layout)
        }

        /// The line of the file on which a part of the command stands. `offset` is in UTF-8 bytes from the start of the text.
        public func line(at offset: Int) -> Int { layout.line(of: offset) }

        /// Where in the file a part of the command stands. `offset` is in UTF-8 bytes from the start of the text.
        public func position(at offset: Int) -> Position { layout.position(of: offset, in: text) }
    }

    /// One phase.
    public struct Phase: Sendable, Hashable {
        /// Which one.
        public let name: PhaseName
        /// Where its key stands.
        public let position: Position
        /// The user who runs it, in place of the document's.
        public internal(set) var runAs: Located<String>?
        /// What happens when it fails; nil is CodeBuild's default for the phase.
        public internal(set) var onFailure: Located<OnFailure>?
        /// What `runtime-versions` asks for.
        public internal(set) var runtimeVersions: [String: Located<String>] = [:]
        /// The commands.
        public internal(set) var commands: [Command] = []
        /// The commands that run whether or not those above succeed.
        public internal(set) var finally: [Command] = []
    }

    /// The format's version.
    public internal(set) var version = Version.sharedShell
    /// The user who runs every phase that names none.
    public internal(set) var runAs: Located<String>?
    /// Variables, secrets and the shell.
    public internal(set) var environment = Environment()
    /// The phases that the file has, in the order in which they run.
    public internal(set) var phases: [Phase] = []
    /// The builds of a batch, in the order in which the file names them; those of a matrix as far as they are told apart.
    public internal(set) var batch: [BatchBuild] = []
    /// Where the members stand that are known but not read further: `proxy`, `batch`, `artifacts`, `cache`, `reports`.
    public internal(set) var otherMembers: [String: Position] = [:]
    /// What is not right with the file.
    public internal(set) var findings: [BuildspecFinding] = []

    /// Reads YAML or JSON. `path` is what messages call the file.
    ///
    /// Throws `invalidInput`: for broken YAML with line, column and the line itself; for a document that is no
    /// buildspec, saying so. Everything else that is wrong becomes a finding.
    public init(parsing text: String, path: String) throws {
        let source = SourceText(text)
        try self.init(YAMLReader.read(source, path: path, allowsRepeatedKeys: true), source, path: path)
    }

    init(_ root: YAMLNode?, _ source: SourceText, path: String) throws {
        guard let root, case .mapping = root.content, Self.looksLikeBuildspec(root) else {
            throw UnthrottleError(
                .invalidInput, "\(path) is no CodeBuild buildspec: it has no 'phases' and no 'batch'",
                hint: "A buildspec is a YAML or JSON document with 'version: 0.2' and 'phases' at its top.")
        }
        var reader = DocumentReader(source: source)
        reader.read(root)
        self = reader.document
        batch = BatchBuild.all(root["batch"])
        findings.sort { $0.position < $1.position }
    }

    /// An empty document, for the reader to fill.
    init() {}

    /// The phase of that name, if the file has it.
    public subscript(name: PhaseName) -> Phase? { phases.first { $0.name == name } }

    /// Whether CodeBuild would refuse the file, and where.
    public var firstError: BuildspecFinding? { findings.first { $0.severity == .error } }

    private static func looksLikeBuildspec(_ root: YAMLNode) -> Bool {
        root["phases"] != nil || root["version"] != nil && root["batch"] != nil
    }
}

extension BuildspecDocument.Command: Hashable {
    /// By its text and its place.
    public static func == (left: BuildspecDocument.Command, right: BuildspecDocument.Command) -> Bool {
        left.text == right.text && left.position == right.position && left.index == right.index
            && left.layout == right.layout
    }

    /// By the same, as far as it tells commands apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
        hasher.combine(position)
    }
}
