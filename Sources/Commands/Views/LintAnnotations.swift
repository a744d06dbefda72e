internal import Buildspec

/// Findings as workflow commands, which GitHub shows beside the lines (GitHub Actions, workflow commands; the escapes are those of
/// the runner's own toolkit, @actions/core).
struct LintAnnotations {
    let reports: [LintReport]
    let repository: RepositoryPath

    var lines: [String] {
        reports.flatMap { report in
            let file = report.path == "-" ? "" : "file=\(Self.property(repository.path(of: report.path))),"
            if let error = report.error {
                let place = "\(file)line=\(error.line),col=\(error.column)"
                return ["::error \(place),title=\(LintSARIF.unreadable)::\(Self.data(error.message))"]
            }
            return report.findings.map { finding in
                let level = finding.severity == .note ? "notice" : finding.severity.rawValue
                let place = "\(file)line=\(finding.line),col=\(finding.column)"
                return
                    "::\(level) \(place),title=\(Self.property(finding.rule))::\(Self.data("\(finding.message). \(finding.fix)"))"
            }
        }
    }

    /// A message is one line.
    static func data(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    /// A property ends at a comma, and all of them at a colon.
    static func property(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined()
    }
}
