internal import Buildspec
internal import Core
internal import FoundationEssentials

/// What lint says, in each of its formats.
struct LintView {
    let reports: [LintReport]
    let console: Console

    /// For people: findings by file, and what the build pulls.
    func show() {
        for report in reports {
            if let error = report.error {
                console.print("\(console.styled(report.path, .bold))")
                console.print("  \(console.styled("refused", .red)): \(error.message)")
                for line in error.hint?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
                    console.print("    \(line)")
                }
                continue
            }
            guard !report.findings.isEmpty || !report.pulls.isEmpty else { continue }
            console.print("\(console.styled(report.path, .bold))  \(summary(report))")
            for finding in report.findings {
                let severity = console.styled(finding.severity.rawValue, finding.severity == .error ? .red : .yellow)
                console.print("  \(finding.line):\(finding.column)  \(severity): \(finding.message) [\(finding.rule)]")
                console.print("    \(console.styled("do:", .green)) \(finding.fix)")
            }
        }
        let count = reports.map(\.findings.count).reduce(0, +)
        let refused = reports.count { $0.error != nil }
        console.print(
            "\(reports.count) file(s) read, \(count) finding(s)" + (refused > 0 ? ", \(refused) refused" : ""))
    }

    private func summary(_ report: LintReport) -> String {
        let unknown = report.pulls.count { $0.certainty == .unknown }
        let range = report.estimate
        let pulls =
            range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        return "(\(pulls) Docker Hub pulls\(unknown > 0 ? ", \(unknown) not known from the files" : ""))"
    }

    /// The report for programs: `{"files": [...]}`.
    var json: String {
        get async throws {
            guard !reports.isEmpty else { return JSON.object(["files": .array([])]).text(pretty: true) }
            let cores = ProcessInfo.processInfo.activeProcessorCount
            let files = try await reports.concurrentMap(width: cores) { Self.json($0).text(pretty: true, at: 2) }
            return "{\n  \"files\" : [\n    " + files.joined(separator: ",\n    ") + "\n  ]\n}"
        }
    }

    private static func json(_ report: LintReport) -> JSON {
        .object([
            "path": .string(report.path), "kind": text(report.kind?.rawValue), "error": text(report.error?.message),
            "pulls": .array(
                report.pulls.map { pull in
                    .object([
                        "image": text(pull.image?.text), "registry": text(pull.image?.registry),
                        "phase": text(pull.phase?.rawValue), "line": .integer(Int64(pull.line)),
                        "authenticated": pull.isAuthenticated.map { .bool($0) } ?? .null,
                        "certainty": .string(pull.certainty.rawValue),
                    ])
                }),
            "findings": .array(
                report.findings.map { finding in
                    .object([
                        "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
                        "line": .integer(Int64(finding.line)), "column": .integer(Int64(finding.column)),
                        "message": .string(finding.message), "fix": .string(finding.fix),
                    ])
                }),
        ])
    }

    private static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
}
