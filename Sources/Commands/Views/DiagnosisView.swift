internal import Diagnosis

/// What is wrong with a project, for people.
struct DiagnosisView {
    let diagnosis: ProjectDiagnosis
    let console: Console

    func show() {
        guard let build = diagnosis.build else {
            console.print(
                "\(console.styled(diagnosis.project, .bold))  \(diagnosis.looked == 0 ? "has no builds" : "its newest build did not fail")"
            )
            return
        }
        console.print("\(console.styled(diagnosis.project, .bold))  (build \(build))")
        for finding in diagnosis.findings { Self.show(finding, console) }
    }

    static func show(_ finding: Finding, _ console: Console) {
        console.print("  \(console.styled(finding.phase, .red)): \(finding.what)")
        console.print("    \(console.styled("do:", .green)) \(finding.remedy)")
        for line in finding.evidence.split(separator: "\n") {
            console.print("    " + console.styled("| \(line)", .dim))
        }
    }
}
