/// One thing that lint looks for.
public struct LintRule: Sendable {
    /// Something that a rule found, at its place.
    struct Hit {
        let position: Position
        let message: String
        var severity: LintFinding.Severity?
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
    public var isFixedByLogin = false
    let check: @Sendable (LintSubject) -> [Hit]

    /// Every rule, in the order of the documentation.
    public static let all: [LintRule] = [
        .unauthenticatedPull, .loginAfterPull, .passwordInArguments, .passwordShown, .wrongLoginServer, .ecrLoginOnly,
        .plaintextCredential, .literalSecret, .secretReference, .retryBurnsQuota, .ecrCredentialStore, .curatedImage,
        .mutableTag, .loginAndMirror, .batchWithoutLogin, .runAsLogin, .buildspecShape,
    ]

    func findings(in subject: LintSubject) -> [LintFinding] {
        check(subject).map {
            LintFinding(
                rule: id, severity: $0.severity ?? severity, line: $0.position.line, column: $0.position.column,
                message: $0.message, fix: fix)
        }
    }
}
