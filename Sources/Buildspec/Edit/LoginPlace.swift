/// Where a login belongs in a document.
enum LoginPlace {
    struct Target {
        let phase: PhaseName
        let list: DockerUse.List
        let command: BuildspecDocument.Command
        /// Where in the command's text, in UTF-8 bytes; nil for before the whole command.
        var inside: Int?
        /// Whether a line can be put there.
        var isTopLevel = true
    }

    /// A Docker Hub login comes before every other action.
    case alreadyThere(line: Int)
    /// Before a command, or inside it.
    case before(Target)
    /// There is no command at all: one must be made in the earliest phase.
    case create

    /// The place in a document; a pull that a script or make target of the checkout shows, before any docker action that the file
    /// itself shows, moves it up.
    init(in document: BuildspecDocument, shell: BuildShell, checkout: CheckoutReader) {
        // The login's place is the phase of the first pull, whatever follows where that fails.
        let survey = PullSurvey(of: document, in: checkout, shell: shell, trustsPhases: true)
        if let login = survey.logins.first, survey.pulls.allSatisfy(\.needsNoOtherLogin) {
            self = .alreadyThere(line: login.line)
            return
        }
        let all = document.dockerUses(shell: shell)
        // What pulls from other registries alone needs none.
        let others = all.filter { !$0.isElsewhere(survey) }
        let followed = document.firstFollowedPull(of: survey, beside: others)
        let uses = followed != nil || others.contains { $0.action.needsLoginBefore } ? others : all
        let own = LoginPlace(in: document, uses, shell: shell)
        guard let early = followed else {
            self = own
            return
        }
        switch own {
        // Where the file itself shows nothing that needs a login, its own place is a guess.
        case .before(let target) where !target.comes(after: early) && uses.contains { $0.action.needsLoginBefore }:
            self = own
        case .before, .alreadyThere, .create: self = .before(early)
        }
    }

    private init(in document: BuildspecDocument, _ uses: [DockerUse], shell: BuildShell) {
        var login: DockerUse?
        var lastPreparation: DockerUse?
        for use in uses {
            switch use.action {
            case .login(.dockerHub, _) where use.isCertain: login = use
            case .logout(.dockerHub), .logout(.unknown): login = nil
            default: break
            }
            if use.action.needsLoginBefore {
                self = login.map { .alreadyThere(line: $0.line) } ?? Self.place(before: use, after: lastPreparation)
                return
            }
            if use.action.mustComeFirst || use.action == .query && lastPreparation?.action == .startDaemon {
                lastPreparation = use.action == .query ? lastPreparation?.moved(to: use) : use
            }
        }
        if let login {
            self = .alreadyThere(line: login.line)
        } else {
            self = Self.place(in: document, after: lastPreparation, shell: shell)
        }
    }

    private static func place(before use: DockerUse, after preparation: DockerUse?) -> LoginPlace {
        let target = Target(phase: use.phase, list: use.list, command: use.command)
        guard let preparation, preparation.isIn(use) else { return .before(target) }
        return .before(
            Target(
                phase: use.phase, list: use.list, command: use.command, inside: use.offset, isTopLevel: use.isTopLevel))
    }

    /// No docker action is seen: the first command, or the first one after docker was installed, started and waited
    /// for.
    private static func place(
        in document: BuildspecDocument, after preparation: DockerUse?, shell: BuildShell
    ) -> LoginPlace {
        var rest = document.everyCommand[...]
        if let preparation {
            rest = rest.drop { !preparation.isIn($0.phase, $0.list, $0.command) }.dropFirst()
            rest = rest.drop { CommandReading($0.command.text, shell: shell).isWait }
        }
        return rest.first.map { .before(Target(phase: $0.phase, list: $0.list, command: $0.command)) } ?? .create
    }
}

extension DockerUse {
    /// The line in the file; of a block of several lines, that of the block.
    var line: Int { command.position.line }

    /// Whether all that it pulls is known, and comes from other registries.
    fileprivate func isElsewhere(_ survey: PullSurvey) -> Bool {
        guard action.needsLoginBefore else { return false }
        let pulls = survey.pulls.filter { $0.phase == phase && $0.line == command.line(at: offset) }
        return !pulls.isEmpty && pulls.allSatisfy { $0.isDockerHub == false && $0.certainty != .unknown }
    }

    fileprivate func isIn(_ other: DockerUse) -> Bool { isIn(other.phase, other.list, other.command) }

    fileprivate func isIn(_ phase: PhaseName, _ list: List, _ command: BuildspecDocument.Command) -> Bool {
        self.phase == phase && self.list == list && self.command.index == command.index
    }

    /// The same action, as if it stood where `other` does: a start of the daemon lasts until it was waited for.
    fileprivate func moved(to other: DockerUse) -> DockerUse {
        DockerUse(
            action: action, phase: other.phase, list: other.list, command: other.command, offset: other.offset,
            isCertain: isCertain, isTopLevel: isTopLevel)
    }
}

extension BuildspecDocument {
    /// The command whose script or make target makes the first Docker Hub pull that a login could serve and none does, or the
    /// first that says docker and cannot be read; nil where the file itself shows that command's docker action, and where nothing is
    /// known.
    fileprivate func firstFollowedPull(of survey: PullSurvey, beside uses: [DockerUse]) -> LoginPlace.Target? {
        let open = survey.pulls.filter { $0.isAuthenticated == false && !$0.isElsewhere }
        // What only tags or pushes an image has it made by one of the scripts before it, and what only logs in by one after it.
        let isMadeElsewhere = uses.contains { $0.action.isWork } && !uses.contains { $0.action.mayPull }
        let tags = uses.contains { $0.action.needsLoginBefore }
        let unknown = open.filter { $0.isDockerHub == nil }
        let pull =
            open.first { $0.isDockerHub == true || $0.isDockerHub == nil && !$0.isDelegated }
            ?? (isMadeElsewhere ? unknown.first { isReady(for: $0, uses, afterLogins: !tags) } : nil)
        guard let pull else { return nil }
        let here = everyCommand.filter { $0.phase == pull.phase && $0.command.position.line <= pull.line }
        guard let last = here.max(by: { $0.command.position < $1.command.position }),
            let found = here.first(where: { $0.command.position.line == last.command.position.line }),
            !uses.contains(where: {
                $0.action.needsLoginBefore && $0.phase == found.phase
                    && $0.command.position.line == found.command.position.line
            }),
            (self[found.phase]?.runAs ?? runAs)?.value ?? "root" == pull.user
        else { return nil }
        return LoginPlace.Target(phase: found.phase, list: found.list, command: found.command)
    }
}

extension BuildspecDocument {
    /// Whether docker, where the file starts it, is up before a pull, and the file's logins to other registries are made.
    private func isReady(for pull: ImagePull, _ uses: [DockerUse], afterLogins: Bool) -> Bool {
        let last = uses.last { use in
            if case .login = use.action { return afterLogins }
            return use.action == .startDaemon
        }
        guard let last, let phase = pull.phase else { return true }
        return (phase, pull.line) > (last.phase, last.line)
    }
}

extension LoginPlace.Target {
    /// Whether the build comes to it after another one.
    fileprivate func comes(after other: Self) -> Bool {
        (phase, list == .finally ? 1 : 0, command.index) > (
            other.phase, other.list == .finally ? 1 : 0, other.command.index
        )
    }
}

extension ImagePull {
    /// Whether it has its login, or asks no registry that a Docker Hub login could serve, as far as the files tell.
    fileprivate var needsNoOtherLogin: Bool {
        isAuthenticated != false || isDockerHub == false || isDelegated || isElsewhere
    }
}
