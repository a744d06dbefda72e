internal import ArgumentParser
internal import Core
internal import Diagnosis
internal import Registry
internal import Remedy

/// `unthrottle fix`
struct Fix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract: "Authenticate a project's Docker Hub pulls, and prove it",
        discussion: """
            Proves the credential against Docker Hub once, shows the plan as a diff, applies it after a confirmation, and proves with a \
            probe build that the pulls are counted to the account. Running it again changes nothing. `unthrottle undo` takes it back.

            A project that a CloudFormation stack owns is not edited: what its template needs is printed, and the exit status is 1 \
            (4 where other projects are well) until it is there.

            Without --username the credential is read from the secret, which must exist then.
            """)

    enum Strategy: String, ExpressibleByArgument, CaseIterable { case login }

    @Argument(help: ArgumentHelp("CodeBuild projects", valueName: "project"))
    var projects: [String]

    @Option(help: "The way out: login is the AWS article's procedure")
    var strategy: Strategy = .login

    @Option(help: "Environment image to use instead of the project's")
    var image: String?

    @Option(help: "Name or ARN of the secret that holds, or will hold, the credential")
    var secret = LoginRequest.defaultSecret

    @OptionGroup(title: "Docker Hub credential") var credential: CredentialOptions

    @Option(help: ArgumentHelp("Customer-managed KMS key for a new secret: id, ARN or alias", valueName: "id"))
    var kmsKey: String?

    @Flag(name: .shortAndLong, help: "Apply without asking")
    var yes = false

    @Flag(inversion: .prefixedNo, help: "Prove the fix with a probe build")
    var verify = true

    @OptionGroup(title: "AWS") var aws: AWSOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !output.json || yes else {
            throw ValidationError("--json goes with --yes: nobody could read the plan before saying yes")
        }
    }

    func run() async throws {
        try await Session.open { session in
            try ProjectNames.check(projects)
            try OptionValue.check([("--secret", secret), ("--image", image), ("--kms-key", kmsKey)])
            let given = try await credential.read(session.console)
            let quota: QuotaView
            let proved: Credential
            if let given {
                // Before AWS is touched: a wrong credential in many projects locks the account.
                quota = try await session.quota(of: given)
                proved = given
            } else {
                proved = try await session.storedCredential(secret, aws)
                quota = try await session.quota(of: proved)
            }
            if !output.json {
                session.console.print(session.console.styled("Docker Hub takes the credential", .bold))
                for line in quota.lines { session.console.print(line) }
                session.console.print()
            }
            let bench = try await session.bench(aws, credential: proved)
            let request = LoginRequest(projects: projects.unique, image: image, secret: secret, kmsKey: kmsKey)
            let plan = try await LoginFix(request, on: bench).plan(credential: proved)
            if !output.json { PlanView(plan: plan, console: session.console).show() }

            var run: String?
            if !plan.isEmpty {
                try bench.folder.prepare()
                try await session.confirm("Apply these \(plan.steps.count) steps?", yes: yes)
                run = try await PlanRunner(bench).apply(plan)
                if let run, !output.json {
                    session.console.print("Applied as run \(run); `unthrottle undo \(run)` takes it back.\n")
                }
            }
            var reports: [ProofReport] = []
            if verify {
                do {
                    reports = try await session.prove(
                        plan.provable, bench: bench, credential: proved, isPermissionNew: plan.grantsPermission)
                } catch {
                    throw Self.unproved(error, run: run, projects: plan.provable)
                }
            }
            try conclude(plan, run: run, reports: reports, quota: quota, session)
        }
    }

    /// An error of the proof, which leaves the change itself as it is.
    private static func unproved(_ error: any Error, run: String?, projects: [String]) -> any Error {
        guard let run else { return error }
        var shown = UnthrottleError.forPeople(error)
        let way =
            "The change itself is done, as run \(run), and not proved: `unthrottle verify \(projects.joined(separator: " "))` "
            + "proves it, `unthrottle undo \(run)` takes it back."
        shown.hint = [shown.hint, way].compactMap(\.self).joined(separator: "\n")
        return shown
    }

    private func conclude(
        _ plan: Plan, run: String?, reports: [ProofReport], quota: QuotaView, _ session: Session
    ) throws {
        let console = session.console
        if output.json {
            let answer: JSON = [
                "quota": quota.json, "plan": try JSON(encoding: plan), "run": run.map { .string($0) } ?? nil,
                "proofs": try JSON(encoding: reports),
            ]
            console.print(answer.text(pretty: true))
        } else {
            for report in reports { ProofView(report: report, console: console).show() }
            if run != nil {
                console.print("\n" + ClosingWords.oldPasswords)
            }
        }
        // What waits for a template is not well yet.
        try ExitStatus.check(reports, unwellBesides: plan.projects.count - plan.provable.count, of: plan.projects.count)
    }
}

/// What the AWS article ends with.
enum ClosingWords {
    static let oldPasswords = """
        Logs of earlier builds keep what they printed: if a build ran `docker login -p`, or echoed the password, that password is still \
        readable there. Then make a new access token at https://app.docker.com/settings/personal-access-tokens, run \
        `unthrottle fix` with it, and delete the old one.
        """
}

extension Plan {
    /// The projects of which this program can see the pulls: not those that are left to the person altogether.
    var provable: [String] {
        let owned = Set(byHand.filter { $0.reason == .stack }.map(\.project))
        return projects.filter { !owned.contains($0) }
    }
}

extension Plan {
    /// Whether one of its steps gives a role a permission.
    var grantsPermission: Bool {
        steps.contains { if case .rolePolicy = $0 { true } else { false } }
    }
}

extension Array where Element == String {
    /// Each once, in the order of their first appearance.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
