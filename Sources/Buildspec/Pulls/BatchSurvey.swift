/// Follows a buildspec as often as its batch runs it, each time with that build's variables, and the buildspecs that its builds
/// name. Without a batch it is followed once.
struct BatchSurvey {
    let checkout: CheckoutReader
    /// The platform's shell, for a file that names none.
    let shell: BuildShell?
    /// Whether a phase that the build goes on after counts as one that does not fail.
    let trustsPhases: Bool
    private(set) var pulls: [ImagePull] = []
    private(set) var logins: [PullSurvey.Login] = []
    private(set) var scriptLogins: [PullSurvey.ScriptLogin] = []
    private var seen: Set<ImagePull> = []
    private var seenLogins: Set<PullSurvey.Login> = []

    init(checkout: CheckoutReader, shell: BuildShell?, trustsPhases: Bool = false) {
        (self.checkout, self.shell, self.trustsPhases) = (checkout, shell, trustsPhases)
    }

    /// A buildspec as a batch runs it: its variables, and which of all were asked for.
    private struct Run {
        let variables: [String: String]
        let asked = ShellVariables.Asked()
        var pulls: [ImagePull] = []

        /// Whether other variables make no difference.
        func covers(_ others: [String: String]) -> Bool {
            asked.names.allSatisfy { variables[$0] == others[$0] }
        }
    }

    /// A buildspec whose commands are split, with its runs so far.
    private struct Followed {
        let document: BuildspecDocument
        let scripts: [BuildspecDocument.Script]
        var runs: [Run] = []
    }

    /// Reads the buildspec, whose commands are split already.
    mutating func read(_ document: BuildspecDocument, _ scripts: [BuildspecDocument.Script]) {
        let ownBuilds = document.batch.filter { $0.buildspec == nil }
        var own = Followed(document: document, scripts: scripts)
        for variables in ownBuilds.isEmpty ? [[:]] : ownBuilds.map(\.variables) { follow(&own, variables) }
        for build in document.batch { provision(build) }
        var others: [String: Followed] = [:]
        var followed: Set<BatchBuild> = []
        for var build in document.batch {
            guard let path = build.buildspec else { continue }
            (build.image, build.identifier, build.buildspec) = (
                nil, nil, Located(path.value, at: Position(line: 0, column: 0))
            )
            if followed.insert(build).inserted { followBuildspec(path, build.variables, &others) }
        }
    }

    /// A batch may run each build in an image of its own. CodeBuild's own images are no pulls of anybody's quota.
    private mutating func provision(_ build: BatchBuild) {
        guard let written = build.image else { return }
        let image = ImageName(written.value)
        guard image.reference != nil, !image.isCurated else { return }
        add(
            ImagePull(
                image: image, phase: nil, line: written.position.line, isAuthenticated: nil, certainty: .certain,
                why: "the batch's build \(build.identifier ?? "") runs in it", isInRetryLoop: false, user: ""))
    }

    private mutating func followBuildspec(
        _ path: Located<String>, _ variables: [String: String], _ others: inout [String: Followed]
    ) {
        guard var other = others[path.value] ?? buildspec(at: path.value) else {
            return add(
                ImagePull(
                    image: nil, phase: nil, line: path.position.line, isAuthenticated: false, certainty: .unknown,
                    why: "\(path.value), which the batch runs, is not in the checkout", isInRetryLoop: false, user: "",
                    buildspec: path.value))
        }
        follow(&other, variables, as: path)
        others[path.value] = other
    }

    private func buildspec(at path: String) -> Followed? {
        guard let place = CheckoutReader.path(path, from: ""), let text = checkout.text(of: place),
            let document = try? BuildspecDocument(parsing: text, path: place)
        else { return nil }
        return Followed(
            document: document, scripts: document.everyScript(shell: document.environment.shell?.value ?? shell))
    }

    /// `name` is where this file names another buildspec.
    private mutating func follow(
        _ buildspec: inout Followed, _ variables: [String: String], as name: Located<String>? = nil
    ) {
        let (line, origin) = (name?.position.line, name.map { "in \($0.value)" })
        if let run = buildspec.runs.first(where: { $0.covers(variables) }) {
            for var pull in run.pulls {
                pull.line = line ?? pull.line
                add(pull)
            }
            return
        }
        var run = Run(variables: variables)
        let document = buildspec.document
        let environment = document.environment
        let shell = environment.shell?.value ?? shell ?? .sh
        // Nothing is followed twice where there is no batch.
        var walker = PullWalker(
            checkout, variables: ShellVariables(asked: document.batch.isEmpty && line == nil ? nil : run.asked))
        for name in environment.parameters.keys { walker.state.variables[name] = .partial("$" + name) }
        for name in environment.secrets.keys { walker.state.variables[name] = .partial("$" + name) }
        for (name, value) in environment.variables { walker.state.variables[name] = .likely(value.value) }
        for (name, value) in variables { walker.state.variables[name] = .likely(value) }
        let configuration = [environment.secrets, environment.parameters, environment.variables]
            .lazy.compactMap { $0["DOCKER_AUTH_CONFIG"] }.first
        if let configuration {
            walker.noteConfigurationLogin(at: PullWalker.Place(phase: nil, line: configuration.position.line))
        }
        let start = walker.state.scope
        var users: [PhaseName: String] = [:]
        for phase in document.phases { if let user = phase.runAs?.value { users[phase.name] = user } }
        let user = document.runAs?.value ?? "root"
        let passedOver = Set(
            document.phases.filter { !trustsPhases && $0.onFailure?.value == .proceed }.map(\.name))
        var before = (phase: PhaseName?.none, state: walker.state)
        for (phase, command, script) in buildspec.scripts {
            if phase != before.phase {
                // The build goes on where a command of such a phase failed, that before the login among them.
                if before.phase.map(passedOver.contains) == true { walker.state.lose(since: before.state) }
                before = (phase, walker.state)
            }
            walker.state.user = users.isEmpty ? user : users[phase] ?? user
            if document.version == .perCommandShell { walker.state.scope = start }
            let place = PullWalker.Place(phase: phase, line: line ?? command.position.line, origin: origin)
            // `exit` ends one command alone: CodeBuild goes on with the next.
            walker.upTo(.shell) { $0.walk(script, shell: shell, at: place) { line ?? command.line(at: $0) } }
        }
        walker.finish()
        if document.batch.isEmpty, name == nil {
            // Nothing else adds to them.
            pulls = walker.pulls
        } else {
            for var pull in walker.pulls {
                pull.buildspec = name?.value
                run.pulls.append(pull)
                add(pull)
            }
        }
        if walker.isSpent, !walker.pulls.contains(where: { $0.image == nil }) {
            add(
                ImagePull(
                    image: nil, phase: nil, line: line ?? 1, isAuthenticated: false, certainty: .unknown,
                    why: "it does more than can be followed here", isInRetryLoop: false, user: "root",
                    buildspec: name?.value))
        }
        buildspec.runs.append(run)
        if line != nil { return }
        for login in walker.logins {
            let login = PullSurvey.Login(line: login.line, phase: login.phase, user: login.user)
            if seenLogins.insert(login).inserted { logins.append(login) }
        }
        for login in walker.scriptLogins where !scriptLogins.contains(login) { scriptLogins.append(login) }
    }

    private mutating func add(_ pull: ImagePull) {
        if seen.insert(pull).inserted { pulls.append(pull) }
    }
}
