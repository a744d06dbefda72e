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

    /// For programs: `{"files": [...]}`.
    func showJSON() async throws {
        guard !reports.isEmpty else { return console.print(JSON.object(["files": .array([])]).text(pretty: true)) }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let files = try await reports.concurrentMap(width: cores) { report in
            var text = JSONText(pretty: true, depth: 2)
            Self.write(report, to: &text)
            return String(decoding: text.bytes, as: UTF8.self)
        }
        var text = "{\n  \"files\" : [\n    "
        for (index, file) in files.enumerated() {
            if index > 0 { text += ",\n    " }
            text += file
            // The whole of a long report need not be in memory once more.
            guard text.utf8.count > Self.mostBytes else { continue }
            console.write(text, to: 1)
            text = ""
        }
        console.print(text + "\n  ]\n}")
    }

    private static let mostBytes = 1 << 16

    private static func write(_ report: LintReport, to text: inout JSONText) {
        text.writeObject { text in
            text.writeMember("error") { $0.write(report.error?.message) }
            text.writeMember("findings") { $0.writeList(report.findings) { $0.writeObject(write($1)) } }
            text.writeMember("kind") { $0.write(report.kind?.rawValue) }
            text.writeMember("path") { $0.write(report.path) }
            text.writeMember("pulls") { $0.writeList(report.pulls) { $0.writeObject(write($1)) } }
        }
    }

    private static func write(_ finding: LintFinding) -> (inout JSONText) -> Void {
        { text in
            text.writeMember("column") { $0.write(.integer(Int64(finding.column))) }
            text.writeMember("fix") { $0.write(finding.fix) }
            text.writeMember("line") { $0.write(.integer(Int64(finding.line))) }
            text.writeMember("message") { $0.write(finding.message) }
            text.writeMember("rule") { $0.write(finding.rule) }
            text.writeMember("severity") { $0.write(finding.severity.rawValue) }
        }
    }

    private static func write(_ pull: ImagePull) -> (inout JSONText) -> Void {
        { text in
            text.writeMember("authenticated") { $0.write(pull.isAuthenticated.map { .bool($0) } ?? .null) }
            text.writeMember("certainty") { $0.write(pull.certainty.rawValue) }
            text.writeMember("image") { $0.write(pull.image?.text) }
            text.writeMember("line") { $0.write(.integer(Int64(pull.line))) }
            text.writeMember("phase") { $0.write(pull.phase?.rawValue) }
            text.writeMember("registry") { $0.write(pull.image?.registry) }
        }
    }
}
