/// What the build of a buildspec pulls, in the order in which the build comes to it.
public struct PullSurvey: Sendable {
    /// A Docker Hub login.
    public struct Login: Sendable, Hashable {
        /// The line of its command.
        public let line: Int
        /// The phase; nil outside of a buildspec.
        public let phase: PhaseName?
        /// The user who logs in.
        public let user: String
    }

    /// A `docker login`, to whatever registry, in a script or a Makefile that a command leads to, or in a text that it hands to
    /// another shell.
    struct ScriptLogin: Hashable {
        /// Where it is written, if not in the file itself: `in ci/login.sh`.
        let origin: String?
        /// The line of the command that leads to it, and its phase.
        let line: Int
        let phase: PhaseName?
        let target: DockerAction.LoginTarget
        let passwordInArguments: Bool
        /// Its words that may name a server.
        let hosts: [String]

        /// A finding's message about it.
        func message(_ text: String) -> String { origin.map { "\(text) (\($0))" } ?? text }
    }

    /// The pulls, those that are not known among them.
    public let pulls: [ImagePull]
    /// The Docker Hub logins.
    public let logins: [Login]
    /// The logins of scripts.
    let scriptLogins: [ScriptLogin]

    /// Follows a buildspec's commands, and what they lead to in its checkout: Dockerfiles, compose files, scripts, make targets.
    /// `path` is the buildspec's own path in it; CodeBuild starts at the root, wherever the buildspec lies. `shell` is the
    /// platform's shell, for a file that names none.
    public init(of document: BuildspecDocument, in checkout: CheckoutReader, shell: BuildShell? = nil) {
        self.init(of: document, in: checkout, shell: shell, trustsPhases: false)
    }

    /// The same, with what a phase that may fail logs in to taken as sure where `trustsPhases` is true.
    init(of document: BuildspecDocument, in checkout: CheckoutReader, shell: BuildShell?, trustsPhases: Bool) {
        let shell = document.environment.shell?.value ?? shell ?? .sh
        self.init(
            of: document, document.everyScript(shell: shell), shell: shell, in: checkout, trustsPhases: trustsPhases)
    }

    /// The same of commands that are split already.
    init(
        of document: BuildspecDocument, _ scripts: [BuildspecDocument.Script], shell: BuildShell,
        in checkout: CheckoutReader, trustsPhases: Bool = false
    ) {
        var survey = BatchSurvey(checkout: checkout, shell: shell, trustsPhases: trustsPhases)
        survey.read(document, scripts)
        (pulls, logins, scriptLogins) = (survey.pulls, survey.logins, survey.scriptLogins)
    }

    /// A Dockerfile on its own: nothing is known of the command that builds it.
    public init(of file: Dockerfile) {
        pulls = file.pulls().map { ImagePull(FoundPull($0.image, line: $0.line, $0.certainty, $0.why)) }
        (logins, scriptLogins) = ([], [])
    }

    /// A compose file on its own, with the Dockerfiles that it names.
    public init(of file: ComposeFile, path: String, in checkout: CheckoutReader) {
        let project = ComposeProject(file, path: path, in: checkout)
        pulls = project.pulls(ComposeProject.Selection()).map(ImagePull.init)
        (logins, scriptLogins) = ([], [])
    }

    /// About how many pulls Docker Hub counts in one build that starts without any image: those that are certain, and all
    /// that may be.
    public var estimate: ClosedRange<Int> {
        let certain = pulls.count { $0.certainty == .certain && $0.isDockerHub == true }
        return certain...max(certain, pulls.count { $0.isDockerHub != false })
    }
}

extension ImagePull {
    fileprivate init(_ found: FoundPull) {
        self.init(
            image: found.image, phase: nil, line: found.line, isAuthenticated: nil, certainty: found.certainty,
            why: found.why, isInRetryLoop: false, user: "")
    }
}
