/// One thing that lint says about a file.
public struct LintFinding: Sendable, Hashable, Codable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        /// It fails builds, or leaks a credential.
        case error
        /// It will, or it wastes quota.
        case warning
        /// Good to know.
        case note
    }

    /// The rule's id.
    public let rule: String
    /// How bad it is.
    public let severity: Severity
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int
    /// What is wrong.
    public let message: String
    /// What to do.
    public let fix: String
    /// The same for the same finding when lines above it come or go: of the rule, the line's text, and how often both came before.
    public let fingerprint: String
    /// What `--fix` changes to put it right; nil where that is not certain, or is the login's insertion.
    let repair: LintRepair?
}
