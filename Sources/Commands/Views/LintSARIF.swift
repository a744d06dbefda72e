internal import Buildspec
internal import Core

/// Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code scanning takes.
struct LintSARIF {
    let reports: [LintReport]

    private static let unreadable = "unreadable-file"

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
        [
            "id": .string(rule.id), "shortDescription": ["text": .string(rule.title)],
            "fullDescription": ["text": .string(rule.explanation)], "help": ["text": .string(rule.fix)],
            "defaultConfiguration": ["level": .string(rule.severity.rawValue)],
        ]
    }

    private static var unreadableRule: JSON {
        [
            "id": .string(unreadable), "shortDescription": ["text": "A file cannot be read"],
            "defaultConfiguration": ["level": "error"],
        ]
    }

    private func results(_ report: LintReport) -> [JSON] {
        if let error = report.error {
            let place = Self.location(report.path, region: nil)
            return [
                [
                    "ruleId": .string(Self.unreadable), "ruleIndex": .integer(Int64(LintRule.all.count)),
                    "level": "error",
                    "message": ["text": .string(error.message)], "locations": [place],
                ]
            ]
        }
        return report.findings.map { finding in
            let region: JSON = [
                "startLine": .integer(Int64(finding.line)), "startColumn": .integer(Int64(finding.column)),
            ]
            return [
                "ruleId": .string(finding.rule),
                "ruleIndex": .integer(Int64(LintRule.all.firstIndex { $0.id == finding.rule } ?? 0)),
                "level": .string(finding.severity.rawValue),
                "message": ["text": .string("\(finding.message). \(finding.fix)")],
                "locations": [Self.location(report.path, region: region)],
            ]
        }
    }

    /// A path is a relative URI reference, or a file URI.
    private static func location(_ path: String, region: JSON?) -> JSON {
        let short = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        let encoded = PercentEncoding.encode(short, keeping: "/")
        var place: [String: JSON] = [
            "artifactLocation": ["uri": .string(encoded.hasPrefix("/") ? "file://\(encoded)" : encoded)]
        ]
        place["region"] = region
        return ["physicalLocation": .object(place)]
    }
}

/// Findings as workflow commands, which GitHub shows beside the lines (GitHub Actions, workflow commands).
struct LintAnnotations {
    let reports: [LintReport]

    var lines: [String] {
        reports.flatMap { report in
            if let error = report.error {
                return ["::error file=\(Self.property(report.path)),title=unreadable-file::\(Self.data(error.message))"]
            }
            return report.findings.map { finding in
                let level = finding.severity == .note ? "notice" : finding.severity.rawValue
                let place = "file=\(Self.property(report.path)),line=\(finding.line),col=\(finding.column)"
                return "::\(level) \(place),title=\(finding.rule)::\(Self.data("\(finding.message). \(finding.fix)"))"
            }
        }
    }

    private static func data(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                switch scalar {
                case "%": "%25"
                case "\r": "%0D"
                case "\n": "%0A"
                default: String(scalar)
                }
            }.joined())
    }

    private static func property(_ text: String) -> String {
        String(data(text).map { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : String($0) }.joined())
    }
}
