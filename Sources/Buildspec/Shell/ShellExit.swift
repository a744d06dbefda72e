/// What `exit`, `return`, `break` and `continue` leave, the innermost first.
enum ShellExit: Int, Comparable {
    /// One turn of a loop.
    case turn
    case loop
    /// A function, or a file that is sourced.
    case function
    case shell

    static func < (left: ShellExit, right: ShellExit) -> Bool { left.rawValue < right.rawValue }
}

extension ShellCommand {
    /// What it leaves with the build going on; nil for any other command, and where it fails.
    var exit: ShellExit? {
        guard program.traits.contains(.exit), words.count <= 3 else { return nil }
        switch program.name {
        case "break": return loops.isEmpty ? nil : .loop
        case "continue": return loops.isEmpty ? nil : .turn
        case let name:
            // `exit /b 0` of cmd.
            let status = words.dropFirst().map(\.text).filter { $0.lowercased() != "/b" }
            // Without a number it is the status of what came before it: of `cd x || exit` that of a failure.
            let succeeds = status.isEmpty ? !isAlternative : status.count == 1 && Int(status[0]) == 0
            return succeeds ? name == "return" ? .function : .shell : nil
        }
    }

    /// Whether it ends the shell as failed: nothing behind it then runs.
    var failsShell: Bool {
        guard let name = words.first?.text else { return false }
        if name == "exit" || name == "return" {
            return words.count > 1 && words.count <= 3 && words.last.flatMap { Int($0.text) }.map { $0 != 0 } ?? false
        }
        return ["die", "fail", "abort", "bail", "fatal", "error_exit"].contains(name)
    }
}
