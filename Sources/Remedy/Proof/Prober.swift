public import AWS
internal import Buildspec
internal import Core
internal import Diagnosis
internal import FoundationEssentials
public import Registry

/// Proves a fix: runs a probe build with overrides and reads the account's quota around each of its pulls.
public struct Prober: Sendable {
    private let bench: Workbench
    private let hub: RegistryClient
    private let credential: Credential

    /// A prober with its tools; the bench must hold the credential.
    public init(_ bench: Workbench, hub: RegistryClient, credential: Credential) {
        self.bench = bench
        self.hub = hub
        self.credential = credential
    }

    /// The secret that each project names for Docker Hub; nil where it names none.
    public static func secrets(of projects: [String], on aws: AWSClient) async throws -> [(
        project: String, secret: String?
    )] {
        try await aws.knownProjects(projects).map { ($0.name, $0.hubSecret) }
    }

    /// Starts the probe build of a project, follows it and says what it shows.
    ///
    /// `isPermissionNew` says that a permission was given moments ago, so that a refusal may only mean that IAM has not told every
    /// service yet: then the probe is repeated, three times at most.
    public func prove(_ name: String, isPermissionNew: Bool = false) async throws -> ProofReport {
        let project = try await bench.aws.knownProject(name)
        let image = try EnvironmentImage(project.environment.image)
        var parts: [Proof.Part] = image.isDockerHub ? [.provisioning] : []
        if project.logsInToHub { parts.append(.build) }
        guard !parts.isEmpty else {
            return ProofReport(
                project: name, build: nil,
                proofs: [
                    Proof(
                        part: .build, verdict: .unproved,
                        reason:
                            "the project neither pulls its environment image from Docker Hub nor has the two variables",
                        evidence: [])
                ], passwordInLog: false)
        }
        var pauses: [Duration] = isPermissionNew ? [.seconds(5), .seconds(15), .seconds(30)] : []
        while true {
            let (build, readings) = try await run(project, pausing: parts == [.provisioning, .build], parts: parts)
            let log = try await bench.aws.log(of: build)
            // A permission that is a few seconds old may not have reached the service that checks it.
            if let young = Self.youngPermission(build, log), !pauses.isEmpty {
                bench.tell("the new permission is not known everywhere yet (\(young)); probing again")
                try await bench.time.sleep(pauses.removeFirst())
                continue
            }
            var report = report(on: build, readings: readings, parts: parts, log: log)
            report.proofs = report.proofs.map { $0.part == .build ? OwnLogin(of: project).tempering($0) : $0 }
            return report
        }
    }

    // MARK: The probe build

    private struct Readings {
        var start: QuotaReading
        var provisioned: QuotaReading?
        /// Whether the build's own pull had not begun yet when `provisioned` was read.
        var isApart = false
        var end: QuotaReading?

        /// The last reading that is known to be from before the build's own pull.
        var beforeBuild: QuotaReading { (isApart ? provisioned : nil) ?? start }
    }

    private func run(
        _ project: CodeBuild.Project, pausing: Bool, parts: [Proof.Part]
    ) async throws -> (CodeBuild.Build, Readings) {
        var readings = Readings(start: try await read())
        let start = CodeBuild.StartBuild(
            projectName: project.name, secondarySourcesOverride: [],
            artifactsOverride: CodeBuild.ProjectArtifacts(type: "NO_ARTIFACTS"),
            secondaryArtifactsOverride: [], sourceTypeOverride: .noSource,
            buildspecOverride: ProbeBuildspec.text(pausing: pausing, windows: project.runsWindows),
            reportBuildStatusOverride: nil,
            cacheOverride: CodeBuild.ProjectCache(type: "NO_CACHE"), timeoutInMinutesOverride: 10,
            idempotencyToken: bench.dice.uuid(), autoRetryLimitOverride: nil)
        var build = try await bench.waitingOutIAM("probe of \(project.name)") { try await bench.aws.call(start).build }
        bench.tell("probe build \(build.id) of \(project.name) started")
        do {
            var told = 0
            var polls = 0
            while true {
                for phase in build.phases.dropFirst(told) where phase.phaseStatus != nil {
                    told += 1
                    tell(phase)
                }
                if pausing, readings.provisioned == nil, build.hasFinished("PROVISIONING") {
                    readings.provisioned = try await read()
                    // Only a build that is seen in its pause after the reading had pulled nothing before it.
                    build = try await current(build)
                    readings.isApart = !build.hasFinished("INSTALL")
                    continue
                }
                if build.buildComplete == true || build.buildStatus.map({ $0 != .inProgress }) == true { break }
                polls += 1
                // Often enough to meet the pause.
                let pause: Duration = pausing && readings.provisioned == nil ? .seconds(1) : .seconds(3)
                try await bench.time.sleep(polls < 20 ? .milliseconds(500) : pause)
                build = try await current(build)
            }
        } catch {
            await stop(build.id)
            throw error
        }
        readings.end = try await readEnd(readings, parts: parts, succeeded: build.buildStatus == .succeeded)
        return (build, readings)
    }

    private func current(_ build: CodeBuild.Build) async throws -> CodeBuild.Build {
        guard let now = try await bench.aws.builds([build.id]).first else {
            throw UnthrottleError(.notFound, "the probe build \(build.id) is gone")
        }
        return now
    }

