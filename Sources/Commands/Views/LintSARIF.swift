internal import Buildspec
internal import Core

/// Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), with what GitHub's code scanning asks for beyond the
/// schema (GitHub Docs, "SARIF support for code scanning").
struct LintSARIF {
    let reports: [LintReport]
    let repository: RepositoryPath

    /// The rule of files that cannot be read.
    static let unreadable = "unreadable-file"

    var document: JSON {
        [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "unthrottle", "semanticVersion": .string(Unthrottle.version),
                            "rules": .array(LintRule.all.map(Self.rule) + [Self.unreadableRule]),
                        ]
                    ], "columnKind": "unicodeCodePoints", "results": .array(reports.flatMap(results)),
                ]
            ],
        ]
    }

    private static func rule(_ rule: LintRule) -> JSON {
        var properties: [String: JSON] = ["precision": "high", "problem.severity": problem(rule.severity)]
        properties["tags"] = rule.securitySeverity == nil ? ["reliability"] : ["security"]
        if let severity = rule.securitySeverity { properties["security-severity"] = .string("\(severity)") }
        return [
            "id": .string(rule.id), "name": .string(rule.id), "shortDescription": ["text": .string(rule.title)],
            "fullDescription": ["text": .string(rule.explanation)],
            "help": [
                "text": .string("\(rule.explanation)\n\nWhat to do: \(rule.fix)"),
                "markdown": .string("\(rule.explanation)\n\n**What to do:** \(rule.fix)"),
            ],
            "defaultConfiguration": ["level": .string(rule.severity.rawValue)], "properties": .object(properties),
        ]
    }

    /// Code scanning's name of the lowest severity is not SARIF's.
    private static func problem(_ severity: LintFinding.Severity) -> JSON {
        severity == .note ? "recommendation" : .string(severity.rawValue)
    }

    private static var unreadableRule: JSON {
        let text = "The file is broken, or none that this program reads: what its build pulls is not known."
        return [
            "id": .string(unreadable), "name": .string(unreadable),
            "shortDescription": ["text": "A file cannot be read"],
            "fullDescription": ["text": .string(text)], "help": ["text": .string(text)],
            "defaultConfiguration": ["level": "error"],
            "properties": ["tags": ["reliability"], "precision": "high", "problem.severity": "error"],
        ]
    }

    private func results(_ report: LintReport) -> [JSON] {
        if let error = report.error {
            return [
                [
                    "ruleId": .string(Self.unreadable), "ruleIndex": .integer(Int64(LintRule.all.count)),
                    "level": "error", "message": ["text": .string(error.message)],
                    "locations": [location(report.path, line: error.line, column: error.column)],
                    "partialFingerprints": ["primaryLocationLineHash": .string("\(Self.unreadable):1")],
                ]
            ]
        }
        return report.findings.map { finding in
            [
                "ruleId": .string(finding.rule),
                "ruleIndex": .integer(Int64(LintRule.all.firstIndex { $0.id == finding.rule } ?? 0)),
                "level": .string(finding.severity.rawValue),
                "message": ["text": .string("\(finding.message). \(finding.fix)")],
                "locations": [location(report.path, line: finding.line, column: finding.column)],
                "partialFingerprints": ["primaryLocationLineHash": .string(finding.fingerprint)],
            ]
        }
    }

    /// A file of the repository by a relative reference, any other one by a file URI.
    private func location(_ path: String, line: Int, column: Int) -> JSON {
        let place = path == "-" ? "stdin" : repository.path(of: path)
        let encoded = PercentEncoding.encode(place, keeping: "/")
        let artifact: JSON =
            place.hasPrefix("/")
            ? ["uri": .string("file://\(encoded)")] : ["uri": .string(encoded), "uriBaseId": "%SRCROOT%"]
        return [
            "physicalLocation": [
                "artifactLocation": artifact,
                "region": ["startLine": .integer(Int64(line)), "startColumn": .integer(Int64(column))],
            ]
        ]
    }
}
