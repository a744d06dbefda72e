internal import Remedy

/// What a probe showed, for people.
struct ProofView {
    let report: ProofReport
    let console: Console

    func show() {
        console.print(console.styled(report.project, .bold) + (report.build.map { "  (probe build \($0))" } ?? ""))
        for proof in report.proofs {
            let verdict = proof.verdict.rawValue.padded(to: 10)
            let style: Console.Style = proof.verdict == .proved ? .green : proof.verdict == .consistent ? .yellow : .red
            console.print(
                "  \(proof.part.rawValue.padded(to: 12))  \(console.styled(verdict, style))  \(proof.reason ?? "")")
            for line in proof.evidence { console.print("  " + String(repeating: " ", count: 26) + line) }
        }
        if report.build != nil {
            let isClean = !report.passwordInLog
            console.print(
                "  log           "
                    + (isClean
                        ? "holds neither the password nor its base64 form"
                        : console.styled("holds the password: make a new token", .red)))
        }
    }
}
