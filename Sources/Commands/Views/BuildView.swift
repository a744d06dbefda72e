internal import AWS
internal import Core

/// A finished build for people: its phases in a line, then the context or the log lines that matter.
struct BuildView {
    let build: CodeBuild.Build
    let log: [String]
    let console: Console

    func show() {
        let status = build.buildStatus.map { "\($0)" } ?? "?"
        let style: Console.Style = build.buildStatus == .succeeded ? .green : .red
        console.print(
            "  \(console.styled(build.id, .bold))  \(console.styled(status, style))  (\(build.environment?.image ?? ""))"
        )
        for phase in build.phases where phase.phaseStatus != .succeeded && phase.phaseStatus != nil {
            console.print(
                "    \(phase.phaseType.map { "\($0)" } ?? "?")  \(console.styled(phase.phaseStatus.map { "\($0)" } ?? "", .red))"
            )
            for context in phase.contexts ?? [] {
                let text = [context.statusCode, context.message].compactMap(\.self).filter { !$0.isEmpty }.joined(
                    separator: ": ")
                if !text.isEmpty { console.print("      \(text)") }
            }
        }
        for line in excerpt { console.print("    " + console.styled("| " + line, .dim)) }
    }

    /// docker's own progress, a line a layer.
    private static let progress = [
        ": Pulling fs layer", ": Download complete", ": Pull complete", ": Verifying Checksum", ": Already exists",
    ]

    /// The commands that ran and what they printed, without CodeBuild's own remarks.
    private var excerpt: [String] {
        let start = log.firstIndex { $0.contains("Running command ") } ?? log.endIndex
        return log[start...].filter { line in
            !Self.progress.contains(where: line.hasSuffix) && !line.hasPrefix("[Container]")
                || line.contains("Running command ") || line.contains("Command did not exit")
        }.map { line in
            guard line.hasPrefix("[Container] ") else { return line }
            return line.split(separator: " ", maxSplits: 3).dropFirst(3).joined(separator: " ")
        }
    }
}
