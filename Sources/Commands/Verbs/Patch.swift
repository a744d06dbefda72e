internal import ArgumentParser
internal import Buildspec
internal import Core

/// `unthrottle patch`
struct Patch: AsyncParsableCommand {
    /// What is put into the buildspec.
    enum Strategy: String, ExpressibleByArgument, CaseIterable {
        case login, helper

        var means: LoginMeans { self == .login ? .login : .helper }
    }

    /// The shell of the build's platform.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case sh, bash, powershell, cmd
    }

    static let configuration = CommandConfiguration(
        commandName: "patch",
        abstract: "Put the Docker Hub login into buildspecs, and keep every other byte",
        discussion: """
            Works offline on any checkout. The login goes before the first docker action, after the daemon is up; scripts and make \
            targets of the checkout are looked into. A file that cannot be changed with certainty is refused: exit status 1, with the \
            line to add by hand on standard error. A buildspec that shows no docker action, or pulls from other registries alone, is left as it is.
            """)

    @Argument(help: ArgumentHelp("Buildspecs, folders, or - for standard input", valueName: "path"))
    var paths: [String]

    @Flag(help: "Print a unified diff and write nothing (this is so unless --write is given)")
    var diff = false

    @Flag(help: "Write the files")
    var write = false

    @Option(
        help: ArgumentHelp(
            "login: docker login with the credential's variables that the file declares, else those that `unthrottle fix` sets; helper: the credential helper, which must be in the build's image"
        ))
    var strategy = Strategy.login

    @Option(
        help: ArgumentHelp(
            "The shell of builds whose file names none: sh, bash, powershell or cmd (otherwise that which its commands are written for)",
            valueName: "shell"))
    var shell: Shell?

    func validate() throws {
        guard !paths.isEmpty else { throw ValidationError("name a buildspec, a folder, or -") }
        guard !(diff && write) else { throw ValidationError("--diff and --write exclude each other") }
        guard !write || !paths.contains("-") else {
            throw ValidationError("standard input cannot be written: leave --write out")
        }
    }

    func run() async throws {
        let console = Console(.current)
        let targets = LintTarget.all(paths).filter { !$0.isFound || $0.isBuildspec }
        guard !targets.isEmpty else {
            throw UnthrottleError(
                .notFound, "there is no buildspec in \(paths.joined(separator: ", "))",
                hint: "A file of another name can be given by its path.")
        }
        var refused = false
        for target in targets {
            do {
                try patch(target, console)
            } catch let error as UnthrottleError {
                refused = true
                console.complain("\(console.styled("refused:", .red, terminal: 2)) \(error)")
                for line in error.hint?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
                    console.complain("  \(line)")
                }
            }
        }
        if refused { throw ExitStatus.notWell }
    }

    private func patch(_ target: LintTarget, _ console: Console) throws {
        let text = try CheckoutFile(target.path).text
        let isFilter = target.path == "-" && !diff
        let document = try BuildspecDocument(parsing: text, path: target.name)
        if let reason = unneeded(document, text, target) {
            if isFilter { console.write(text, to: 1) }
            return console.tell("\(target.name): left as it is; \(reason)")
        }
        let edit = try LoginEditor.insertLogin(
            into: text, path: target.name, shell: platform, means: strategy.means, in: target.checkout)
        switch edit {
        case .alreadyThere(let line):
            if isFilter { console.write(text, to: 1) }
            console.tell("\(target.name): the login is there already, on line \(line)")
        case .inserted(let edited, let phase, let line):
            if write {
                try FileReplacement.write(edited, to: target.path)
                console.print("\(target.name): login added on line \(line), in phase \(phase.rawValue)")
            } else if isFilter {
                console.write(edited, to: 1)
            } else {
                let (old, new) = Self.diffNames(target.path == "-" ? "buildspec.yml" : target.path)
                console.write(UnifiedDiff(from: text, to: edited, oldName: old, newName: new).text, to: 1)
            }
            console.tell("  \(needs(LoginVariables(declaredIn: document)))")
        }
    }

    /// Why no login belongs in a buildspec; nil where one does, or may.
    private func unneeded(_ document: BuildspecDocument, _ text: String, _ target: LintTarget) -> String? {
        let others = document.batchBuildspecs(in: text).joined(separator: " ")
        if document.phases.isEmpty, !others.isEmpty {
            return "it has no command of its own, and its batch runs other buildspecs: unthrottle patch \(others)"
        }
        let survey = PullSurvey(of: document, in: target.checkout, shell: platform)
        // What no command pulls, such as the image of a batch's build, no command can log in for.
        let pulls = survey.pulls.filter { !$0.isElsewhere && $0.isAuthenticated != nil }
        guard survey.logins.isEmpty, pulls.allSatisfy({ $0.isDockerHub == false || $0.isDelegated }) else { return nil }
        let uses = document.dockerUses(shell: platform)
        guard pulls.contains(where: \.isDelegated) else {
            if survey.pulls.contains(where: { $0.isAuthenticated == nil }) {
                return
                    "no command pulls from Docker Hub; CodeBuild pulls its batch's images, with the project's registry credential"
            }
            return uses.isEmpty ? "nothing in it may use docker" : "it pulls nothing from Docker Hub"
        }
        let showsPull = uses.contains { $0.action.mayPull }
        // What pushes an image, logs in somewhere or starts docker has one of its scripts use it.
        if uses.contains(where: { $0.action.isWork }), !showsPull { return nil }
        return
            "it shows no \(showsPull ? "pull from Docker Hub" : "docker action"); where its scripts pull, log in before them"
    }

    private var platform: BuildShell? { shell.flatMap { BuildShell(rawValue: $0.rawValue) } }

    /// What the inserted line relies on. `declared` are the variables of a credential that the file has.
    private func needs(_ declared: LoginVariables?) -> String {
        switch strategy {
        case .login:
            if let declared {
                return "It uses the file's own variables \(declared.username) and \(declared.password)."
            }
            let usual = LoginVariables.usual
            return
                "The project needs the variables \(usual.username) and \(usual.password) from Secrets Manager: unthrottle fix sets them."
        case .helper:
            return
                "The build's image needs unthrottle and docker-credential-unthrottle on its PATH, and the project's role needs "
                + "secretsmanager:GetSecretValue on the secret (dockerhub, or what the variable UNTHROTTLE_SECRET names)."
        }
    }

    /// As git names them, so that `git apply` and `patch -p1` find a file below the current folder: behind a name with a blank a
    /// tabulator shows its end.
    private static func diffNames(_ path: String) -> (old: String, new: String) {
        let end = path.contains(" ") ? "\t" : ""
        if path.hasPrefix("/") { return (path + end, path + end) }
        let short = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return ("a/\(short)\(end)", "b/\(short)\(end)")
    }
}
