internal import AWS
internal import Core
internal import Diagnosis
internal import Registry
internal import Remedy
internal import Sandbox

/// The story of `unthrottle demo`. Every line is printed from what was read; where the story does not come out as it must, the
/// demo fails.
struct DemoStory {
    private let endpoints: SandboxEndpoints
    private let session: Session
    private let bench: Workbench
    private let hub: RegistryClient
    private let credential: Credential

    private static let projects = ["web", "api"]

    init(_ endpoints: SandboxEndpoints, state: String, _ session: Session) throws {
        guard let username = endpoints.hubUsername, let password = endpoints.hubPassword else {
            throw UnthrottleError(.failed, "the sandbox's hub has no account")
        }
        self.endpoints = endpoints
        self.session = session
        credential = Credential(username: username, password: password)
        hub = RegistryClient(
            transport: session.transport, time: session.time, dice: session.dice, hub: try HubEndpoint(endpoints.hubURL)
        )
        let key = AWSCredentials(accessKeyID: endpoints.accessKeyID, secretAccessKey: endpoints.secretAccessKey)
        let aws = AWSClient(
            AWSConfiguration(region: endpoints.region, endpoints: EndpointOverrides(all: endpoints.awsURL)),
            credentials: StaticCredentials(key), transport: session.transport, time: session.time, dice: session.dice)
        bench = Workbench(
            aws: aws, account: "123456789012", credential: credential, folder: StateFolder(path: state),
            time: session.time,
            dice: session.dice, tell: { [console = session.console] in console.tell("  \($0)") })
    }

    func tell() async throws {
        title("A sandbox plays AWS (\(endpoints.awsURL)) and Docker Hub (\(endpoints.hubURL)) on this machine")
        say("Other builds behind the same address have used up its anonymous pulls.")
        for line in QuotaView(anonymous: try await hub.readQuota()).lines { say(line) }

        title("Two CodeBuild projects are built, as they are")
        let failed = try await build()
        try require(failed.allSatisfy { $0.build.buildStatus == .failed }, "both builds were to fail")

        title("What is wrong")
        var findings: [Finding] = []
        for (build, log) in failed { findings += BuildDiagnosis.findings(of: build, log: log) }
        for finding in findings { say("  \(finding.phase): \(finding.what)") }
        try require(
            findings.map(\.kind) == [.anonymousPullLimit, .anonymousPullLimit]
                && findings.map(\.phase) == ["PROVISIONING", "BUILD"],
            "one build was to be throttled in PROVISIONING, the other inside its BUILD phase")

        title("unthrottle fix web api")
        let before = try await hub.readQuota(as: credential)
        let plan = try await LoginFix(LoginRequest(projects: Self.projects), on: bench).plan(credential: credential)
        PlanView(plan: plan, console: session.console).show()
        let run = try await PlanRunner(bench).apply(plan)

        title("The same two projects, built again")
        let passed = try await build()
        try require(passed.allSatisfy { $0.build.buildStatus == .succeeded }, "both builds were to pass")

        title("The proof: probe builds, with the account's quota read around each pull")
        for project in Self.projects {
            let report = try await Prober(bench, hub: hub, credential: credential).prove(project)
            ProofView(report: report, console: session.console).show()
            try require(
                report.isWell && report.proofs.allSatisfy { $0.verdict == .proved }, "\(project) was to be proved")
        }

        title("The account's quota, before and after all of it")
        let after = try await hub.readQuota(as: credential)
        say("  before  " + QuotaView.amount(before.quota))
        say("  after   " + QuotaView.amount(after.quota))

        title("unthrottle undo \(run)")
        let undo = Undo(bench)
        for note in try await undo.apply(try await undo.intend(run)) { say("  " + note) }
        let left = try await bench.aws.knownProjects(Self.projects).flatMap {
            $0.environment.environmentVariables ?? []
        }
        try require(left.isEmpty, "the projects were to be as before")
        say("  Both projects are as they were. The sandbox stops and leaves nothing behind.")
    }

    /// Builds both projects at once and shows what came of each.
    private func build() async throws -> [(build: CodeBuild.Build, log: [String])] {
        var ids: [String] = []
        for project in Self.projects {
            ids.append(try await bench.aws.call(CodeBuild.StartBuild(projectName: project)).build.id)
        }
        var builds: [CodeBuild.Build] = []
        repeat {
            try await bench.time.sleep(.milliseconds(200))
            builds = try await bench.aws.builds(ids)
        } while builds.contains { $0.buildComplete != true }
        var all: [(CodeBuild.Build, [String])] = []
        for id in ids {
            guard let build = builds.first(where: { $0.id == id }) else { continue }
            let log = try await bench.aws.log(of: build)
            BuildView(build: build, log: log, console: session.console).show()
            all.append((build, log))
        }
        return all
    }

    private func title(_ text: String) { session.console.print("\n" + session.console.styled("▸ " + text, .bold)) }

    private func say(_ line: String) { session.console.print(line.hasPrefix("  ") ? line : "  " + line) }

    private func require(_ isSo: Bool, _ what: String) throws {
        guard isSo else { throw UnthrottleError(.failed, "the demo did not come out as it must: \(what)") }
    }
}