    /// The phases that a person waits for, and any that fails.
    private func tell(_ phase: CodeBuild.BuildPhase) {
        guard let type = phase.phaseType, let status = phase.phaseStatus else { return }
        let awaited: [CodeBuild.PhaseType] = [.provisioning, .downloadSource, .install, .build]
        if status != .succeeded || awaited.contains(type) { bench.tell("  \(type) \(status)") }
    }

    /// A probe that is not followed to its end is stopped, also when the reason is Ctrl-C.
    private func stop(_ id: String) async {
        let aws = bench.aws
        _ = try? await Task { try await aws.call(CodeBuild.StopBuild(id: id)) }.value
    }

    private func read() async throws -> QuotaReading { try await hub.readQuota(as: credential) }

    /// Docker Hub calls its counts best effort: one that has not moved yet is read again.
    private func readEnd(_ readings: Readings, parts: [Proof.Part], succeeded: Bool) async throws -> QuotaReading {
        let former = parts.contains(.build) ? readings.beforeBuild : readings.start
        for _ in 0..<3 {
            let reading = try await read()
            guard succeeded, let now = reading.quota.remaining, now == former.quota.remaining else { return reading }
            try await bench.time.sleep(.seconds(2))
        }
        return try await read()
    }

    // MARK: What it shows

    static func youngPermission(_ build: CodeBuild.Build, _ log: [String]) -> String? {
        BuildDiagnosis.findings(of: build, log: log).first { $0.kind == .secretDenied || $0.kind == .keyDenied }?.phase
    }

    private func report(on build: CodeBuild.Build, readings: Readings, parts: [Proof.Part], log: [String])
        -> ProofReport
    {
        let redactor = Redactor([credential.password])
        let findings = BuildDiagnosis.findings(of: build, log: log)
        var proofs: [Proof] = []
        for part in parts {
            let failure = findings.first { ($0.phase == "PROVISIONING") == (part == .provisioning) }
            let provisioningFailed = findings.contains { $0.phase == "PROVISIONING" }
            if let failure {
                proofs.append(
                    Proof(
                        part: part, verdict: .unproved, reason: "\(failure.what) \(failure.remedy)",
                        evidence: [failure.evidence]))
            } else if part == .build, provisioningFailed || build.buildStatus != .succeeded {
                proofs.append(
                    Proof(
                        part: part, verdict: .unproved,
                        reason:
                            "the probe build did not come to its own pull (\(build.buildStatus.map { "\($0)" } ?? "no status"))",
                        evidence: []))
            } else {
                proofs.append(proof(of: part, readings, parts: parts, image: build.environment?.image ?? ""))
            }
        }
        return ProofReport(
            project: build.projectName ?? "", build: build.id, proofs: proofs.map { redacted($0, redactor) },
            passwordInLog: log.contains { redactor.finds(in: $0) })
    }

    private func proof(of part: Proof.Part, _ readings: Readings, parts: [Proof.Part], image: String) -> Proof {
        let isBoth = parts.count == 2
        let before = part == .build ? readings.beforeBuild : readings.start
        let after = part == .provisioning && isBoth ? readings.provisioned : readings.end
        let pulled = part == .provisioning ? image : ProbeBuildspec.image
        let comparison = QuotaComparison(
            before: before.quota.remaining, after: after?.quota.remaining,
            isAccount: (after ?? before).isCountedToAccount, name: credential.username)
        var evidence = ["pulled \(pulled) with the account \(credential.username)"]
        if let source = (after ?? before).quota.source { evidence.append("Docker Hub counts for: \(source)") }
        var proof = comparison.proof(of: part, evidence: evidence)
        if isBoth, !readings.isApart, proof.verdict == .proved {
            proof.verdict = .consistent
            proof.reason = "both pulls happened between two readings, so that the counts cannot be told apart"
        }
        return proof
    }

    private func redacted(_ proof: Proof, _ redactor: Redactor) -> Proof {
        var proof = proof
        proof.reason = proof.reason.map(redactor.redact)
        proof.evidence = proof.evidence.map(redactor.redact)
        return proof
    }
}

extension CodeBuild.Build {
    fileprivate func hasFinished(_ phase: String) -> Bool {
        phases.contains { $0.phaseType.map { "\($0)" } == phase && $0.phaseStatus == .succeeded }
    }
}

extension CodeBuild.Project {
    /// Whether its builds run on Windows, whose shell is PowerShell.
    var runsWindows: Bool { environment.type.rawValue.hasPrefix("WINDOWS") }

    /// Whether builds have the two variables that the login needs.
    var logsInToHub: Bool {
        var names = Set((environment.environmentVariables ?? []).filter { $0.type == .secretsManager }.map(\.name))
        if case .inline(let text) = source.known.buildspecPlace,
            let document = try? BuildspecDocument(parsing: text, path: "buildspec")
        {
            names.formUnion(document.environment.secrets.keys)
        }
        return names.isSuperset(of: [LoginVariables.usual.username, LoginVariables.usual.password])
    }

    /// The secret that the project's registry credential or login names; nil where none is found.
    var hubSecret: String? {
        if let credential = environment.registryCredential?.credential { return credential }
        let variables = environment.environmentVariables ?? []
        if let variable = variables.first(where: {
            $0.name == LoginVariables.usual.password && $0.type == .secretsManager
        }) {
            return SecretReference(variable.value)?.secret
        }
        guard case .inline(let text) = source.known.buildspecPlace,
            let document = try? BuildspecDocument(parsing: text, path: "buildspec"),
            let reference = document.environment.secrets[LoginVariables.usual.password]
        else { return nil }
        return SecretReference(reference.value)?.secret
    }
}
