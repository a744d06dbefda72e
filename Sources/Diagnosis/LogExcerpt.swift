internal import Core

/// The lines of one phase in a build's log.
enum LogExcerpt {
    /// From `Entering phase X` to the end of X's own lines, without CodeBuild's prefix.
    static func lines(of phase: String, in log: [String]) -> [String] {
        guard
            let start = log.firstIndex(where: {
                $0.contains("Entering phase \(phase)") && !$0.contains("Entering phase \(phase)_")
            })
        else { return [] }
        let rest = log[log.index(after: start)...]
        return rest.prefix { !$0.contains("Entering phase ") }.flatMap { $0.split(separator: "\n") }.map {
            plain(String($0))
        }
        .filter { !$0.isEmpty && !$0.hasPrefix("Running command ") }
    }

    /// The line without `[Container] DATE TIME `.
    static func plain(_ line: String) -> String {
        guard line.hasPrefix("[Container] ") else { return line.trimmed }
        return line.split(separator: " ", maxSplits: 3).dropFirst(3).joined(separator: " ").trimmed
    }
}
