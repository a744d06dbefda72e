/// What a probe shows of one pull: whether it is counted to the account.
public struct Proof: Codable, Sendable, Hashable {
    /// The verdict. Unproved is never printed as proved.
    public enum Verdict: String, Codable, Sendable {
        /// The account's remaining quota went down by the pull.
        case proved
        /// Nothing contradicts it, but this account sends no counts, or the counts cannot be told apart.
        case consistent
        /// It is not shown; `reason` says why.
        case unproved
    }

    /// Which pull.
    public enum Part: String, Codable, Sendable {
        /// CodeBuild's own pull of the environment image.
        case provisioning = "PROVISIONING"
        /// A pull by docker inside the build.
        case build = "build"
    }

    /// Which pull.
    public var part: Part
    /// The verdict.
    public var verdict: Verdict
    /// Why it is not proved; nil where it is.
    public var reason: String?
    /// What was read, one fact a line.
    public var evidence: [String]
}

/// What a probe build showed of a project.
public struct ProofReport: Codable, Sendable, Hashable {
    /// The project.
    public var project: String
    /// The probe build's id; nil where none could be started.
    public var build: String?
    /// One proof for each pull that the project makes.
    public var proofs: [Proof]
    /// Whether the password, or its base64 form, stands in the probe's log.
    public var passwordInLog: Bool

    /// A report on a project whose probe could not be run.
    public init(unproved project: String, because reason: String) {
        self.init(
            project: project, build: nil,
            proofs: [Proof(part: .build, verdict: .unproved, reason: reason, evidence: [])], passwordInLog: false)
    }

    init(project: String, build: String?, proofs: [Proof], passwordInLog: Bool) {
        self.project = project
        self.build = build
        self.proofs = proofs
        self.passwordInLog = passwordInLog
    }

    /// Whether every pull is proved or consistent, and the log is clean.
    public var isWell: Bool { !proofs.contains { $0.verdict == .unproved } && !passwordInLog }
}

/// Readings of an account's quota around a pull, and what they show. Pure: the readings are made elsewhere.
struct QuotaComparison {
    var before: Int?
    var after: Int?
    var isAccount: Bool
    var name: String

    func proof(of part: Proof.Part, evidence: [String]) -> Proof {
        guard isAccount else {
            return Proof(
                part: part, verdict: .unproved,
                reason: "Docker Hub did not name the account \(name) as the one that is counted",
                evidence: evidence)
        }
        guard let before, let after else {
            return Proof(
                part: part, verdict: .consistent,
                reason: "the account \(name) has no counted limit, so that no count can go down",
                evidence: evidence)
        }
        let counts = "remaining quota of \(name): \(before) before, \(after) after the pull"
        if after < before {
            return Proof(part: part, verdict: .proved, reason: nil, evidence: evidence + [counts])
        }
        return Proof(
            part: part, verdict: .unproved, reason: "the account's remaining quota did not go down",
            evidence: evidence + [counts])
    }
}
