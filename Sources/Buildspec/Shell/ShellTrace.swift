extension Program {
    /// Whether it switches the shell's trace on or off, which prints each command with its values before it runs (POSIX, `set -x`);
    /// nil where it does neither.
    var tracing: Bool? {
        guard name == "set" else { return nil }
        for (word, next) in zip(words.dropFirst(), words.dropFirst(2).map(\.text) + [""]) {
            let text = word.text
            let sign = text.utf8.first
            guard text != "--", sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { return nil }
            let namesOption = text.hasSuffix("o")
            if text.utf8.contains(UInt8(ascii: "x")) || namesOption && next == "xtrace" {
                return sign == UInt8(ascii: "-")
            }
            if namesOption { continue }
        }
        return nil
    }
}

extension BuildspecDocument {
    /// Whether the shell traces when the build comes to a command.
    func isTraced(before target: LoginPlace.Target, shell: BuildShell) -> Bool {
        var isTraced = false
        for (_, command, script) in everyScript(shell: shell) {
            // In version 0.1 each command has a shell of its own.
            if version == .perCommandShell { isTraced = false }
            let isTarget = command.position == target.command.position
            for part in script.commands {
                if isTarget, part.offset >= target.inside ?? 0 { return isTraced }
                isTraced = part.program.tracing ?? isTraced
            }
            if isTarget { return isTraced }
        }
        return false
    }
}
