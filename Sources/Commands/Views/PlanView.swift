internal import Remedy

/// A plan for people: the changes as a diff, what is so already, what to know, what is left to them.
struct PlanView {
    let plan: Plan
    let console: Console

    func show() {
        let names = plan.projects.joined(separator: ", ")
        console.print(
            console.styled("Plan", .bold)
                + " for \(names) in account \(plan.account), \(plan.region); strategy \(plan.strategy)")
        for (number, step) in plan.steps.enumerated() {
            console.print()
            console.print("  \(number + 1). \(step.base.summary)")
            for line in step.base.diff { console.print("       " + coloured(line)) }
        }
        if plan.isEmpty {
            console.print()
            console.print("  Nothing needs to change.")
        }
        section("Already so", plan.alreadyTrue.map { "  - \($0)" })
        section(
            "To know",
            plan.notes.map { note in
                let mark = note.severity == .warning ? console.styled("warning:", .yellow) : "note:"
                return "  \(mark) \(note.text)"
            })
        for work in plan.byHand {
            section(
                "By hand, in \(work.project): \(work.why)",
                work.patch.split(separator: "\n", omittingEmptySubsequences: false).map {
                    "    " + coloured(String($0))
                })
        }
        console.print()
    }

    private func section(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        console.print()
        console.print("  " + title)
        for line in lines { console.print("  " + line) }
    }

    private func coloured(_ line: String) -> String {
        line.hasPrefix("+") ? console.styled(line, .green) : line.hasPrefix("-") ? console.styled(line, .red) : line
    }
}
