internal import Core

/// One thing that lint looks for.
public final class LintRule: Sendable {
    /// Something that a rule found, at its place.
    struct Hit: Hashable {
        let position: Position
        let message: String
        var severity: LintFinding.Severity?
        /// What to do, where that is something else than the rule says.
        var fix: String?
        var repair: LintRepair?
    }

    /// Its name, for programs and for `--explain`.
    public let id: String
    /// What it finds, in one line.
    public let title: String
    /// How bad that is.
    public let severity: LintFinding.Severity
    /// Why it matters, for people.
    public let explanation: String
    /// What to do.
    public let fix: String
    /// Whether `--fix` puts it right by inserting the login.
    public let isFixedByLogin: Bool
    /// Whether `--fix` puts it right in the command itself, where that is written plainly.
    public let isRepaired: Bool
    /// How much it serves an attacker, as CVSS counts (0.1 to 10), where it is a matter of security; code scanning
    /// ranks by it.
    public let securitySeverity: Double?
    let check: @Sendable (LintSubject) -> [Hit]

    init(
        id: String, title: String, severity: LintFinding.Severity, explanation: String, fix: String,
        isFixedByLogin: Bool = false, isRepaired: Bool = false, securitySeverity: Double? = nil,
        check: @escaping @Sendable (LintSubject) -> [Hit]
    ) {
        (self.id, self.title, self.severity) = (id, title, severity)
        (self.explanation, self.fix) = (explanation, fix)
        (self.isFixedByLogin, self.isRepaired, self.securitySeverity) = (isFixedByLogin, isRepaired, securitySeverity)
        self.check = check
    }

    /// Every rule, in the order of the documentation.
    public static let all: [LintRule] = [
        .unauthenticatedPull, .loginAfterPull, .passwordInArguments, .passwordShown, .wrongLoginServer, .ecrLoginOnly,
        .plaintextCredential, .literalSecret, .secretReference, .retryBurnsQuota, .ecrCredentialStore, .curatedImage,
        .mutableTag, .loginAndMirror, .batchWithoutLogin, .runAsLogin, .buildspecShape,
    ]

    func findings(in subject: LintSubject) -> [LintFinding] {
        let hits = check(subject)
        guard !hits.isEmpty else { return [] }
        var seen: [String: Int] = [:]
        // An anchor's image is one, however many services take it.
        var told: Set<Hit> = []
        return hits.filter { told.insert($0).inserted }.map {
            let hash = Self.hash("\(id)\n\(subject.lineText($0.position.line))")
            seen[hash, default: 0] += 1
            return LintFinding(
                rule: id, severity: $0.severity ?? severity, line: $0.position.line, column: $0.position.column,
                message: $0.message, fix: $0.fix ?? fix, fingerprint: "\(hash):\(seen[hash] ?? 1)",
                repair: $0.repair)
        }
    }

    /// FNV-1a, 64 bits, in hexadecimal.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return withUnsafeBytes(of: value.bigEndian) { Hex.encode($0) }
    }
}
